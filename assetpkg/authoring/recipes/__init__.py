"""Documents of made-up resources: valid, as large as asked for, with real references, the same for the same seed."""

from collections.abc import Mapping

from assetpkg.authoring.recipes import apis, application, around_apis, fdi, link
from assetpkg.authoring.recipes.maker import Recipe

LARGE = ("task", "composite_task", "api")
"""The kinds whose documents are as large as asked for; the others are small on the platform, too."""

RECIPES: Mapping[str, Recipe] = {
    kind: recipe for part in (application, fdi, apis, around_apis, link) for kind, recipe in part.RECIPES.items()
}
"""How a document of each kind that is imported is made."""

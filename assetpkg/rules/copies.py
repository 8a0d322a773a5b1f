"""RSC: copies of names that are not the names any more: beside an id, and as the name of a file."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import OWN_LAYOUT, undocumented
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.kinds.kind import name_fields
from assetpkg.package.index import Resource
from assetpkg.package.layout import OWN, safe_name, unsafe_name
from assetpkg.package.package import Package
from assetpkg.resource.references import Reference, name_beside

_SUFFIX = ".json"


@rule("RSC071", "stale-name", Severity.WARNING, source=undocumented("what an import does with a name beside an id"))
def stale_name(package: Package) -> Iterator[Problem]:
    """A name beside an id is not the name of what the id leads to.

    Finds `app_name` beside `app_id`, `group_name` beside `group_id`, and every other field that ends in `_name` beside
    the one that ends in `_id`, `_key` or `_code`, where the resource with this id is in the package and has another
    name.

    The id decides in a plan. It is not documented that the platform ignores the name. Often the resource was renamed or
    the id was changed by hand, and one of the two was forgotten.

    Check which of the two is meant, and correct the other one.
    """
    for resource in package.resources:
        yield from disagreeing(resource, package.index.resolve)


@rule("RSC072", "file-of-another-name", Severity.WARNING, source=OWN_LAYOUT)
def file_of_another_name(package: Package) -> Iterator[Problem]:
    """A file has another name than the resource in it, unlike the files beside it.

    Finds files that are not named after their resource, where more than half of the other files of the kind are. If the
    kind has no other file, the files of all kinds count. A file that has the resource's id as its name is not found.
    Nor is one of a kind whose resources are named by several fields, such as environment variables.

    The name of a file means nothing to an import. But people look for the resource in the file of its name, and often
    a copy was made or a name was changed in only one of the two places.

    Rename the file, or correct the name in it.
    """
    if package.layout.format != OWN.format:
        return
    files = [
        resource
        for resource in package.resources
        if not resource.place.pointer and len(name_fields(resource.kind)) == 1
    ]
    named = {resource.address: _is_named_after(resource) for resource in files}
    counts, fitting = Counter(resource.path.kind for resource in files), Counter[str]()
    for resource in files:
        fitting[resource.path.kind] += named[resource.address]
    for resource in files:
        if named[resource.address]:
            continue
        kind = resource.path.kind
        alone = counts[kind] == 1
        others, good = (len(files), fitting.total()) if alone else (counts[kind], fitting[kind])
        if 2 * good > others - 1:
            yield Problem(
                message=f"the file is not named after the {resource.kind.title} in it, '{mask_line(resource.name)}'",
                hint="rename the file, or correct the name in it",
                place=resource.place,
            )


def disagreeing(resource: Resource, find: Callable[[Reference], Resource | None]) -> Iterator[Problem]:
    """Yield a problem for each name beside an id that is not the name of what `find` returns for the id."""
    for reference in resource.references:
        if not reference.beside:
            continue
        found = find(reference)
        if found is not None and found.name != reference.beside:
            *above, last = split_pointer(reference.pointer)
            copy = name_beside(last)
            yield Problem(
                message=f"{copy} is '{mask_line(reference.beside)}', but {last} leads to {found.address}",
                hint="check which of the two is meant, and correct the other one",
                place=resource.place,
                pointer=join_pointer((*above, copy)),
            )


def _is_named_after(resource: Resource) -> bool:
    stem = resource.entry.rpartition("/")[2].removesuffix(_SUFFIX)
    if stem in (resource.name, resource.id):
        return True
    plain, number = safe_name(resource.name), stem.rpartition("-")
    shortened = number[0] == plain and number[2].isdecimal()
    return stem == plain or shortened or _folded(unsafe_name(stem)) == _folded(resource.name)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


RULES: tuple[Rule, ...] = (stale_name, file_of_another_name)

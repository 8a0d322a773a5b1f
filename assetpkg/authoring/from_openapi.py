"""A package of what an OpenAPI file has."""

from typing import NamedTuple

from assetpkg.authoring.redact.redact import Replacement, redact
from assetpkg.package.openapi.reading import OpenApi
from assetpkg.package.package import Package


class Conversion(NamedTuple):
    """A package without credentials, and the places of it where a placeholder stands for one."""

    package: Package
    replaced: tuple[Replacement, ...]


def package_of(file: OpenApi, name: str = "") -> Conversion:
    """Return a package with the documents of a file, without the credentials that they had.

    It has the file's title as its name unless another is given. Raises `InvalidPackage` for what cannot be a document,
    and `CredentialRemains` as `redact` does.
    """
    package = Package.new(name or file.title).with_resources((made.kind, made.document) for made in file.documents)
    redaction = redact(package)
    return Conversion(redaction.package, redaction.replaced)

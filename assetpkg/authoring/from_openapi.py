"""A package of what an OpenAPI file has."""

from dataclasses import dataclass

from assetpkg.archive.archive import Archive
from assetpkg.authoring.redact.redact import Replacement, redact
from assetpkg.package.editing import encode_new
from assetpkg.package.layout import OWN
from assetpkg.package.manifest import new_manifest
from assetpkg.package.openapi.reading import OpenApi
from assetpkg.package.package import Package, load


@dataclass(frozen=True, kw_only=True)
class FromOpenApi:
    """A package without credentials, where in the file each of its entries comes from, and what was replaced."""

    file: OpenApi
    package: Package
    pointers: dict[str, str]
    replaced: tuple[Replacement, ...]


def package_of(file: OpenApi, name: str = "") -> FromOpenApi:
    """Return a package with the documents of a file, without the credentials that they had.

    It has the file's title as its name unless another is given. Raises `InvalidPackage` for what cannot be a document,
    and `CredentialRemains` as `redact` does.
    """
    additions = [(made.kind, made.document) for made in file.documents]
    contents = encode_new(additions, (), [OWN.manifest], OWN)
    manifest = new_manifest(name or file.title)
    redaction = redact(load(Archive.from_contents({OWN.manifest: manifest, **contents})))
    pointers = {entry: made.pointer for entry, made in zip(contents, file.documents, strict=True)}
    return FromOpenApi(file=file, package=redaction.package, pointers=pointers, replaced=redaction.replaced)

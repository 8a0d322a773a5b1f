"""MAN: the manifest, and whether it matches the content of the package."""

from collections.abc import Iterator, Sequence
from typing import Any

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Fix, Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import OWN_LAYOUT
from assetpkg.diagnostics.values import shown
from assetpkg.documents import join_pointer
from assetpkg.package.index import Resource
from assetpkg.package.manifest import without_assets
from assetpkg.package.package import Package


@rule("MAN020", "asset-missing", Severity.ERROR, source=OWN_LAYOUT)
def asset_missing(package: Package) -> Iterator[Problem]:
    """The manifest lists a resource that the package does not hold.

    Finds items of `assets` with a `path` that is not an entry of the package.

    Something was lost after packing.

    Get the package again, or pack the folder again.
    """
    for number, asset in enumerate(_assets(package)):
        if asset["path"] not in package.archive.entries:
            yield Problem(
                message=f"lists '{mask_line(asset['path'])}', which is not in the package",
                hint="pack again with 'assetpkg pack'",
                entry=package.layout.manifest,
                pointer=join_pointer(["assets", number, "path"]),
            )


@rule("MAN021", "asset-unlisted", Severity.ERROR, source=OWN_LAYOUT)
def asset_unlisted(package: Package) -> Iterator[Problem]:
    """The package holds a resource that its manifest does not list.

    Finds resource files of a packed package that are not in `assets`.

    Something was added after packing.

    Pack the folder again.
    """
    if not package.understood or package.archive.is_folder or package.is_changed:
        return
    if package.manifest.assets is None:
        return
    listed = {asset["path"] for asset in package.manifest.assets}
    for entry in dict.fromkeys(place.entry for place in package.inspections):
        if entry not in listed:
            yield Problem(
                message="is not in the manifest's list of assets",
                hint="pack again with 'assetpkg pack'",
                entry=entry,
            )


@rule("MAN025", "no-assets", Severity.WARNING, source=OWN_LAYOUT)
def no_assets(package: Package) -> Iterator[Problem]:
    """A packed package has no list of assets.

    Finds zips whose manifest has no `assets`: zips that another tool made of a package folder.

    Nothing says whether such a zip is complete and unchanged.

    Make a clean zip of it with `assetpkg pack`.
    """
    packed = package.understood and not package.archive.is_folder and not package.is_changed and package.layout.is_own
    if packed and package.manifest.assets is None:
        yield Problem(
            message="has no list 'assets' of the files in the zip, so nothing says whether they are complete",
            hint="make a clean zip of it with 'assetpkg pack'",
            entry=package.layout.manifest,
        )


@rule("MAN022", "digest-mismatch", Severity.ERROR, source=OWN_LAYOUT)
def digest_mismatch(package: Package) -> Iterator[Problem]:
    """A resource was changed after packing.

    Finds entries with a SHA-256 that differs from the one in the manifest.

    Someone changed the file after packing, or it was damaged during the transfer.

    If the change was intended, unpack the package and pack it again.
    """
    for asset in _assets(package):
        actual = package.digests.get(asset["path"])
        listed = asset.get("sha256")
        if actual is not None and isinstance(listed, str) and actual != listed:
            yield Problem(
                message=f"its SHA-256 is {actual[:12]}…, and the manifest says {mask_line(listed)[:12]}…",
                hint="if the change was intended, pack again with 'assetpkg pack'",
                entry=asset["path"],
            )


@rule("MAN023", "asset-mismatch", Severity.ERROR, source=OWN_LAYOUT)
def asset_mismatch(package: Package) -> Iterator[Problem]:
    """The manifest gives a resource a different kind, name or id from the resource itself.

    Finds items of `assets` with a `kind`, `name` or `id` that differs from the entry.

    The two cannot both be right.

    Pack again with `assetpkg pack`.
    """
    by_entry = {resource.entry: resource for resource in package.resources}
    for number, asset in enumerate(_assets(package)):
        resource = by_entry.get(asset["path"])
        for key, actual in _facts(resource).items() if resource else ():
            if asset.get(key) is not None and asset[key] != actual:
                yield Problem(
                    message=f"says that the {key} of '{mask_line(asset['path'])}' is {shown(asset[key])}; it is"
                    f" {shown(actual)}",
                    hint="pack again with 'assetpkg pack'",
                    entry=package.layout.manifest,
                    pointer=join_pointer(["assets", number, key]),
                )


def _without_list(content: bytes, pointers: Sequence[str]) -> bytes:
    """Return a manifest without its list of assets."""
    del pointers
    return without_assets(documents.decode(content)).encode()


@rule(
    "MAN024",
    "assets-in-folder",
    Severity.WARNING,
    source=OWN_LAYOUT,
    fix=Fix("removes the list", content=_without_list),
)
def assets_in_folder(package: Package) -> Iterator[Problem]:
    """The manifest of a folder has a list of assets.

    Finds `assets` in the manifest of an unpacked package.

    In a folder the files themselves count. The list becomes wrong with the next edit. Packing creates it again.

    Remove the list.
    """
    if package.archive.is_folder and "assets" in package.manifest.document:
        yield Problem(
            message="a folder's manifest needs no list 'assets'; packing creates it",
            hint="remove the list",
            entry=package.layout.manifest,
            pointer="/assets",
            at_key=True,
        )


def _assets(package: Package) -> list[dict[str, Any]]:
    return [] if package.is_changed else package.manifest.assets or []


def _facts(resource: Resource) -> dict[str, str]:
    return {"kind": resource.path.kind, "name": resource.name, "id": resource.id}


RULES: tuple[Rule, ...] = (
    asset_missing,
    asset_unlisted,
    no_assets,
    digest_mismatch,
    asset_mismatch,
    assets_in_folder,
)

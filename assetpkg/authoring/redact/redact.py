"""A package, or a snapshot, without its credentials."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assetpkg.archive.entries import Entry
from assetpkg.authoring.redact.files import Owners, RedactedFile, file_of, owner_at, owners_by_entry
from assetpkg.authoring.redact.replacing import Part, Redactor, Replaced
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import join_pointer
from assetpkg.errors import CredentialRemains
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.package.package import Package, load, refuse_damaged
from assetpkg.package.packing import dump_folder
from assetpkg.resource.references import Holder
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import Snapshot, parse_snapshot


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A place of the copy at which a placeholder stands for a credential.

    `address` is that of the resource, and empty in other files. `part` says whether it is in the value at
    `pointer`, in the key there, or in the name of the file. `placeholder` is `None` where a number became null.
    """

    entry: str
    address: str
    pointer: str
    part: Part
    placeholder: str | None


@dataclass(frozen=True, kw_only=True)
class Redaction:
    """A package without credentials, and what was replaced in it; the same package if there were none."""

    package: Package
    replaced: tuple[Replacement, ...]


@dataclass(frozen=True, kw_only=True)
class RedactedSnapshot:
    """A snapshot without credentials: its bytes, the target that they describe, and what was replaced."""

    content: bytes
    instance: Instance
    replaced: tuple[Replacement, ...]


def redact(package: Package) -> Redaction:
    """Return the package with a placeholder, `${NAME}`, for every credential, and every other byte unchanged.

    Each name comes from the first place of the credential, so the same package gives the same names. Raises
    `InvalidPackage` for a package that is not understood completely, and `CredentialRemains` if a credential is also in
    a place where it cannot be replaced.
    """
    entries = _entries(package)
    owners = owners_by_entry(package.resources)
    contents = {name: entry.read() for name, entry in entries.items()}
    limits = package.archive.limits
    files = [file_of(name, content, package.layout, limits, owners.get(name, {})) for name, content in contents.items()]
    for file in files:
        file.named = package.layout.is_own
    origins = dict(zip(files, contents, strict=True))
    redactor = Redactor(files)
    redactor.run()
    redactor.verify(lambda file: _content(file, contents[origins[file]]))
    if not redactor.replaced:
        return Redaction(package=package, replaced=())
    changed = {
        file.entry: content
        for file, name in origins.items()
        if (content := _content(file, contents[name])) != contents[name] or file.entry != name
    }
    archive = package.archive
    for file, name in origins.items():
        archive = archive.without(name) if file.entry != name else archive
    copy = load(archive.with_contents(changed), known=package)
    _refuse_changed_shape(package, copy)
    after = owners_by_entry(copy.resources)
    replaced = _replacements(redactor, lambda each: after.get(each.file.entry, {}))
    return Redaction(package=copy, replaced=replaced)


def _entries(package: Package) -> Mapping[str, Entry]:
    """Return what is copied: of a package of another layout the entries of the view, whose names stay as they are."""
    if package.layout.is_own:
        return dump_folder(package).entries
    refuse_damaged(package)
    for name, found in package.loose_credentials.items():
        if any(each.holder is Holder.NAME for each in found):
            raise CredentialRemains(
                f"the name of '{mask_line(name)}' has a credential, and names stay under a layout; rename it by hand"
            )
    return package.archive.entries


def redact_snapshot(content: bytes, origin: str) -> RedactedSnapshot:
    """Return a snapshot without credentials; raises as `redact` does, and `CannotRead` if it is not a snapshot."""
    instance = parse_snapshot(content, origin)
    parts = {kind: Field(kind, {}, fields_of(KINDS[kind]), None, is_plain=True) for kind in KINDS}
    fields = {**fields_of(Snapshot), "resources": Field("resources", {}, parts, None, is_plain=True)}
    owners = owners_by_entry(instance.index.resources).get("", {})
    file = RedactedFile(origin, content.decode(), fields, kind="snapshot", named=False, owners=owners)
    redactor = Redactor([file])
    redactor.run()
    redactor.verify(lambda file: _content(file, content))
    redacted = _content(file, content)
    copy = parse_snapshot(redacted, origin)
    after = owners_by_entry(copy.index.resources).get("", {})
    replaced = _replacements(redactor, lambda _: after)
    return RedactedSnapshot(content=redacted, instance=copy, replaced=replaced)


def _content(file: RedactedFile, original: bytes) -> bytes:
    content = file.content()
    return original if content is None else content


def _replacements(redactor: Redactor, owners_of: Callable[[Replaced], Owners]) -> tuple[Replacement, ...]:
    found = [
        Replacement(
            entry=each.file.entry,
            address=owner.address if (owner := owner_at(owners_of(each), each.steps)) else "",
            pointer=join_pointer([redactor.shown(step) if isinstance(step, str) else step for step in each.steps]),
            part=each.part,
            placeholder=each.placeholder,
        )
        for each in redactor.replaced
    ]
    return tuple(dict.fromkeys(found))


def _refuse_changed_shape(package: Package, copy: Package) -> None:
    """Raise `CredentialRemains` where detection still finds something, or a resource is a resource no more."""
    grown = next(_grown(package, copy), None)
    if grown is not None:
        entry, fault = grown
        raise CredentialRemains(f"the copy of '{mask_line(entry)}' would be {fault.message}; {fault.hint}")
    left = next((found.entry for found in copy.resources if found.credentials), None)
    if left is not None or len(copy.resources) != len(package.resources):
        raise CredentialRemains(
            f"a credential in '{left or package.archive.origin}' cannot be replaced; remove it by hand"
        )


def _grown(package: Package, copy: Package) -> Iterator[tuple[str, Fault]]:
    """Yield the documents that are over a limit in the copy, since placeholders are longer than what they stand for."""
    for place, found in copy.inspections.items():
        known = package.inspections.get(place)
        if not found.readable and (known is None or known.readable):
            yield from ((place.entry, fault) for fault in found.faults)

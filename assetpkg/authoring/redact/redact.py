"""A package, or a snapshot, without its credentials."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Entry
from assetpkg.authoring.redact.files import Owners, RedactedFile, file_of, owner_at, owners_by_entry
from assetpkg.authoring.redact.names.pieces import MANIFEST, OTHER, RESOURCE, SNAPSHOT
from assetpkg.authoring.redact.names.renaming import NamedFile, NamesReplaced, Renamer
from assetpkg.authoring.redact.names.stand_ins import Names
from assetpkg.authoring.redact.replacing import Part, Redactor, Replaced
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Fault
from assetpkg.documents import join_pointer
from assetpkg.errors import CredentialRemains, InvalidPackage, NameRemains
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, fields_of
from assetpkg.package.layout import ORIGINS
from assetpkg.package.package import Package, load, refuse_damaged
from assetpkg.package.packing import dump_folder
from assetpkg.resource.references import Holder
from assetpkg.target.instance import Instance
from assetpkg.target.members import Snapshot
from assetpkg.target.snapshot import parse_snapshot


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
    """A package without credentials, and what was replaced in it; the same package if there were none.

    Where names were replaced, too, `names` has the stand-ins, `counts` how many, `entries` the entries of the copy by
    those of the package, and the places in `replaced` are those before that.
    """

    package: Package
    replaced: tuple[Replacement, ...]
    names: Names | None = None
    counts: NamesReplaced | None = None
    entries: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RedactedSnapshot:
    """A snapshot without credentials: its bytes, the target that they describe, and what was replaced.

    Where names were replaced, too, `names` has the stand-ins and `counts` how many.
    """

    content: bytes
    instance: Instance
    replaced: tuple[Replacement, ...]
    names: Names | None = None
    counts: NamesReplaced | None = None


def redact(package: Package, *, names: Names | bool = False) -> Redaction:
    """Return the package with a placeholder, `${NAME}`, for every credential, and every other byte unchanged.

    Each name comes from the first place of the credential, so the same package gives the same names. With `names`,
    hosts, names, ids and texts have stand-ins as well: new ones, or those of an earlier copy, which become more. Raises
    `InvalidPackage` for a package that is not understood completely, and with `names` for one under a taught layout;
    `CredentialRemains` and `NameRemains` if a credential or a name is also in a place where it cannot be replaced.
    """
    found = _redact(package)
    return found if names is False else _without_names(found, Names() if names is True else names)


def _redact(package: Package) -> Redaction:
    """Return the package without credentials."""
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


def _without_names(known: Redaction, names: Names) -> Redaction:
    """Return the copy of a copy without credentials that has no names either."""
    package = known.package
    if not package.layout.is_own:
        raise InvalidPackage(
            f"{package.archive.origin} is under a taught layout, whose marks are names themselves; make a package of "
            "it with 'assetpkg convert', and redact that"
        )
    # What it says is where everything came from, and a digest of that.
    contents = {name: entry.read() for name, entry in _entries(package).items() if name != ORIGINS}
    owners = owners_by_entry(package.resources)
    files = [_named_file(name, content, package, owners.get(name, {})) for name, content in contents.items()]
    renamer = Renamer(files, names, package.resources)
    counts = renamer.run()
    made = {each.file.entry: _named_content(each) for each in files}
    renamer.verify(made)
    if len(made) < len(files):
        raise NameRemains("two files of the copy would have the same name; rename one of them")
    archive = Archive.from_contents(made, origin=package.archive.origin)
    copy = load(replace(archive, limits=package.archive.limits))
    if len(copy.resources) != len(package.resources):
        raise NameRemains("a resource of the copy would not be one any more; report this as a fault of assetpkg")
    entries = {each.entry: each.file.entry for each in files}
    return Redaction(package=copy, replaced=known.replaced, names=names, counts=counts, entries=entries)


def _named_file(entry: str, content: bytes, package: Package, owners: Owners) -> NamedFile:
    file = file_of(entry, content, package.layout, package.archive.limits, owners)
    # Of what is not Unicode, nobody knows which letters it has.
    binary = content if file.text is None or file.encoding == "latin-1" else None
    manner = MANIFEST if entry == package.layout.manifest else RESOURCE if owners else OTHER
    file.named = entry != package.layout.manifest
    return NamedFile(file, manner, owners.get(""), binary)


def _named_content(each: NamedFile) -> bytes:
    return bytes(len(each.binary)) if each.binary is not None else each.file.content() or b""


def redact_snapshot(content: bytes, origin: str, *, names: Names | bool = False) -> RedactedSnapshot:
    """Return a snapshot without credentials, and with stand-ins for `names` as `redact` has them.

    With the stand-ins of a package, the plan of its copy against this one is that of the package against the snapshot.
    Raises as `redact` does, and `CannotRead` if it is not a snapshot.
    """
    found = _redact_snapshot(content, origin)
    if names is False:
        return found
    names = Names() if names is True else names
    file = _snapshot_file(found.content, found.instance, origin)
    renamer = Renamer([NamedFile(file, SNAPSHOT)], names, found.instance.index.resources)
    counts = renamer.run()
    redacted = _content(file, found.content)
    renamer.verify({"": redacted})
    copy = parse_snapshot(redacted, origin)
    return RedactedSnapshot(content=redacted, instance=copy, replaced=found.replaced, names=names, counts=counts)


def _snapshot_file(content: bytes, instance: Instance, origin: str) -> RedactedFile:
    parts = {kind: Field(kind, {}, fields_of(KINDS[kind]), None, is_plain=True) for kind in KINDS}
    fields = {**fields_of(Snapshot), "resources": Field("resources", {}, parts, None, is_plain=True)}
    owners = owners_by_entry(instance.index.resources).get("", {})
    return RedactedFile(origin, content.decode(), fields, kind="snapshot", named=False, owners=owners)


def _redact_snapshot(content: bytes, origin: str) -> RedactedSnapshot:
    instance = parse_snapshot(content, origin)
    file = _snapshot_file(content, instance, origin)
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

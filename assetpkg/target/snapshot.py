"""The document of a snapshot: read piece by piece, and written so that it is read back."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from assetpkg import documents
from assetpkg.archive.write_file import write_file
from assetpkg.archive.zip import BytesSource, Source
from assetpkg.credentials.masking import MASK, mask_line
from assetpkg.diagnostics.model import Fault
from assetpkg.diagnostics.values import shown
from assetpkg.documents.foreign import SNAPSHOT, why_not
from assetpkg.errors import CannotRead, CannotWrite, meant_address
from assetpkg.kinds import KINDS, no_kind
from assetpkg.kinds.fact import Fact
from assetpkg.kinds.kind import Kind, name_fields
from assetpkg.limits import DEFAULT_LIMITS, MOST_SNAPSHOT_MEMBERS, Limits, how_to_raise
from assetpkg.package.index import Index
from assetpkg.resource.inspection import Inspection
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.walk import NO_FIELDS
from assetpkg.running.progress import follow
from assetpkg.target.instance import AssetJob, Function, Instance, InstanceFacts, QuotaState
from assetpkg.target.members import SNAPSHOT_FORMAT, check, refuse
from assetpkg.target.pages import NoJson, Pages
from assetpkg.target.paths import has, meant_path
from assetpkg.target.repeats import find_repeats
from assetpkg.target.spans import Inspect, Spans, inspect_each
from assetpkg.target.undetermined import KnownAs, Undetermined

F = TypeVar("F", bound=Fact)


def parse_snapshot(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> Instance:
    """Read a snapshot document; raises `CannotRead` with the place when it is none."""
    return read_snapshot(BytesSource(content), origin, limits)


def read_snapshot(
    source: Source, origin: str, limits: Limits = DEFAULT_LIMITS, inspect: Inspect = inspect_each
) -> Instance:
    """Read the snapshot document that a source has, which is read again whenever a resource is asked for.

    What stays in memory is the index, and not the document; nor are two resources ever decoded together. Raises
    `CannotRead` as `parse_snapshot` does.
    """
    pages = Pages(source, limits)
    # What is wrong with a document, if anything is, is for who looks at each byte in order to say.
    with suppress(CannotRead, documents.InvalidDocument, NoJson, RecursionError, ValueError):
        head, spans = _split(pages, quickly=True)
        check(head)
        return _instance(head, pages, spans, origin, inspect)
    try:
        pages.check_encoding()
        head, spans = _split(pages)
        check(head)
    except documents.InvalidDocument as error:
        reason = documents.refusal(_in_characters(error, pages), pages.content(0, pages.size))
    except NoJson as error:
        reason = _why_no_json(pages, error.offset)
    except RecursionError:
        reason = f"it is nested more than {limits.depth:,} levels deep"
    else:
        return _instance(head, pages, spans, origin, inspect)
    # Outside of the `except`, since those errors keep the text that they are about.
    raise CannotRead(f"{origin} is not a snapshot: {why_not(pages.content(0, pages.size), SNAPSHOT, reason)}")


def _why_no_json(pages: Pages, offset: int) -> str:
    """Return what is wrong with a text that is not JSON; of one that is too large for a document, only where."""
    place = "not JSON at line {}, column {}".format(*pages.line_and_column(offset))
    most = pages.limits.document
    if pages.size > most:
        how = how_to_raise("document", pages.size, "to see what is wrong there")
        return f"{place}; the file has {pages.size:,} bytes, and only {most:,} are read as one document; {how}"
    content = pages.content(0, pages.size)
    try:
        document = documents.parse(content, pages.limits)
    except documents.InvalidDocument as error:
        return documents.refusal(error, content) if error.faults[0].slug == "invalid-json" else place
    return f"it is {_called(document)}, but a snapshot is an object"


def _called(value: Any) -> str:
    """Return what a JSON value is that has no others in it."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    return "a text" if isinstance(value, str) else "a number"


def _in_characters(error: documents.InvalidDocument, pages: Pages) -> documents.InvalidDocument:
    """Return an error whose offset counts characters and not bytes; what is not UTF-8 is counted so already."""
    fault = error.faults[0]
    if fault.slug == "not-utf8" or fault.offset is None:
        return error
    offset = len(pages.content(0, fault.offset).decode("utf-8", "replace"))
    return documents.InvalidDocument(fault._replace(offset=offset))


def _instance(head: Mapping[str, Any], pages: Pages, spans: Spans, origin: str, inspect: Inspect) -> Instance:
    """Return the target that the members of a snapshot tell of, which are known to be what is declared."""
    named = {"/covers": head["covers"], "/partial": [name.partition("/")[0] for name in head.get("partial") or ()]}
    for place, kinds in named.items():
        for kind in kinds:
            if kind not in KINDS:
                raise CannotRead(f"{origin} is not a snapshot: at '{place}', {no_kind(kind)}")

    def read(found: Inspection) -> dict[str, Any]:
        content = pages.content(*spans[found.pointer][1:])
        if sha256(content).hexdigest() != found.digest:
            raise CannotRead(f"{origin} was changed while it was read; try again")
        document: dict[str, Any] = documents.read_again(content, pages.limits)
        return document

    kept, repeats = find_repeats(list(_inspect(pages, spans, origin, inspect)), read)
    instance = Instance(
        name=head["name"],
        taken=head.get("taken"),
        index=Index.build(kept),
        repeats=repeats,
        covers=frozenset(head["covers"]),
        document=lambda resource: read(resource.inspection),
        partial={name: tuple(fields) for name, fields in (head.get("partial") or {}).items()},
        unlisted=frozenset(head["covers"]) - head["resources"].keys(),
        facts=InstanceFacts.of(head.get("instance") or {}),
        quotas={kind: QuotaState.of(quota) for kind, quota in (head.get("quotas") or {}).items()},
        functions=_facts(Function, head.get("functions")),
        user=head.get("user"),
        jobs=_facts(AssetJob, head.get("jobs")),
        undetermined=_facts(Undetermined, head.get("undetermined")) or (),
        known_as=_facts(KnownAs, head.get("known_as")) or (),
    )
    _check_partial(instance, origin)
    return instance


def _check_partial(instance: Instance, origin: str) -> None:
    """Refuse resources and fields known in part that are misspelled: those that are meant would count as all known."""
    for name, fields in instance.partial.items():
        kind = KINDS[name.partition("/")[0]]
        place = documents.join_pointer(["partial", name])
        # What a copy has in the place of a credential, the address of the original does not tell.
        if name != kind.kind and name not in instance.index.by_address and MASK not in mask_line(name):
            known = [one.address for one in instance.index.resources_of(kind.kind)]
            raise CannotRead(
                f"{origin} is not a snapshot: at '{place}', there is no such {kind.title} in it"
                f"{meant_address(name, known) or '; take it out'}"
            )
        for field in fields:
            meant = meant_path(kind, field)
            if meant is None or _is_there(instance, kind, field) or _is_harmless(instance, name, kind, meant):
                continue
            raise CannotRead(
                f"{origin} is not a snapshot: at '{place}', no {kind.kind} has a field '{field}';"
                f" did you mean '{meant}'?"
            )


def _is_there(instance: Instance, kind: type[Kind], field: str) -> bool:
    return any(has(instance.document(one), field) for one in instance.index.resources_of(kind.kind))


def _is_harmless(instance: Instance, name: str, kind: type[Kind], meant: str) -> bool:
    """Say whether each resource that `name` stands for has the field that may be meant, or is said not to tell it.

    So it is in a snapshot of saved answers, where a field of a like name was left out since it holds a credential.
    """
    members = [one for one in instance.index.resources_of(kind.kind) if name in {kind.kind, one.address}]
    documents_of = ((one, instance.document(one)) for one in members)
    return bool(members) and all(
        has(document, meant) or instance.was_not_looked_at(one, document, meant) for one, document in documents_of
    )


def _facts(of: type[F], told: Iterable[Mapping[str, Any]] | None) -> tuple[F, ...] | None:
    return None if told is None else tuple(map(of.of, told))


def _split(pages: Pages, *, quickly: bool = False) -> tuple[dict[str, Any], Spans]:
    """Return the members of a snapshot, no resources among them, and where each resource is.

    Done `quickly`, where a resource ends is told by the lines alone. That is right where each is a document: an object
    that begins at a certain place has but one end. Nor is it looked at whether what is in resources is UTF-8.
    """
    start = pages.skip_space(0)
    if pages.at(start) != "{":
        _refuse_other(pages, start)
    head: dict[str, Any] = {}
    spans: Spans = {}

    def take(key: str | int, key_at: int, value_at: int) -> int:
        if len(head) > MOST_SNAPSHOT_MEMBERS:
            refuse(f"more than {MOST_SNAPSHOT_MEMBERS:,} members", key_at)
        if key in head:
            refuse(f"key '{key}' occurs for the second time", key_at)
        if key == "resources":
            named: dict[str, Any] = {}
            head[key] = named
            return _take_spans(spans, named, pages, value_at, quickly=quickly)
        end = pages.value_end(value_at)
        head[str(key)] = _parse(pages, str(key), value_at, end)
        return end

    rest = pages.skip_space(pages.walk(start, take))
    if rest < pages.size:
        raise NoJson(rest)
    return head, spans


def _refuse_other(pages: Pages, start: int) -> NoReturn:
    """Say what there is in the place of an object."""
    if start == pages.size:
        refuse("it is empty")
    if pages.at(start) == "[":
        refuse("it is a list, but a snapshot is an object")
    if pages.size > pages.limits.document:
        refuse("it does not begin with '{', as a snapshot does", start)
    raise NoJson(start)


def _take_spans(spans: Spans, named: dict[str, Any], pages: Pages, start: int, *, quickly: bool) -> int:
    if pages.at(start) != "{":
        refuse("'resources' is not an object with a list for each kind", start)
    most = pages.limits.entries

    def take_kind(kind: str | int, kind_at: int, list_at: int) -> int:
        if kind in named:
            refuse(f"key '{kind}' occurs for the second time", kind_at)
        if kind not in KINDS:
            # Passed over, everything of a misspelled kind would count as not being there.
            refuse(no_kind(str(kind)), kind_at)
        if pages.at(list_at) != "[":
            refuse(f"the resources of kind '{kind}' are not a list", list_at)
        named[str(kind)] = []
        closing = ""

        def take_resource(index: str | int, _: int, at: int) -> int:
            nonlocal closing
            if len(spans) >= most:
                refuse(f"more than {most:,} resources; {how_to_raise('entries', most + 1)}", at)
            if quickly and index == 0:
                closing = pages.closing_of(at)
            end = pages.likely_end(at, closing) if closing else None
            if end is None:
                closing, end = "", pages.value_end(at)
            spans[documents.join_pointer(["resources", kind, index])] = (str(kind), at, end)
            return end

        return pages.walk(list_at, take_resource)

    return pages.walk(start, take_kind)


def _parse(pages: Pages, key: str, start: int, end: int) -> Any:
    """Read the value of a member between two offsets; its faults have their offsets in the whole document."""
    content = pages.content(start, end)
    try:
        return documents.parse(content, pages.limits)
    except documents.InvalidDocument as error:
        fault = error.faults[0]
        told = hide_below_secrets(NO_FIELDS, fault._replace(pointer=f"/{key}{fault.pointer}"))
        message = (
            f"the value of {shown(key)} cannot be read: {told.message}"
            if fault.slug in documents.LIMIT_SLUGS
            else told.message
        )
        offset = start + _bytes_before(fault, content)
        raise documents.InvalidDocument(told._replace(message=message, offset=offset)) from None


def _bytes_before(fault: Fault, content: bytes) -> int:
    """Return the offset of the place that a fault in a document is about."""
    text = content.decode("utf-8", "replace")
    offset = documents.locate(text, fault.pointer) if fault.offset is None else fault.offset
    return len(text[: offset or 0].encode())


def _inspect(pages: Pages, spans: Spans, origin: str, inspect: Inspect) -> Iterator[Inspection]:
    with closing(inspect(pages.source, spans, pages.limits)) as found:
        for (pointer, (kind, *_)), inspection in zip(follow(f"reading {origin}", spans.items()), found, strict=True):
            if not inspection.readable:
                # A resource that is there and cannot be matched would count as one that is not there.
                why = _why_unreadable(inspection, pages, *spans[pointer][1:])
                raise CannotRead(f"{origin} is not a snapshot: the {kind} at '{pointer}' {why}")
            yield inspection


def _why_unreadable(inspection: Inspection, pages: Pages, start: int, end: int) -> str:
    """Return why a resource cannot be found by its name, where, and what to do."""
    kind, content = KINDS[inspection.kind], pages.content(start, end)
    try:
        is_object = isinstance(documents.parse(content, pages.limits), dict)
    except documents.InvalidDocument:
        is_object = False
    fault = _of_name(kind, inspection.faults) if is_object else inspection.faults[0]
    line, column = pages.line_and_column(start + _bytes_before(fault, content))
    what = "has no name" if is_object else "cannot be read"
    return f"{what}: {fault.message}, at line {line}, column {column}; {fault.hint}"


def _of_name(kind: type[Kind], faults: Iterable[Fault]) -> Fault:
    """Return what is wrong with the name of a resource, which a class may take although it is empty."""
    names = [field.name for field in name_fields(kind)]
    empty = Fault(slug="missing-field", message=f"field '{names[0]}' is empty", hint=f"fill in '{names[0]}'")
    return next((fault for fault in faults if fault.pointer.removeprefix("/") in names), empty)


def write_snapshot(instance: Instance, path: str | os.PathLike[str]) -> None:
    """Write a target as a snapshot, complete or not at all; if it contains credentials, only the user can read it.

    It has no time at which it was taken, because it was not taken from an instance. Raises `CannotWrite`.
    """
    private = any(resource.credentials for resource in instance.index.resources)
    write_file(path, dump_snapshot(instance), verify=lambda written: _verify(written, instance), private=private)


def dump_snapshot(instance: Instance) -> Iterator[bytes]:
    """Yield the snapshot document of a target piece by piece, so that it is never in memory as a whole."""
    asked = instance.covers - instance.unlisted
    kinds = [kind for kind in KINDS if kind in asked or instance.index.resources_of(kind)]
    return dump_members(_head(instance), ((kind, _documents(instance, kind)) for kind in kinds))


def _documents(instance: Instance, kind: str) -> Iterator[dict[str, Any]]:
    members = sorted(instance.index.resources_of(kind), key=lambda found: found.place.order)
    return (instance.document(resource) for resource in members)


def dump_members(
    head: Mapping[str, Any], resources: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]
) -> Iterator[bytes]:
    """Yield a snapshot document of a head and, by kind, of resources, whose documents are taken one by one."""
    yield documents.dump(head).removesuffix(b"\n}\n") + b',\n  "resources": {'
    position = -1
    for position, (kind, members) in enumerate(resources):
        yield f"{',' if position else ''}\n    {json.dumps(kind)}: [".encode()
        for number, document in enumerate(members):
            lines = documents.indented(document).replace("\n", "\n      ")
            yield f"{',' if number else ''}\n      {lines}".encode()
        yield b"\n    ]"
    yield b"}\n}\n" if position < 0 else b"\n  }\n}\n"


def _head(instance: Instance) -> dict[str, Any]:
    members = {
        "format": SNAPSHOT_FORMAT,
        "name": instance.name,
        "instance": instance.facts.tell() or None,
        "covers": [kind for kind in KINDS if kind in instance.covers],
        "partial": {name: list(fields) for name, fields in instance.partial.items()} or None,
        "quotas": {kind: quota.tell() for kind, quota in instance.quotas.items()} or None,
        "functions": None if instance.functions is None else [known.tell() for known in instance.functions],
        "user": instance.user,
        "jobs": None if instance.jobs is None else [job.tell() for job in instance.jobs],
        "undetermined": [fact.tell() for fact in instance.undetermined] or None,
        "known_as": [known.tell() for known in instance.known_as] or None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _verify(written: Path, instance: Instance) -> None:
    found = parse_snapshot(written.read_bytes(), str(written)).index
    if found.by_address.keys() != instance.index.by_address.keys():
        raise CannotWrite("the written snapshot does not have the content of the target; the disk may be failing")

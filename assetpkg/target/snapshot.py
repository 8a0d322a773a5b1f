"""The document of a snapshot: read piece by piece, and written so that it is read back."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple, NoReturn

from pydantic import Field, ValidationError

from assetpkg import documents
from assetpkg.archive.write_file import write_file
from assetpkg.diagnostics.model import Fault
from assetpkg.documents.foreign import SNAPSHOT, why_not
from assetpkg.errors import CannotRead, CannotWrite, near
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Part
from assetpkg.kinds.validators import validator_of
from assetpkg.limits import DEFAULT_LIMITS, MOST_SNAPSHOT_MEMBERS, Limits, how_to_raise
from assetpkg.package.index import Index
from assetpkg.resource.inspection import Inspection, inspect
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.walk import NO_FIELDS
from assetpkg.running.progress import follow
from assetpkg.target.instance import AssetJob, Function, Instance, InstanceFacts, QuotaState, tell_part
from assetpkg.target.repeats import find_repeats
from assetpkg.target.undetermined import KnownAs, Undetermined

SNAPSHOT_FORMAT = "assetpkg-snapshot/1"
"""The marker of a snapshot document."""


class Snapshot(Part):
    """The document of a snapshot; it says what it covers, because "not looked for" is different from "not there"."""

    format: str
    """The marker, `assetpkg-snapshot/1`."""
    name: Annotated[str, Field(min_length=1)]
    """The name of the target."""
    taken: str | None = None
    """When it was taken, ISO 8601."""
    instance: InstanceFacts | None = None
    """The instance itself."""
    covers: list[str]
    """The kinds that the snapshot covers completely: every resource of these kinds on the instance is in it."""
    partial: dict[str, list[str]] | None = None
    """What is known in part, by kind or address: the fields that were not looked at; of an empty list, all that a
    resource here does not have."""
    quotas: dict[str, QuotaState] | None = None
    """Live quotas by kind; missing if nobody looked for them."""
    functions: list[Function] | None = None
    """The functions that exist; missing if nobody looked for them."""
    user: str | None = None
    """The account that imports, as `user` of a job names it; missing if it is not known."""
    jobs: list[AssetJob] | None = None
    """The asset jobs; missing if nobody looked for them. Those of other accounts do not keep an import from running."""
    undetermined: list[Undetermined] | None = None
    """What is not settled, if the snapshot was not taken of an instance but predicted by `assetpkg apply`."""
    known_as: list[KnownAs] | None = None
    """The values with which packages of predicted imports refer to resources that have other ids, keys or names here.
    """
    resources: dict[str, list[dict[str, Any]]]
    """The resources by kind; each document is the same as in a package."""


def parse_snapshot(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> Instance:
    """Read a snapshot document; raises `CannotRead` with the place when it is none.

    The text is kept and each resource is read again when it is compared, so what stays in memory is the file and the
    index, and not the decoded documents; nor are two of them ever decoded together.
    """
    try:
        text = documents.decode(content)
        head, spans = _split(text, limits)
        _check_format(head)
        validator_of(Snapshot, briefly=True).validate_python(head)
        model = Snapshot.model_validate(head)
    except documents.InvalidDocument as error:
        reason = documents.refusal(error, content)
    except (json.JSONDecodeError, RecursionError) as error:
        place = "" if isinstance(error, RecursionError) else f" at line {error.lineno}, column {error.colno}"
        reason = f"not JSON{place}"
    except ValidationError as error:
        reason = _first_breach(error)
    else:
        return _instance(model, Text(text, spans, limits), origin)
    # Outside of the `except`, since those errors keep the text that they are about.
    raise CannotRead(f"{origin} is not a snapshot: {why_not(content, SNAPSHOT, reason)}")


class Text(NamedTuple):
    """The text of a snapshot, where the resources are in it, and how large each of them may be."""

    text: str
    spans: "Spans"
    limits: Limits


def _instance(model: Snapshot, source: Text, origin: str) -> Instance:
    text, spans, limits = source
    for kind in model.covers:
        if kind not in KINDS:
            raise CannotRead(f"{origin} is not a snapshot: it covers '{kind}', which is not a kind{near(kind, KINDS)}")
    for name in model.partial or ():
        kind = name.partition("/")[0]
        if kind not in KINDS:
            raise CannotRead(
                f"{origin} is not a snapshot: it knows '{kind}' in part, which is not a kind{near(kind, KINDS)}"
            )
    kept, repeats = find_repeats(
        list(_inspect(text, spans, origin, limits)), lambda found: _document_at(text, spans, found.pointer)
    )
    return Instance(
        name=model.name,
        taken=model.taken,
        index=Index.build(kept),
        repeats=repeats,
        covers=frozenset(model.covers),
        document=lambda resource: _document_at(text, spans, resource.place.pointer),
        partial={name: tuple(fields) for name, fields in (model.partial or {}).items()},
        unlisted=frozenset(model.covers) - model.resources.keys(),
        facts=model.instance or InstanceFacts(),
        quotas=model.quotas or {},
        functions=None if model.functions is None else tuple(model.functions),
        user=model.user,
        jobs=None if model.jobs is None else tuple(model.jobs),
        undetermined=tuple(model.undetermined or ()),
        known_as=tuple(model.known_as or ()),
    )


_WINDOW = 2**14
"""In characters; how much of a value is looked at first for its end."""

Spans = dict[str, tuple[str, int, int]]
"""For each resource, by its JSON pointer: the kind, and where its text begins and ends."""


def _split(text: str, limits: Limits) -> tuple[dict[str, Any], Spans]:
    """Return the members of a snapshot, no resources among them, and where each resource is."""
    start = documents.skip_space(text, 0)
    if not text.startswith("{", start):
        _refuse_other(text, start)
    head: dict[str, Any] = {}
    spans: Spans = {}

    def take(key: str | int, key_at: int, value_at: int) -> int:
        if len(head) > MOST_SNAPSHOT_MEMBERS:
            _refuse(f"more than {MOST_SNAPSHOT_MEMBERS:,} members", key_at)
        if key in head:
            _refuse(f"key '{key}' occurs for the second time", key_at)
        if key == "resources":
            named: dict[str, Any] = {}
            head[key] = named
            return _take_spans(spans, named, text, value_at, limits)
        end = _value_end(text, value_at, limits)
        head[str(key)] = _parse(text, str(key), value_at, end, limits)
        return end

    rest = documents.skip_space(text, _walk(text, start, take))
    if rest < len(text):
        raise json.JSONDecodeError("Extra data", text, rest)
    return head, spans


def _check_format(head: Mapping[str, Any]) -> None:
    """Refuse another format, whatever else it has or lacks; that none is named is for the model to say."""
    found = head.get("format")
    if isinstance(found, str) and found != SNAPSHOT_FORMAT:
        _refuse(f"its format is {found!r}, not '{SNAPSHOT_FORMAT}'")


def _refuse_other(text: str, start: int) -> NoReturn:
    """Say what there is in the place of an object."""
    if start == len(text):
        _refuse("it is empty")
    if text.startswith("[", start):
        _refuse("it is a list, but a snapshot is an object")
    raise json.JSONDecodeError("Expecting an object", text, start)


Take = Callable[[str | int, int, int], int]
"""Takes key (or index) of a member, the offset of the key and of the value, and returns the offset after it."""


def _walk(text: str, start: int, take: Take) -> int:
    """Give each member of the value at `start` to `take`; return the offset after the value."""
    members, end = documents.iterate_members(text, start), None
    try:
        while True:
            end = take(*members.send(end))
    except StopIteration as done:
        return int(done.value)


def _value_end(text: str, start: int, limits: Limits) -> int:
    """Return the offset after the value at `start`, without decoding more than a document may have."""
    size = _WINDOW
    while True:
        window = text[start : start + size]
        is_all = len(window) < size
        try:
            end = documents.value_end(window, 0)
        except json.JSONDecodeError as error:
            if is_all:
                raise json.JSONDecodeError(error.msg, text, start + error.pos) from None
        else:
            if is_all or end < size:
                return start + end
        # All of the window belongs to the value, so that it is as large at least.
        part = window.encode("utf-8", "replace")
        documents.check_size(part, limits)
        documents.check_values(part, limits)
        size *= 2


def _take_spans(spans: Spans, named: dict[str, Any], text: str, start: int, limits: Limits) -> int:
    if not text.startswith("{", start):
        _refuse("'resources' is not an object with a list for each kind", start)

    def take_kind(kind: str | int, kind_at: int, list_at: int) -> int:
        if kind in named:
            _refuse(f"key '{kind}' occurs for the second time", kind_at)
        if kind not in KINDS:
            # Passed over, everything of a misspelled kind would count as not being there.
            _refuse(f"no kind is named '{kind}'{near(str(kind), KINDS)}", kind_at)
        if not text.startswith("[", list_at):
            _refuse(f"the resources of kind '{kind}' are not a list", list_at)
        named[str(kind)] = []

        def take_resource(index: str | int, _: int, at: int) -> int:
            if len(spans) >= limits.entries:
                _refuse(f"more than {limits.entries:,} resources; {how_to_raise('entries', limits.entries + 1)}", at)
            end = _value_end(text, at, limits)
            spans[documents.join_pointer(["resources", kind, index])] = (str(kind), at, end)
            return end

        return _walk(text, list_at, take_resource)

    return _walk(text, start, take_kind)


def _parse(text: str, key: str, start: int, end: int, limits: Limits) -> Any:
    """Read the value of a member between two offsets; its faults have their offsets in the whole text."""
    part = text[start:end]
    try:
        return documents.parse(part.encode(), limits)
    except documents.InvalidDocument as error:
        fault = error.faults[0]
        offset = documents.locate(part, fault.pointer) if fault.offset is None else fault.offset
        told = hide_below_secrets(NO_FIELDS, fault._replace(pointer=f"/{key}{fault.pointer}"))
        _refuse(told.message, start + (offset or 0))


def _refuse(message: str, offset: int | None = None) -> NoReturn:
    raise documents.InvalidDocument(Fault(slug="snapshot", message=message, offset=offset))


def _inspect(text: str, spans: Spans, origin: str, limits: Limits) -> Iterator[Inspection]:
    for pointer, (kind, start, end) in follow(f"reading {origin}", spans.items()):
        inspection = inspect(KINDS[kind], "", text[start:end].encode(), limits, pointer=pointer)
        if not inspection.readable:
            # A resource that is there and cannot be matched would count as one that is not there.
            raise CannotRead(
                f"{origin} is not a snapshot: the {kind} at '{pointer}' has no name, or is not strict JSON"
            )
        yield inspection


def _document_at(text: str, spans: Spans, pointer: str) -> dict[str, Any]:
    _, start, end = spans[pointer]
    document: dict[str, Any] = json.loads(text[start:end])
    return document


def _first_breach(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False)[0]
    return f"at '{documents.join_pointer(detail['loc'])}', {detail['msg'][:1].lower()}{detail['msg'][1:]}"


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
            text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
            lines = text.replace("\n", "\n      ")
            yield f"{',' if number else ''}\n      {lines}".encode()
        yield b"\n    ]"
    yield b"}\n}\n" if position < 0 else b"\n  }\n}\n"


def _head(instance: Instance) -> dict[str, Any]:
    members = {
        "format": SNAPSHOT_FORMAT,
        "name": instance.name,
        "instance": tell_part(instance.facts) or None,
        "covers": [kind for kind in KINDS if kind in instance.covers],
        "partial": {name: list(fields) for name, fields in instance.partial.items()} or None,
        "quotas": {kind: tell_part(quota) for kind, quota in instance.quotas.items()} or None,
        "functions": None if instance.functions is None else [tell_part(known) for known in instance.functions],
        "user": instance.user,
        "jobs": None if instance.jobs is None else [tell_part(job) for job in instance.jobs],
        "undetermined": [tell_part(fact) for fact in instance.undetermined] or None,
        "known_as": [tell_part(known) for known in instance.known_as] or None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _verify(written: Path, instance: Instance) -> None:
    found = parse_snapshot(written.read_bytes(), str(written)).index
    if found.by_address.keys() != instance.index.by_address.keys():
        raise CannotWrite("the written snapshot does not have the content of the target; the disk may be failing")

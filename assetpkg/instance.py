"""The target of an import as it was before: a snapshot document, or another package taken for one."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, NamedTuple, NoReturn

from pydantic import Field, ValidationError

from assetpkg import documents
from assetpkg.diagnostics import Fault
from assetpkg.errors import CannotRead, near
from assetpkg.foreseen import Doubt, KnownAs, Undetermined
from assetpkg.index import Index, Path, Resource
from assetpkg.inspection import Inspection, Reference, inspect
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Part
from assetpkg.kinds.nodes import NO_FIELDS
from assetpkg.kinds.validators import validator_of
from assetpkg.limits import DEFAULT_LIMITS, MOST_SNAPSHOT_MEMBERS, Limits, how_to_raise
from assetpkg.masking import hide_below_secrets
from assetpkg.package import Package, read_document
from assetpkg.texts import mask_line

SNAPSHOT_FORMAT = "assetpkg-snapshot/1"
"""The marker of a snapshot document."""


class InstanceFacts(Part):
    """The instance that a snapshot was taken of."""

    id: str | None = None
    """Its id."""
    project_id: str | None = None
    """The project that it belongs to."""
    region: str | None = None
    """Its region."""
    version: str | None = None
    """Its version, as the platform shows it."""
    features: dict[str, Any] | None = None
    """Its configuration parameters, such as `app_route`, by name."""


class QuotaState(Part):
    """A live quota: how many there may be, and how many there are."""

    limit: Annotated[int, Field(ge=0)]
    """The most that the instance allows."""
    used: Annotated[int, Field(ge=0)]
    """How many it has."""


class Function(Part):
    """A function that a function backend can call."""

    urn: str
    """Its URN, without version."""
    version: str | None = None
    """The version."""
    alias: str | None = None
    """An alias of the version."""


class AssetJob(Part):
    """An asset import, export or deletion."""

    type: str | None = None
    """What it does: importAsset, exportAsset, …"""
    status: str
    """Its state: RUNNING, SUCCEEDED, FAILED, or an older spelling of these."""
    user: str | None = None
    """Who started it."""


class Snapshot(Part):
    """The document of a snapshot; it says what it covers, since not looked at is not the same as not there."""

    format: str
    """The marker, `assetpkg-snapshot/1`."""
    name: Annotated[str, Field(min_length=1)]
    """What the target is called."""
    taken: str | None = None
    """When it was taken, ISO 8601."""
    instance: InstanceFacts | None = None
    """The instance itself."""
    covers: list[str]
    """The kinds that were looked at, all of them on the instance."""
    quotas: dict[str, QuotaState] | None = None
    """Live quotas by kind; absent when they were not looked at."""
    functions: list[Function] | None = None
    """The functions that exist; absent when they were not looked at."""
    jobs: list[AssetJob] | None = None
    """The asset jobs of the account that imports; absent when they were not looked at."""
    undetermined: list[Undetermined] | None = None
    """What is not settled, where the snapshot was not taken of an instance but foreseen by `assetpkg apply`."""
    known_as: list[KnownAs] | None = None
    """What the packages of foreseen imports call resources that have other ids, keys or names here."""
    resources: dict[str, list[dict[str, Any]]]
    """The resources by kind, each the same document as in a package."""


@dataclass(frozen=True, kw_only=True)
class Instance:
    """A target. `covers` are the kinds of which everything is known; `document` reads a resource again.

    `undetermined` and `known_as` are of a target that was foreseen, not looked at.
    """

    name: str
    digest: str
    index: Index = field(repr=False)
    covers: frozenset[str]
    document: Callable[[Resource], dict[str, Any]] = field(repr=False)
    is_package: bool = False
    facts: InstanceFacts = field(default_factory=InstanceFacts)
    quotas: Mapping[str, QuotaState] = field(default_factory=dict)
    functions: tuple[Function, ...] | None = None
    jobs: tuple[AssetJob, ...] | None = None
    undetermined: tuple[Undetermined, ...] = ()
    known_as: tuple[KnownAs, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        """Show the name."""
        return f"Instance({mask_line(self.name)!r})"

    @classmethod
    def from_package(cls, package: Package, *, complete: bool = True) -> "Instance":
        """Take a package for a target; `complete` when everything on the instance is assumed to be in it."""
        return cls(
            name=package.name,
            digest=package.digest,
            index=package.index,
            covers=frozenset(_carried() if complete else ()),
            document=lambda resource: read_document(package.archive, resource),
            is_package=True,
            facts=_facts_of(package),
        )

    def taken_for(self, *, complete: bool) -> "Instance":
        """Return the same target with a package taken for all of it, or not; a snapshot says itself what it covers."""
        return replace(self, covers=frozenset(_carried() if complete else ())) if self.is_package else self

    def resolve(self, reference: Reference) -> Resource | None:
        """Return the resource that a package's `reference` leads to, also by what earlier packages call it."""
        found = self.index.resolve(reference)
        if found is not None or not self.known_as:
            return found
        calls = (self._called.get((reference.kind, by, reference.value)) for by in reference.by)
        return next((known for known in calls if known is not None), None)

    def at(self, path: Path) -> Resource | None:
        """Return the resource at `path`, also one that may have that name, and another here."""
        found = self.index.by_path.get(path)
        if found is not None or not self.known_as or len(path.names) > 1:
            return found
        return self._called.get((path.kind, "name", path.names[0]))

    @property
    def is_foreseen(self) -> bool:
        """Whether it is what an import was foreseen to leave, and not what somebody has looked at."""
        return bool(self.undetermined or self.known_as)

    def is_doubtful(self, reference: Reference, found: Resource) -> bool:
        """Say whether only packages have what `reference` says, so that it is not settled that it leads there."""
        if self.index.resolve(reference) is None:
            return True
        return reference.value == found.id and "id" in reference.by and Doubt.NEW_ID in self.doubts(found)

    def doubts(self, resource: Resource) -> frozenset[Doubt]:
        """Return what is not settled about a resource."""
        return self._doubts.get(resource.address, frozenset())

    @cached_property
    def _doubts(self) -> Mapping[str, frozenset[Doubt]]:
        words = {doubt.value: doubt for doubt in Doubt}
        found: dict[str, set[Doubt]] = {}
        for fact in self.undetermined:
            if fact.why in words:
                found.setdefault(fact.address, set()).add(words[fact.why])
        return {address: frozenset(doubts) for address, doubts in found.items()}

    @cached_property
    def _called(self) -> Mapping[tuple[str, str, str], Resource]:
        found = ((self.index.by_address.get(known.address), known) for known in self.known_as)
        return {(there.path.kind, known.by, known.value): there for there, known in found if there is not None}

    @cached_property
    def features(self) -> Mapping[str, Any]:
        """The instance's configuration parameters, as far as they are known."""
        return self.facts.features or {}


def _carried() -> Iterator[str]:
    """Yield the kinds of which a package can say what an instance has: those that an export is known to carry."""
    return (word for word, kind in KINDS.items() if kind.imported and kind.evidenced)


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
        return _instance(model, content, Text(text, spans, limits), origin)
    # Outside of the `except`, since those errors keep the text that they are about.
    raise CannotRead(f"{origin} is no snapshot: {reason}")


class Text(NamedTuple):
    """The text of a snapshot, where the resources stand in it, and how large each of them may be."""

    text: str
    spans: "Spans"
    limits: Limits


def _instance(model: Snapshot, content: bytes, source: Text, origin: str) -> Instance:
    text, spans, limits = source
    for kind in model.covers:
        if kind not in KINDS:
            raise CannotRead(f"{origin} is no snapshot: it covers '{kind}', which is no kind{near(kind, KINDS)}")
    return Instance(
        name=model.name,
        digest=hashlib.sha256(content).hexdigest(),
        index=Index.build(_inspect(text, spans, origin, limits)),
        covers=frozenset(model.covers),
        document=lambda resource: _document(text, spans, resource),
        facts=model.instance or InstanceFacts(),
        quotas=model.quotas or {},
        functions=None if model.functions is None else tuple(model.functions),
        jobs=None if model.jobs is None else tuple(model.jobs),
        undetermined=tuple(model.undetermined or ()),
        known_as=tuple(model.known_as or ()),
    )


_WINDOW = 2**14
"""In characters; how much of a value is looked at first for its end."""

Spans = dict[str, tuple[str, int, int]]
"""For each resource, by its JSON pointer: the kind, and where its text begins and ends."""


def _split(text: str, limits: Limits) -> tuple[dict[str, Any], Spans]:
    """Return the members of a snapshot, no resources among them, and where each resource stands."""
    start = documents.skip_space(text, 0)
    if not text.startswith("{", start):
        _refuse_other(text, start)
    head: dict[str, Any] = {}
    spans: Spans = {}

    def take(key: str | int, key_at: int, value_at: int) -> int:
        if len(head) > MOST_SNAPSHOT_MEMBERS:
            _refuse(f"more than {MOST_SNAPSHOT_MEMBERS:,} members", key_at)
        if key in head:
            _refuse(f"key '{key}' is here for the second time", key_at)
        if key == "resources":
            head[key] = {}
            return _take_spans(spans, text, value_at, limits)
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
        _refuse("it is a list, and a snapshot is an object")
    raise json.JSONDecodeError("Expecting an object", text, start)


Take = Callable[[str | int, int, int], int]
"""Takes key (or index) of a member, the offset of the key and of the value, and returns the offset behind it."""


def _walk(text: str, start: int, take: Take) -> int:
    """Give each member of the value at `start` to `take`; return the offset behind the value."""
    members, end = documents.iterate_members(text, start), None
    try:
        while True:
            end = take(*members.send(end))
    except StopIteration as done:
        return int(done.value)


def _value_end(text: str, start: int, limits: Limits) -> int:
    """Return the offset behind the value at `start`, without decoding more than a document may have."""
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


def _take_spans(spans: Spans, text: str, start: int, limits: Limits) -> int:
    if not text.startswith("{", start):
        _refuse("'resources' is no object with a list for each kind", start)
    seen: set[str | int] = set()

    def take_kind(kind: str | int, kind_at: int, list_at: int) -> int:
        if kind in seen:
            _refuse(f"key '{kind}' is here for the second time", kind_at)
        if kind not in KINDS:
            # Passed over, everything of a misspelled kind would count as not being there.
            _refuse(f"no kind is named '{kind}'{near(str(kind), KINDS)}", kind_at)
        if not text.startswith("[", list_at):
            _refuse(f"the resources of kind '{kind}' are no list", list_at)
        seen.add(kind)

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
    for pointer, (kind, start, end) in spans.items():
        inspection = inspect(KINDS[kind], pointer, text[start:end].encode(), limits)
        if not inspection.readable:
            # A resource that is there and cannot be matched would count as one that is not there.
            raise CannotRead(f"{origin} is no snapshot: the {kind} at '{pointer}' has no name, or is not strict JSON")
        yield inspection


def _document(text: str, spans: Spans, resource: Resource) -> dict[str, Any]:
    _, start, end = spans[resource.entry]
    document: dict[str, Any] = json.loads(text[start:end])
    return document


def _facts_of(package: Package) -> InstanceFacts:
    source = package.manifest.source
    features = source.get("features")
    version = source.get("instance_version")
    return InstanceFacts(
        version=version if isinstance(version, str) else None,
        features=features if isinstance(features, dict) else None,
    )


def _first_breach(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False)[0]
    return f"at '{documents.join_pointer(detail['loc'])}', {detail['msg'][:1].lower()}{detail['msg'][1:]}"

"""From saved answers to a snapshot: read, recognised, put together, and told what is missing."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from assetpkg import documents
from assetpkg.archive import STANDARD_STREAM
from assetpkg.credentials.masking import mask_line
from assetpkg.errors import CannotRead, InvalidOption, refuse_not_utf8, with_escapes
from assetpkg.kinds import KINDS, no_kind
from assetpkg.kinds.operations import OPERATIONS, Role
from assetpkg.kinds.operations.fdi import COMPOSITE
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.reading import LayoutLike, layouts_of
from assetpkg.target.answers import facts
from assetpkg.target.answers.authorizations import Clients, pair_up
from assetpkg.target.answers.coverage import Coverage, MissingCall, call_for
from assetpkg.target.answers.exports import YAML, Export, is_export, is_yaml_export, take_exports
from assetpkg.target.answers.files import Found, contents, find_files, split_said
from assetpkg.target.answers.foreign import Described, reader_of
from assetpkg.target.answers.gathering import Gathering, Known
from assetpkg.target.answers.parts import Parts
from assetpkg.target.answers.recognition import Answer, recognise
from assetpkg.target.answers.recordings import recorded_in
from assetpkg.target.answers.requests import words_of_place
from assetpkg.target.answers.texts import NoAnswer, read_values
from assetpkg.target.instance import Instance
from assetpkg.target.members import SNAPSHOT_FORMAT
from assetpkg.target.snapshot import dump_members, parse_snapshot

ALL = "all"
"""In place of kinds: everything in the answers is complete."""


class TakenAnswer(NamedTuple):
    """What was taken from one answer."""

    origin: str
    operation: str | None
    """The operation that answered; `None` for a document that is no answer."""
    subject: str
    items: int
    total: int | None


class Document(NamedTuple):
    """A document that is no answer, and describes resources."""

    origin: str
    subject: str
    resources: tuple[Described, ...]


class RefusedFile(NamedTuple):
    """A file, or a part of one, of which nothing was taken, and why."""

    origin: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Collected:
    """A snapshot made of answers, what it was made of, and what is missing for a full picture."""

    instance: Instance
    taken: tuple[TakenAnswer, ...]
    missing: tuple[MissingCall, ...]
    refused: tuple[RefusedFile, ...]
    passed_over: tuple[str, ...]
    dropped: int
    """How many credentials were left out."""

    @property
    def has_gaps(self) -> bool:
        """Whether something was not understood, or a list is there in part."""
        return any(True for _ in self.gaps)

    @property
    def gaps(self) -> Iterator[str]:
        """A sentence for each thing that was not understood, and for each list that is there in part."""
        for file in self.refused:
            yield f"{file.origin}: {file.why}"
        for missing in self.missing:
            if missing.gap:
                yield f"{missing.subject}: {missing.why}"


class NothingFound(CannotRead):
    """Nothing that was given is an answer of the platform."""


def read_answers(
    *paths: str | os.PathLike[str],
    complete: Iterable[str] = (),
    name: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    names_encoding: str | None = None,
    layouts: Sequence[LayoutLike] = (),
) -> Collected:
    """Make a snapshot of the answers at `paths`: files, folders and zips of answers, packages, each also `KIND=FILE`.

    `complete` are the kinds of which the answers have all that there is, whatever they say themselves. Archives of
    other programs are read by `layouts`, as `read` does. Raises `CannotRead` where nothing is an answer, or answers
    contradict each other, and `InvalidOption` for a wrong word.
    """
    vouched = _vouched(complete)
    refuse_not_utf8("the name", name or "")
    places = [os.fspath(path) for path in paths]
    found = find_files(places, limits, names_encoding, layouts_of(layouts))
    given = ", ".join(map(with_escapes, places))
    return put_together(found, name=name, fallback=_name_of(places), given=given, vouched=vouched, limits=limits)


def put_together(  # noqa: PLR0913 - what it is made of, and how it is called
    found: Found,
    *,
    name: str | None = None,
    fallback: str,
    given: str = "",
    vouched: frozenset[str] = frozenset(),
    limits: Limits,
    listed: bool = False,
) -> Collected:
    """Make a snapshot of what was found; it is called `name`, or what the instance is called, or else `fallback`.

    An error names what was `given`. With `listed`, there has to be the answer to a list call: a document by itself may
    be anything.
    """
    exports: list[Export] = []
    answers, described, refused = _recognise_all(found, limits, exports)
    useful = (answer for answer in answers if answer.is_page or answer.asked.known or not listed)
    others = bool(found.packages) or (bool(described) and not listed)
    others |= any(answer.operation.subject in KINDS for answer in useful)
    if not others and (listed or not exports):
        raise NothingFound(_nothing(given, refused))
    known, instance_name = facts.instance_facts(answers)
    gathering, clients = _gather(found, answers, described, known.id)
    refused += [RefusedFile(unplaced.answer.origin, unplaced.why) for unplaced in gathering.unplaced]
    exported = take_exports(gathering, exports, limits)
    refused += [RefusedFile(origin, why) for origin, why in exported.refused]
    if not others and not exported.taken:
        raise NothingFound(_nothing(given, refused))
    coverage = Coverage(gathering, answers, clients, _kinds_of(vouched, gathering))
    functions, why_not = facts.functions(answers)
    head = {
        "format": SNAPSHOT_FORMAT,
        "name": mask_line(name or instance_name or fallback),
        "instance": known.tell() or None,
        "covers": coverage.covers(),
        "quotas": {kind: quota.tell() for kind, quota in facts.quotas(answers).items()} or None,
        "functions": None if functions is None else [function.tell() for function in functions],
        "jobs": [job.tell() for job in facts.jobs(answers) or ()] or None,
    }
    return Collected(
        instance=_instance(head, gathering, limits),
        taken=(
            *_taken_beside(found, described),
            *(TakenAnswer(origin, None, "openapi", number, None) for origin, number in exported.taken),
            *_taken(answers),
        ),
        missing=(*coverage.missing(), *_missing_facts(answers, why_not)),
        refused=tuple(refused),
        passed_over=tuple(found.passed_over),
        dropped=gathering.dropped,
    )


def _gather(
    found: Found, answers: Sequence[Answer], described: Sequence[Document], instance_id: str | None
) -> tuple[Gathering, Clients]:
    """Return all resources that were found, each once and with its parts."""
    gathering = Gathering(_composite(answers))
    for origin, package in found.packages:
        gathering.take_package(origin, package)
    for document in described:
        gathering.take_described(document.origin, document.resources)
    pairs: list[Answer] = []
    chosen: list[Answer] = []
    for answer in answers:
        if answer.operation.subject == "app_authorization":
            pairs.append(answer)
        elif answer.operation.chosen:
            chosen.append(answer)
        elif answer.operation.role in (Role.LIST, Role.DETAIL):
            gathering.take(answer, instance_id)
    _take_chosen(gathering, chosen)
    clients = Clients(gathering, answers)
    pair_up(gathering, pairs, clients)
    Parts(gathering, (answer for answer in answers if answer.operation.role is Role.PART)).place()
    return gathering, clients


def _vouched(words: Iterable[str]) -> frozenset[str]:
    for word in words:
        if word != ALL and word not in KINDS:
            raise InvalidOption(no_kind(word, ALL))
    return frozenset(words)


def _kinds_of(vouched: frozenset[str], gathering: Gathering) -> Collection[str]:
    return {*vouched - {ALL}, *(kind for kind in gathering.resources if ALL in vouched)}


def _recognise_all(
    found: Found, limits: Limits, exports: list[Export]
) -> tuple[list[Answer], list[Document], list[RefusedFile]]:
    """Return the answers, other documents, and what is none of them; exported APIs go to `exports`."""
    unreadable = list(found.refused)
    answers: list[Answer] = []
    described: list[Document] = []
    refused: list[RefusedFile] = []
    for file, content in contents(found.files, unreadable):
        if is_yaml_export(content):
            exports.append(Export(file.origin, content))
            continue
        if file.place.lower().endswith(YAML):
            found.passed_over.append(file.origin)
            continue
        try:
            values = [each for value in read_values(content, limits) for each in recorded_in(value, limits)]
        except NoAnswer as error:
            refused.append(RefusedFile(file.origin, str(error)))
            continue
        for number, value in enumerate(values, 1):
            origin = file.origin if len(values) == 1 else f"{file.origin} (document {number})"
            if is_export(value):
                exports.append(Export(origin, documents.dump(value) if len(values) > 1 else content))
                continue
            reader = reader_of(value)
            if reader is not None:
                described.append(Document(origin, reader.subject, tuple(reader.read(value))))
                continue
            try:
                answers.extend(recognise(value, origin, file.place, file.said))
            except NoAnswer as error:
                refused.append(RefusedFile(origin, str(error)))
    return answers, described, [*(RefusedFile(origin, mask_line(why)) for origin, why in unreadable), *refused]


def _nothing(given: str, refused: Sequence[RefusedFile]) -> str:
    if not refused:
        calls = "'assetpkg snapshot --calls' lists the calls to make"
        return f"{given} has no answer of the platform that lists resources; {calls}"
    first = refused[0]
    more = f"; {len(refused) - 1:,} more files are not answers either" if len(refused) > 1 else ""
    return f"{first.origin}{' is ' if _is_noun(first.why) else ': '}{first.why}{more}"


def _is_noun(why: str) -> bool:
    return why.startswith(("a ", "an ", "no ", "empty", "cut off", "neither", "not "))


def _composite(answers: Iterable[Answer]) -> frozenset[str]:
    """Return the ids of the tasks that a list calls composite, or that have mappings of tables, as these alone have."""
    field, value = COMPOSITE
    words: set[Any] = set()
    for answer in answers:
        if answer.operation.subject == "composite_task.mappings":
            words.add(answer.given.get("task_id") or answer.around.get("task_id"))
        elif answer.operation.also:
            words.update(str(item.get("task_id")) for item in answer.items if item.get(field) == value)
    return frozenset(str(word) for word in words if word)


def _take_chosen(gathering: Gathering, answers: Iterable[Answer]) -> None:
    """Take what answers with several items say of the one resource that is named in the address of each."""
    known: dict[tuple[str, str], dict[str, Known]] = {}
    for answer in answers:
        kind, given = answer.operation.subject, answer.operation.given[-1]
        if (kind, given.by) not in known:
            known[kind, given.by] = {str(one.document.get(given.by)): one for one in gathering.of(kind)}
        members = known[kind, given.by]
        words = (answer.given.get(given.name, ""), *(() if answer.asked.known else words_of_place(answer.place)))
        found = next((members[word] for word in words if word in members), None)
        chosen = next((item for item in answer.items if item.get(answer.operation.chosen) is True), None)
        if found is None:
            gathering.leave(answer, f"nothing that is known says of which {given.name} it is")
        elif chosen is not None:
            wanted = {name: chosen[name] for name in KINDS[kind].only_in_detail if name in chosen}
            gathering.complete(found, wanted, answer)


def _instance(head: Mapping[str, Any], gathering: Gathering, limits: Limits) -> Instance:
    """Return the target that the snapshot is read as, with what is known of its resources in part only."""
    kept = {kind: list(members.values()) for kind, members in gathering.resources.items()}
    kinds = [kind for kind in KINDS if kept.get(kind) or kind in head["covers"]]
    pieces = dump_members(
        {key: value for key, value in head.items() if value is not None},
        ((kind, (known.document for known in kept.get(kind, ()))) for kind in kinds),
    )
    try:
        instance = parse_snapshot(b"".join(pieces), "", limits)
    except CannotRead as error:
        raise CannotRead(f"the answers make no snapshot: {str(error).partition(': ')[2]}") from None
    addresses = {resource.place.pointer: resource.address for resource in instance.index.resources}
    partial: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        members = kept.get(kind, [])
        everywhere = frozenset.intersection(*(known.unknown for known in members)) if members else frozenset()
        if everywhere:
            partial[kind] = tuple(sorted(everywhere))
        for number, known in enumerate(members):
            address = addresses.get(documents.join_pointer(["resources", kind, number]))
            if address is not None and known.unknown - everywhere:
                partial[address] = tuple(sorted(known.unknown - everywhere))
    return replace(instance, partial=partial)


def _name_of(paths: Sequence[str]) -> str:
    place = split_said(paths[0])[1] if paths else STANDARD_STREAM
    if place == STANDARD_STREAM:
        return "answers"
    path = Path(place)
    return with_escapes(path.stem if path.is_file() else path.resolve().name) or "answers"


def _taken_beside(found: Found, described: Iterable[Document]) -> Iterator[TakenAnswer]:
    for origin, package in found.packages:
        yield TakenAnswer(origin, None, "package", len(package.resources), None)
    for document in described:
        yield TakenAnswer(document.origin, None, document.subject, len(document.resources), None)


def _taken(answers: Iterable[Answer]) -> Iterator[TakenAnswer]:
    for answer in answers:
        operation = answer.operation
        yield TakenAnswer(answer.origin, operation.name, operation.subject, len(answer.items), answer.total)


_FACTS = (
    ("instance", "ShowDetailsOfInstanceV2"),
    ("instance.features", "ListFeaturesV2"),
    ("quotas", "ListProjectCofigsV2"),
    ("functions", "ListFunctions"),
)
"""What is asked of the instance itself, and the call for each."""


def _missing_facts(answers: Sequence[Answer], functions: str) -> Iterator[MissingCall]:
    asked = Counter(answer.operation.name for answer in answers)
    for subject, name in _FACTS:
        why = functions if subject == "functions" else "" if asked[name] else "not asked for"
        if why:
            yield call_for(subject, OPERATIONS[name], 1, why)

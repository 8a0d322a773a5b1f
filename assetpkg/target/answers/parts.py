"""The parts of resources, which are answered by calls of their own, put into the fields that they belong to."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.kinds.markers import Computed, Secret
from assetpkg.kinds.operations import OPERATIONS, Given, Operation, Role, holders_of, lists_of, parts_of
from assetpkg.resource.walk import Fields
from assetpkg.target.answers.gathering import Gathering, Known, Unplaced
from assetpkg.target.answers.items import fields_at, take_item
from assetpkg.target.answers.pages import Extent, measure
from assetpkg.target.answers.recognition import Answer
from assetpkg.target.answers.requests import words_of_place
from assetpkg.target.paths import SLASH

Owner = tuple[str, str]
"""What parts belong to: what it is, and its id."""


class Holder(NamedTuple):
    """An object that has parts, the resource that it is in, and what it is."""

    resource: Known
    subject: str
    document: dict[str, Any]


class Parts:
    """What is known of parts; `place` puts all of them where they belong."""

    def __init__(self, gathering: Gathering, answers: Iterable[Answer]) -> None:
        """Take the answers with parts; those of parts of parts come after."""
        self._gathering = gathering
        self._answers = sorted(answers, key=lambda answer: answer.operation.subject.count("."))
        self._holders: dict[Owner, list[Holder]] = {}
        self._complete: set[tuple[int, str]] = set()
        self.extents: list[Extent] = []
        """How much of each list of parts is known."""
        for given in {given for part in OPERATIONS.values() if part.role is Role.PART for given in part.given}:
            for kind in (given.subject, *(also for one in lists_of(given.subject) for also in one.also)):
                for known in gathering.of(kind):
                    self._register(given, kind, known, known.document)

    def place(self) -> None:
        """Put every part where it belongs; what belongs to nothing that is known goes to `unplaced`.

        Where parts, or the parts of these, are not all there, the field is not known.
        """
        for depth in sorted({answer.operation.subject.count(".") for answer in self._answers}):
            self._place([answer for answer in self._answers if answer.operation.subject.count(".") == depth])
        for kind, members in self._gathering.resources.items():
            for known in members.values():
                self._settle(kind, known)

    def _place(self, answers: Sequence[Answer]) -> None:
        pages: dict[tuple[str, Owner], list[Answer]] = {}
        for answer in answers:
            owners = dict(self._by_owner(answer))
            for owner, items in owners.items():
                page = answer if len(owners) == 1 else _some_of(answer, items)
                pages.setdefault((answer.operation.name, owner), []).append(page)
        for (name, owner), found in pages.items():
            self._fill(OPERATIONS[name], owner, found)

    def _by_owner(self, answer: Answer) -> Iterator[tuple[Owner, list[Mapping[str, Any]]]]:
        """Yield what the items of an answer belong to, with these; by its address, or by what is in each item."""
        candidates = _candidates(answer.operation)
        direct = next(
            ((given.subject, answer.given[given.name]) for given in candidates if given.name in answer.given), None
        )
        if direct is None and "task_id" in answer.around:
            direct = (candidates[0].subject, str(answer.around["task_id"]))
        if direct not in self._holders:
            direct = self._by_place(candidates, answer) or direct
        if direct in self._holders:
            yield direct, list(answer.items)
            return
        if direct is not None:
            self._gathering.unplaced.append(Unplaced(answer, f"no other answer has the {direct[0]} {direct[1]}"))
            return
        grouped: dict[Owner, list[Mapping[str, Any]]] = {}
        lost = not answer.items
        for item in answer.items:
            words = ((given.subject, str(item[given.in_item])) for given in candidates if item.get(given.in_item))
            owner = next((found for found in words if found in self._holders), None)
            lost |= owner is None
            if owner is not None:
                grouped.setdefault(owner, []).append(item)
        if lost:
            asked = " or ".join(given.name for given in candidates)
            self._gathering.unplaced.append(Unplaced(answer, f"nothing says of which {asked} it is"))
        yield from grouped.items()

    def _by_place(self, candidates: Sequence[Given], answer: Answer) -> Owner | None:
        if answer.asked.known:
            return None
        words = words_of_place(answer.place)
        owners = ((given.subject, word) for word in words for given in candidates)
        return next((owner for owner in owners if owner in self._holders), None)

    def _fill(self, operation: Operation, owner: Owner, pages: Sequence[Answer]) -> None:
        extents = [measure(group, (owner,)) for group in _by_around(operation, pages)]
        self.extents.extend(extents)
        fields = fields_at(operation.subject)
        raws = {json.dumps(raw, sort_keys=True): raw for page in pages for raw in _with_around(page, fields)}
        items = [take_item(raw, fields, operation.secret, operation.renamed) for raw in raws.values()]
        self._gathering.dropped += sum(item.dropped for item in items)
        needed = {name for name in operation.around if name in fields and fields[name].required}
        whole = all(extent.complete for extent in extents) and not any(
            item.hidden or needed - item.document.keys() for item in items
        )
        for holder in self._holders[owner]:
            documents = [dict(item.document) for item in items if item.document]
            if operation.items is None:
                holder.document.update((operation.field, document) for document in documents)
            elif documents:
                holder.document[operation.field] = documents
            if whole:
                self._complete.add((id(holder.document), operation.field))
            for given in {given for part in parts_of(operation.subject) for given in part.given}:
                for document in documents:
                    self._register(given, operation.subject, holder.resource, document)

    def _settle(self, kind: str, known: Known) -> None:
        """Take out the fields whose parts are not all known, and say of the others that they are."""
        for part in parts_of(kind):
            if self._is_settled(known.document, part):
                known.answered.add(part.field)
                known.untold.update(untold_within(part))
            elif not part.spare and part.field in known.document and part.field not in known.answered:
                del known.document[part.field]

    def _is_settled(self, document: Mapping[str, Any], part: Operation) -> bool:
        if (id(document), part.field) not in self._complete:
            return False
        below: Any = document.get(part.field) or []
        items = below if isinstance(below, list) else [below]
        return all(self._is_settled(item, inner) for item in items for inner in parts_of(part.subject))

    def _register(self, given: Given, subject: str, known: Known, document: dict[str, Any]) -> None:
        known_as = subject if "." in given.subject else given.subject
        if known_as != given.subject or given.by not in document:
            return
        holders = self._holders.setdefault((given.subject, str(document[given.by])), [])
        if not any(holder.document is document for holder in holders):
            holders.append(Holder(known, subject, document))


def _candidates(operation: Operation) -> Sequence[Given]:
    """Return the parameters that name what the answer is a part of."""
    in_query = [given for given in operation.given if given.in_query]
    return in_query or operation.given[-1:]


def _by_around(operation: Operation, pages: Iterable[Answer]) -> Iterable[Sequence[Answer]]:
    """Return the pages that say the same of all their items together: others are lists of their own."""
    found: dict[str, list[Answer]] = {}
    for page in pages:
        said = json.dumps([page.around.get(name) for name in operation.around], sort_keys=True)
        found.setdefault(said, []).append(page)
    return found.values()


def _with_around(page: Answer, fields: Fields) -> Iterator[Mapping[str, Any]]:
    """Yield the items of a page, each with what the answer says of all of them."""
    around = {name: page.around[name] for name in page.operation.around if name in fields and name in page.around}
    for raw in page.items:
        yield {**around, **raw}


def _some_of(answer: Answer, items: Sequence[Mapping[str, Any]]) -> Answer:
    """Return a part of an answer that has the parts of several resources: each of them may have others elsewhere."""
    from dataclasses import replace

    return replace(answer, items=items, total=None)


def untold_within(part: Operation, above: str = "") -> Iterator[str]:
    """Yield the paths of the fields that an object of a part may have, and that no answer has."""
    path = f"{above}{part.field}"
    inner = parts_of(part.subject)
    told = {*part.fields, *dict(part.renamed).values(), *part.around, *(one.field for one in inner)}
    for name, known in fields_at(part.subject).items():
        if name not in told and known.marker(Computed) is None and known.marker(Secret) is None:
            yield f"{path}{SLASH}{name}"
    for one in inner:
        yield from untold_within(one, f"{path}{SLASH}")


def missing_parts(kind: str, known: Iterable[Known]) -> Iterator[tuple[Operation, int]]:
    """Yield the calls for parts that are not known, with of how many resources."""
    members = list(known)
    for part in parts_of(kind):
        lacking = sum(1 for one in members if part.field in one.unknown)
        if lacking and not part.spare and kind in holders_of(part):
            yield part, lacking
            yield from ((inner, lacking) for inner in _below(part))


def _below(part: Operation) -> Iterator[Operation]:
    for inner in parts_of(part.subject):
        yield inner
        yield from _below(inner)

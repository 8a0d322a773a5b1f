"""Which kinds the answers cover completely, and which calls are missing for a full picture."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import Given, Inside, Operation, Role, detail_of, lists_of
from assetpkg.target.answers.authorizations import Clients
from assetpkg.target.answers.gathering import Gathering, Known
from assetpkg.target.answers.pages import Extent, measure
from assetpkg.target.answers.parts import missing_parts
from assetpkg.target.answers.recognition import Answer
from assetpkg.target.answers.requests import CLEARLY, names, words_of_place

NOT_ASKED = "not asked for"
NOT_LISTED = "no list says whether these are all; if they are, say --complete KIND, or --complete all"
"""Why a kind is not complete of which there are resources, in a package or in answers about single ones."""


class MissingCall(NamedTuple):
    """A call that would say more, for so many resources; operation and path are `None` where there is no such call."""

    subject: str
    operation: str | None
    path: str | None
    times: int
    why: str
    gap: bool = False
    """Whether the answers themselves speak of what is missing."""
    offset: int | None = None
    """Where the first page that is missing begins, if the answers say it."""


def call_for(  # noqa: PLR0913 - the fields
    subject: str, operation: Operation | None, times: int, why: str, *, gap: bool = False, offset: int | None = None
) -> MissingCall:
    """Return what is missing of a subject, and the operation that would say it."""
    name, path = (None, None) if operation is None else (operation.name, operation.path)
    return MissingCall(subject, name, path, times, why, gap, offset)


class Coverage:
    """What is known completely."""

    def __init__(
        self, gathering: Gathering, answers: Sequence[Answer], clients: Clients, complete: Collection[str]
    ) -> None:
        """Take what was gathered, and the kinds of which somebody says that all of them are there."""
        self._gathering, self._clients, self._complete = gathering, clients, complete
        self._by: dict[tuple[str, str], frozenset[str]] = {}
        self._pages: dict[str, dict[tuple[tuple[str, str], ...], list[Answer]]] = {}
        for answer in answers:
            if answer.operation.role is Role.LIST:
                given = tuple(sorted(self._parents(answer)))
                # What was asked with a filter is a list of its own, and spoils no other.
                filters = tuple((name, "") for name in answer.asked.filters(answer.operation))
                self._pages.setdefault(answer.operation.name, {}).setdefault((*given, *filters), []).append(answer)
        self._known: dict[str, str] = {}

    def _parents(self, answer: Answer) -> Iterator[tuple[str, str]]:
        """Yield what a list is of, where there is one for each parent."""
        if _may_be_another(answer):
            return
        for given in answer.operation.given:
            word = answer.given.get(given.name)
            if given.subject == "application":
                word = self._clients.application(word, answer.items[0].get("app_name") if answer.items else None)
            if word not in self._parents_by(given) and not answer.asked.known:
                word = self._parent_by_content(given, answer) or word
            if word is not None:
                yield given.name, word

    def _parent_by_content(self, given: Given, answer: Answer) -> str | None:
        """Return what a list is of by its items, or by the path of its file."""
        words = (
            {str(item.get(given.in_item)) for item in answer.items} if given.in_item and not given.optional else set()
        )
        if len(words) == 1:
            return words.pop()
        known = self._parents_by(given)
        named = next((word for word in words_of_place(answer.place) if word in known), None)
        # A list of the first level may be in a file that is called after something in it.
        fits = not given.in_item or all(str(item.get(given.in_item)) == named for item in answer.items)
        return named if fits else None

    def _parents_by(self, given: Given) -> frozenset[str]:
        """Return the values by which the parents of a list are named."""
        key = (given.subject, given.by)
        if key not in self._by:
            members = self._gathering.of(given.subject)
            self._by[key] = frozenset(str(known.document.get(given.by)) for known in members)
        return self._by[key]

    @cached_property
    def extents(self) -> Mapping[str, Sequence[Extent]]:
        """How much of each list is known, by the operation; for each parent, where there is one list for each."""
        return {
            name: [measure(pages, given) for given, pages in groups.items()] for name, groups in self._pages.items()
        }

    def covers(self) -> list[str]:
        """Return the kinds of which everything is known; raises `InvalidOption` for a word that is wrong."""
        for kind in self._complete:
            gap = next((extent for extent in self._extents_of(kind) if extent.is_gap), None)
            if gap is not None:
                raise InvalidOption(f"{kind} is not complete, whatever --complete says: {gap.why}")
        return [kind for kind in KINDS if not self.why_not(kind)]

    def why_not(self, kind: str) -> str:
        """Return why not everything of a kind is known; empty where it is."""
        if kind not in self._known:
            # A kind whose lists are given by its own resources asks for itself.
            self._known[kind] = NOT_ASKED
            self._known[kind] = self._find_why(kind)
        return self._known[kind]

    def _find_why(self, kind: str) -> str:
        if kind in self._complete:
            return ""
        lists = lists_of(kind)
        if not lists:
            return f"no public call lists it; if these are all, say --complete {kind}"
        reasons = [self._why_not_by(kind, operation) for operation in lists]
        if "" in reasons:
            return ""
        otherwise = NOT_LISTED if any(True for _ in self._gathering.of(kind)) else NOT_ASKED
        return next((reason for reason in reasons if reason != NOT_ASKED), otherwise)

    def _why_not_by(self, kind: str, operation: Operation) -> str:
        extents = self.extents.get(operation.name, ())
        required = [given for given in operation.given if not given.optional]
        if not extents and not (required and self._is_nobody(operation, required[-1])):
            return NOT_ASKED
        if required:
            return self._why_not_each(operation, required[-1], extents)
        whole = [extent for extent in extents if not extent.given]
        best = next((extent for extent in whole if extent.complete), None)
        if best is None:
            return min(whole or extents, key=lambda extent: not extent.is_gap).why
        if operation.needs_word:
            return f"answered is only what the caller may see; if that is all, say --complete {kind}"
        return self._why_not_in(kind, operation, best, extents)

    def _why_not_in(self, kind: str, operation: Operation, best: Extent, extents: Sequence[Extent]) -> str:
        """Say what a list that is complete does not tell of a kind."""
        inside = next((each for each in operation.inside if each.kind == kind), None)
        if inside is not None:
            return self._why_not_inside(operation, inside)
        optional = next((given for given in operation.given if given.optional), None)
        if optional is not None and best.known:
            return self._why_not_each(operation, optional, extents)
        return self._unsorted(kind) if operation.also else ""

    def _why_not_inside(self, operation: Operation, inside: Inside) -> str:
        """Say of how many items of a list it is not said whether they have what no other call lists."""
        groups = self._pages[operation.name].values()
        items = [item for pages in groups for page in pages for item in page.items]
        silent = sum(not isinstance(item.get(inside.field), list) for item in items)
        return f"of {silent:,} of {len(items):,} items, the list has no '{inside.field}'" if silent else ""

    def _is_nobody(self, operation: Operation, given: Given) -> bool:
        """Say whether there is nothing that a list would be of, so that there is nothing to ask for."""
        own = given.subject == operation.subject
        return not own and not self.why_not(given.subject) and not self._parents_by(given)

    def _why_not_each(self, operation: Operation, given: Given, extents: Iterable[Extent]) -> str:
        """Say for how many of the parents their lists are not complete."""
        own = given.subject == operation.subject
        if not own and self.why_not(given.subject):
            return f"there is one list for each {KINDS[given.subject].title}, and it is not known that these are all"
        parents = self._parents_by(given)
        complete = {word for extent in extents if extent.complete for name, word in extent.given if name == given.name}
        lacking = len(parents - complete)
        return f"{lacking:,} of its {len(parents):,} lists, one for each {given.name}, are missing" if lacking else ""

    def _unsorted(self, kind: str) -> str:
        """Say whether a list has things of which it does not say of what kind they are."""
        unsorted = sum(
            "task_mode" not in known.document and not _is_settled(known) for known in self._gathering.of("task")
        )
        if unsorted and kind == "composite_task":
            return f"of {unsorted:,} tasks, the list does not say whether they are composite; ask for their details"
        return ""

    def _extents_of(self, kind: str) -> Iterator[Extent]:
        """Yield how much is known of the lists that are of this kind alone."""
        for operation in lists_of(kind):
            if operation.subject == kind:
                yield from self.extents.get(operation.name, ())

    def missing(self) -> Iterator[MissingCall]:
        """Yield the calls that would say more, in the order of the kinds."""
        for kind in KINDS:
            why, members = self.why_not(kind), list(self._gathering.of(kind))
            if why:
                lists = lists_of(kind)
                gaps = [extent for extent in self._extents_of(kind) if extent.is_gap]
                # Of several lists, one for each parent, each has gaps of its own.
                is_one = len(gaps) == 1 and gaps[0].operation == lists[0] and not gaps[0].given
                offset = gaps[0].offset if is_one else None
                yield call_for(kind, lists[0] if lists else None, 1, why, gap=bool(gaps), offset=offset)
            yield from self._missing_details(kind, members)
            yield from (
                call_for(part.subject, part, times, "what belongs to them was not asked for, or not completely")
                for part, times in missing_parts(kind, members)
            )

    def _missing_details(self, kind: str, members: Sequence[Known]) -> Iterator[MissingCall]:
        detail = detail_of(kind)
        wanted = set(KINDS[kind].only_in_detail)
        lacking = [known for known in members if known.unknown & wanted]
        if detail is not None and lacking and wanted:
            fields = ", ".join(
                name for name in KINDS[kind].only_in_detail if any(name in one.unknown for one in lacking)
            )
            why = f"the list leaves out {fields}"
            yield call_for(kind, detail, len(lacking), why)


def _may_be_another(answer: Answer) -> bool:
    """Say whether an answer may be of another call as well, which lists the same things for another parent."""
    operation = answer.operation
    twins = (other for other in lists_of(operation.subject) if other != operation and other.given)
    alike = any((other.items, other.fields) == (operation.items, operation.fields) for other in twins)
    return alike and not answer.asked.known and names(operation, answer.place) < CLEARLY


def _is_settled(known: Known) -> bool:
    return Role.DETAIL in known.seen and "source_datasource_id" in known.document

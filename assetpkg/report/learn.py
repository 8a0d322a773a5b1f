"""A layout that was proposed for an export, with its evidence; or what an export has that a layout does not cover."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.sentences import plural
from assetpkg.diagnostics.values import in_one_line
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.learning.comparing import Missing
from assetpkg.layouts.learning.inheritance import Inherited
from assetpkg.layouts.learning.leftovers import Unrecognised
from assetpkg.layouts.learning.proposal import Proposal, Proposed
from assetpkg.report.shape import Report, report_as, shape, shape_of


@shape
class KindReport:
    """Resources of one kind in a place."""

    kind: str
    """The word for the kind."""
    number: int
    """How many there are."""


@shape
class MemberReport:
    """A member of documents that is no field of their kind."""

    name: str
    """Its name there."""
    number: int
    """How many of the documents that were looked at have it."""


@shape_of(Inherited)
class InheritedReport:
    """A field that documents do not have, and what around them has its value."""

    field: str
    """The name of the field."""
    text: str
    """Where its value is, as a layout file writes it."""
    number: int
    """In how many documents it is not."""
    resolving: int | None
    """How many of the values lead to a resource that was found; null where they are no references."""


@shape
class PlaceReport:
    """A table that is proposed: where resources are, and what speaks for their kinds."""

    entries: Sequence[str]
    """The entries, as globs."""
    form: Literal["json", "json-lines", "csv"]
    """What the entries are."""
    pointer: str
    """The pointer to each document in its entry."""
    encoding: Literal["json", "base64"] | None
    """Where the documents are texts: how."""
    kind_at: str | None
    """Where the kind is named, below the thing that is read; null where all are of one kind."""
    kinds: Sequence[KindReport]
    """The kinds, and how many resources of each there are."""
    number: int
    """How many resources there are; beside a layout, how many it does not cover."""
    sure: bool
    """Whether it is proposed; if not, it is for a person to decide."""
    score: float
    """How sure it is, between zero and one."""
    names: str
    """How fields are called there."""
    known: int
    """How many different fields of their kinds the documents have."""
    unknown: Sequence[MemberReport]
    """The members that are no fields."""
    left_out: Sequence[str]
    """The members that are left out of the documents, and why."""
    renamed: Sequence[str]
    """The fields that are called otherwise."""
    inherited: Sequence[InheritedReport]
    """The fields that stand around the documents."""
    references: int
    """How many references there are to kinds that were found."""
    resolving: int
    """How many of them lead to a resource that was found."""


@shape_of(Unrecognised, "nearest")
class UnrecognisedReport:
    """Objects that no table is proposed for."""

    entry: str
    """The entry, or a glob for several."""
    pointer: str
    """The pointer to each of them."""
    number: int
    """How many there are."""
    nearest: str | None
    """The kind that they are nearest to, if to any."""
    score: float
    """How near, between zero and one."""
    reason: str
    """Why nothing is proposed for them, where it is not that they are like no kind."""


@shape
class FilesReport:
    """Files that no layout says anything about."""

    ending: str
    """The ending of their names."""
    number: int
    """How many there are."""


@shape
class UnreadableReport:
    """A file that was not understood."""

    entry: str
    """Its name."""
    reason: str
    """Why."""


@shape
class AgainstReport:
    """What a layout lacks for these files."""

    layout: str
    """What the layout is called."""
    recognised: bool
    """Whether all files have its marks."""
    words: Sequence[str]
    """What stands where a kind is named, and is none in the layout."""
    members: Sequence[str]
    """Members of covered documents that are no fields, and that the layout does not name."""
    empty: Sequence[str]
    """The tables of the layout that have nothing in these files."""


@shape
class LearnReport(Report):
    """A proposal, or, with a layout, what it does not cover."""

    document: Literal["learn"] = "learn"
    name: str
    """What the layout is called."""
    layout: str | None
    """The layout file, as it is written; null where nothing is proposed, and beside a layout."""
    resources: int
    """How many resources are in the tables that are sure."""
    marks: Sequence[str]
    """By what a file of this layout is recognised."""
    version: str | None
    """Where the asset version is."""
    places: Sequence[PlaceReport]
    """The tables, those that are sure first; with a layout, those with something that it does not cover."""
    unrecognised: Sequence[UnrecognisedReport]
    """What was not recognised, most first."""
    other_files: Sequence[FilesReport]
    """Files that are neither JSON nor tables."""
    unread: Sequence[UnreadableReport]
    """Files that look as if they were, and could not be read."""
    left_out: int
    """How many files were not looked at, since enough had been."""
    look_at: Sequence[str]
    """What a person should look at."""
    against: AgainstReport | None
    """What the layout lacks, where one was given."""


def report_learn(proposal: Proposal, text: str | None) -> LearnReport:
    """Return the report of a proposal, whose layout file has this text."""
    places = [_place(proposed, proposed.kinds, proposal.left_out) for proposed in proposal.places]
    return _report(proposal, proposal.name, places, text=text, look_at=[*_look_at(proposal)])


def report_missing(proposal: Proposal, layout: LayoutFile, found: Missing) -> LearnReport:
    """Return the report of what a layout does not cover."""
    against = AgainstReport(
        layout=in_one_line(layout.name),
        recognised=all(found.recognised),
        words=[
            f"'{in_one_line(word)}' at '{in_one_line(layout.resources[table - 1].kind_at or '')}'"
            f" ({times:,}, table {table})"
            for (table, word), times in found.words.items()
        ],
        members=[f"'{in_one_line(name)}' ({times:,}, table {table})" for (table, name), times in found.members.items()],
        empty=[
            f"table {table}: {in_one_line(', '.join(layout.resources[table - 1].entries))} "
            f"{in_one_line(layout.resources[table - 1].at)}".rstrip()
            for table in found.empty
        ],
    )
    places = [_place(proposed, uncovered, proposal.left_out) for proposed, uncovered in found.places]
    return _report(proposal, layout.name, places, against=against)


def _report(  # noqa: PLR0913 - what differs between the two
    proposal: Proposal,
    name: str,
    places: Sequence[PlaceReport],
    *,
    text: str | None = None,
    look_at: Sequence[str] = (),
    against: AgainstReport | None = None,
) -> LearnReport:
    version = proposal.version
    return LearnReport(
        name=in_one_line(name),
        layout=text,
        resources=sum(place.number for place in places if place.sure),
        marks=list(_marks(proposal)),
        version=None
        if version is None
        else f"'{in_one_line(version.pointer or '')}' of '{in_one_line(version.entry or '')}'",
        places=places,
        unrecognised=[_unrecognised(found) for found in proposal.unrecognised],
        other_files=[
            FilesReport(ending=mask_line(ending), number=number)
            for ending, number in proposal.passed.others.most_common()
        ],
        unread=[
            UnreadableReport(entry=mask_line(entry), reason=mask_line(reason))
            for entry, reason in proposal.passed.unread
        ],
        left_out=proposal.passed.left,
        look_at=look_at,
        against=against,
    )


def _place(proposed: Proposed, kinds: Mapping[str, int], left_out: Mapping[str, str]) -> PlaceReport:
    place = proposed.place
    resolving, references = proposed.references
    return PlaceReport(
        entries=[in_one_line(entry) for entry in place.entries],
        form=place.form,
        pointer=in_one_line(f"{place.at}{place.document}"),
        encoding=place.encoding,
        kind_at=None if place.kind_at is None else in_one_line(place.kind_at),
        kinds=[KindReport(kind=kind, number=each) for kind, each in kinds.items()],
        number=sum(kinds.values()),
        sure=proposed.sure,
        score=round(proposed.score, 2),
        names=place.names,
        known=proposed.known,
        unknown=[MemberReport(name=in_one_line(name), number=each) for name, each in proposed.unknown.items()],
        left_out=[
            f"{in_one_line(pointer)}: {left_out[pointer[1:]]}" for pointer in place.unused if pointer[1:] in left_out
        ],
        renamed=[f"{in_one_line(theirs)} as {ours}" for theirs, ours in place.fields.items()],
        inherited=[report_as(InheritedReport, one) for one in proposed.inherited],
        references=references,
        resolving=resolving,
    )


def _unrecognised(found: Unrecognised) -> UnrecognisedReport:
    return UnrecognisedReport(
        entry=in_one_line(found.entry),
        pointer=in_one_line(found.pointer),
        number=found.number,
        nearest=found.nearest or None,
        score=round(found.score, 2),
        reason=found.reason,
    )


def _marks(proposal: Proposal) -> Iterator[str]:
    for mark in proposal.marks.values:
        yield f"'{in_one_line(mark.pointer)}' of '{in_one_line(mark.entry)}' is {in_one_line(repr(mark.value))}"
    if not proposal.marks.values:
        yield from (f"there is '{in_one_line(entry)}'" for entry in proposal.marks.entries)


def _look_at(proposal: Proposal) -> Iterator[str]:
    """Yield what a person should look at before the layout is used."""
    if not proposal.places:
        return
    sure = [proposed for proposed in proposal.places if proposed.sure]
    unsure = len(proposal.places) - len(sure)
    tables = plural(unsure, "table is", "tables are")
    said = (
        (unsure, f"{tables} commented out, since fields alone do not say which kind it is: decide."),
        (
            not proposal.marks.values,
            "Only names of files recognise an export: if one says what made it, add [[marks.values]].",
        ),
        (proposal.version is None, "No place of the asset version is sure: if the export says it, add [version]."),
        (
            any(proposed.inherited for proposed in sure),
            "What is inherited: whether the values around the documents are what the table takes them for.",
        ),
        (proposal.left_out, "Members that are left out: whether they say nothing about the resource."),
        (
            any(proposed.place.fields for proposed in sure),
            "Fields that are called otherwise: whether they mean the same.",
        ),
        (
            any(proposed.unknown for proposed in sure),
            "Members that no kind knows: name each in 'fields' or 'unused', or leave it as an unknown field.",
        ),
        (proposal.unrecognised, "What was not recognised: whether it is an asset."),
        (proposal.too_many, "There are more places than are looked at: whether the export is of one layout at all."),
    )
    yield from (sentence for holds, sentence in said if holds)
    for proposed in sure:
        resolving, references = proposed.references
        if resolving < references:
            where = f"{in_one_line(proposed.place.entries[0])} {in_one_line(proposed.place.at)}".rstrip()
            yield f"{where}: {references - resolving:,} of {references:,} references lead to nothing that was found."

"""A proposal as a layout file: what is sure as tables, what is not commented out, and the evidence as comments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from assetpkg.diagnostics.sentences import first_few
from assetpkg.diagnostics.values import in_one_line
from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile
from assetpkg.layouts.learning.proposal import Proposal, Proposed
from assetpkg.layouts.learning.recognition import Candidate
from assetpkg.layouts.writing import head_text, place_text

_WIDTH = 100
_MOST_NAMED = 12
_HEAD = (
    "Learnt from an export, and not known to be right: read it, and keep what you agree with. "
    "Comments say what each part rests on."
)


def proposal_text(proposal: Proposal) -> str:
    """Return the text of a layout file."""
    head = LayoutFile.model_construct(
        format=LAYOUT_FORMAT,
        name=proposal.name,
        archives=proposal.archives,
        marks=proposal.marks,
        version=proposal.version,
        resources=[],
    )
    parts = ["\n".join(_comment(_HEAD)) + "\n" + head_text(head)]
    others = [
        *_other_places(proposal.other_marks, "mark it"),
        *_other_places(proposal.other_versions, "be its version"),
    ]
    if proposal.version is None:
        others.insert(
            0, "No place for the asset version is sure: where there is one, add [version] with entry and pointer."
        )
    if others:
        parts.append("\n".join(line for text in others for line in _comment(text)) + "\n")
    parts += [
        f"{evidence(proposed, proposal.left_out)}{place_text(proposed.place)}"
        for proposed in proposal.places
        if proposed.sure
    ]
    unsure = [proposed for proposed in proposal.places if not proposed.sure]
    if unsure:
        parts.append(
            "# Not sure. Where you agree, remove one '#' and the blank after it from each line of the table.\n"
        )
    parts += [f"{evidence(proposed, proposal.left_out)}{_commented(place_text(proposed.place))}" for proposed in unsure]
    return "\n".join(parts)


def _other_places(candidates: Iterable[Candidate], purpose: str) -> Iterator[str]:
    for found in candidates:
        yield f"What else may {purpose}: '{in_one_line(found.pointer)}' of '{in_one_line(found.entry)}'."


def evidence(proposed: Proposed, left_out: Mapping[str, str]) -> str:
    """Return the comments before a table."""
    return "".join(f"{line}\n" for text in evidence_of(proposed, left_out) for line in _comment(text))


def evidence_of(proposed: Proposed, left_out: Mapping[str, str]) -> Iterator[str]:
    """Yield what a table rests on, in sentences; `left_out` says why members are left out, by their names."""
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in proposed.kinds.items())
    yield f"{kinds}: {percent(proposed.score)} sure."
    if proposed.unknown:
        yield f"Members that the kind does not have: {_named(list(proposed.unknown.items()))}."
    resolving, number = proposed.references
    if number:
        yield f"References: {resolving:,} of {number:,} lead to a resource that was found."
    for one in proposed.inherited:
        said = "" if one.resolving is None else f"; {one.resolving:,} of {one.number:,} lead to a resource"
        yield f"'{one.field}' is in none of {one.number:,} documents, and {one.text} has a value for it{said}."
    for pointer in proposed.place.unused:
        if pointer[1:] in left_out:
            yield f"'{in_one_line(pointer)}' is not a field and is left out: {left_out[pointer[1:]]}."
    for theirs, ours in proposed.place.fields.items():
        yield f"'{in_one_line(theirs)}' is taken for the field '{ours}'."


def percent(score: float) -> str:
    """Return how sure something is."""
    return f"{min(99, round(100 * score))} %"


def _named(members: Sequence[tuple[str, int]]) -> str:
    return first_few(members, _MOST_NAMED, lambda member: f"'{in_one_line(member[0])}' ({member[1]:,})")


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" if line else "#\n" for line in text.splitlines())

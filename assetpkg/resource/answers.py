"""What an instance has answered is never refused: limits of a call that creates say little about what is there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assetpkg.diagnostics.model import Fault
from assetpkg.diagnostics.values import shown
from assetpkg.documents import split_pointer
from assetpkg.kinds.kind import Field, Kind, fields_of
from assetpkg.kinds.markers import Computed
from assetpkg.kinds.part import Part
from assetpkg.resource.walk import follow

ANSWERED, DISPUTED = "answered-value", "disputed-limit"
_NEWER = "the document was read from an instance, whose list may be newer than the published one"
_BEYOND = "the document was read from an instance, and the limit is known only of calls that create"
_LEFT_OUT = "the document was read from an instance, and some answers leave it out"
AS_TEXT = "the document was read from an instance, and some answers have numbers as texts, and texts as numbers"
"""Why a number as a text, and a text as a number, is no error in an answer."""
_LETTERS = "the platform's examples write some words of lists in other letters"
_WHY: Mapping[str, str] = {
    "missing-field": _LEFT_OUT,
    "needed-field": _LEFT_OUT,
    "not-allowed-value": _NEWER,
    "wrong-length": _BEYOND,
    "wrong-characters": _BEYOND,
    "out-of-range": _BEYOND,
}
"""Why a fault of each slug is no error in an answer."""


def is_answer(part: type[Part], document: Mapping[str, Any]) -> bool:
    """Say whether a document was read from an instance: it has what only the platform writes.

    Of a kind that no package is made for, every document was.
    """
    if issubclass(part, Kind) and part.partial and not part.imported:
        return True
    fields = fields_of(part)
    return any(
        name in fields and fields[name].marker(Computed) is not None and value not in (None, "")
        for name, value in document.items()
    )


def forgive(part: type[Part], document: Mapping[str, Any], faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults of a document, without those and milder than those that the platform's own documents have.

    Blank and zero stand for "not set" where a field is not required. A word of a list in other capital letters is the
    same word, as the platform's examples write some words of lists in other letters.
    """
    answered: bool | None = None
    for fault in faults:
        if fault.slug not in _WHY and fault.slug != "wrong-type":
            yield fault
            continue
        if answered is None:
            answered = is_answer(part, document)
        steps = tuple(split_pointer(fault.pointer))
        field, value = _at(part, document, steps)
        same_word = field.choices.get(value.casefold()) if field is not None and isinstance(value, str) else None
        if field is not None and not field.required and _is_unset(value, zero=answered):
            continue
        if same_word and fault.slug == "not-allowed-value":
            if not answered:
                yield _in_other_letters(fault, str(steps[-1]), str(value), same_word)
        elif answered and fault.slug in _WHY:
            yield _milder(fault, _WHY[fault.slug])
        elif answered and _is_number(value):
            yield _milder(fault, AS_TEXT)
        else:
            yield fault


def _at(part: type[Part], document: Mapping[str, Any], steps: tuple[str, ...]) -> tuple[Field | None, Any]:
    """Return the field that `steps` lead to, and its value; the items of a list have the field of the list."""
    field, value = None, None
    for node in follow(fields_of(part), document, steps):
        field, value = node.field, node.value
    if steps and steps[-1].isdecimal() and isinstance(value, list) and int(steps[-1]) < len(value):
        value = value[int(steps[-1])]
    return field, value


def _is_unset(value: Any, *, zero: bool) -> bool:
    return value == "" or (zero and value == 0 and not isinstance(value, bool))


def _is_number(value: Any) -> bool:
    """Say whether a value is a number, or the text of one."""
    if isinstance(value, str):
        return re.fullmatch(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _milder(fault: Fault, why: str) -> Fault:
    hint = f"leave it if the source instance has it; if not, {fault.hint}"
    return fault._replace(slug=ANSWERED, message=f"{fault.message}; {why}", hint=hint)


def _in_other_letters(fault: Fault, name: str, value: str, word: str) -> Fault:
    return fault._replace(
        slug=DISPUTED,
        message=f"{name} {shown(value)} is {shown(word)} in the published list; {_LETTERS}",
        hint=f"write {shown(word)} to be safe",
    )

"""What a kind's class refused, as faults in words that name value and limit, and never a credential."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import ValidationError

from assetpkg.credentials import is_credential
from assetpkg.credentials.masking import MASK
from assetpkg.diagnostics.model import Fault
from assetpkg.diagnostics.sentences import plural
from assetpkg.diagnostics.values import shown, type_of
from assetpkg.documents import join_pointer
from assetpkg.errors import CLOSE, meant
from assetpkg.kinds.markers import Characters
from assetpkg.resource.walk import NO_FIELDS, Fields, Step, follow

_MOST_REFUSED = 10_000
"""How many refusals are worded: each takes a thousand bytes before it is a fault."""
_WANTED = {
    "string_type": "a string",
    "bool_type": "true or false",
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dataclass_type": "an object",
}


def tell(error: ValidationError, fields: Fields, document: Any, above: tuple[Step, ...]) -> Iterator[Fault]:
    """Yield a fault for every field of `document` that was refused; `above` are the steps to the document."""
    if error.error_count() > _MOST_REFUSED:
        message = f"{error.error_count():,} values are not valid; there are too many to name each"
        yield Fault(
            slug="wrong-type",
            message=message,
            hint="check whether a list has the wrong kind of items",
            pointer=join_pointer(above),
        )
        return
    details = error.errors(include_url=False, include_input=True)
    placed = ((_place(fields, document, detail), detail) for detail in details)
    # The types that one field may have are refused one by one, and are one fault.
    for place, alternatives in groupby(placed, key=itemgetter(0)):
        yield from _faults(place, [detail for _, detail in alternatives], above)


def first_breach(
    error: ValidationError, document: Any, fields: Fields = NO_FIELDS, above: tuple[Step, ...] = ()
) -> str:
    """Return the first thing in a document that was refused, and where it is, as the end of a sentence."""
    fault = next(tell(error, fields, document, above), None)
    if fault is None:
        return "one of its values is not valid"
    place = fault.pointer.rpartition("/")[0] if fault.slug == "missing-field" else fault.pointer
    return f"at '{place}', {fault.message}" if place else fault.message


def length_of(value: Any, word: str, *, secret: bool) -> str:
    """Say how long a value is that is too short or too long; of a secret, not even that."""
    if secret and is_credential(value):
        return f"is too {word}"
    if isinstance(value, list):
        return f"has {plural(len(value), 'item')}"
    return f"is {plural(len(value), 'character')} long"


Sentence = tuple[str, str, str]
"""Slug, message and hint."""


class Place(NamedTuple):
    """Where something was refused, in what words its characters are described, and whether it is a secret."""

    steps: tuple[Step, ...]
    words: str
    secret: bool

    @property
    def name(self) -> str:
        """The last key, and the numbers of items after it."""
        start = max(position for position, step in enumerate(self.steps) if isinstance(step, str))
        key, *items = self.steps[start:]
        return f"{key}{''.join(f'[{item}]' for item in items)}"


def _faults(place: Place, details: list[Any], above: tuple[Step, ...]) -> Iterator[Fault]:
    value = details[0]["input"]
    wanted = " or ".join(_WANTED[detail["type"]] for detail in details if detail["type"] in _WANTED)
    if wanted:
        slug, hint = "wrong-type", f"write {wanted}"
        message = f"{place.name} is {type_of(value)}, but must be {wanted}"
    elif place.secret and isinstance(value, str) and value and not is_credential(value):
        return  # A placeholder stands for a value of the right form.
    else:
        slug, message, hint = _sentence(place, details[0], value)
    yield Fault(slug=slug, message=message, hint=hint, pointer=join_pointer((*above, *place.steps)))


def _sentence(place: Place, detail: Any, value: Any) -> Sentence:
    name, kind = place.name, detail["type"]
    text = shown(value, secret=place.secret)
    describe = _SENTENCES.get(kind)
    if kind == "missing":
        return "missing-field", f"field '{name}' is missing", f"add '{name}'"
    if kind == "string_pattern_mismatch" and place.words:
        return "wrong-characters", f"{name} {text} may have only {place.words}", "change the text"
    if kind == "string_pattern_mismatch":
        return "wrong-characters", f"{name} {text} does not match {detail['ctx']['pattern']}", "change the text"
    if describe is not None:
        return describe(name, text, detail["ctx"], value)
    return "out-of-range", f"{name} {text}: {detail['msg'].lower()}", "change the value"


def _too_short(name: Any, text: str, limits: Any, value: Any) -> Sentence:
    least = limits["min_length"]
    needed = f"at least {plural(least, 'is', 'are')} needed"
    return "wrong-length", f"{name} {text} {length_of(value, 'short', secret=text == MASK)}; {needed}", "make it longer"


def _too_long(name: Any, text: str, limits: Any, value: Any) -> Sentence:
    allowed = f"at most {limits['max_length']:,} are allowed"
    return (
        "wrong-length",
        f"{name} {text} {length_of(value, 'long', secret=text == MASK)}; {allowed}",
        "make it shorter",
    )


def _not_a_choice(name: Any, text: str, limits: Any, value: Any) -> Sentence:
    # Blank, which several fields may be, is not a choice to offer.
    choices = limits["expected"].replace(" or ", ", ").removeprefix("'', ").replace("'", "")
    near = _meant_choice(value, choices) if isinstance(value, str) and text != MASK else ""
    return "not-allowed-value", f"{name} {text} is not one of {choices}", f"use one of {choices}{near}"


@lru_cache(maxsize=256)
def _meant_choice(value: str, choices: str) -> str:
    """Name the nearest of the choices; one word is often wrong in all resources of a package."""
    return meant(value, choices.split(", "), CLOSE)


def _too_small(name: Any, text: str, limits: Any, _: Any) -> Sentence:
    return "out-of-range", f"{name} {text} is less than {limits['ge']}", f"use {limits['ge']} or more"


def _too_large(name: Any, text: str, limits: Any, _: Any) -> Sentence:
    return "out-of-range", f"{name} {text} is more than {limits['le']}", f"use {limits['le']} or less"


_SENTENCES: dict[str, Callable[[Any, str, Any, Any], Sentence]] = {
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_short,
    "too_long": _too_long,
    "literal_error": _not_a_choice,
    "enum": _not_a_choice,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_large,
}


def _place(fields: Fields, document: Any, detail: Any) -> Place:
    """Return the place that a refusal is about; a step that leads nowhere names one of several types, and no place."""
    steps: tuple[Step, ...] = detail["loc"]
    words, secret = "", False
    for node in follow(fields, document, steps):
        is_absent = detail["type"] == "missing" and node.steps == steps
        if not is_absent and node.field is None and node.steps[-1] not in node.parent:
            return Place(node.steps[:-1], words, secret)
        secret = secret or node.secret
        characters = node.field.marker(Characters) if node.field is not None else None
        words = characters.words if characters else ""
    return Place(steps, words, secret)

"""The patterns of schemas searched for in texts: as ECMAScript means them, and in time in proportion to the text.

The engine is the one that pydantic brings, whose time is linear. An engine of ECMAScript, such as `regress`, would know
every pattern, and goes back and forth: `^(a+)+$` doubles its time with each letter, and nothing can stop it inside one
process. So such an engine is only what the tests compare with.
"""

import re
import warnings
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, NamedTuple

from assetpkg.json_schema.characters import NoExpression
from assetpkg.json_schema.ecmascript import Beyond, Piece, translate
from assetpkg.limits import Allowance

_LONGEST_PATTERN = 1_000
"""In characters."""
_COST_OF_A_PATTERN = 100
_FLAG_FIRST = re.compile(r"\A\(\?i\)(?P<rest>.*)\Z", re.DOTALL)
_UNSUPPORTED = "which no linear-time engine supports"

work: ContextVar[Allowance] = ContextVar("work")
"""What the work on schemas is paid from."""


class Unjudged(Exception):
    """A schema that nothing is held against, valid or not; its text says why."""


class InvalidPattern(Exception):
    """A text that is not a regular expression."""


class _Search(NamedTuple):
    """A pattern for the engine, and whether a text has to have it."""

    validator: Any
    wanted: bool


def matches(pattern: str, text: str) -> bool:
    """Say whether a pattern is found in a text, in time in proportion to it; raises `Unjudged`, `InvalidPattern`."""
    return all(search.validator.isinstance_python(text) is search.wanted for search in compile_pattern(pattern))


@lru_cache(maxsize=32)
def compile_pattern(pattern: str) -> tuple[_Search, ...]:
    """Return the searches that are one for `pattern` together; raises `Unjudged`, `InvalidPattern`.

    What ECMAScript does not take may be one elsewhere, such as in Java: of that, only what begins with `(?i)` is
    searched for.
    """
    if len(pattern) > _LONGEST_PATTERN:
        raise Unjudged(f"it has a pattern of {len(pattern):,} characters; at most {_LONGEST_PATTERN:,} are read")
    allowance = work.get(None)
    if allowance is not None:
        allowance.spend(_COST_OF_A_PATTERN)
    try:
        return tuple(_compile(piece) for piece in translate(_FLAG_FIRST.sub(r"(?i:\g<rest>)", pattern)))
    except Beyond as what:
        raise Unjudged(f"it has a pattern with {what}, {_UNSUPPORTED}") from None
    except _Refused:
        raise Unjudged(f"it has a pattern with too much repetition, {_UNSUPPORTED}") from None
    except NoExpression:
        if _is_known_to_python(pattern):
            raise Unjudged("it has a pattern that is not one of ECMAScript") from None
        raise InvalidPattern(pattern) from None


class _Refused(Exception):
    """What the engine does not take."""


def _compile(piece: Piece) -> _Search:
    from pydantic_core import SchemaError, SchemaValidator
    from pydantic_core import core_schema as core

    try:
        validator = SchemaValidator(core.str_schema(pattern=piece.pattern, regex_engine="rust-regex"))
    except (SchemaError, UnicodeEncodeError):
        raise _Refused from None
    return _Search(validator, piece.wanted)


def _is_known_to_python(pattern: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True

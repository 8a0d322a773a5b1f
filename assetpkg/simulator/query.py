"""The query of an import as the page has it: three parameters, their defaults, and what a wrong value gets."""

from collections.abc import Iterable

from assetpkg.errors import InvalidOption, near
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.simulator.refusals import INVALID, PARAMETER, Refusal

PARAMETERS = frozenset({"type", "prefix", "datasource_overwrite"})
"""The parameters of an import (API reference, Importing Assets)."""
_TRUTH = {"true": True, "false": False}


def as_sent(bytes_as_text: str, what: str, within: str) -> str:
    """Return what bytes mean; raises `Refusal` where they are not UTF-8: no name is made up of them."""
    try:
        return bytes_as_text.encode("latin-1").decode()
    except UnicodeDecodeError:
        raise Refusal(INVALID, f"{what} is not UTF-8, as the bytes in {within} have to be") from None


def read_query(pairs: Iterable[tuple[str, str]], usual: ImportOptions) -> ImportOptions:
    """Return how an import is asked for; what the query does not say is as in `usual`.

    The words are those of the page, letter by letter. Raises `Refusal` for another value, for a parameter that occurs
    twice, and for one that the page does not have.
    """
    given: dict[str, str] = {}
    for name, value in pairs:
        if name not in PARAMETERS:
            raise Refusal(PARAMETER, f"an import has no parameter '{name}'{near(name, PARAMETERS)}")
        if name in given:
            raise Refusal(INVALID, f"'{name}' occurs for the second time")
        given[name] = value
    mode, overwrite = given.get("type"), given.get("datasource_overwrite")
    if mode is not None and mode not in list(Mode):
        raise Refusal(INVALID, f"type is AddNew or Merge, not '{mode}'")
    if overwrite is not None and overwrite not in _TRUTH:
        raise Refusal(INVALID, f"datasource_overwrite is true or false, not '{overwrite}'")
    try:
        return ImportOptions(
            mode=usual.mode if mode is None else Mode(mode),
            prefix=given.get("prefix", usual.prefix),
            datasource_overwrite=usual.datasource_overwrite if overwrite is None else _TRUTH[overwrite],
            assumptions=usual.assumptions,
        )
    except InvalidOption:
        raise Refusal(INVALID, "the prefix contains a credential") from None

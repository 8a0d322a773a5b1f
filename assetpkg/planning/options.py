"""How the user asks for an import: the words of the API, and the answers assumed where the documents have none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.errors import InvalidOption, meant, refuse_not_utf8
from assetpkg.planning.assumptions import PACKAGE_TARGET, Assumption, complete_assumptions, other_answers


class Mode(StrEnum):
    """The import mode, query parameter `type`."""

    ADD_NEW = "AddNew"
    MERGE = "Merge"


_CONSOLE_WORDS = {"append": Mode.ADD_NEW, "overwrite": Mode.MERGE}
"""What the console calls the modes."""


def parse_mode(word: object) -> Mode:
    """Read a mode as the API or the console calls it, in any case; raises `InvalidOption`."""
    known = {mode.value.lower(): mode for mode in Mode} | _CONSOLE_WORDS
    found = known.get(word.lower()) if isinstance(word, str) else None
    if found is None:
        said = f"the mode is AddNew or Merge (in the console: Append or Overwrite), not {_shown(word)}"
        raise InvalidOption(f"{said}{meant(str(word), (*Mode, *map(str.capitalize, _CONSOLE_WORDS)))}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False)
class ImportOptions:
    """The query of one import, and the assumptions under which it is judged, all of them."""

    mode: Mode
    prefix: str
    datasource_overwrite: bool
    assumptions: Mapping[str, str]

    def __init__(
        self,
        *,
        mode: Mode | str = Mode.ADD_NEW,
        prefix: str = "",
        datasource_overwrite: bool = False,
        assumptions: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Read the mode as the API or the console calls it, and complete the assumptions, of which a few may be named.

        Raises `InvalidOption` for what is not a mode, a text, true or false, or an answer to an open question, and for
        a prefix that contains a credential, or is not UTF-8.
        """
        if not isinstance(prefix, str):
            raise InvalidOption(f"the prefix is a text, not {_shown(prefix)}")
        refuse_not_utf8("the prefix", prefix)
        if mask_line(prefix) != prefix:
            raise InvalidOption(f"the prefix '{prefix}' contains a credential")
        if not isinstance(datasource_overwrite, bool):
            raise InvalidOption(f"datasource_overwrite is True or False, not {_shown(datasource_overwrite)}")
        if not isinstance(assumptions, Mapping):
            raise InvalidOption(f"assumptions are answers by their names, not {_shown(assumptions)}")
        object.__setattr__(self, "mode", parse_mode(mode))
        object.__setattr__(self, "prefix", prefix)
        object.__setattr__(self, "datasource_overwrite", datasource_overwrite)
        object.__setattr__(self, "assumptions", complete_assumptions(assumptions))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be pickled, for a worker, with assumptions that can be."""
        asked = {name: getattr(self, name) for name in ("mode", "prefix", "datasource_overwrite")}
        return partial(ImportOptions, **asked, assumptions=dict(self.assumptions)), ()

    def __repr__(self) -> str:
        """Show what was asked for otherwise than by default."""
        asked = {
            "mode": str(self.mode),
            "prefix": self.prefix,
            "datasource_overwrite": self.datasource_overwrite,
            "assumptions": other_answers(self.assumptions),
        }
        return f"ImportOptions({', '.join(f'{name}={value!r}' for name, value in asked.items() if value)})"

    def assumes(self, assumption: Assumption, value: str) -> bool:
        """Say whether `assumption` is answered with `value`."""
        return self.assumptions[assumption.name] == value

    @property
    def complete(self) -> bool:
        """Whether a package that is given as the target is assumed to be all that is on the instance."""
        return self.assumes(PACKAGE_TARGET, PACKAGE_TARGET.default)


def options_of(
    options: ImportOptions | None,
    *,
    mode: Mode | str = Mode.ADD_NEW,
    prefix: str = "",
    datasource_overwrite: bool = False,
    assumptions: Mapping[str, str] | None = None,
) -> ImportOptions:
    """Return the options of an import that is asked for by `options` or in words; raises `InvalidOption` for both."""
    words = ImportOptions(
        mode=mode, prefix=prefix, datasource_overwrite=datasource_overwrite, assumptions=assumptions or {}
    )
    if options is not None and words != ImportOptions():
        raise InvalidOption("an import is asked for by options, or by mode, prefix and so on, not by both")
    return words if options is None else options


def _shown(value: object) -> str:
    return f"'{value}'" if isinstance(value, str) else mask_line(repr(value))

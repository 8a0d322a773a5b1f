"""How the user asks for an import: the words of the API, and the answers assumed where the documents have none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from assetpkg.credentials.masking import describe, mask_line
from assetpkg.errors import InvalidOption
from assetpkg.planning.assumptions import Assumption, complete_assumptions


class Mode(Enum):
    """The import mode, query parameter `type`."""

    ADD_NEW = "AddNew"
    MERGE = "Merge"


_CONSOLE_WORDS = {"append": Mode.ADD_NEW, "overwrite": Mode.MERGE}
"""What the console calls the modes."""


def parse_mode(word: str) -> Mode:
    """Read a mode as the API or the console calls it, in any case; raises `InvalidOption`."""
    known = {mode.value.lower(): mode for mode in Mode} | _CONSOLE_WORDS
    if word.lower() not in known:
        raise InvalidOption(f"the mode is AddNew or Merge (in the console: Append or Overwrite), not '{word}'")
    return known[word.lower()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """The query of one import, and the assumptions under which it is judged.

    `assumptions` may name a few; the others have their defaults. Raises `InvalidOption` for unknown ones.
    """

    mode: Mode = Mode.ADD_NEW
    prefix: str = ""
    datasource_overwrite: bool = False
    assumptions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __repr__(self) -> str:
        """Show the fields, without credentials."""
        return describe(self)

    def __post_init__(self) -> None:
        """Complete the assumptions; raise `InvalidOption` for a prefix that holds a credential."""
        if mask_line(self.prefix) != self.prefix:
            raise InvalidOption(f"the prefix '{self.prefix}' holds a credential")
        object.__setattr__(self, "assumptions", complete_assumptions(self.assumptions))

    def assumes(self, assumption: Assumption, value: str) -> bool:
        """Say whether `assumption` is answered with `value`."""
        return self.assumptions[assumption.name] == value

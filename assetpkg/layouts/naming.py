"""How other programs call fields: the same words in another style."""

import re
from types import MappingProxyType

from assetpkg.layouts.declaration import Naming
from assetpkg.resource.walk import Fields

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def styled(name: str, naming: Naming) -> str:
    """Return the name of a field in another style; one that has no words is itself in each."""
    words = _WORD.findall(name)
    if naming == "same" or not words or name.startswith("$"):
        return name
    if naming == "kebab-case":
        return "-".join(words).lower()
    if naming == "UPPER_CASE":
        return "_".join(words).upper()
    capitals = "".join(f"{word[0].upper()}{word[1:].lower()}" for word in words)
    return capitals if naming == "PascalCase" else f"{capitals[0].lower()}{capitals[1:]}"


def plain(name: str, naming: Naming) -> str:
    """Return a name that no kind declares in the style of those that are declared."""
    if naming == "same" or name.startswith("$"):
        return name
    if naming == "kebab-case":
        return name.replace("-", "_")
    if naming == "UPPER_CASE":
        return name.lower() if name.upper() == name else name
    return _BORDER.sub("_", name).lower() if name.isidentifier() else name


class Dialect:
    """The names of the fields of one object, there and here."""

    def __init__(self, fields: Fields, naming: Naming) -> None:
        """Take the fields that the object may have; those of one without a class are called the same."""
        self._naming: Naming = naming if fields else "same"
        names = fields if self._naming != "same" else ()
        self._ours = {styled(name, naming): name for name in reversed(list(names))}

    def ours(self, name: str) -> str:
        """Return how a field is called here that is called `name` there."""
        return self._ours.get(name) or plain(name, self._naming)

    def theirs(self, name: str) -> str:
        """Return how a field is called there that is called `name` here."""
        return styled(name, self._naming)


SAME = Dialect(MappingProxyType({}), "same")
"""Of an object whose keys are data, and where the names are the same."""

_known: dict[tuple[int, str], tuple[Fields, Dialect]] = {}
_MOST_KNOWN = 4_096


def dialect_of(fields: Fields, naming: Naming) -> Dialect:
    """Return the names of fields, made once for each class."""
    if naming == "same" or not fields:
        return SAME
    key = (id(fields), naming)
    if key not in _known:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        # The fields are kept beside, so that no other ones take their place in memory.
        _known[key] = (fields, Dialect(fields, naming))
    return _known[key][1]

"""Markers of fields that rules look at together with other resources or the target; the index keeps what they take."""

from collections.abc import Mapping
from typing import Any

from assetpkg.credentials.spans import LazyPattern
from assetpkg.kinds.laws import at, holds, is_missing
from assetpkg.kinds.markers import Marker

_VARIABLE = LazyPattern(r"#([a-zA-Z][a-zA-Z0-9_-]{2,31})#")


class Noted(Marker):
    """A field that rules look at together with other resources or with the target, so the index keeps its value."""

    is_noted = True

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return what the index keeps of `value`, which is in `parent`; `None` when there is nothing to say."""
        del parent
        return (value,) if value not in (None, "") else None


class FunctionUrn(Noted):
    """The URN of a function, with the siblings that have its version and its alias.

    It counts only where the sibling in `when` has the value beside it.
    """

    version: str
    alias: str
    when: tuple[str, Any] | None = None

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return URN, version and alias; the latter two may be empty."""
        if not isinstance(value, str) or not value or not holds(parent, self.when):
            return None
        version, alias = (parent.get(field) for field in (self.version, self.alias))
        return (
            value,
            version if isinstance(version, str) else "",
            alias if isinstance(alias, str) else "",
        )


class Milliseconds(Noted):
    """A time that may be as long as the target's configuration parameter `feature` says."""

    feature: str

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the number."""
        del parent
        return (value,) if isinstance(value, int) and not isinstance(value, bool) else None


class Variables(Noted):
    """A text with environment variables between `#` and `#`."""

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the names of the variables."""
        del parent
        names = _VARIABLE.findall(value) if isinstance(value, str) else []
        return tuple(dict.fromkeys(names)) or None


class Address(Noted):
    """The address of a system that belongs to the environment of one instance; one with a variable belongs to none."""

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the address."""
        del parent
        known = isinstance(value, str) and value.strip() and not _VARIABLE.search(value)
        return (value.strip(),) if known else None


class Needs(Noted):
    """A field that has one of `values` only where the target's configuration parameter `feature` is on."""

    feature: str
    values: tuple[Any, ...]

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the value that needs the feature."""
        del parent
        return (value,) if value in self.values else None


class Expects(Noted):
    """A reference to a resource whose own fields have one of these values; what they do not have is not judged."""

    fields: Mapping[str, tuple[Any, ...]]

    def _words(self) -> dict[str, Any]:
        return {name: list(values) for name, values in self.fields.items()}


class NeedsBeside(Noted):
    """A reference that needs the member at `here` beside it, where the field `there` of what it leads to has `values`.

    The values are compared in any case of letters.
    """

    here: tuple[str, ...]
    there: str
    values: tuple[str, ...]

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the reference, where the member is missing."""
        return (value,) if isinstance(value, str) and is_missing(at(parent, self.here)) else None


class CipherEntry(Noted):
    """A field that makes the resource an encrypted entry where it has one of `values`."""

    values: tuple[str, ...]

    def take(self, value: Any, parent: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return the value."""
        del parent
        return (value,) if value in self.values else None

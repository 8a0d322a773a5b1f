"""The patterns of settings, in which only `*` and `?` mean something: for texts, and for the names of entries."""

from collections.abc import Sequence
from fnmatch import fnmatchcase


def fits(text: str, pattern: str) -> bool:
    """Say whether a text fits a pattern with `*` and `?`, in which upper and lower case are different."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def fits_entry(entry: str, pattern: str) -> bool:
    """Say whether the name of an entry fits a pattern.

    `*` matches any characters and `?` matches one, both inside a name; `**` matches any number of folders. A pattern
    without `/` matches the file's own name, in any folder. A pattern that ends with `/` matches everything below.
    """
    parts = entry.split("/")
    if "/" not in pattern:
        return fits(parts[-1], pattern)
    wanted = (pattern + "**" if pattern.endswith("/") else pattern).split("/")
    reached = _passing(wanted, {0})
    for part in parts:
        stay = {at for at in reached if at < len(wanted) and wanted[at] == "**"}
        onward = {at + 1 for at in reached - stay if at < len(wanted) and fits(part, wanted[at])}
        reached = _passing(wanted, stay | onward)
    return len(wanted) in reached


def _passing(wanted: Sequence[str], reached: set[int]) -> set[int]:
    """Return the places reached, and those after every `**` that may stand for no folder at all."""
    found = set(reached)
    for at in range(len(wanted)):
        if at in found and wanted[at] == "**":
            found.add(at + 1)
    return found

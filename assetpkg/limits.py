"""How much is read: the limits, each of them a setting, and the fixed bounds on what is searched, judged and kept.

Each is declared once. How much of a text or a list is shown is where it is shown.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from assetpkg.errors import InvalidOption, near

KIB, MIB, GIB = 2**10, 2**20, 2**30
_ANY = 1 << 40
_LEVELS_OF_A_PLAN = 10
"""How many levels a plan of several packages has above a value of a document, and a few to spare."""


class Limits(NamedTuple):
    """How much may be read: of an archive, and of one JSON document; `LIMITS` says what each is.

    `ratio` is how many times its packed size an entry may have, and counts only for entries larger than
    `ratio_from`: a small file of blanks packs well and harms nobody.
    """

    file: int = 512 * MIB
    entries: int = 65_536
    headers: int = 32 * MIB
    entry: int = 64 * MIB
    total: int = 1 * GIB
    ratio: int = 200
    ratio_from: int = 16 * MIB
    document: int = 16 * MIB
    depth: int = 100
    values: int = 1_000_000
    digits: int = 309
    text: int = 4 * MIB
    plan: int = 512 * MIB
    plan_values: int = 32_000_000

    def for_plans(self) -> "Limits":
        """Return the limits of a saved plan as one document: it holds values of documents, some levels further down."""
        return self._replace(
            document=self.plan, values=self.plan_values, depth=self.depth + _LEVELS_OF_A_PLAN, text=self.plan
        )

    def for_copies(self) -> "Limits":
        """Return the limits of a document that was read within these, and is written into since: it may grow."""
        return self._replace(document=_ANY, values=_ANY, text=_ANY)

    def at_least(self, others: "Limits") -> "Limits":
        """Return the larger of both for each."""
        return Limits(*map(max, self, others))


DEFAULT_LIMITS = Limits()
UNBOUNDED = Limits(plan=_ANY, plan_values=_ANY)
"""For a plan that was just made, and passed the limits of what it was made of."""


class Limit(NamedTuple):
    """What a limit is of, in a sentence, and the most that it may be set to; `sized` ones count bytes."""

    title: str
    ceiling: int
    sized: bool = False

    @property
    def unit(self) -> str:
        """What a value without a unit counts, for a table."""
        return "bytes" if self.sized else "a number"


LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "file": Limit("the whole package file, or standard input", 1024 * GIB, sized=True),
        "entries": Limit("entries of a zip, or files of a folder", 16 * MIB),
        "headers": Limit("the headers of a zip together", 4 * GIB, sized=True),
        "entry": Limit("one entry, unpacked", 4 * GIB, sized=True),
        "total": Limit("all entries together, unpacked", 1024 * GIB, sized=True),
        # No deflate stream is packed more tightly.
        "ratio": Limit("how many times larger than packed a large entry may be", 1_032),
        "ratio-from": Limit("the size from which the ratio of an entry is checked", 4 * GIB, sized=True),
        "document": Limit("one JSON document", 1 * GIB, sized=True),
        # Every walk over a document recurses, with up to four calls for a level; Python allows a thousand.
        "depth": Limit("levels of objects and lists in one document", 200),
        "values": Limit("values and member names in one document", 1 * GIB),
        # Beyond it Python itself refuses, since the time grows with the square.
        "digits": Limit("digits of one integer", 4_300),
        "text": Limit("characters of one string in a document, as written", 1 * GIB),
        # A plan shows about eighty values of a resource that differs, in two kilobytes; there are `entries` of these.
        "plan": Limit("one saved plan", 16 * GIB, sized=True),
        "plan-values": Limit("values and member names in one saved plan", 1 * GIB),
    }
)
"""The limits by the names that they have as settings."""
DEEPEST = LIMITS["depth"].ceiling
"""How many levels a document has at most that is read at all, whatever `Limits` a program has made for itself.

For a saved plan, too, that is the most: pydantic reads none that is deeper.
"""

# The bounds that are fixed: nobody needs them raised, since honest packages come nowhere near them.
MOST_CONTAINER_FAULTS = 1_000
"""How many faults of a zip or a folder itself are kept; 65,536 entries can earn several each."""
MOST_PACKAGE_FAULTS = 10_000
"""After how many faults in its entries a package is looked at no further: nobody reads them, and each costs memory."""
MOST_PACKAGE_NOTES = 10_000
"""After how many notes on its entries only one of a sort is kept for an entry, with the number of the others."""
MOST_TOLD_OF_A_RULE = 10_000
"""How many findings of one rule are reported one by one, over all entries; the last says how many more there are."""
MOST_OF_A_PLUGIN = 100_000
"""How many problems are taken from one rule of a plug-in, which is a program and may yield without end."""
MOST_IDS = 10_000
"""How many ids a document in a string may mention; those after them are not followed."""
MOST_CREDENTIALS = 20_000
"""How many different credentials a copy replaces: each is looked for in many spellings, everywhere."""
LARGEST_SEARCHED_FILE = 1 * MIB
"""In bytes; a larger file that is part of no resource is not searched for credentials, which takes a second for it."""
MOST_NESTED_ARCHIVES = 4
"""How deep archives may be in archives, where a layout says that there are some."""
MOST_HELD_SOURCES = 16 * MIB
"""In characters; so much of the entries that have many resources is kept between two of them."""
LARGEST_SETTINGS = 1 * MIB
"""In bytes; a larger file of settings is not read, since people write a few kilobytes."""
LARGEST_TEAM_SCHEMA = 1 * MIB
"""In bytes; a larger file with a schema is not read, since people write a few kilobytes."""
EMBEDDED_SCHEMA_STEPS = 100_000
"""How much work it may be to read one schema that is in a package: less than a second."""
DOCUMENT_SCHEMA_STEPS = 100_000
"""How much work the schemas inside one document may make: less than a second."""
TEAM_SCHEMA_STEPS = 200_000
"""How much work it may be to hold a team's schema against one document: a few seconds."""
MOST_SNAPSHOT_MEMBERS = 1_000
"""How many members a snapshot has at most; a dozen are known, and each is kept to see whether it is there twice."""


class TooMuchWork(Exception):
    """Something that would take longer than it may."""


class Allowance:
    """How much may be done, in steps of a few microseconds, for things that a package makes one do."""

    def __init__(self, steps: int) -> None:
        """Begin with so many steps."""
        self.most, self.spent = steps, 0

    def spend(self, steps: int) -> None:
        """Take steps from what is left; raises `TooMuchWork` when nothing is."""
        self.spent += steps
        if self.spent > self.most:
            raise TooMuchWork


_UNITS = {"": 1, "b": 1, "kib": KIB, "mib": MIB, "gib": GIB}
_SIZE = r"([0-9]{1,3}(?:[,_][0-9]{3}){1,5}|[0-9]{1,18})[ ]?([A-Za-z]{0,3})"


def parse_limits(table: Mapping[str, Any]) -> Mapping[str, int]:
    """Read limits by name, each a number or a text such as `64 MiB`; raises `InvalidOption`."""
    return {_known(name): _parse(name, value) for name, value in table.items()}


def complete_limits(chosen: Mapping[str, int]) -> Limits:
    """Return all limits: those that were `chosen`, as `parse_limits` has them, and the defaults."""
    return Limits(**{name.replace("-", "_"): value for name, value in chosen.items()})


def tell_limit(name: str, value: int | None = None) -> str:
    """Return a limit in words, its default without a `value`: `512 MiB`, or `65,536`."""
    if value is None:
        value = getattr(DEFAULT_LIMITS, name.replace("-", "_"))
    if LIMITS[name].sized:
        for unit, size in (("GiB", GIB), ("MiB", MIB), ("KiB", KIB)):
            if value >= size and value % size == 0:
                return f"{value // size:,} {unit}"
    return f"{value:,}"


def how_to_raise(name: str, needed: int, purpose: str = "to read it anyway") -> str:
    """Return how to have the limit `name` raised to what is `needed`, and for what; says so where it cannot be."""
    limit = LIMITS[name]
    if needed > limit.ceiling:
        return f"'{name}' cannot be raised this far"
    step = next((size for size in (MIB, KIB) if limit.sized and needed > size), 1)
    value = tell_limit(name, min(-(-needed // step) * step, limit.ceiling)).replace(" ", "").replace(",", "")
    return f"{purpose}, use --limit {name}={value}"


def _known(name: str) -> str:
    if name not in LIMITS:
        raise InvalidOption(f"no limit is named '{name}'{near(name, LIMITS, 'assetpkg help settings')}")
    return name


def _parse(name: str, value: Any) -> int:
    limit = LIMITS[name]
    example = "64 MiB" if limit.sized else "1000"
    match = re.fullmatch(_SIZE, value.strip()) if isinstance(value, str) else None
    factor = _UNITS.get(match[2].lower()) if match else None
    if match and factor and (limit.sized or not match[2]):
        value = int(re.sub("[,_]", "", match[1])) * factor
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidOption(f"give the limit '{name}' a value such as {example}, not {value!r}")
    if not 1 <= value <= limit.ceiling:
        raise InvalidOption(f"the limit '{name}' is from 1 to {tell_limit(name, limit.ceiling)}, not {value:,}")
    return value

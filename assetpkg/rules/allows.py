"""What a project has settled that it accepts: findings by their rule and their place, each with a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Diagnostic, Rule, Severity
from assetpkg.errors import InvalidOption
from assetpkg.rules.codes import parse_codes
from assetpkg.rules.patterns import fits
from assetpkg.rules.tables import TEXT, Key, read_keys, read_text


class Allow(NamedTuple):
    """Findings that are accepted: those of a rule, or of several whose codes begin alike, at some places.

    `address` is a pattern for the address of a resource, or for the name of an entry where a finding is in no resource;
    `pointer`, `package` and `target` are patterns for the place inside, and for the names of the package and of the
    target, and `None` is any. Patterns have `*` and `?`. After the day `until` it does not hold any more.
    """

    code: str
    address: str
    reason: str
    pointer: str | None = None
    until: date | None = None
    package: str | None = None
    target: str | None = None

    def is_about(self, package: str, target: str | None) -> bool:
        """Say whether it is about this package, and about an import into this target."""
        if self.target is not None and (target is None or not fits(target, self.target)):
            return False
        return self.package is None or fits(package, self.package)

    def covers(self, found: Diagnostic, own: Severity) -> bool:
        """Say whether a finding is accepted by it, whatever the day is.

        `own` is the severity of its rule, which a policy may have changed.
        An error is only accepted by the whole code of its rule, and what stands for findings at other places, too,
        only by what is for any place inside.
        """
        if not found.code.startswith(self.code):
            return False
        is_error = Severity.ERROR in {found.severity, own}
        if (is_error and found.code != self.code) or (found.more and self.pointer is not None):
            return False
        place = found.location.entry if found.address is None else found.address
        if not fits(mask_line(place), self.address):
            return False
        return self.pointer is None or fits(mask_line(found.location.pointer), self.pointer)

    def has_expired(self, today: date | None) -> bool:
        """Say whether its last day is over; raises `InvalidOption` where it has one, and nobody says what day it is."""
        if self.until is None:
            return False
        if today is None:
            raise InvalidOption("an allow has a last day, so the policy needs 'today', the date in UTC")
        return today > self.until

    @property
    def words(self) -> str:
        """What it is about, for a sentence; no setting has a credential."""
        pointer = "" if self.pointer is None else f" at '{self.pointer}'"
        where = "".join(
            f", {what} '{pattern}'" for what, pattern in (("package", self.package), ("target", self.target)) if pattern
        )
        return f"the allow of {self.code} for '{self.address}'{pointer}{where}"


def parse_allows(value: Any, known: Mapping[str, Rule] | None = None) -> tuple[Allow, ...]:
    """Read a list of tables, as a file with settings has them; raises `InvalidOption`.

    `known` are the rules that there are, where these are not only assetpkg's own.
    """
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise InvalidOption("write each as a table, [[allow]]")
    return tuple(_parse_allow(item, number, known) for number, item in enumerate(value, 1))


def _parse_allow(table: Mapping[str, Any], number: int, rules: Mapping[str, Rule] | None) -> Allow:
    keys = {**ALLOW_KEYS, "code": ALLOW_KEYS["code"]._replace(read=partial(_code, known=rules))}
    return Allow(**read_keys(f"number {number}", table, keys))


def _code(value: Any, known: Mapping[str, Rule] | None = None) -> str:
    if not isinstance(value, str):
        raise InvalidOption("write a string")
    codes = parse_codes([value], known)
    if len(codes) != 1:
        raise InvalidOption("write one code, and a table for each")
    return codes[0]


def _reason(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidOption("write a reason")
    return value.strip()


def _day(value: Any) -> date:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise InvalidOption(f"write a date as in 2027-01-31, not '{value}'") from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InvalidOption(f"write a date as in 2027-01-31, not {value}")
    return value


ALLOW_KEYS: Mapping[str, Key] = {
    "code": Key(
        _code,
        "The code of a rule, or the beginning of several.",
        needed="a key 'code', the code of the rule whose findings are accepted",
    ),
    "address": Key(
        read_text,
        "A pattern for the address of a resource, or for the name of an entry.",
        needed="a key 'address', a pattern for addresses as in 'api/Orders/*'; '*' is everywhere",
    ),
    "reason": Key(_reason, "Why it is accepted.", needed="a key 'reason': say why it is accepted"),
    "pointer": Key(read_text, "A pattern for the JSON pointer inside."),
    # A date of TOML, which a checker of TOML hands over so.
    "until": Key(
        _day, "The last day on which it is accepted.", {"anyOf": [{"type": "string", "format": "date"}, TEXT]}
    ),
    "package": Key(read_text, "A pattern for the name of the package."),
    "target": Key(read_text, "A pattern for the name of the target."),
}
"""The keys of an allow; each is the field of its name."""

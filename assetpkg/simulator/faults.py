"""Failures on request, for those who try how a pipeline takes them."""

from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple

from assetpkg.errors import InvalidOption, near

_MOST_SECONDS = 3600
_STATUSES = range(400, 600)


class Faults(NamedTuple):
    """The failures that are switched on; those with a number of times are used up."""

    slow_jobs: float = 0
    """How many seconds longer a job runs."""
    fail_halfway: bool = False
    """Every import ends as FAILED, and has done about a half."""
    status: int = 0
    """The status, 400 to 599, with which the next calls of the platform are answered, `times` times; 0 is none."""
    cut: int = 0
    """How many calls of the platform get no whole answer: the connection is closed in it."""
    times: int = 1
    """How many calls are answered with `status`."""
    expired_token: bool = False
    """Calls are answered as if their token had expired, until this is switched off."""


class Switches:
    """The failures of one stand-in, which may be switched at any time."""

    def __init__(self, faults: Faults = Faults()) -> None:  # noqa: B008 - it does not change
        """Begin with some failures, or with none."""
        self._lock = Lock()
        self._faults = faults

    @property
    def now(self) -> Faults:
        """What is switched on."""
        return self._faults

    def switch(self, wanted: Mapping[str, Any]) -> Faults:
        """Change the failures of these names; raises `InvalidOption` for another name or value."""
        with self._lock:
            self._faults = parse_faults(wanted, self._faults)
            return self._faults

    def clear(self) -> None:
        """Switch everything off."""
        with self._lock:
            self._faults = Faults()

    def use(self) -> Faults:
        """Return what the next call is to get, and count it."""
        with self._lock:
            faults = self._faults
            if faults.cut:
                self._faults = faults._replace(cut=faults.cut - 1)
            elif faults.status:
                left = faults.times - 1
                self._faults = faults._replace(times=max(left, 1), status=faults.status if left else 0)
            return faults


def parse_faults(wanted: Mapping[str, Any], faults: Faults = Faults()) -> Faults:  # noqa: B008 - it does not change
    """Return failures with those of these names changed; raises `InvalidOption` for another name or value."""
    for name, value in wanted.items():
        if name not in Faults._fields:
            raise InvalidOption(f"no failure is named '{name}'{near(str(name), Faults._fields)}")
        faults = faults._replace(**{name: _value(name, value)})
    return faults


def _value(name: str, value: Any) -> Any:
    if name in ("fail_halfway", "expired_token"):
        if not isinstance(value, bool) and value not in ("true", "false"):
            raise InvalidOption(f"{name} is true or false")
        return value in (True, "true")
    try:
        number = float(value) if not isinstance(value, bool) else -1.0
    except (TypeError, ValueError):
        number = -1.0
    allowed = {
        "slow_jobs": 0 <= number <= _MOST_SECONDS,
        "status": number == 0 or number in _STATUSES,
        "cut": number >= 0 and number.is_integer(),
        "times": number >= 1 and number.is_integer(),
    }
    if not allowed[name]:
        meant = {"slow_jobs": f"a number of seconds, at most {_MOST_SECONDS:,}", "status": "between 400 and 599, or 0"}
        meant["times"] = "a whole number, at least 1"
        raise InvalidOption(f"{name} is {meant.get(name, 'a whole number, not negative')}")
    return number if name == "slow_jobs" else int(number)

"""The platform's answer about an asset job, as it came: both spellings of everything, and nothing believed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, NoReturn

from assetpkg import documents
from assetpkg.credentials.masking import mask_text
from assetpkg.diagnostics.sentences import shorten
from assetpkg.documents.foreign import JOB, why_not
from assetpkg.errors import CannotRead
from assetpkg.limits import DEFAULT_LIMITS, Limits

Status = Literal["RUNNING", "SUCCEEDED", "FAILED", "FINISHED"]

STATUSES: Mapping[str, Status] = {
    "running": "RUNNING",
    "succeeded": "SUCCEEDED",
    "success": "SUCCEEDED",
    "failed": "FAILED",
    "finished": "FINISHED",
}
"""The spellings of the status in the API reference, case-folded; `Finished` is an older one, of exports only."""

_LONGEST = 1000
"""How many characters of a field are kept; the platform's own limit is 128."""


class JobReason(NamedTuple):
    """One reason of a job, as the platform reports it; what it does not say is `None`."""

    resource_type: str
    resource_name: str
    error_code: str | None
    error_msg: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the platform says about an asset job; `progress` is between 0 and 1."""

    id: str | None
    type: str | None
    status: Status
    progress: float | None
    begin_time: str | None
    end_time: str | None
    reasons: tuple[JobReason, ...]


def parse_job(content: bytes, origin: str, limits: Limits = DEFAULT_LIMITS) -> Job:
    """Read the answer to a query of an asset job, from the file `origin`.

    Raises `CannotRead`, with the place, for what is none, and for a status that no page has. Credentials in it are
    masked.
    """
    try:
        document = documents.parse(content, limits)
    except documents.InvalidDocument as error:
        _refuse(origin, why_not(content, JOB, documents.refusal(error, content)))
    if not isinstance(document, dict):
        _refuse(origin, why_not(content, JOB, "it is not an object"))
    if "status" not in document:
        code = document.get("error_code")
        if code is None:
            found = why_not(content, JOB, "")
            if found:
                _refuse(origin, found)
        told = f"it is an error, {_cut(mask_text(code))}" if isinstance(code, str) else "it has no 'status'"
        _refuse(origin, f"{told}; ask for the status of the job with its id")
    word = _text(origin, document, "status") or ""
    status = STATUSES.get(word.casefold())
    if status is None:
        _refuse(origin, f"its status is '{word}', which is not one of {', '.join(sorted(set(STATUSES.values())))}")
    return Job(
        id=_text(origin, document, "id"),
        type=_text(origin, document, "type"),
        status=status,
        progress=_number(origin, document, "progress_percent"),
        begin_time=_text(origin, document, "begin_time"),
        end_time=_text(origin, document, "end_time"),
        # The page says `reason`, its older form and the official models `reasons`.
        reasons=tuple(dict.fromkeys((*_reasons(origin, document, "reason"), *_reasons(origin, document, "reasons")))),
    )


def _reasons(origin: str, document: Mapping[str, Any], key: str) -> Iterator[JobReason]:
    members = document.get(key)
    if members is None:
        return
    if not isinstance(members, list):
        _refuse(origin, f"at '/{key}', a list of reasons is needed")
    for number, member in enumerate(members):
        where = f"/{key}/{number}"
        if not isinstance(member, dict):
            _refuse(origin, f"at '{where}', a reason is needed, an object")
        named = [_text(origin, member, field, where) for field in ("resource_type", "resource_name")]
        if named[0] is None or named[1] is None:
            _refuse(origin, f"at '{where}', a reason has no 'resource_type', or no 'resource_name'")
        error_code, error_msg = (_text(origin, member, field, where) for field in ("error_code", "error_msg"))
        yield JobReason(named[0].casefold(), named[1], error_code, error_msg)


def _text(origin: str, document: Mapping[str, Any], key: str, where: str = "") -> str | None:
    value = document.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        _refuse(origin, f"at '{where}/{key}', a text is needed")
    # Times are numbers in the older form.
    return _cut(mask_text(str(value)))


def _cut(masked: str) -> str:
    """Return as much of a text as is kept; what is cut before it is masked may not be recognised any more."""
    return shorten(masked, _LONGEST)


def _number(origin: str, document: Mapping[str, Any], key: str) -> float | None:
    value = document.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        _refuse(origin, f"at '/{key}', a number between 0 and 1 is needed")
    return float(value)


def _refuse(origin: str, why: str) -> NoReturn:
    raise CannotRead(f"{origin} is not an answer about a job: {why}")

"""What the stand-in answers in place of what was asked for: the platform's own codes, and those of its own."""

from typing import NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.sentences import shorten
from assetpkg.render.screen import printable

OWN = "ASSETPKG."
"""How a code begins that no page of the platform has."""
_LONGEST = 128
"""How many characters each member of an error has at most (API reference, Importing Assets)."""


class Refused(NamedTuple):
    """A reason to refuse a call: its code, the words for it, and its status; `None` is the one for all of them."""

    code: str
    message: str
    status: int | None = None


NO_TOKEN = Refused("ROMA.1000", "No token.")
WRONG_TOKEN = Refused("ROMA.1002", "Incorrect token.")
NO_JOB = Refused("ROMA.10010", "Failed to create the task.")
NO_ZIP = Refused("ROMA.10011", "Failed to decompress the file.")
RUNNING = Refused("ROMA.10012", "An asset management task is running.")
FILE_NAME = Refused("ROMA.10013", "The file name is not accepted.")
INVALID = Refused("ROMA.13000", "Invalid parameters.")
NO_BODY = Refused("ROMA.13001", "No request body.")
NO_INSTANCE = Refused("ROMA.00014002", "Instance not found.")
NO_RESOURCE = Refused("ROMA.00110006", "The resource does not exist.", 404)
DOCUMENTED = (NO_TOKEN, WRONG_TOKEN, NO_JOB, NO_ZIP, RUNNING, FILE_NAME, INVALID, NO_BODY, NO_INSTANCE, NO_RESOURCE)
"""The codes of the platform's own table of errors, and of the samples of its pages."""

NOT_SIMULATED = Refused(f"{OWN}not-simulated", "The stand-in does not have this call.", 404)
NOT_KNOWN = Refused(f"{OWN}not-known", "The target does not say what there is of this.", 404)
NOT_A_PACKAGE = Refused(f"{OWN}not-a-package", "The stand-in does not understand this zip.")
PARAMETER = Refused(f"{OWN}parameter", "The stand-in does not know this parameter.", 400)
TOO_LARGE = Refused(f"{OWN}too-large", "The request is larger than the stand-in takes.", 413)
TOO_SLOW = Refused(f"{OWN}too-slow", "The request took longer than the stand-in waits.", 408)
CROWDED = Refused(f"{OWN}crowded", "There are more calls than the stand-in takes at once.", 503)
WRONG_HOST = Refused(f"{OWN}host", "The request is not for this stand-in.", 421)
FOREIGN_PAGE = Refused(f"{OWN}foreign-page", "The request comes from a page of another site.", 403)
WRONG_METHOD = Refused(f"{OWN}method", "The call has another method.", 405)
ON_REQUEST = Refused(f"{OWN}on-request", "This failure was asked for.")
BROKEN = Refused(f"{OWN}broken", "The stand-in itself has failed.", 500)
OWN_REFUSALS = (
    NOT_SIMULATED,
    NOT_KNOWN,
    NOT_A_PACKAGE,
    PARAMETER,
    TOO_LARGE,
    TOO_SLOW,
    CROWDED,
    WRONG_HOST,
    FOREIGN_PAGE,
    WRONG_METHOD,
    ON_REQUEST,
    BROKEN,
)
"""What no page has: their codes say that they are the stand-in's own."""


class Refusal(Exception):
    """A call is refused, and nothing has changed by it; `details` say what exactly is in the way.

    `page` is what a person reads of it in a browser, in place of the error that a program gets.
    """

    page: str | None = None

    def __init__(self, reason: Refused, details: str) -> None:
        """Take the reason, and the details, which may repeat what a client sent."""
        super().__init__(reason.code)
        self.reason = reason
        self.details = fit(details)

    def body(self, request_id: str) -> dict[str, str]:
        """Return the four members of an error."""
        return {
            "error_code": self.reason.code,
            "error_msg": self.reason.message,
            "error_details": self.details,
            "request_id": request_id,
        }


def fit(text: str, longest: int = _LONGEST) -> str:
    """Return a text as it can be in an answer: one line without credentials, with at most so many characters.

    A text that was longer ends with an ellipsis, since it would read as if it were wrong where it was cut.
    """
    return shorten(printable(mask_line(text)), longest)

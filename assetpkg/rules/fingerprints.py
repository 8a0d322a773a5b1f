"""What a finding is recognised by: the same after lines have moved, files were renamed, or an archive was made anew.

It is made of the rule's code, the resource (or the entry, where it is in none), the pointer there, and the plain value
at that place. It has nothing of a message, a line, a severity or the name of an archive. What could be a credential is
not a part of it either: who knows all the rest could guess a short one.
"""

import hashlib
import json

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.unique import Uniquely
from assetpkg.documents import INSIDE, split_pointer
from assetpkg.kinds.kind import fields_of
from assetpkg.package.index import Resource
from assetpkg.resource.masking import steps_to_secret

_LENGTH = 32
"""How many hexadecimal digits a fingerprint has."""


def fingerprint(code: str, where: str, pointer: str) -> str:
    """Return the fingerprint of what a rule has found at a place that is in no resource."""
    return _digest(code, mask_line(where), mask_line(pointer))


def fingerprint_in(resource: Resource, code: str, pointer: str, text: str | None) -> str:
    """Return the fingerprint of what a rule has found at a place in a resource.

    `text` is how a plain value is written there that is no credential. An object or a list is no part of it: it is the
    same one after a member that nobody speaks of has changed.
    """
    return _digest(code, resource.address, mask_line(pointer), "" if text is None else _word(text, pointer))


def distinct() -> Uniquely:
    """Return what makes each of the fingerprints of one report another one."""
    return Uniquely(lambda known, number: _digest(known, str(number)))


def is_secret_at(resource: Resource, pointer: str) -> bool:
    """Say whether a value in a resource is a credential, is in one, or is a text with one; or may be, by its field."""
    held = (found.pointer for found in resource.credentials)
    return (
        any(f"{pointer}/".startswith(f"{each}/") or each.startswith(f"{pointer}/{INSIDE}/") for each in held)
        or steps_to_secret(fields_of(resource.kind), split_pointer(pointer)) is not None
    )


def _word(text: str, pointer: str) -> str:
    """Return a value as it is written in a document, or in the documents in its strings, in one spelling."""
    try:
        for step in split_pointer(pointer):
            if step == INSIDE:
                text = json.loads(f'"{text}"')
        # Digits are kept as they are: there may be more than Python makes a number of.
        value = json.loads(text, parse_int=str)
    except (ValueError, TypeError):
        return ""
    return json.dumps(value) if mask_line(str(value)) == str(value) else ""


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:_LENGTH]

"""JSON pointers (RFC 6901), with one step more: below a string, into the document that it holds."""

from collections.abc import Sequence
from sys import intern

INSIDE = "#"
"""The step of a pointer from a string into the document that it holds; plain pointers never go below a string."""


def join_pointer(steps: Sequence[str | int]) -> str:
    """Return the JSON pointer with these steps; a large package has the same few in thousands of documents."""
    return intern("".join([f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps]))


def step_below(pointer: str, step: str | int) -> str:
    """Return the JSON pointer to what is one step below `pointer`."""
    if isinstance(step, str) and ("/" in step or "~" in step):
        step = step.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{step}"


def split_pointer(pointer: str) -> list[str]:
    """Return the steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]

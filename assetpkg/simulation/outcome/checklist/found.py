"""Why an import is made, and what is found that people have to do about it."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from assetpkg.package.index import Resource
from assetpkg.planning.changes import Action, Change, Changes

Finder = Callable[[Changes], "Iterator[Found]"]


class Scenario(StrEnum):
    """Why assets are imported; what is left to do by hand depends on it."""

    MIGRATION = "migration"
    """Into another instance; the user guide chooses Append."""
    RECOVERY = "recovery"
    """Back into the same instance; the user guide chooses Overwrite."""


class Found(NamedTuple):
    """Something to do: what about, the sentence, and the names that belong to it, such as of fields.

    `subject` is an address of the package or words of its own, and stays the same whatever the target is. Where it is
    `there`, the target has it already.
    """

    subject: str
    text: str
    names: tuple[str, ...] = ()
    there: bool = False


def is_spared(change: Change, resource: Resource) -> bool:
    """Say whether the import leaves the resource on the target as it is, so that nothing is to be done about it.

    What a mask or a placeholder stands for was not compared, so there may be something to do about that.
    """
    return change.action is Action.KEEP and not resource.unfilled


def is_new(change: Change) -> bool:
    """Say whether the import makes the resource, as far as is known."""
    return change.action in (Action.CREATE, Action.CONFLICT)


def join(found: Iterable[Found]) -> Iterator[Found]:
    """Yield what was found, each subject once: with all sentences and names, and there only where all of it is."""
    joined: dict[str, Found] = {}
    for each in found:
        known = joined.setdefault(each.subject, each)
        text = known.text if each.text in known.text else f"{known.text} {each.text}"
        names = tuple(dict.fromkeys((*known.names, *each.names)))
        joined[each.subject] = Found(each.subject, text, names, there=known.there and each.there)
    yield from joined.values()

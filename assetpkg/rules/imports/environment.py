"""What belongs to the instance that a package comes from, and goes with it to another one."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sentences import shorten
from assetpkg.documents import join_pointer, split_pointer
from assetpkg.kinds.notes import Address
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.environment import is_same_instance
from assetpkg.resource.inspection import Note

_LONGEST_SHOWN = 80
"""How much of an address a message shows."""


@rule("IMP075", "address-of-the-source", Severity.RISK, source=Page.MODIFYING_DATA_SOURCE_CONFIGURATIONS)
def address_of_the_source(planned: Changes) -> Iterator[Problem]:
    """A resource brings an address of the source to another instance.

    Finds hosts, URLs and brokers of data sources, of backends of APIs and of servers in load channels, where the
    manifest's `source` and the target are different instances. It finds them in resources that are created, and in
    fields that are overwritten. It does not find an address that the target has already, nor one with an environment
    variable (`#name#`), nor one that an adapt file gives for the target.

    After a migration, address, user and password of a data source have to be those of the new environment. Until then
    the new instance reads and writes the systems of the old one: test data gets into production, or the reverse.

    Give the address of the new environment in an adapt file (`assetpkg help environments`), keep what is on the target,
    or ignore IMP075 where both use the same system.
    """
    if is_same_instance(planned.context) is not False:
        return
    for change, note in addresses_of_the_source(planned):
        shown = shorten(mask_line(str(note.values[0])), _LONGEST_SHOWN)
        yield Problem(
            message=f"brings the address '{shown}' of the source to another instance",
            hint="change it to that of the target's environment, or ignore IMP075 if both use the same system",
            place=change.place,
            pointer=note.pointer,
            address=change.address,
        )


def addresses_of_the_source(planned: Changes, *, conflicting: bool = False) -> Iterator[tuple[Change, Note]]:
    """Yield the addresses that the target does not have, and that an import brings: in what it creates or overwrites.

    With those of what is `conflicting`, too, which may be created once the conflict is solved.
    """
    known = {note.values[0] for found in planned.context.target_index.resources for note in _addresses(found.notes)}
    whole = {Action.CREATE, Action.CONFLICT} if conflicting else {Action.CREATE}
    for change, resource in planned.arriving():
        changed = {field.pointer for field in change.fields} if change.action is Action.UPDATE else set()
        for note in _addresses(resource.notes):
            arrives = change.action in whole or note.pointer in changed
            if arrives and note.values[0] not in known and not _is_given(planned, change.address, note.pointer):
                yield change, note


def _is_given(planned: Changes, address: str, pointer: str) -> bool:
    """Say whether somebody has written a value, or what is around it, for the target."""
    given, steps = planned.context.given, split_pointer(pointer)
    return bool(given) and any((address, join_pointer(steps[:depth])) in given for depth in range(1, len(steps) + 1))


def _addresses(notes: tuple[Note, ...]) -> Iterator[Note]:
    return (note for note in notes if isinstance(note.marker, Address))


RULES: tuple[Rule, ...] = (address_of_the_source,)

"""A draft of an adapt file: what is in the way of a plan, and what would travel to the wrong environment."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from assetpkg.authoring.adapt.declaration import ADAPT_FORMAT, FILL_IN
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.diagnostics.sentences import plural
from assetpkg.diagnostics.values import in_one_line
from assetpkg.json_schema.published import BASE
from assetpkg.layouts.writing import value_text
from assetpkg.package.index import Resource
from assetpkg.planning.changes import Action, Change
from assetpkg.planning.environment import is_same_instance
from assetpkg.rules.imports.environment import addresses_of_the_source
from assetpkg.simulation.plan import Plan

_WIDTH = 100
_MOST_REASONS = 3
"""How many reasons of a conflict are told, the gravest first."""
_NO_LETTER = re.compile(r"[^A-Za-z0-9]+")
_HEAD = (
    f'Drafted from a plan: write what is right there in the place of each "{FILL_IN}", or delete the line.',
    (
        'decision = "rename" needs a name. "keep-target" leaves the resource out, and what refers to it finds the'
        ' target\'s, by the name and the id that are given here. "leave-out" leaves it out with all that refers to it.'
        ' "accept" needs accept = { CODE = "reason" }. What is left out has no values: delete them.'
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The text of an adapt file, and how many places of it are left open."""

    text: str
    left_open: int


def draft_adapt(plan: Plan) -> Draft:
    """Return the draft of an adapt file for the environment that a package is planned for.

    There is an entry for each conflict, and one for each resource that brings an address of the source, with a comment
    that says why. What only a person can know is left open, and is found by the rules as long as it is. What is already
    there on the target has no entry.
    """
    travelling: dict[str, list[str]] = {}
    if is_same_instance(plan.planned.context) is not True:
        for change, found in addresses_of_the_source(plan.planned, conflicting=True):
            if mask_line(found.pointer) == found.pointer:
                travelling.setdefault(change.address, []).append(found.pointer)
    reasons = _reasons(plan)
    blocks = [list(_head(plan))]
    for change in plan.changes:
        pointers = travelling.get(change.address, ())
        if change.action is Action.CONFLICT or pointers:
            blocks.append(list(_entry(plan, change, reasons.get(change.address, ()), pointers)))
    lines = [line for block in blocks for line in (*block, "")][:-1]
    text = "\n".join(lines) + "\n"
    return Draft(text=text, left_open=sum(FILL_IN in line and not line.startswith("#") for line in lines))


def _head(plan: Plan) -> Iterator[str]:
    yield f"#:schema {BASE}adapt.json"
    target = "an instance" if plan.target is None else f"'{in_one_line(plan.target.name)}'"
    yield from _comment(f"What changes in '{in_one_line(plan.package.name)}' on its way to {target}.")
    for text in _HEAD:
        yield from _comment(text)
    yield f"format = {value_text(ADAPT_FORMAT)}"


def _entry(plan: Plan, change: Change, reasons: Sequence[Diagnostic], pointers: Sequence[str]) -> Iterator[str]:
    table = f"resources.{value_text(change.address)}"
    if change.action is Action.CONFLICT:
        yield f"[{table}]"
        yield from _conflict(plan, change, reasons)
        yield from [""] if pointers else []
    if pointers:
        yield f"[{table}.values]"
        yield from _values(plan.package.resource(change.address), pointers)


def _conflict(plan: Plan, change: Change, reasons: Sequence[Diagnostic]) -> Iterator[str]:
    for found in sorted(reasons, key=lambda each: each.severity.rank)[:_MOST_REASONS]:
        yield from _comment(f"{found.code}: {in_one_line(found.message)}; {in_one_line(found.hint)}.")
    if len(reasons) > _MOST_REASONS:
        yield from _comment(f"And {plural(len(reasons) - _MOST_REASONS, 'more reason')}, in the plan.")
    yield f"decision = {value_text(FILL_IN)}"
    meets = plan.planned.context.target_index.by_address.get(change.meets)
    resource = plan.package.resource(change.address)
    if meets is None or meets.path.kind != resource.path.kind:
        return
    same = [("name", meets.name, resource.name), ("id", meets.id if meets.id_given else "", resource.id)]
    for key, there, here in same:
        if there and there != here and mask_line(there) == there:
            yield f'# With "keep-target", since the target has another {key}:'
            yield f"# {key} = {value_text(there)}"


def _reasons(plan: Plan) -> Mapping[str, Sequence[Diagnostic]]:
    """Return what the rules say of each address about the import; what the project accepts is a reason all the same."""
    found: dict[str, list[Diagnostic]] = {}
    for each in (*plan.diagnostics, *(accepted.diagnostic for accepted in plan.accepted)):
        if each.address is not None and each.is_of_import:
            found.setdefault(each.address, []).append(each)
    return found


def _values(resource: Resource, pointers: Sequence[str]) -> Iterator[str]:
    notes = {note.pointer: str(note.values[0]) for note in resource.notes if note.pointer in pointers}
    for pointer in dict.fromkeys(pointers):
        yield from _comment(f"The source has '{in_one_line(notes.get(pointer, ''))}' here.")
        yield f"{value_text(pointer)} = {value_text(FILL_IN)}"
    credentials = [found.pointer for found in resource.credentials] + [found.pointer for found in resource.unfilled]
    for pointer in dict.fromkeys(credentials):
        if mask_line(pointer) == pointer and pointer not in pointers:
            yield from _comment("A credential of the source; remove the '#' to take that of this environment:")
            yield f"# {value_text(pointer)} = {{ env = {value_text(_variable(resource, pointer))} }}"


def _variable(resource: Resource, pointer: str) -> str:
    """Return the name of an environment variable for a credential."""
    words = _NO_LETTER.sub("_", f"{in_one_line(resource.name)}_{pointer.rpartition('/')[2]}").strip("_").upper()
    return words if words[:1].isalpha() else f"{resource.path.kind.upper()}_{words}".rstrip("_")


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)]

"""The prefix: the shortest that is free of clashes, what follows the new names, and what cannot follow them."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.sentences import shorten
from assetpkg.documents import join_pointer
from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Id
from assetpkg.package.index import Path, Resource
from assetpkg.package.package import Package, read_document
from assetpkg.package.reading import PackageLike, package_of
from assetpkg.planning.assumptions import EVERY_CHARACTER, NAMES_DIFFER_BY
from assetpkg.planning.context import ImportContext
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.spelling import Names, Way, WayWord
from assetpkg.resource.naming import fold, judge_prefixed, name_limits
from assetpkg.resource.walk import Node, Step, strings_in, walk
from assetpkg.target.instance import Instance
from assetpkg.target.reading import TargetLike, target_of

LONGEST = 3
"""How long a prefix is looked for: there are tens of thousands of that length."""
_SMALL, _CAPITAL, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
_ALPHABET = _SMALL + _DIGITS + _CAPITAL + "_.-"
_FIRST = _SMALL + _CAPITAL + _DIGITS
"""What every renamed kind allows at the beginning of a name."""
_LEAST = 2
"""How long a name is at least to be looked for in texts; a single character is in everything."""
_LONGEST_SHOWN = 40
"""How much of an address a sentence has room for."""


class UpdatedReference(NamedTuple):
    """A reference to a renamed resource, which leads to it under its new name: by an id, or since it is renamed."""

    address: str
    entry: str
    pointer: str
    to: str
    target: str


class StaleName(NamedTuple):
    """A place where the old name is and stays; `copy` when it is the whole value, and no text around it.

    `written` is how the name is written there, and is empty where it is as it is.
    """

    address: str
    entry: str
    pointer: str
    to: str
    copy: bool
    written: tuple[WayWord, ...] = ()


def suggest_prefix(package: PackageLike, target: TargetLike, options: ImportOptions | None = None) -> str:
    """Return the shortest prefix under which no renamed resource of `package` meets one of its name on `target`.

    Names that are almost the same meet as well, unless `names-differ-by=every-character` is assumed. It keeps to the
    length and the characters that the names of applications, and of tasks as far as they are assumed to be renamed, may
    have; what no prefix renames may clash nevertheless. Raises `InvalidOption` where no prefix of
    three characters or fewer does.
    """
    asked = replace(options or ImportOptions(), prefix=_FIRST[0])
    subject = package_of(package)
    instance = target_of(target, complete=asked.complete, beside=subject)
    context = ImportContext(subject, instance, asked)
    renamed = [resource for resource, _ in _renamed(context)]
    room = min((_room(resource) for resource in renamed), default=LONGEST)
    same = str if asked.assumes(NAMES_DIFFER_BY, EVERY_CHARACTER) else fold
    taken = set(_taken(renamed, instance, same))
    for length in range(1, min(LONGEST, room) + 1):
        for letters in itertools.product(_FIRST, *[_ALPHABET] * (length - 1)):
            prefix = "".join(letters)
            if same(prefix) not in taken and all(_is_good(resource, prefix) for resource in renamed):
                return prefix
    raise InvalidOption(_why_none(renamed, room))


def _why_none(renamed: Sequence[Resource], room: int) -> str:
    """Return why there is no prefix: whether room is missing, or all that have room are taken."""
    tried = f"no prefix of up to {LONGEST} characters is free of clashes with the names of applications and tasks"
    if room >= LONGEST:
        return tried
    tightest = min(renamed, key=_room)
    shown = shorten(mask_line(tightest.address), _LONGEST_SHOWN)
    longest = name_limits(tightest.kind).longest
    full = f"{shown} has a name of {len(tightest.name)} characters, of {longest} at most, and leaves room for"
    if room <= 0:
        return f"there is no room for a prefix: {full} 0"
    return f"there is no room for a prefix that is free of clashes: {full} {room}, and every one so long is taken"


def find_updated_references(context: ImportContext) -> Iterator[UpdatedReference]:
    """Yield the references inside the package that lead to a renamed resource."""
    index = context.package.index
    renamed = {old.path: new for old, new in _renamed(context)}
    for resource in context.package.resources:
        for reference in resource.references:
            found = index.resolve(reference)
            if found is not None and found.path in renamed:
                pointer = f"{resource.place.pointer}{reference.pointer}"
                yield UpdatedReference(
                    resource.address, resource.entry, pointer, found.address, str(renamed[found.path])
                )


def find_stale_names(context: ImportContext) -> Iterator[StaleName]:
    """Yield the places of the package where the old name of a renamed resource is, and no import changes it.

    It is found also where it is encoded: in URLs, in JSON, in HTML, in base64, and as a key. Names of one character are
    not looked for, nor are fields that hold credentials.
    """
    yield from find_old_names(context.package, (resource for resource, _ in _renamed(context)))


def find_old_names(package: Package, renamed: Iterable[Resource]) -> Iterator[StaleName]:
    """Yield the places of a package where the names of some of its resources are, other than in references to them.

    They are found as `find_stale_names` finds them.
    """
    old: dict[str, list[Resource]] = {}
    for resource in renamed:
        if len(resource.name) >= _LEAST:
            old.setdefault(resource.name, []).append(resource)
    if not old:
        return
    names = Names(old)
    for resource in package.resources:
        following = {reference.pointer for reference in resource.references}
        document = read_document(package.archive, resource)
        for steps, text, at_key in _texts(walk(fields_of(resource.kind), document, inside=True)):
            pointer = join_pointer(steps)
            for name, ways in names.find(text) if at_key or pointer not in following else ():
                if resource not in old[name] or len(steps) > 1 or text != name:
                    place = f"{resource.place.pointer}{pointer}"
                    written = tuple(way.word for way in ((Way.KEY, *ways) if at_key else ways))
                    copy = text == name and not at_key
                    yield StaleName(resource.address, resource.entry, place, old[name][0].address, copy, written)


def _renamed(context: ImportContext) -> Iterator[tuple[Resource, Path]]:
    """Yield the resources that get a new name, or may get one, and the path that they have then."""
    for resource in context.package.resources:
        if resource.kind.imported and True in context.naming.interpretations(resource.kind):
            yield resource, context.naming.target_path(resource, renamed=True)


def _room(resource: Resource) -> int:
    """Return how many characters the limits of the kind leave for a prefix."""
    longest = name_limits(resource.kind).longest
    return LONGEST if longest is None else longest - len(resource.name)


def _taken(renamed: Iterable[Resource], instance: Instance, same: Callable[[str], str]) -> Iterator[str]:
    """Yield the prefixes with which one of the names is on the target already, or one that is the `same`."""
    names: dict[str, set[str]] = {}
    for resource in renamed:
        names.setdefault(resource.path.kind, set()).add(same(resource.name))
    for kind, ours in names.items():
        for other in (*instance.index.resources_of(kind), *_namesakes(kind, instance)):
            for length in range(1, LONGEST + 1):
                if same(other.name[length:]) in ours:
                    yield same(other.name[:length])


def _namesakes(kind: str, instance: Instance) -> Iterator[Resource]:
    """Yield the resources of other kinds on the target that share their names with `kind`."""
    namespace = KINDS[kind].namespace
    for word in instance.index.by_kind if namespace is not None else ():
        if word != kind and KINDS[word].namespace == namespace:
            yield from instance.index.resources_of(word)


def _is_good(resource: Resource, prefix: str) -> bool:
    return judge_prefixed(resource.kind, prefix, resource.name) is None


def _texts(nodes: Iterable[Node]) -> Iterator[tuple[tuple[Step, ...], str, bool]]:
    """Yield the strings of a document, also those in lists and in JSON texts, other than ids and credentials.

    The keys that no class declares are yielded, too. The last value says whether the string is a key.
    """
    for node in nodes:
        if node.field is None and node.steps and isinstance(node.steps[-1], str):
            yield node.steps, node.steps[-1], True
        if not node.secret and (node.field is None or node.field.marker(Id) is None):
            for steps, text in strings_in(node.value, node.steps):
                yield steps, text, False

"""What documents do not say themselves: which fields a kind lacks, and what around them has their values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import id_field, name_fields
from assetpkg.kinds.markers import Name, Ref
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.grouping import Group
from assetpkg.layouts.learning.judging import Wanted, values_of
from assetpkg.layouts.learning.sightings import ID, Item
from assetpkg.layouts.learning.surroundings import Source, Surroundings
from assetpkg.layouts.learning.vocabulary import Known, fold, nearness, same_words, vocabulary, words_of
from assetpkg.layouts.learning.wording import Wording
from assetpkg.resource.inspection import scope_field

_MOST_READ = 300
"""How many documents of a group are looked at."""
_NEARLY_ALL, _MOST = 0.95, 0.5

Identities = Mapping[tuple[str, str], set[str]]
"""The values that resources can be referred to by, by kind and field."""


class Inherited(NamedTuple):
    """A field that documents inherit; `resolving` of the values of `number` documents lead to a resource."""

    field: str
    text: str
    number: int
    resolving: int | None = None


def identities(groups: Iterable[Group], wordings: Mapping[tuple[int, str], Wording]) -> Identities:
    """Return what the resources of all groups can be referred to by."""
    wanted_by: dict[str, set[str]] = defaultdict(set)
    for words in vocabulary().values():
        for known in words.fields.values():
            marker = known.field.marker(Ref)
            if marker is not None:
                wanted_by[marker.kind].update(marker.by)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for group in groups:
        for part in group.parts:
            renamed = {theirs[1:]: ours for theirs, ours in wordings[id(group), part.kind].fields.items()}
            for by in wanted_by[part.kind] or {"id"}:
                for item in part.items:
                    found[part.kind, by].update(values_of(item, part.kind, by, renamed))
    return found


def inherit(
    group: Group, wording: Wording, around: Surroundings, known_ids: Identities, wanted: Wanted
) -> Iterator[Inherited]:
    """Yield the fields that documents of a kind in a group lack, with what stands around them and is their value."""
    items = [item for kind, item in group.items if kind == wording.kind][:_MOST_READ]
    lacking = list(_lacking(wording, items))
    if not lacking:
        return
    sources = list(around.sources(group, items))
    taken: set[str] = set()
    referred: set[str] = {
        marker.kind
        for known in vocabulary()[wording.kind].fields.values()
        if known.name in wording.known and (marker := known.field.marker(Ref)) is not None
    }
    for known, required in lacking:
        marker = known.field.marker(Ref)
        without = [item for item in items if not _has(item, wording, known.name)]
        if marker is not None:
            if not required and marker.kind in referred:
                continue
            best = max(
                (
                    (_as_reference(source, group, known, marker, known_ids, required=required), -index)
                    for index, source in enumerate(sources)
                ),
                default=(0.0, 0),
            )
        else:
            best = max(
                (
                    (_as_own(source, group, wording, known, wanted, taken), -index)
                    for index, source in enumerate(sources)
                ),
                default=(0.0, 0),
            )
        if best[0] <= 0:
            continue
        chosen = sources[-best[1]]
        taken.add(chosen.text)
        if marker is not None:
            referred.add(marker.kind)
        resolving = None if marker is None else _resolving(chosen, marker, known_ids)
        yield Inherited(known.name, chosen.text, len(without), resolving)


def _lacking(wording: Wording, items: Sequence[Item]) -> Iterator[tuple[Known, bool]]:
    """Yield the fields that name a resource, its owner or itself and that documents do not have, those needed first."""
    kind = KINDS[wording.kind]
    words = vocabulary()[wording.kind]
    names = {field.name for field in name_fields(kind)}
    own_id, scope = id_field(kind), scope_field(kind)
    lacking = []
    for known in words.fields.values():
        marker = known.field.marker(Ref)
        if marker is None and known.name not in names and (own_id is None or known.name != own_id.name):
            continue
        if str not in known.types and int not in known.types:
            continue
        absent = sum(not _has(item, wording, known.name) for item in items)
        required = known.field.required or known.name == scope
        if absent == len(items) or (required and absent):
            lacking.append((known, required))
    lacking.sort(key=lambda pair: not pair[1])
    # Of several optional references to one kind, none can be told from the others.
    optional = [marker.kind for known, needed in lacking if not needed and (marker := known.field.marker(Ref))]
    for known, required in lacking:
        marker = known.field.marker(Ref)
        if required or marker is None or optional.count(marker.kind) == 1 or known.name in _OWNERS:
            yield known, required


_OWNERS = frozenset({"app_id", "roma_app_id"})
"""The fields that say which application owns a resource."""


def _has(item: Item, wording: Wording, name: str) -> bool:
    folded = fold(name)
    renamed = {theirs[1:] for theirs, ours in wording.fields.items() if ours == name}
    return any(value is not None and (fold(key) == folded or key in renamed) for key, value in item.value.items())


def _as_reference(  # noqa: PLR0913 - what speaks for it
    source: Source, group: Group, known: Known, marker: Ref, known_ids: Identities, *, required: bool
) -> float:
    """Say how well values around documents are references of a field."""
    values = [value for value in source.values if value is not None]
    if len(values) < _NEARLY_ALL * len(source.values):
        return 0.0
    if any(type(value) not in known.types for value in values):
        return 0.0
    named = _named_for(source.label, known, marker)
    several = len(known_ids.get((marker.kind, "id"), ())) > 1
    # It is one value for the whole archive, and not one for each entry, or each thing in an entry.
    is_one = STAR not in source.text and not source.text.startswith((".", "@", "entry@"))
    is_one = is_one and ("#" in source.text or not any(STAR in entry for entry in group.entries))
    if not named and is_one and (several or not required):
        return 0.0
    for order, by in enumerate(marker.by):
        there = known_ids.get((marker.kind, by), set())
        share = sum(str(value) in there for value in values) / len(values)
        if share >= _NEARLY_ALL:
            return 2.0 + named - 0.3 * order
    nobody = not any(of == marker.kind for of, _ in known_ids)
    return named if nobody and named >= 1 else 0.0


def _named_for(label: str, known: Known, marker: Ref) -> float:
    """Say whether a member is called as a reference to a kind is: by the field, or by the kind and `id`."""
    if fold(label) == fold(known.name):
        return 1.2
    *first, last = words_of(label) or ("",)
    return 1.0 if last in {"id", *marker.by} and first and nearness("_".join(first), marker.kind) else 0.0


def _resolving(source: Source, marker: Ref, known_ids: Identities) -> int:
    return sum(
        any(str(value) in known_ids.get((marker.kind, by), set()) for by in marker.by) for value in source.values
    )


def _is_called(label: str, kind: str, known: Known) -> bool:
    """Say whether a member is called as a field is; what is called a name may be that of any resource."""
    if same_words(kind, label, known.name):
        return True
    return known.field.marker(Name) is not None and words_of(label)[-1:] == ("name",)


def _is_beside(source: Source, group: Group) -> bool:
    """Say whether a member stands once for each document: it is below the same stars."""
    if "#" in source.text:
        return False
    return source.text.startswith("./") or source.text.split("/").count(STAR) == group.at.count(STAR)


def _as_own(  # noqa: PLR0913, PLR0917 - what speaks for it
    source: Source, group: Group, wording: Wording, known: Known, wanted: Wanted, taken: set[str]
) -> float:
    """Say how well values around documents are their names or ids."""
    values = [value for value in source.values if value is not None]
    if (
        len(values) < len(source.values)
        or source.text in taken
        or any(type(value) not in known.types for value in values)
    ):
        return 0.0
    distinct = len(set(values)) / len(values)
    own_id = id_field(KINDS[wording.kind])
    is_id = own_id is not None and own_id.name == known.name
    around_key = source.text.startswith(("@", "entry@"))
    if not around_key and not (_is_beside(source, group) and _is_called(source.label, wording.kind, known)):
        return 0.0
    if is_id:
        share = sum(ID.fullmatch(str(value)) is not None for value in values) / len(values)
        used = sum(str(value) in wanted.get((wording.kind, "id"), set()) for value in values) / len(values)
        return max(share, used) if distinct == 1 and max(share, used) >= _MOST else 0.0
    scoped = scope_field(KINDS[wording.kind]) is not None
    if not known.field.required or (distinct < 1 and not scoped):
        return 0.0
    return distinct * (1.0 if source.text.startswith("@") else 0.8 if around_key else 0.9)

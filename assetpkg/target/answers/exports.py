"""APIs and custom backends that were exported as OpenAPI files, put beside what answers say of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg.documents.encodings import as_utf8
from assetpkg.errors import CannotRead
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of, id_field, name_field
from assetpkg.kinds.operations import Role
from assetpkg.limits import Limits
from assetpkg.package.index import Path, derive_id
from assetpkg.package.openapi.names import Names
from assetpkg.package.openapi.reading import GROUP, Made, OpenApi, is_openapi, looks_like_openapi, read_openapi
from assetpkg.package.openapi.source import Sort
from assetpkg.resource.inspection import scope_field
from assetpkg.target.answers.gathering import Gathering, Known
from assetpkg.target.answers.items import key_of, take_item

YAML = (".yaml", ".yml")
_TOLD = (Sort.LEFT_OUT, Sort.UNKNOWN, Sort.UNRESOLVED)


class Export(NamedTuple):
    """A file with an export, and how messages call it."""

    origin: str
    content: bytes


class Exported(NamedTuple):
    """What was taken of exports, by file, and what was not, with the reasons."""

    taken: list[tuple[str, int]]
    refused: list[tuple[str, str]]


def is_export(value: Any) -> bool:
    """Say whether a JSON value is an export."""
    return is_openapi(value)


def is_yaml_export(content: bytes) -> bool:
    """Say whether a text is an export in YAML, as far as a look tells."""
    content = as_utf8(content)
    return not content.lstrip().startswith((b"{", b"[")) and looks_like_openapi(content)


def take_exports(gathering: Gathering, exports: Iterable[Export], limits: Limits) -> Exported:
    """Put what the exports have into a gathering that has everything else already.

    An answer knows better: of what one says already, an export adds only what no answer says.
    """
    exported, beside = Exported([], []), _Beside(gathering)
    names = Names(lambda kind: _names(gathering, kind))
    for export in exports:
        try:
            file = read_openapi(export.content, names=names, limits=limits, origin=export.origin)
        except CannotRead as error:
            exported.refused.append((export.origin, str(error).removeprefix(f"{export.origin} ")))
            continue
        exported.refused.extend(_told(export, file))
        gathering.dropped += file.counted[Sort.CREDENTIAL]
        taken = 0
        for made in file.documents:
            why = beside.take(made, export.origin)
            if why:
                exported.refused.append((export.origin, why))
                continue
            taken += 1
            if made.kind == GROUP:
                names.learn(made.kind, *next(_named(made.kind, made.document)))
        if file.documents:
            exported.taken.append((export.origin, taken))
        else:
            why = "an OpenAPI (Swagger) file, and nothing in it is an API of the platform"
            exported.refused.append((export.origin, why))
    return exported


def _told(export: Export, file: OpenApi) -> Iterator[tuple[str, str]]:
    for note in file.notes:
        if note.sort in _TOLD:
            more = f" (and {note.more:,} more)" if note.more else ""
            yield f"{export.origin}:{note.line}:{note.column}", f"{note.message}{more}"


def _names(gathering: Gathering, kind: str) -> Iterator[tuple[str, str]]:
    """Yield name and id of what is known of a kind."""
    for known in gathering.of(kind):
        yield from _named(kind, known.document)


def _named(kind: str, document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield name and id of a resource, if it has a name."""
    known_id = id_field(KINDS[kind])
    name = document.get(name_field(KINDS[kind]).name)
    given = document.get(known_id.name) if known_id is not None else None
    if isinstance(name, str):
        yield name, derive_id(Path(kind, (name,))) if given is None else str(given)


class _Beside:
    """What is known of the kinds that exports have, by name and by what that is unique in."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._tables: dict[str, dict[tuple[Any, ...], Known]] = {}
        self._listed: dict[str, bool] = {}

    def take(self, made: Made, origin: str) -> str:
        """Take one document; returns why it is left out, nothing where it is not."""
        kind = KINDS[made.kind]
        document = {name: value for name, value in made.document.items() if name not in made.assumed}
        item = take_item(document, fields_of(kind))
        table, key = self._table(made.kind), _key(made.kind, made.document)
        same = table.get(key)
        name = made.document.get(name_field(kind).name)
        if same is not None:
            self._gathering.dropped += item.dropped
            added = {field: value for field, value in item.document.items() if field not in same.answered}
            same.document = {**added, **same.document}
            same.answered.update(added)
        elif self._listed[made.kind]:
            return f"the {kind.title} '{name}' is in no list that was answered: the file is of another time or group"
        elif name_field(kind).name not in item.document:
            return f"a {kind.title} whose name may be a credential"
        else:
            hidden = item.hidden | made.assumed
            self._gathering.add(made.kind, item._replace(hidden=hidden), item.document, None, origin)
            table[key] = self._gathering.resources[made.kind][key_of(kind, item.document)]
        return ""

    def _table(self, kind: str) -> dict[tuple[Any, ...], Known]:
        """Return what is known of a kind, and learn whether a list of it was answered."""
        if kind not in self._tables:
            self._tables[kind] = {_key(kind, known.document): known for known in self._gathering.of(kind)}
            self._listed[kind] = any(Role.LIST in known.seen for known in self._gathering.of(kind))
        return self._tables[kind]


def _key(kind: str, document: Mapping[str, Any]) -> tuple[Any, ...]:
    scope = scope_field(KINDS[kind])
    return document.get(name_field(KINDS[kind]).name), document.get(scope) if scope else None

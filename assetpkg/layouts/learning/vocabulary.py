"""The fields of each kind as any program may spell them, and how much each of them tells."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, get_args, get_origin

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Field, Kind, fields_of
from assetpkg.kinds.markers import Computed, Id, Name, Ref, Variant
from assetpkg.kinds.part import Part

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_A-Za-z]+")
_SCALARS = (str, int, float, bool)
_OF_ONE_WORD = 0.25
"""How much a field tells whose name is a single word: any program has a `name`, an `owner`, a `status`."""
_BY_KINDS = (1.0, 0.6, 0.45, 0.35)
"""How much it tells by how many kinds have it; the last for all further ones."""
_WITH_KIND = 0.2
"""How much a field tells at least whose name begins with a word of its kind."""
_MOST_WORDS = 12
"""How many words of a name are looked at."""
_SHORTEST = 3
"""How many letters of a word are enough to mean it."""
_MOST_NESTED = 3
"""How many levels of objects below a document tell something about it."""

_COMPUTED = 0.5
"""How much of that is left of a field that the server makes."""
_ANSWERED: Mapping[str, tuple[str, ...]] = {
    "domain": ("cname_status", "ssl_id", "ssl_name", "min_ssl_version", "is_has_trusted_root_ca", "ssl_infos"),
    "throttling_policy": (
        "api_call_limits", "user_call_limits", "app_call_limits", "ip_call_limits", "time_interval", "time_unit",
        "type", "remark", "bind_num", "enable_adaptive_control", "is_inclu_special_throttle", "create_time",
    ),
    "access_control_policy": ("acl_type", "acl_value", "entity_type", "bind_num", "update_time"),
    "signature_key": (
        "sign_type", "sign_algorithm", "bind_num", "ldapi_bind_num", "create_time", "update_time"
    ),
    "app_code": ("create_time",),
    "client_access_control": ("app_acl_type", "app_acl_values"),
    "client_quota": (
        "call_limits", "time_unit", "time_interval", "reset_time", "remark", "bound_app_num", "create_time"
    ),
    "device": (
        "permissions", "device_id", "parent_device_name", "client_id", "app_name", "status", "online_status",
        "description", "tags", "created_datetime", "last_updated_datetime", "node_type", "device_type", "version",
        "created_user", "last_updated_user", "last_login_datetime", "last_active_time", "keep_alive",
    ),
    "rule": (
        "permissions", "app_name", "description", "status", "data_parsing_status", "sql_field", "sql_where",
        "created_user", "last_updated_user", "created_datetime", "last_updated_datetime",
    ),
    "scheduled_api_task": ("remark", "status", "create_time", "update_time"),
}  # fmt: skip
"""The fields in the platform's answers of kinds of which not all are declared: no import carries most of these."""

Types = frozenset[type]
ANY_TYPE: Types = frozenset({*_SCALARS, dict, list})
_PLAIN: Types = frozenset({*_SCALARS, list})


class Known(NamedTuple):
    """A field that a kind declares; `weight` is how much its being there tells, between zero and one.

    `below` are the fields of the object that is here, or of each object of the list that is here.
    """

    name: str
    field: Field
    weight: float
    types: Types
    below: Mapping[str, "Known"]


class KindWords(NamedTuple):
    """A kind as learning sees it: its fields by their folded names, and those that have to be in a document itself.

    `listed` are those of them that an item of a list has, too. What names other resources, and the resource itself, may
    stand around the document; `owners` are those of them that
    it needs. `weight` is that of all its fields, and `called` are the folded words that people have for it.
    """

    kind: str
    fields: Mapping[str, Known]
    needed: frozenset[str]
    listed: frozenset[str]
    named_by: frozenset[str]
    owners: frozenset[str]
    weight: float
    called: frozenset[str]
    last_words: frozenset[str]


_SIGNS = ("@", "$", "#")


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Return the letters and digits of a name in small letters: `romaAppId` and `roma-app-id` are one.

    A sign at the beginning stays, since it is there to tell the name from one of a field: `@type` is not `type`.
    """
    sign = name[:1] if name.startswith(_SIGNS) else ""
    return sign + "".join(filter(str.isalnum, name.casefold()))


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words that a name is made of, in small letters: `romaAppID2` is roma, app, id and 2."""
    return tuple(word.casefold() for word in _WORDS.findall(name))


def singular(word: str) -> str:
    """Return an English word in the singular, as far as endings tell."""
    for plural, ending in (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("s", "")):
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word.removesuffix(plural) + ending
    return word


@cache
def vocabulary() -> Mapping[str, KindWords]:
    """Return every kind."""
    shared = Counter(
        name
        for kind in KINDS.values()
        for name in {*map(fold, fields_of(kind)), *map(fold, _ANSWERED.get(kind.kind, ()))}
    )
    return {word: _words_of_kind(kind, shared) for word, kind in KINDS.items()}


def _words_of_kind(kind: type[Kind], shared: Mapping[str, int]) -> KindWords:
    fields = fields_of(kind)
    named_by = {fold(name) for name, field in fields.items() if field.marker(Name)}
    around = {fold(name) for name, field in fields.items() if field.marker(Ref) or field.marker(Id)} | named_by
    called = {kind.kind, kind.folder, kind.title}
    known = {**_answered(kind, shared), **_known(kind, shared, _MOST_NESTED)}
    required = {fold(name) for name, field in fields.items() if field.required}
    return KindWords(
        kind=kind.kind,
        fields=known,
        needed=frozenset(required - around),
        listed=frozenset(required - around - set(map(fold, kind.only_in_detail))),
        named_by=frozenset(named_by),
        owners=frozenset(required & around) - named_by,
        weight=sum(each.weight for each in known.values()),
        called=frozenset(fold(singular(word)) for word in called),
        last_words=frozenset(singular(words_of(word)[-1]) for word in called),
    )


def _answered(kind: type[Kind], shared: Mapping[str, int]) -> dict[str, Known]:
    fields = (Field(name, {}, {}, None, is_plain=True) for name in _ANSWERED.get(kind.kind, ()))
    return {
        fold(field.name): Known(field.name, field, _weight(field.name, shared[fold(field.name)]), _PLAIN, {})
        for field in fields
    }


def _known(part: type[Part], shared: Mapping[str, int], levels: int) -> dict[str, Known]:
    found = {}
    for name, field in fields_of(part).items():
        info = next(info for info in part.declared.values() if info.alias == name)
        found[fold(name)] = Known(
            name=name,
            field=field,
            weight=_weight(name, shared.get(fold(name), 1)) * (_COMPUTED if field.marker(Computed) else 1),
            types=types_in(info.annotation),
            below=_below(field, info.annotation, levels - 1),
        )
    return found


def _below(field: Field, annotation: Any, levels: int) -> Mapping[str, Known]:
    if levels <= 0:
        return {}
    variant = field.marker(Variant)
    parts = variant.classes.values() if variant is not None else _parts_in(annotation)
    # Nested fields are judged by their names alone: within one kind, nothing else has them.
    return {key: known for part in parts for key, known in _known(part, {}, levels).items()}


def _parts_in(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, Part):
            yield annotation
        return
    for inner in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from _parts_in(inner)


def _weight(name: str, kinds: int) -> float:
    by_kinds = _BY_KINDS[min(kinds, len(_BY_KINDS)) - 1]
    return by_kinds if len(words_of(name)) > 1 else by_kinds * _OF_ONE_WORD


def types_in(annotation: Any) -> Types:
    """Return the types of JSON values that an annotation takes; `null` is as good as nothing there."""
    return frozenset(_types(annotation)) or ANY_TYPE


def _types(annotation: Any) -> Iterator[type]:
    origin = get_origin(annotation)
    if origin is Literal:
        yield from map(type, get_args(annotation))
    elif origin in (list, dict):
        yield origin
    elif origin is not None:
        for inner in get_args(annotation):
            yield from _types(inner)
    elif annotation is Any:
        yield from ANY_TYPE
    elif isinstance(annotation, type):
        if issubclass(annotation, Part):
            yield dict
        elif annotation in (*_SCALARS, dict, list):
            yield annotation


@lru_cache(maxsize=4_096)
def nearness(label: str, kind: str) -> float:
    """Say how near a name is to what a kind is called: 1 for a word for it, less for one that ends like one."""
    words = vocabulary()[kind]
    said = [singular(word) for word in words_of(label) if not word.isdecimal()]
    if not said:
        return 0.0
    if "".join(said) in words.called or fold(singular(label)) in words.called:
        return 1.0
    return 0.5 if said[-1] in words.last_words or _is_short_for("".join(said), {fold(kind)}) else 0.0


def same_words(kind: str, name: str, field: str) -> bool:
    """Say whether a name is that of a field, apart from the words of the kind."""
    return _bare(kind, words_of(name)) == _bare(kind, words_of(field))


@lru_cache(maxsize=16_384)
def _bare(kind: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without those for the kind before it, `app_name` of an application as `name`."""
    own = _own_words(kind)
    rest = list(words)
    while len(rest) > 1 and _is_short_for(rest[0], own):
        rest.pop(0)
    return tuple(rest)


def _is_short_for(word: str, own: Collection[str]) -> bool:
    """Say whether a word is one of some, in the singular, or the beginning of one."""
    word = singular(word)
    return word in own or (len(word) >= _SHORTEST and any(each.startswith(word) for each in own))


@cache
def _own_words(kind: str) -> frozenset[str]:
    """Return the words that a kind is called by, one by one, and their first letters together."""
    title = words_of(KINDS[kind].title)
    initials = "".join(word[0] for word in title)
    return frozenset({*kind.split("_"), *title, *([initials] if len(initials) > 1 else [])})


@lru_cache(maxsize=65_536)
def known_otherwise(kind: str, name: str) -> Known | None:
    """Return the field that a name is of which begins with a word of the kind: `appKey` of an application."""
    words = words_of(name)
    bare = _bare(kind, words)
    if len(bare) == len(words):
        return None
    known = vocabulary()[kind].fields.get("".join(bare))
    return None if known is None else known._replace(weight=max(known.weight, _WITH_KIND))


@cache
def _kinds_by_field() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, kind in vocabulary().items():
        for name in kind.fields:
            found.setdefault(name, set()).add(word)
    return {name: frozenset(kinds) for name, kinds in found.items()}


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(word[:_SHORTEST] for kind in KINDS for word in _own_words(kind))


@lru_cache(maxsize=16_384)
def kinds_knowing(name: str) -> frozenset[str]:
    """Return the kinds that have a field of this name, or one that it is otherwise a name of."""
    found = _kinds_by_field().get(fold(name), frozenset())
    words = words_of(name)
    ends = any("".join(words[start:]) in _kinds_by_field() for start in range(1, min(len(words), _MOST_WORDS)))
    if ends and words[0][:_SHORTEST] in _beginnings():
        found |= {kind for kind in KINDS if known_otherwise(kind, name) is not None}
    return found

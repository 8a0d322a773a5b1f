"""API authorisations of applications: answered one pair at a time, and put together as documents have them."""

from collections.abc import Iterable, Mapping
from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.target.answers.gathering import Gathering
from assetpkg.target.answers.items import compared_fields, take_item
from assetpkg.target.answers.recognition import Answer

_LISTS = ("auth_whitelist", "auth_blacklist")


class Clients:
    """The integration applications by all that the gateway calls them: their ids, and those of their clients."""

    def __init__(self, gathering: Gathering, answers: Iterable[Answer]) -> None:
        """Learn the clients from the answers that list them."""
        applications = list(gathering.of("application"))
        self._ids = {str(known.document["id"]) for known in applications if "id" in known.document}
        names = [(str(known.document.get("name")), known.document.get("id")) for known in applications]
        self._by_name = {name: str(word) for name, word in names if word is not None}
        self._named = {
            str(item.get("id")): str(item.get("name"))
            for answer in answers
            if answer.operation.subject == "client"
            for item in answer.items
        }

    def application(self, word: Any, name: Any = None) -> str | None:
        """Return the id of the application that a client's id, or its name, means; the id itself where none does."""
        if word is not None and str(word) in self._ids:
            return str(word)
        names = (name, self._named.get(str(word)))
        found = (self._by_name.get(str(each)) for each in names if each is not None)
        return next(filter(None, found), None if word is None else str(word))


def pair_up(gathering: Gathering, answers: Iterable[Answer], clients: Clients) -> None:
    """Take the pairs in these answers, as documents of all applications that may call the same APIs in the same way."""
    fields = fields_of(KINDS["app_authorization"])
    apis: dict[tuple[Any, ...], dict[str, set[str]]] = {}
    origins: dict[tuple[Any, ...], str] = {}
    hidden: set[tuple[Any, ...]] = set()
    ids: dict[tuple[tuple[Any, ...], str, str], Any] = {}
    for answer in answers:
        for raw in answer.items:
            pair = take_item(raw, fields)
            gathering.dropped += pair.dropped + bool(raw.get("visit_param"))
            document = pair.document
            app = clients.application(document.get("app_id", answer.given.get("app_id")), document.get("app_name"))
            api = document.get("api_id", answer.given.get("api_id"))
            if app is None or api is None:
                continue
            named = (_word(document.get(name)) for name in ("env_id", "auth_tunnel"))
            way = (*named, *(_sorted(document, name) for name in _LISTS))
            apis.setdefault(way, {}).setdefault(app, set()).add(str(api))
            origins.setdefault(way, answer.origin)
            ids[way, app, str(api)] = document.get("id")
            if raw.get("visit_param"):
                hidden.add(way)
    for way, by_app in apis.items():
        together: dict[frozenset[str], list[str]] = {}
        for app, called in by_app.items():
            together.setdefault(frozenset(called), []).append(app)
        for called_apis, apps in together.items():
            made = _document(way, sorted(apps), sorted(called_apis))
            if len(apps) == len(called_apis) == 1:
                made["id"] = ids[way, apps[0], next(iter(called_apis))]
            item = take_item(made, fields)
            if way in hidden:
                item = item._replace(hidden=frozenset({"visit_params"}))
            known = frozenset(compared_fields(KINDS["app_authorization"])) - item.hidden
            gathering.add("app_authorization", item, known, None, origins[way])


def _document(way: tuple[Any, ...], apps: list[str], apis: list[str]) -> dict[str, Any]:
    env, tunnel, *lists = way
    found = {"app_ids": apps, "api_ids": apis, "env_id": env, "auth_tunnel": tunnel}
    return {**found, **{name: list(words) for name, words in zip(_LISTS, lists, strict=True) if words}}


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _sorted(document: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = document.get(name)
    return tuple(sorted(map(str, value))) if isinstance(value, list) else ()

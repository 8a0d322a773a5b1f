"""Paths to fields within fields: where a document could have one and has not, and the document without it."""

from typing import Any

from assetpkg.kinds import KINDS
from assetpkg.target.paths import has, lacks, meant_path, without
from tests.tables import every_row

NESTED: dict[str, tuple[dict[str, Any], str, bool, dict[str, Any]]] = {
    "there": ({"a": {"b": 1, "c": 2}}, "a/b", False, {"a": {"c": 2}}),
    "not there": ({"a": {"c": 2}}, "a/b", True, {"a": {"c": 2}}),
    "nothing that could have it": ({"c": 1}, "a/b", False, {"c": 1}),
    "no object": ({"a": "text"}, "a/b", False, {"a": "text"}),
    "no items": ({"a": []}, "a/b", False, {"a": []}),
    "in no item": ({"a": [{"c": 1}, {}]}, "a/b", True, {"a": [{"c": 1}, {}]}),
    "in one item": ({"a": [{"b": 1}, {"c": 1}]}, "a/b", False, {"a": [{}, {"c": 1}]}),
    "lists in lists": ({"a": [{"b": [{"c": 1}, {}]}, {}]}, "a/b/c", False, {"a": [{"b": [{}, {}]}, {}]}),
    "lists in lists, not there": ({"a": [{"b": [{"d": 2}]}]}, "a/b/c", True, {"a": [{"b": [{"d": 2}]}]}),
}  # fmt: skip


@every_row("name", NESTED)
def test_paths_lead_through_lists(name: str) -> None:
    document, path, lacking, rest = NESTED[name]
    assert lacks(document, path) is lacking
    assert has(document, path) is (document != rest)
    assert without(document, path) == rest


MEANT = [
    ("task", "dispatch/cron_timezone", None),
    ("task", "dispatch", None),
    ("task", "dispatch/cron_timezon", "dispatch/cron_timezone"),
    ("task", "/dispatch/cron_timezone", "dispatch/cron_timezone"),
    ("task", "dispatch.cron_timezone", "dispatch/cron_timezone"),
    ("task", "own.part", None),
    ("task", "dispatch/own", None),
    ("task", "name/within", None),
    ("product", "services/commands/requests/method", None),
    ("product", "services/command/request/method", "services/commands/requests/method"),
    # What one variant of the content of a data source has, and another has not.
    ("datasource", "content/ldap_security_auth_typ", "content/ldap_security_auth_type"),
]


@every_row(("kind", "name", "meant"), MEANT)
def test_a_misspelled_path_has_one_that_was_meant(kind: str, name: str, meant: str | None) -> None:
    assert meant_path(KINDS[kind], name) == meant

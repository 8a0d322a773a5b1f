"""Remarks are typed values that show no credential; what reports them and what they rest on are facts, not texts."""

from assetpkg.diagnostics.sources import Authority
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.changes import Action
from assetpkg.planning.remarks import IdTaken, Remark
from assetpkg.rules import catalogue


def test_no_class_of_remarks_shows_a_credential() -> None:
    assert all(sort.__repr__ is Remark.__repr__ for sort in Remark.__subclasses__())
    shown = repr(IdTaken("x", "datasource:a/password=Tr0ub4dor&3xyz", same=False))
    assert shown.startswith("IdTaken(")
    assert "Tr0ub4dor" not in shown


def test_the_rule_that_reports_a_conflict_exists() -> None:
    slugs = {rule.slug for rule in catalogue().values()}
    assert {sort.rule for sort in Remark.__subclasses__()} - {""} <= slugs


def test_a_rule_that_rests_on_an_assumption_names_one_that_exists() -> None:
    sources = {rule.source for rule in catalogue().values() if rule.source.authority is Authority.ASSUMPTION}
    assert sources <= {assumption.source for assumption in ASSUMPTIONS.values()}


def test_an_action_is_its_word() -> None:
    assert Action("create") is Action.CREATE
    assert "".join(action.sign for action in Action) == "+~=?!x"

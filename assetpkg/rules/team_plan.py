"""A team's own rules for every plan: a maximum number of changes, or names of a certain form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sentences import first_few
from assetpkg.diagnostics.sources import agreed
from assetpkg.errors import InvalidOption, near
from assetpkg.kinds import KINDS, parse_kind
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.rules.patterns import fits
from assetpkg.rules.tables import TEXTS, Form, Key, read_keys, read_text

_FEW = 3
"""How many changes a message names when there are too many."""


class PlanRule(NamedTuple):
    """One rule of a team for plans; patterns have `*` and `?`, and an empty list selects everything.

    It is about the changes of these `kinds`, with these `actions` and these addresses on a target with one of these
    names. There may be at most `at_most` of them. If there are `names`, each change must have one of these names.
    """

    name: str
    targets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    at_most: int = 0

    def broken_by(self, plan: Changes, target: str) -> Iterator[tuple[Change | None, str]]:
        """Yield what breaks the rule in a plan for the target with this name, and how.

        These are all changes that are not allowed or have another name. Too many changes are one violation, without a
        change.
        """
        if self.targets and not _fits_one(target, self.targets):
            return
        found = [change for change in plan.changes if self._is_about(change)]
        if self.names:
            allowed = " or ".join(f"'{name}'" for name in self.names)
            for change in found:
                if not _fits_one(change.target_name, self.names):
                    yield change, f"the name '{change.target_name}' does not match {allowed}"
        elif not self.at_most:
            for change in found:
                yield change, f"{change.action} of a resource of kind {change.kind}: not allowed"
        elif len(found) > self.at_most:
            shown = first_few(found, _FEW, lambda change: mask_line(change.target_address))
            yield None, f"{len(found)} changes, at most {self.at_most} allowed: {shown}"

    def _is_about(self, change: Change) -> bool:
        return (
            (not self.kinds or change.kind in self.kinds)
            and (not self.actions or change.action in self.actions)
            and (not self.addresses or _fits_one(change.target_address, self.addresses))
        )


class TeamPlanned(NamedTuple):
    """What an import would do, beside what its team asks of every plan."""

    planned: Changes
    plan_rules: tuple[PlanRule, ...]


@rule("IMP090", "team-plan-rule", Severity.ERROR, source=agreed("rule"))
def team_plan_rule(subject: TeamPlanned) -> Iterator[Problem]:
    """A change is not what the project allows in a plan.

    Finds what a table under `[[tool.assetpkg.plan-rules]]` does not allow: more changes of a sort than `at-most`, any
    where it is absent, or a name that none of `names` fits. The message names the rule of the project. Too many changes
    are one finding, about the plan as a whole.

    The platform may well accept it: the project has agreed on more than the platform asks for.

    Change the options of the import or the package, or the project's rule where it asks for too much.
    """
    instance = subject.planned.instance
    for plan_rule in subject.plan_rules:
        for change, message in plan_rule.broken_by(subject.planned, instance.name if instance is not None else ""):
            yield Problem(
                message=f"breaks '{plan_rule.name}': {message}",
                hint="change the options or the package, or the project's rule",
                place=change.place if change else None,
                address=change.address if change else None,
            )


RULES: tuple[Rule, ...] = (team_plan_rule,)


def parse_plan_rules(value: Any) -> tuple[PlanRule, ...]:
    """Read a list of tables, as a file with settings has them; raises `InvalidOption`."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InvalidOption("write each rule as a table, [[plan-rules]]")
    return tuple(_parse_plan_rule(item, number) for number, item in enumerate(value, 1))


def _parse_plan_rule(table: Mapping[str, Any], number: int) -> PlanRule:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise InvalidOption(f"number {number} needs a name")
    said = read_keys(f"'{name}'", table, PLAN_RULE_KEYS)
    if "names" in said and "at_most" in said:
        raise InvalidOption(f"'{name}' has both names and at-most; write two rules")
    return PlanRule(**said)


def _fits_one(text: str, patterns: Iterable[str]) -> bool:
    return any(fits(text, pattern) for pattern in patterns)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidOption("write a list of strings")
    return tuple(value)


def _kinds(value: Any) -> tuple[str, ...]:
    return tuple(parse_kind(word) for word in _texts(value))


def _actions(value: Any) -> tuple[Action, ...]:
    words = _texts(value)
    for word in words:
        if word not in set(Action):
            raise InvalidOption(f"no action is named '{word}'{near(word, Action)}")
    return tuple(map(Action, words))


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise InvalidOption("write a number from 0 on")
    return value


def _one_of(words: Iterable[str]) -> Form:
    return {"type": "array", "items": {"type": "string", "enum": [str(word) for word in words]}}


PLAN_RULE_KEYS: Mapping[str, Key] = {
    "name": Key(read_text, "What the rule is called in a finding.", needed="a name"),
    "targets": Key(_texts, "Patterns for the names of targets.", TEXTS),
    "kinds": Key(_kinds, "The kinds that it is about.", lambda: _one_of(KINDS)),
    "actions": Key(_actions, "The actions that it is about.", lambda: _one_of(Action)),
    "addresses": Key(_texts, "Patterns for addresses on the target.", TEXTS),
    "names": Key(_texts, "Patterns, of which one has to fit the name.", TEXTS),
    "at-most": Key(_count, "How many such changes there may be.", {"type": "integer", "minimum": 0}),
}
"""The keys of a rule of a team."""

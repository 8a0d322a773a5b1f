"""One import, simulated and judged: the plan with everything that follows from it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Accepted, Diagnostic, Findings, Severity
from assetpkg.errors import InvalidOption, near
from assetpkg.package.grouping import grouped
from assetpkg.package.package import Package
from assetpkg.package.reading import PackageLike, package_of
from assetpkg.planning.changes import Action, Change, Changes
from assetpkg.planning.comparing import Comparisons
from assetpkg.planning.context import ImportContext
from assetpkg.planning.impact import Impact, find_impact
from assetpkg.planning.options import ImportOptions, Mode, options_of
from assetpkg.planning.order import Order, order_changes
from assetpkg.planning.owners import owner_after
from assetpkg.planning.plan import find_changes
from assetpkg.planning.prefix import StaleName, UpdatedReference, find_stale_names, find_updated_references
from assetpkg.planning.request import Request, request_for
from assetpkg.rules import answered, answered_by_plan, plan_rules, team_plan_rules
from assetpkg.rules.judge import USUAL, Judge
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check_answered, diagnose, find_all, run, tell
from assetpkg.rules.team_plan import TeamPlanned
from assetpkg.simulation.prediction import Prediction, predict_job
from assetpkg.simulation.verdict import AlternativeVerdict, Verdict, judge_verdict, other_answers
from assetpkg.target.instance import Instance
from assetpkg.target.reading import TargetLike, target_of

if TYPE_CHECKING:
    from assetpkg.authoring.adapt.adapt import Adaptation
    from assetpkg.authoring.adapt.declaration import AdaptFile
    from assetpkg.authoring.adapt.reading import Adapting
    from assetpkg.json_schema.team import TeamSchemas
    from assetpkg.rules.accepting import Looked
    from assetpkg.simulation.outcome.apply import Outcome
    from assetpkg.simulation.outcome.checklist.checklist import Checklist
    from assetpkg.simulation.outcome.checklist.found import Scenario
    from assetpkg.simulation.outcome.undo import Undo

Import = tuple[Instance | None, ImportOptions]
"""The target of an import, and how it is asked for."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Plan:
    """What importing a package into a target would do, and everything that follows; what costs is computed when asked.

    `planned` are the changes by themselves, `alone` says what is wrong with the package by itself, before any policy,
    and `silent` is what is said elsewhere of what the project accepts; all three are for assetpkg's own use.
    """

    context: ImportContext
    planned: Changes
    judge: Judge
    alone: Callable[[], Sequence[Diagnostic]]
    silent: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Show package, target, mode, and how many changes there are of each action."""
        target = f" into {mask_line(self.target.name)!r}" if self.target else ""
        counts = ", ".join(f"{number} {action}" for action, number in self.summary.items() if number)
        return f"Plan({mask_line(self.package.name)!r}{target}, {self.options.mode}: {counts or 'nothing'})"

    @property
    def package(self) -> Package:
        """The package that would be imported."""
        return self.context.package

    @property
    def target(self) -> Instance | None:
        """The target before the import; `None` where nothing is known of it."""
        return self.context.instance

    @property
    def options(self) -> ImportOptions:
        """How the import is asked for, with every assumption."""
        return self.context.options

    @property
    def untouched(self) -> int:
        """How many resources only the target has."""
        return self.planned.untouched

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What would be done to each resource of the package, with what the rules say about it."""
        messages: dict[str, list[str]] = {}
        for found in self._found:
            if found.address is not None:
                messages.setdefault(found.address, []).append(found.message)
        return tuple(
            replace(change, messages=tuple(messages[change.address])) if change.address in messages else change
            for change in self.planned.changes
        )

    @property
    def conflicts(self) -> tuple[Change, ...]:
        """The changes for which the import fails, or may not proceed."""
        return self.with_action(Action.CONFLICT)

    @cached_property
    def open_conflicts(self) -> tuple[Change, ...]:
        """The conflicts that the project does not accept: something is found about each that it does not accept."""
        accepted = {each.diagnostic for each in self.accepted}
        by_address: dict[str, list[Diagnostic]] = {}
        for found in self._found:
            if found.address is not None:
                by_address.setdefault(found.address, []).append(found)
        return tuple(
            change
            for change in self.conflicts
            if not (reasons := _reasons_for(change, by_address.get(change.address, ())))
            or not accepted.issuperset(reasons)
        )

    def with_action(self, *actions: Action | str) -> tuple[Change, ...]:
        """Return the changes that have one of these actions; raises `InvalidOption` for another word."""
        wanted = [_action(word) for word in actions]
        return tuple(change for change in self.changes if change.action in wanted)

    def count(self, action: Action | str) -> int:
        """Return how many changes have this action; raises `InvalidOption` for another word."""
        return self.planned.count(_action(action))

    @property
    def summary(self) -> Mapping[str, int]:
        """How many changes there are of each action, by its word."""
        return {action.value: self.count(action) for action in Action}

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes of each kind."""
        return grouped((change.kind, change) for change in self.changes)

    @cached_property
    def by_application(self) -> Mapping[str, tuple[Change, ...]]:
        """The changes by the address, after the import, of the application that the resource is or belongs to.

        Those of no application, or of one that is not known, are under the empty text.
        """
        resource = self.package.resource
        return grouped(
            (
                self.context.matching.address_after(resource(change.address))
                if change.kind == "application"
                else owner_after(self.context, resource(change.address)) or "",
                change,
            )
            for change in self.changes
        )

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is to be said, and what the project does not accept: about the package, and about the import."""
        return tuple(self._findings)

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """What was found as well, and the project accepts; the verdict counts it all the same."""
        return self._findings.accepted

    @property
    def _found(self) -> list[Diagnostic]:
        """Everything that was found, accepted or not."""
        return [*self._findings, *(each.diagnostic for each in self.accepted)]

    @cached_property
    def _findings(self) -> Findings:
        asked = TeamPlanned(self.planned, self.judge.policy.plan_rules)
        under_answers = check_answered(self.package, self.options.assumptions)
        judged_here = chain(under_answers, run(plan_rules(), self.planned), run(team_plan_rules(), asked))
        found = diagnose(self.package, judged_here)
        self.planned.forget()
        settled = answered_by_plan(targeted=self.target is not None) | answered(self.options.assumptions)
        kept = [diagnostic for diagnostic in self.alone() if diagnostic.code not in settled]
        told = tell([*kept, *found], self.judge.policy, self.package.layout, lambda: self._looked(settled))
        return told.without(self.silent)

    def _looked(self, settled: frozenset[str]) -> "Looked":
        """Return what was looked at, without the rules whose questions are `settled`."""
        from assetpkg.rules.accepting import Looked, asked_codes

        codes = {rule.code for rule in (*plan_rules(), *team_plan_rules())} | asked_codes(
            self.judge.schemas, self.judge.policy.plugins
        )
        return Looked(self.package.own_name, self.made_by, frozenset(codes - settled))

    @property
    def made_by(self) -> Mapping[str, Any]:
        """By what a baseline of this plan is made."""
        from assetpkg.rules.accepting import made_by_check

        options = self.options
        return {
            **made_by_check(options.assumptions),
            "command": "plan",
            "mode": options.mode.value,
            "prefix": options.prefix,
            "datasource_overwrite": options.datasource_overwrite,
            "target": None if self.target is None else mask_line(self.target.name),
        }

    @cached_property
    def verdict(self) -> Verdict:
        """The one word for it; whatever a policy says, a conflict blocks the plan, and what is accepted counts, too."""
        return judge_verdict(self.planned, self._found)

    @property
    def open_verdict(self) -> Verdict:
        """The verdict without what the project accepts; the same as `verdict` where it accepts nothing."""
        return (
            judge_verdict(self.planned, self.diagnostics, len(self.open_conflicts)) if self.accepted else self.verdict
        )

    @cached_property
    def other_verdicts(self) -> tuple[AlternativeVerdict, ...]:
        """The answers to open questions, one at a time, under which the verdict would be another."""
        here = self.verdict
        answers = other_answers(self.options)
        found = (AlternativeVerdict(*answer, self._answered(*answer).verdict) for answer in answers)
        return tuple(other for other in found if other.verdict is not here)

    @cached_property
    def order(self) -> Order:
        """In which order the references ask for the resources; no page says in which one an import works."""
        return order_changes(self.planned)

    @cached_property
    def impact(self) -> tuple[Impact, ...]:
        """The data sources whose users on the target will notice the import."""
        return tuple(find_impact(self.planned))

    @cached_property
    def updated_references(self) -> tuple[UpdatedReference, ...]:
        """The references that lead to what the prefix renames, under its new name."""
        return tuple(find_updated_references(self.context)) if self.options.prefix else ()

    @cached_property
    def stale_names(self) -> tuple[StaleName, ...]:
        """The places that keep the old name of what the prefix renames."""
        return tuple(find_stale_names(self.context)) if self.options.prefix else ()

    @cached_property
    def prediction(self) -> Prediction:
        """The reasons for which the job of the import would fail."""
        return predict_job(self.planned, self._found)

    @property
    def request(self) -> Request:
        """The call that imports the package so."""
        return request_for(self.context)

    def apply(self) -> "Outcome":
        """Return the target after the import, conflicts left out; raises `InvalidOption` without a target."""
        from assetpkg.simulation.outcome.apply import apply

        return apply(self.planned, blocked=self.verdict is Verdict.BLOCKED)

    def undo(self) -> "Undo":
        """Return how the import is undone.

        Raises `InvalidOption` without a target, and `InvalidPackage` for what is not a package, or a damaged one.
        """
        from assetpkg.simulation.outcome.undo import undo

        return undo(self.planned)

    def checklist(self, scenario: "Scenario | str | None" = None) -> "Checklist":
        """Return what people have to do before and after the import, and what of it is there already.

        Without a `scenario`, it follows from whether source and target are the same instance. If that is not known,
        AddNew is taken for a migration and Merge for a recovery. Raises `InvalidOption` for another word, and
        `InvalidPackage` for what is not a package, or a damaged one.
        """
        from assetpkg.simulation.outcome.checklist.checklist import checklist, parse_scenario

        chosen = None if scenario is None else parse_scenario(scenario)
        return checklist(self.planned, chosen, blocked=self.verdict is Verdict.BLOCKED)

    def _answered(self, name: str, value: str) -> "Plan":
        """Return the plan of the same import with one question answered otherwise."""
        context = self.context.answered(name, value)
        return replace(self, context=context, planned=find_changes(context))


def plan(  # noqa: PLR0913 - the query of an import, and by what it is judged
    package: "PackageLike | Adaptation",
    target: TargetLike | None = None,
    options: ImportOptions | None = None,
    *,
    mode: Mode | str = Mode.ADD_NEW,
    prefix: str = "",
    datasource_overwrite: bool = False,
    assumptions: Mapping[str, str] | None = None,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    adapt: "AdaptFile | Adapting | str | os.PathLike[str] | None" = None,
) -> Plan:
    """Return what importing `package` into `target` would do; nothing is verified without a target.

    Both may be paths. The import is asked for in words, or by `options`. `policy` and `schemas` are as for `check`.
    With `adapt`, an adapt file or its path, the package is planned as the function `adapt` makes it; what that has made
    may also take the place of the package.
    Raises `CannotRead` for paths where there is none, and `InvalidOption` for what cannot be asked for; with `adapt`,
    also as that does. The plan of a package whose layout is not known has no changes: nothing is guessed of it.
    """
    asked = options_of(
        options, mode=mode, prefix=prefix, datasource_overwrite=datasource_overwrite, assumptions=assumptions
    )
    made = _adaptation(package, adapt)
    subject = package_of(package) if made is None else made.package  # type: ignore[arg-type]
    instance = None if target is None else target_of(target, complete=asked.complete, beside=subject)
    judge = Judge(policy or Policy(), schemas)
    imports = [(instance, asked)]
    return next(plan_each(subject, imports, judge) if made is None else plan_adapted(made, imports, judge))


def _adaptation(
    package: "PackageLike | Adaptation", adapt: "AdaptFile | Adapting | str | os.PathLike[str] | None"
) -> "Adaptation | None":
    """Return what an adapt file made, or makes, of a package, if one is asked for."""
    if adapt is None and isinstance(package, (str, os.PathLike, Package)):
        return None
    from assetpkg.authoring.adapt.adapt import Adaptation
    from assetpkg.authoring.adapt.adapt import adapt as make

    if isinstance(package, Adaptation):
        if adapt is not None:
            raise InvalidOption("the package is adapted already; give either that, or adapt")
        return package
    return None if adapt is None else make(package, adapt)


def plan_adapted(made: "Adaptation", imports: Iterable[Import], judge: Judge = USUAL) -> Iterator[Plan]:
    """Yield a plan for each import of a package as an adapt file makes it, as `plan_each` does."""
    from assetpkg.simulation.adapted import judged_with

    yield from plan_each(made.package, imports, judged_with(judge, made), made.diagnose, made.given)


def plan_each(
    package: Package,
    imports: Iterable[Import],
    judge: Judge = USUAL,
    said: Callable[[], Sequence[Diagnostic]] = tuple,
    given: frozenset[tuple[str, str]] = frozenset(),
) -> Iterator[Plan]:
    """Yield a plan for each import of `package` into one target, which may be known in part or whole.

    What they share is worked out once: the package by itself, and every comparison of two documents. `said` returns
    what else is to be said of the package, and `given` are the values in it that are written for the target.
    """
    alone = cache(lambda: [*find_all(package, judge.schemas, judge.policy.plugins), *said()])
    compared: Comparisons = {}
    for instance, options in imports:
        context = ImportContext(package, instance, options, compared, given)
        yield Plan(context=context, planned=find_changes(context), judge=judge, alone=alone)


def _reasons_for(change: Change, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return what says why a change is a conflict; where no finding is about that very reason, all errors do."""
    slug = change.remarks[0].rule if change.remarks else change.reason.value
    own = [each for each in found if each.slug == slug]
    return own or [each for each in found if each.severity is Severity.ERROR]


def _action(word: str) -> Action:
    if word not in list(Action):
        raise InvalidOption(f"no action is named '{word}'{near(word, Action)}")
    return Action(word)

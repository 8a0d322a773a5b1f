"""Several packages imported one after the other: in which order, and what each does to what the others leave."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assetpkg.credentials.masking import mask_line
from assetpkg.package.package import Package
from assetpkg.package.reading import PackageLike, package_of
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.order import Order, order
from assetpkg.rules.judge import Judge
from assetpkg.rules.policy import Policy
from assetpkg.simulation.plan import Plan, plan_adapted, plan_each
from assetpkg.target.instance import Instance
from assetpkg.target.reading import TargetLike, target_of

if TYPE_CHECKING:
    from assetpkg.authoring.adapt.adapt import Adaptation, AdaptLike
    from assetpkg.authoring.adapt.declaration import AdaptFile
    from assetpkg.authoring.adapt.reading import Adapting
    from assetpkg.json_schema.team import TeamSchemas


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One import: the package by its number among those that were given, and its plan.

    `needs` are the numbers of the packages that it refers to; the plan's target is what the imports before it leave.
    """

    number: int
    needs: tuple[int, ...]
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Rollout:
    """The imports in their order; the packages of a cycle need each other, so that their order cannot be right."""

    steps: tuple[Step, ...]
    cycles: tuple[tuple[int, ...], ...]

    def __repr__(self) -> str:
        """Show the packages in their order, with their verdicts."""
        steps = ", ".join(f"{mask_line(step.plan.package.name)!r} {step.plan.verdict}" for step in self.steps)
        return f"Rollout({steps})"


def roll_out(  # noqa: PLR0913 - what is imported, and by what it is judged
    packages: Sequence[PackageLike],
    target: TargetLike,
    options: ImportOptions | None = None,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    *,
    adapt: "AdaptFile | Adapting | str | os.PathLike[str] | None" = None,
) -> Rollout:
    """Plan the imports of `packages` with the same options, each into what the ones before have left.

    What a blocked one brings counts as there, and as undetermined: no page says what of an import that fails is done.

    A package comes after those that hold what it refers to and neither has itself nor finds on the target; else in the
    order in which it was given. `policy` and `schemas` are as for `check`, and `adapt` is as for `plan`: one file for
    all, of which an entry is used where one package uses it.
    """
    asked, judge = options or ImportOptions(), Judge(policy or Policy(), schemas)
    subjects = [package_of(package) for package in packages]
    made: Sequence[Adaptation] = () if adapt is None else _adapted(subjects, adapt)
    subjects = [each.package for each in made] if made else subjects
    instance = target_of(target, complete=asked.complete)
    needs = [tuple(_needs(subjects, number, instance)) for number in range(len(subjects))]
    ordered = order_packages(needs)
    steps = []
    for number in (int(member) for stage in ordered.stages for member in stage):
        imports = [(instance, asked)]
        plans = plan_adapted(made[number], imports, judge) if made else plan_each(subjects[number], imports, judge)
        plan = next(plans)
        steps.append(Step(number=number, needs=needs[number], plan=plan))
        instance = plan.apply().instance
    if any(step.plan.judge.policy.allow for step in steps):
        from assetpkg.rules.accepting import told_elsewhere

        silent = told_elsewhere([(step.plan.diagnostics, step.plan.accepted) for step in steps])
        told = zip(steps, silent, strict=True)
        steps = [replace(step, plan=replace(step.plan, silent=messages)) for step, messages in told]
    cycles = tuple(tuple(int(member) for member in cycle) for cycle in ordered.cycles)
    return Rollout(steps=tuple(steps), cycles=cycles)


def _adapted(packages: Sequence[Package], adapt: "AdaptLike") -> "list[Adaptation]":
    """Return the packages as one adapt file makes them; what none of them uses of it is said of the first."""
    from assetpkg.simulation.adapted import adaptations_of, unused_in_all

    made = adaptations_of(packages, adapt)
    unused = unused_in_all(made)
    return [replace(each, unused=unused if number == 0 else ()) for number, each in enumerate(made)]


def order_packages(needs: Sequence[Sequence[int]]) -> Order:
    """Return stages and cycles of numbers, as words of one length, so that they sort as the numbers do."""
    width = len(str(len(needs)))
    words = [f"{number:0{width}}" for number in range(len(needs))]
    return order({word: frozenset(words[other] for other in found) for word, found in zip(words, needs, strict=True)})


def _needs(packages: Sequence[Package], number: int, instance: Instance) -> Iterator[int]:
    """Yield the numbers of the packages that one refers to, each once."""
    index = packages[number].index
    missing = {
        reference
        for resource in index.resources
        for reference in resource.references
        if reference.certain and index.resolve(reference) is None and instance.resolve(reference) is None
    }
    for other, package in enumerate(packages):
        if other != number and any(package.index.resolve(reference) is not None for reference in missing):
            yield other

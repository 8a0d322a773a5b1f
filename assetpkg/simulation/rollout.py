"""Several packages imported one after the other: in which order, and what each does to what the others leave behind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assetpkg.outcome.apply import apply
from assetpkg.package.package import Package
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.order import Order, order
from assetpkg.rules.policy import Policy
from assetpkg.simulation.sensitivity import AlternativeVerdict, simulate_alternatives
from assetpkg.simulation.simulate import Simulation, simulate
from assetpkg.target.instance import Instance

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One import: the package by its number among those that were given, and the target as it is before.

    `needs` are the numbers of the packages that it refers to; `others` the answers to open questions under which its
    verdict would be another, `None` where nobody has asked.
    """

    number: int
    package: Package
    needs: tuple[int, ...]
    instance: Instance
    simulation: Simulation
    others: Sequence[AlternativeVerdict] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """The imports in their order; the packages of a circle need each other, so that their order cannot be right."""

    steps: tuple[Step, ...]
    circles: tuple[tuple[int, ...], ...]


def roll_out(  # noqa: PLR0913 - what simulate takes, and one wish more
    packages: Sequence[Package],
    instance: Instance,
    options: ImportOptions,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    *,
    strict: bool = False,
) -> Rollout:
    """Simulate the imports of `packages` with the same options, each into what the ones before have left.

    What a blocked one brings counts as there, and as undetermined: no page says what of an import that fails is done.

    A package comes after those that hold what it refers to and neither has itself nor finds on the target; else in the
    order in which it was given. `policy` and `schemas` are as for `check`. `strict` looks for other verdicts of each;
    the imports before it go by the answers that were chosen.
    """
    needs = [tuple(_needs(packages, number, instance)) for number in range(len(packages))]
    ordered = order_packages(needs)
    steps = []
    for number in (int(member) for wave in ordered.waves for member in wave):
        others: Sequence[AlternativeVerdict] | None = None
        if strict:
            simulated, others = simulate_alternatives(packages[number], instance, options, policy, schemas)
        else:
            (simulated,) = simulate(packages[number], [(instance, options)], policy, schemas)
        steps.append(
            Step(
                number=number,
                package=packages[number],
                needs=needs[number],
                instance=instance,
                simulation=simulated,
                others=others,
            )
        )
        blocked = simulated.verdict == "blocked"
        instance = apply(simulated.plan, packages[number], instance, blocked=blocked).instance
    circles = tuple(tuple(int(member) for member in circle) for circle in ordered.circles)
    return Rollout(steps=tuple(steps), circles=circles)


def order_packages(needs: Sequence[Sequence[int]]) -> Order:
    """Return waves and circles of numbers, as words of one length, so that they sort as the numbers do."""
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

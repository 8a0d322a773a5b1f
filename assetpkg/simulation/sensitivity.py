"""What plans rest on: the same import judged under every other answer to every open question."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from assetpkg.package.package import Package
from assetpkg.planning.assumptions import ASSUMPTIONS, PACKAGE_TARGET
from assetpkg.planning.options import ImportOptions
from assetpkg.planning.plan import Import
from assetpkg.rules.policy import Policy
from assetpkg.simulation.simulate import Simulation, Verdict, simulate
from assetpkg.target.instance import Instance

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas


class Answer(NamedTuple):
    """One assumption, by its name, with a value that it may have."""

    name: str
    value: str


class AlternativeVerdict(NamedTuple):
    """An answer that was not assumed, and the verdict that a plan would have with it."""

    answer: Answer
    verdict: Verdict


def other_answers(options: ImportOptions) -> Sequence[Answer]:
    """Return every answer that the options do not give, in the order in which the questions are listed."""
    return [
        Answer(name, value)
        for name, assumption in ASSUMPTIONS.items()
        for value in assumption.values
        if value != options.assumptions[name]
    ]


def answered(instance: Instance | None, options: ImportOptions, answer: Answer) -> Import:
    """Return the import with one question answered otherwise, and everything else the same."""
    name, value = answer
    if name == PACKAGE_TARGET.name and instance is not None:
        instance = instance.taken_for(complete=value == PACKAGE_TARGET.default)
    return instance, replace(options, assumptions={**options.assumptions, name: value})


def find_other_verdicts(
    package: Package,
    instance: Instance | None,
    options: ImportOptions,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
) -> Sequence[AlternativeVerdict]:
    """Return the answers under which the verdict of a plan would be another one; none when it rests on no assumption.

    One question at a time is answered otherwise. `policy` and `schemas` are as for `check`.
    """
    return simulate_alternatives(package, instance, options, policy, schemas)[1]


def simulate_alternatives(
    package: Package,
    instance: Instance | None,
    options: ImportOptions,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
) -> tuple[Simulation, Sequence[AlternativeVerdict]]:
    """Return the simulation of an import with what `find_other_verdicts` says of it; they share their work."""
    answers = other_answers(options)
    imports = [(instance, options), *(answered(instance, options, answer) for answer in answers)]
    here, *others = simulate(package, imports, policy, schemas)
    return here, list(_unlike(here.verdict, answers, (other.verdict for other in others)))


def _unlike(here: Verdict, answers: Iterable[Answer], verdicts: Iterable[Verdict]) -> Iterable[AlternativeVerdict]:
    for answer, verdict in zip(answers, verdicts, strict=True):
        if verdict != here:
            yield AlternativeVerdict(answer, verdict)

"""RSC: what the rules of a team's plug-ins find, and those of them that have failed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Any, NamedTuple

from assetpkg.diagnostics.model import Place, Problem, Rule, Severity, rule
from assetpkg.diagnostics.sources import agreed
from assetpkg.limits import MOST_OF_A_PLUGIN
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.rules.plugin_places import place_of, quiet

_TEXTS = ("message", "hint", "entry", "pointer")


class Failure(NamedTuple):
    """A rule of a plug-in that could not say all that it finds: why, and about which resource."""

    plugin: str
    rule: Rule
    why: str
    resource: Resource | None


@dataclass(frozen=True)
class PluginChecked:
    """A package together with the rules of plug-ins, each with the name of its plug-in; each rule runs once."""

    package: Package
    rules: Sequence[tuple[str, Rule]]

    @property
    def found(self) -> Sequence[tuple[Rule, Problem]]:
        """What the rules have found, also before one of them failed."""
        return self._ran[0]

    @property
    def failures(self) -> Sequence[Failure]:
        """The rules that have failed."""
        return self._ran[1]

    @cached_property
    def _ran(self) -> tuple[list[tuple[Rule, Problem]], list[Failure]]:
        found: list[tuple[Rule, Problem]] = []
        failures: list[Failure] = []
        for plugin, own in self.rules:
            try:
                with quiet():
                    found.extend((own, problem) for problem in _asked(own, self.package))
            except (KeyboardInterrupt, MemoryError, GeneratorExit):
                raise
            except _Unfit as unfit:
                failures.append(Failure(plugin, own, str(unfit), None))
            except BaseException as error:  # noqa: BLE001 - it may raise what it will, and may even end the program
                resource = _resource_in(error.__traceback__)
                failures.append(Failure(plugin, own, f"raised {place_of(error)}", resource))
        return found, failures


@rule("RSC042", "failed-plugin", Severity.RISK, source=agreed("plug-in"))
def failed_plugin(subject: PluginChecked) -> Iterator[Problem]:
    """A rule of a plug-in failed, so that not everything was checked with it.

    Finds rules of the modules under `plugins` in the settings that raise an exception, or that yield something else
    than an `assetpkg.Problem`. The message names the plug-in, the rule, the file and the line, and the finding is at
    the resource that the rule was looking at. What the rule has found before is reported, too, and so is everything
    that other rules find.

    It is not known whether the package follows the project's rules.

    Correct the plug-in. The text of its exception is not shown, since it may have a credential in it: call the rule in
    Python to see it.
    """
    for failure in subject.failures:
        place = failure.resource.place if failure.resource is not None else None
        yield Problem(
            message=f"the plug-in '{failure.plugin}' failed in its rule {failure.rule.code}, which {failure.why}",
            hint="correct the plug-in",
            place=place,
        )


RULES: tuple[Rule, ...] = (failed_plugin,)


class _Unfit(Exception):
    """What a rule yields is nothing that can be reported."""


def _asked(own: Rule, package: Package) -> Iterator[Problem]:
    """Yield what a rule finds; raises `_Unfit`, and whatever the rule raises."""
    problems: Any = own.find(package)
    if not isinstance(problems, Iterable):
        raise _Unfit(f"returns {type(problems).__name__} where problems are expected; yield each of them")
    for number, problem in enumerate(problems):
        if number == MOST_OF_A_PLUGIN:
            raise _Unfit(f"finds more than {MOST_OF_A_PLUGIN:,} problems")
        yield _sound(package, problem)


def _sound(package: Package, problem: Any) -> Problem:
    """Return what a rule of a plug-in yields, with the place of the resource that it names; raises `_Unfit`."""
    if not isinstance(problem, Problem):
        raise _Unfit(f"yields {type(problem).__name__} where an assetpkg.Problem is expected")
    if not all(isinstance(getattr(problem, name), str) for name in _TEXTS) or not problem.message.strip():
        raise _Unfit("yields a Problem whose message, hint, entry or pointer is not a text")
    if problem.pointer and not problem.pointer.startswith("/"):
        raise _Unfit("yields a Problem whose pointer does not begin with '/'")
    place = problem.place
    if place is None and problem.address is not None and not problem.entry:
        resource = package.index.by_address.get(problem.address)
        if resource is None:
            raise _Unfit("yields a Problem with the address of no resource")
        place = resource.place
    if place is not None and not isinstance(place, Place):
        raise _Unfit("yields a Problem whose place is not that of a resource")
    # Only these are for a plug-in to say: all others are facts about bytes, or of the platform.
    return Problem(
        message=problem.message,
        hint=problem.hint,
        entry=problem.entry,
        pointer=problem.pointer,
        at_key=bool(problem.at_key),
        place=place,
    )


def _resource_in(trace: TracebackType | None) -> Resource | None:
    """Return the resource that the rule was looking at: the last one that the code has named on the way down."""
    found: Resource | None = None
    while trace is not None:
        for value in trace.tb_frame.f_locals.values():
            found = value if isinstance(value, Resource) else found
        trace = trace.tb_next
    return found

"""One call of a command: by what it judges and plans, and where what it reports goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from assetpkg.archive.temporaries import together
from assetpkg.cli.outputs import folder, screen, tell, told_as
from assetpkg.cli.reader import Reader
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.render.formats import FORMATS, formats_of, render
from assetpkg.render.screen import Screen, View
from assetpkg.settings.table import NEVER

if TYPE_CHECKING:
    from datetime import date

    from assetpkg.authoring.adapt.reading import Adapting
    from assetpkg.cli.reports import Wanted
    from assetpkg.package.package import Package
    from assetpkg.planning.options import ImportOptions
    from assetpkg.report.beside import BesidePlan
    from assetpkg.rules.judge import Judge
    from assetpkg.settings.targets import NamedTarget
    from assetpkg.simulation.plan import Plan
    from assetpkg.target.instance import Instance


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Call(Reader):
    """One call of a command: its settings, and the values of the shared options that it has, by their names.

    `named` is the target of the settings that `target` is the snapshot of, where the user has given its name.
    Of a report that `is_saved`, by whomever, no package is opened that it names.
    """

    form: str = "text"
    output: str | None = None
    reports: "tuple[Wanted, ...]" = ()
    product: str = ""
    target: str | None = None
    named: "NamedTarget | None" = None
    mode: str | None = None
    prefix: str | None = None
    datasource_overwrite: bool | None = None
    adapt: str | None = None
    write_adapt: str | None = None
    write_baseline: str | None = None
    mapping: str | None = None
    summary: bool = False
    details: bool = False
    only: tuple[str, ...] = ()
    show_unchanged: bool = False
    is_saved: bool = False

    @cached_property
    def judge(self) -> "Judge":
        """By what packages and plans are judged, today.

        Raises `InvalidOption` for a schema that cannot be used, and `CannotRead` for what is not a baseline.
        """
        settings = self.settings
        if self.write_baseline is not None and settings.baseline:
            from assetpkg.cli.baselines import is_made_now

            settings = replace(settings, baseline=None) if is_made_now(self.write_baseline, settings) else settings
        return settings.read_judge(today() if settings.allow else None)

    @cached_property
    def options(self) -> "ImportOptions":
        """The options of the import; raises `InvalidOption`."""
        from assetpkg.planning.options import ImportOptions, parse_mode

        return ImportOptions(
            mode=parse_mode(self.mode or ""),
            prefix=self.prefix or "",
            datasource_overwrite=bool(self.datasource_overwrite),
            assumptions=self.settings.assumptions,
        )

    def read_target(self, options: "ImportOptions | None" = None, *, beside: "Package | None" = None) -> "Instance":
        """Return the target before the import of `beside`, for a command that needs one; raises `CannotRead`."""
        from assetpkg.target.reading import read_target

        complete = (options or self.options).complete
        return self._read_as(read_target, self.target or "", beside, complete=complete)

    def read_before(self, package: "Package", options: "ImportOptions | None" = None) -> "Instance | None":
        """Return the target before the import of a package, if one is given; raises `CannotRead`."""
        return None if self.target is None else self.read_target(options, beside=package)

    @cached_property
    def adapting(self) -> "Adapting | None":
        """The adapt file by which packages are planned, if there is one; raises `CannotRead` and `InvalidOption`."""
        from assetpkg.cli.drafts import read_adapting

        return None if self.adapt is None else read_adapting(self.adapt)

    def plan(self, package: "Package", instance: "Instance | None", options: "ImportOptions | None" = None) -> "Plan":
        """Plan the import of a package, adapted where that is asked for, under the rules that hold."""
        from assetpkg.simulation.plan import plan

        policy, schemas = self.judge
        return plan(package, instance, options or self.options, policy=policy, schemas=schemas, adapt=self.adapting)

    def fails(self, diagnostics: Iterable[Diagnostic]) -> bool:
        """Say whether one of the diagnostics reaches the severity that makes a command fail."""
        threshold = self.settings.threshold
        return threshold is not None and any(diagnostic.severity.reaches(threshold) for diagnostic in diagnostics)

    @property
    def never_fails(self) -> bool:
        """Whether the exit status is 0 whatever is found."""
        return self.settings.threshold is None

    @property
    def forms(self) -> frozenset[str]:
        """All formats that were asked for."""
        return frozenset((self.form, *(wanted.form for wanted in self.reports)))

    def present(
        self,
        report: Any,
        shown: Any = None,
        *,
        beside: "Callable[[], Iterable[BesidePlan]] | None" = None,
    ) -> None:
        """Deliver a report in the format that was asked for, and in the further ones, each where it should go.

        `shown`, if there is one, takes its place where nothing further was asked for. All are made before the first is
        written. `beside` makes what some formats show beside it.
        """
        shown = report if shown is None else shown
        for form, told in ((self.form, shown), *((each.form, report) for each in self.reports)):
            if not FORMATS[form].tells(type(told).__name__):
                known = ", ".join(formats_of(type(told).__name__))
                raise click.UsageError(f"This is not reported in the format '{form}'; there are {known}.")
        text = self.render(shown, self.form, screen(self.output), beside)
        with together():
            if self.reports:
                from assetpkg.cli.reports import write_reports

                made = [(each, self.render(report, each.form, screen(each.path), beside)) for each in self.reports]
                write_reports(made)
            tell(text, self.product, self.output)

    def render(
        self,
        report: Any,
        form: str,
        on: Screen,
        beside: "Callable[[], Iterable[BesidePlan]] | None" = None,
    ) -> str:
        """Return a report in a format, on a screen."""
        view = View(
            screen=on,
            details=self.details,
            only=self.only,
            show_unchanged=self.show_unchanged,
            product=told_as(self.product),
            fail_on=NEVER if self.settings.threshold is None else self.settings.threshold.value,
            folder=folder(),
            line_of=self.sources.line_of if on.terminal and not self.is_saved else None,
            beside=beside,
        )
        return render(report, form, view)


def today() -> "date":
    """Return what day it is, in UTC: only here does a command ask."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()

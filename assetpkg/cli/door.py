"""The one door for commands: what each may do without is settled here, and what it needs is handed over as a `Call`."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.exits import CANNOT_RUN, FOUND
from assetpkg.cli.inputs import protect_inputs, protect_settings
from assetpkg.cli.options import Command, SettingOption, SharedOption
from assetpkg.cli.outputs import folder, note, screen, tell, told_as
from assetpkg.diagnostics.model import Diagnostic, Rule
from assetpkg.errors import AssetpkgError, CannotWrite, CredentialRemains, NameRemains
from assetpkg.render.formats import FORMATS, formats_of, render
from assetpkg.render.screen import Screen, View
from assetpkg.running.progress import hush, listen
from assetpkg.settings.settings import Settings
from assetpkg.settings.table import NEVER

if TYPE_CHECKING:
    from datetime import date

    from assetpkg.archive.archive import Archive
    from assetpkg.authoring.adapt.reading import Adapting
    from assetpkg.cli.reports import Wanted
    from assetpkg.cli.sources import Sources
    from assetpkg.layouts.declaration import LayoutFile
    from assetpkg.package.package import Package
    from assetpkg.planning.options import ImportOptions
    from assetpkg.report.outcome import ChecklistReport
    from assetpkg.rules.judge import Judge
    from assetpkg.running.processes import Processes
    from assetpkg.settings.targets import NamedTarget
    from assetpkg.simulation.plan import Plan
    from assetpkg.target.instance import Instance
    from assetpkg.target.recorded import RecordedTarget

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Call:
    """One call of a command: its settings, and the values of the shared options that it has, by their names.

    `named` is the target of the settings that `target` is the snapshot of, where the user has given its name.
    Of a report that `is_saved`, by whomever, no package is opened that it names.
    """

    settings: Settings
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

    @property
    def catalogue(self) -> "Mapping[str, Rule]":
        """Every rule by its code, those of plug-ins among them; raises `InvalidOption` for one that cannot be used."""
        from assetpkg.rules.plugins import catalogue_with

        return catalogue_with(self.settings.plugins or ())

    @cached_property
    def layouts(self) -> "tuple[LayoutFile, ...]":
        """The layouts that are taught; raises `CannotRead` and `InvalidOption` for a file that is not one."""
        return self.settings.read_layouts()

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

    def read(self, path: str) -> "Package":
        """Read what is at `path` as the settings say, for a command that says what is wrong with it.

        Raises `CannotRead` when there is nothing to read.
        """
        package = self._read(path)
        if sys.stdout.isatty():
            self.sources.remember(path, package)
        return package

    def _read(self, path: str) -> "Package":
        from assetpkg.package.reading import read

        return read(
            path,
            limits=self.settings.reading_limits,
            names_encoding=self.settings.names_encoding,
            layouts=self.layouts,
            executor=self.processes([path]),
        )

    @cached_property
    def sources(self) -> "Sources":
        """The lines of the files that findings are about."""
        from assetpkg.cli.sources import Sources

        return Sources(self._read)

    def read_snapshot(self, path: str) -> "Package | None":
        """Read the snapshot at `path`, as a package of its resources; `None` where no snapshot is there."""
        from assetpkg.package.reading import is_document

        if not is_document(path):
            return None
        from assetpkg.target.as_package import read_snapshot_as_package

        return read_snapshot_as_package(path, self.settings.reading_limits)

    def open_unknown(self, path: str) -> "Archive":
        """Read the entries at `path`, of whatever layout; raises `CannotRead` and `InvalidPackage`."""
        from assetpkg.package.reading import read_unknown

        return read_unknown(path, limits=self.settings.reading_limits, names_encoding=self.settings.names_encoding)

    def open_each(self, paths: Sequence[str]) -> "Sequence[Package]":
        """Read several packages as `open` does; processes share out small ones, and the parts of each large one."""
        from assetpkg.package.package import refuse_unknown
        from assetpkg.package.reading import read_each, weigh
        from assetpkg.running.processes import LARGE

        processes = self.processes(paths)
        small = [path for path in paths if processes and path != STANDARD_STREAM and weigh(path, LARGE) < LARGE]
        if processes is None or len(small) == 1:
            return [self.open(path) for path in paths]
        limits, utf8 = self.settings.reading_limits, self.settings.names_encoding
        ahead = read_each(small, processes, limits=limits, names_encoding=utf8, layouts=self.layouts)
        shared = set(small)
        packages = [next(ahead) if path in shared else self.open(path) for path in paths]
        for package in packages:
            refuse_unknown(package)
        return packages

    def processes(self, paths: Iterable[str]) -> "Processes | None":
        """Return what shares the work on the packages at `paths`, where it is more than one process does best."""
        from assetpkg.package.reading import weigh
        from assetpkg.running.processes import WORTH, processes_for

        jobs = self.settings.jobs
        return processes_for(jobs, sum(weigh(path, 8 * WORTH) for path in paths) if jobs is None else 0)

    def open(self, path: str) -> "Package":
        """Read the package at `path` as the settings say, for a command that goes by its content.

        Raises `CannotRead` when there is nothing to read, and `InvalidPackage`, with the first reason, for what is no
        package: nothing can be said of its content, so that nothing is said that looks as if it were known.
        """
        from assetpkg.package.package import refuse_unknown

        package = self.read(path)
        refuse_unknown(package)
        return package

    def read_target(self, options: "ImportOptions | None" = None, *, beside: "Package | None" = None) -> "Instance":
        """Return the target before the import of `beside`, for a command that needs one; raises `CannotRead`."""
        from assetpkg.target.reading import read_target

        complete = (options or self.options).complete
        return self._read_as(read_target, self.target or "", beside, complete=complete)

    def read_known(self, path: str, *, beside: "Package | None" = None) -> "Package | Instance":
        """Return the package, the snapshot or the saved answers at `path`; raises `CannotRead`."""
        from assetpkg.target.reading import read_known

        return self._read_as(read_known, path, beside)

    def read_compared(self, path: str, *, beside: "Package | None" = None) -> "Package | Instance | RecordedTarget":
        """Return what `read_known` does, and of a saved plan its target; raises `CannotRead`."""
        from assetpkg.target.reading import read_compared

        return self._read_as(read_compared, path, beside)

    def _read_as(self, reading: "Callable[..., T]", path: str, beside: "Package | None", **options: Any) -> "T":
        return reading(
            path,
            limits=self.settings.reading_limits,
            names_encoding=self.settings.names_encoding,
            layouts=self.layouts,
            beside=beside,
            executor=self.processes([path]),
            notice=note,
            **options,
        )

    def read_before(self, package: "Package", options: "ImportOptions | None" = None) -> "Instance | None":
        """Return the target before the import of a package, if one is given; raises `CannotRead`."""
        return None if self.target is None else self.read_target(options, beside=package)

    @cached_property
    def adapting(self) -> "Adapting | None":
        """The adapt file by which packages are planned, if there is one; raises `CannotRead` and `InvalidOption`."""
        if self.adapt is None:
            return None
        from assetpkg.authoring.adapt.reading import read_adapt

        note(f"planned as {self.adapt} adapts it, which is what 'assetpkg adapt' writes")
        return read_adapt(self.adapt)

    def adapted(self, package: "Package") -> "Package":
        """Return a package as it is planned; raises as `adapt` does."""
        if self.adapting is None:
            return package
        from assetpkg.authoring.adapt.adapt import adapt

        return adapt(package, self.adapting).package

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
        checklists: "Callable[[], Iterable[ChecklistReport | None]] | None" = None,
    ) -> None:
        """Deliver a report in the format that was asked for, and in the further ones, each where it should go.

        `shown`, if there is one, takes its place where nothing further was asked for. All are made before the first is
        written. `checklists` makes what some formats show beside it.
        """
        shown = report if shown is None else shown
        for form, told in ((self.form, shown), *((each.form, report) for each in self.reports)):
            if not FORMATS[form].tells(type(told).__name__):
                known = ", ".join(formats_of(type(told).__name__))
                raise click.UsageError(f"This is not reported in the format '{form}'; there are {known}.")
        text = self.render(shown, self.form, screen(self.output), checklists)
        if self.reports:
            from assetpkg.cli.reports import write_reports

            made = [(each, self.render(report, each.form, screen(each.path), checklists)) for each in self.reports]
            write_reports(made)
        tell(text, self.product, self.output)

    def render(
        self,
        report: Any,
        form: str,
        on: Screen,
        checklists: "Callable[[], Iterable[ChecklistReport | None]] | None" = None,
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
            checklists=checklists,
        )
        return render(report, form, view)


def today() -> "date":
    """Return what day it is, in UTC: only here does a command ask."""
    from datetime import UTC, datetime

    return datetime.now(UTC).date()


def command(function: Callable[..., int]) -> click.Command:
    """Make a command of a function, which is given a `Call` and the parameters that are its own.

    Before it runs, its inputs are protected from its outputs, and its settings settled. Why it could not run is said
    in the format that was asked for, where that can say it. The command has the name of its module.
    """

    @wraps(function)
    def run(**given: Any) -> int:
        options = {each.name for each in made.params if isinstance(each, SharedOption)}
        shared = {name: value for name, value in given.items() if name in options}
        try:
            call = _settled(made.params, given, shared)
            with _watched(made.name or "", call.form):
                return function(call, **{name: value for name, value in given.items() if name not in options})
        except (AssetpkgError, click.UsageError) as error:
            form = shared.get("form")
            if shared.get("reports") and not isinstance(error, CannotWrite):
                _report_failure(error, shared["reports"])
            if form is None or not FORMATS[form].tells("FailureReport"):
                raise
            _tell_failure(error, form, shared)
            return status_of(error)

    made: click.Command = click.command(function.__module__.rpartition(".")[2], cls=Command)(run)
    return made


@contextmanager
def _watched(command: str, form: str) -> Iterator[None]:
    """Have a terminal show how far a long command is."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield
        return
    from assetpkg.cli.progress import Line, is_wanted

    listen(Line(command) if is_wanted(form) else None)
    try:
        yield
    finally:
        hush(for_good=True)
        listen(None)


def status_of(error: Exception) -> int:
    """Return the exit status of a command that ends with `error`: a credential that remains is something found."""
    return FOUND if isinstance(error, CredentialRemains | NameRemains) else CANNOT_RUN


def _settled(parameters: Sequence[click.Parameter], given: Mapping[str, Any], shared: Mapping[str, Any]) -> Call:
    protect_inputs(parameters, given)
    rest = dict(shared)
    if rest.get("reports"):
        from assetpkg.cli.reports import refuse_twice

        refuse_twice(rest["reports"], rest.get("output"), rest["form"])
    words = dict(_words(parameters, rest))
    config, no_config = rest.pop("config", None), rest.pop("no_config", None)
    if config is not None and no_config:
        raise click.UsageError("--config and --no-config exclude each other.")
    if no_config is None:
        return Call(settings=Settings(), **rest)  # the command has no settings
    from assetpkg.settings.sources import settle

    settings = settle(words, config=config, no_config=no_config)
    named = _named_target(settings, rest)
    protect_settings(parameters, given, settings, named)
    return Call(settings=settings, named=named, **rest)


def _named_target(settings: Settings, shared: dict[str, Any]) -> "NamedTarget | None":
    """Return the target of the settings that is named, if one is, and have the options say what is settled of it.

    An option that is given wins. So does one without a default: what it means if it is not given, the command knows.
    """
    if shared.get("target") is None:
        return None
    from assetpkg.settings.targets import choose_target

    named = choose_target(shared["target"], settings.targets)
    if named is None:
        return None
    context = click.get_current_context()
    shared["target"] = named.snapshot
    if "adapt" in shared and shared["adapt"] is None and not shared.get("write_adapt"):
        shared["adapt"] = named.adapt
    for option in ("mode", "prefix", "datasource_overwrite"):
        settled = getattr(named, option)
        is_given = context.get_parameter_source(option) is not ParameterSource.DEFAULT
        if settled is not None and shared.get(option) is not None and not is_given:
            shared[option] = settled
    return named


def _words(parameters: Sequence[click.Parameter], shared: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Take the options for settings out of the shared ones, and yield the words of each by the setting's key."""
    for each in parameters:
        if isinstance(each, SettingOption):
            said = shared.pop(each.setting.field)
            yield each.setting.key, ("true",) if said is True else (said,) if isinstance(said, str) else said or ()


def _tell_failure(error: AssetpkgError | click.UsageError, form: str, shared: Mapping[str, Any]) -> None:
    output = None if isinstance(error, CannotWrite) else shared.get("output")
    tell(_failure(error, form), shared.get("product"), output)
    if output not in (None, STANDARD_STREAM):
        note(_reason(error))  # nobody sees the file yet


def _report_failure(error: AssetpkgError | click.UsageError, wanted: "Sequence[Wanted]") -> None:
    from assetpkg.cli.reports import write_failures

    write_failures(wanted, partial(_failure, error))


def _failure(error: AssetpkgError | click.UsageError, form: str) -> str:
    """Return why a command could not run, in a format."""
    from assetpkg.report.check import report_failure

    return render(report_failure(_reason(error)), form, View(folder=folder()))


def _reason(error: AssetpkgError | click.UsageError) -> str:
    return error.format_message() if isinstance(error, click.UsageError) else str(error)

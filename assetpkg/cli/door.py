"""The one door for commands: what each may do without is settled here, and what it needs is handed over as a `Call`."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.call import Call
from assetpkg.cli.exits import CANNOT_RUN, FOUND
from assetpkg.cli.given import refuse_unusable
from assetpkg.cli.inputs import protect_inputs, protect_settings
from assetpkg.cli.outputs import folder, note, tell
from assetpkg.cli.parameters import Command, SettingOption, SharedOption
from assetpkg.errors import AssetpkgError, CannotWrite, CredentialRemains, NameRemains
from assetpkg.render.formats import FORMATS, render
from assetpkg.render.screen import View
from assetpkg.running.progress import hush, listen
from assetpkg.settings.settings import Settings

if TYPE_CHECKING:
    from assetpkg.cli.reports import Wanted
    from assetpkg.settings.targets import NamedTarget


def command(function: Callable[..., int]) -> click.Command:
    """Make a command of a function, which is given a `Call` and the parameters that are its own.

    Before it runs, what no command takes is refused, its inputs are protected from its outputs, and its settings
    settled. Why it could not run is said in the format that was asked for, where that can say it. The command has the
    name of its module.
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
    refuse_unusable(parameters, given)
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
    from assetpkg.settings.sources import find_ignored, settle

    for sentence in find_ignored(os.environ):
        note(sentence)
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
    output = shared.get("output")
    tell(_failure(error, form), shared.get("product"), None if isinstance(error, CannotWrite) else output)
    if output not in (None, STANDARD_STREAM):
        note(_reason(error))  # nobody sees the file yet, and what was to be in it is on standard output in its stead


def _report_failure(error: AssetpkgError | click.UsageError, wanted: "Sequence[Wanted]") -> None:
    from assetpkg.cli.reports import write_failures

    write_failures(wanted, partial(_failure, error))


def _failure(error: AssetpkgError | click.UsageError, form: str) -> str:
    """Return why a command could not run, in a format."""
    from assetpkg.report.check import report_failure

    return render(report_failure(_reason(error)), form, View(folder=folder()))


def _reason(error: AssetpkgError | click.UsageError) -> str:
    return error.format_message() if isinstance(error, click.UsageError) else str(error)

"""The options that commands share, each declared once; the words of the options for settings are in their table."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assetpkg.render.formats import formats_of
from assetpkg.settings.settings import SETTINGS
from assetpkg.settings.table import Setting

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


class Input(click.types.StringParamType):
    """The type of a parameter that names what is read: the door keeps every output from it."""

    def __init__(self, what: str) -> None:
        """Say what it is in words."""
        self.what = what

    def place_in(self, value: str) -> str:
        """Return the path in a value of the parameter."""
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Have the shell complete the paths of files and folders."""
        from click.shell_completion import CompletionItem

        del ctx, param
        return [CompletionItem(incomplete, type="file")]


class AnswersInput(Input):
    """The type of a parameter that names answers, and may say before an equals sign what they are about."""

    def place_in(self, value: str) -> str:
        """Return the path in a value of the parameter."""
        from assetpkg.target.answers.files import split_said

        return split_said(value)[1]


ANSWERS = AnswersInput("the answer")
PACKAGE, SAVED_PLAN, JOB = Input("the package"), Input("the saved plan"), Input("the job")
_TARGET, _CONFIG = Input("the target"), Input("the file with the settings")


class Words(click.Choice[str]):
    """The type of a parameter that is one of a few words; another one is refused with the word that is near it."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return click's sentence, and the word that was probably meant."""
        from assetpkg.errors import nearest

        said = super().get_invalid_choice_message(value, ctx)
        found = nearest(str(value), self.choices)
        return said if found is None else f"{said} Did you mean '{found}'?"


class SharedOption(click.Option):
    """An option whose value is in the `Call`, and not a parameter of the command."""


class OutputOption(SharedOption):
    """A shared option that names what is written; it may take the place of the input that is `replaces` in words."""

    def __init__(self, *arguments: Any, replaces: str = "", **options: Any) -> None:
        """Take the words for the input."""
        super().__init__(*arguments, **options)
        self.replaces = replaces


class SettingOption(SharedOption):
    """An option for a setting, which becomes a part of the call's settings."""

    def __init__(self, *arguments: Any, setting: Setting, **options: Any) -> None:
        """Take the row of the setting."""
        super().__init__(*arguments, **options)
        self.setting = setting


def shared(*names: str, **options: Any) -> Callable[[F], F]:
    """Return a shared option; one of its names is a field of `Call`."""
    return click.option(*names, cls=SharedOption, **options)


def together(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    """Return several options as one, in the order in which the page of the command lists them."""

    def give(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return give


def setting_option(key: str, title: str = "") -> Callable[[F], F]:
    """Return the option for a setting; a `title` says what it is for this command."""
    row = SETTINGS[key]
    shape: dict[str, Any] = {"multiple": True, "metavar": row.metavar}
    if row.choices:
        shape = {"type": Words(row.choices)}
    elif row.metavar is None:
        shape = {"is_flag": True}
    elif row.what:
        shape["type"] = Input(row.what)
    return click.option(f"--{row.flag}", row.field, cls=SettingOption, setting=row, help=title or row.title, **shape)


def format_option(*reports: str, title: str = "The output format.") -> Callable[[F], F]:
    """Return the option for the format: one of those that tell one of the `reports`, which the command may present."""
    choices = Words(formats_of(*reports))
    return shared("--format", "form", type=choices, default="text", show_default=True, help=title)


output_option = click.option(
    "-o",
    "--output",
    cls=OutputOption,
    type=click.Path(dir_okay=False),
    help="Write the output to this file, completely or not at all; - is standard output, the default.",
)


def file_option(metavar: str, what: str, *, required: bool = True) -> Callable[[F], F]:
    """Return the option for the file that a command makes, `product`; `what` it is, in words."""
    text = f"{what}; - is standard output: messages then go to standard error."
    return _product_option(metavar, text, required=required)


def folder_option(metavar: str, what: str) -> Callable[[F], F]:
    """Return the option for the folder that a command makes, `product`; `what` it is, in words."""
    return _product_option(metavar, f"{what}.")


def _product_option(metavar: str, text: str, *, required: bool = True) -> Callable[[F], F]:
    # One that is required has no default at all: `None` would count as one.
    default = {} if required else {"default": ""}
    return click.option(
        "-o", "--output", "product", cls=OutputOption, required=required, metavar=metavar, help=text, **default
    )


def target_option(*, required: bool = False) -> Callable[[F], F]:
    """Return the option for the target."""
    text = (
        "A snapshot of the instance (JSON), another package, saved answers of the platform, or the name of a target in"
        " the settings."
    )
    return shared("--target", type=_TARGET, required=required, metavar="TARGET", help=text)


def containing_option(verb: str) -> Callable[[F], F]:
    """Return the option that has packages looked for; `verb` is what is done with each, in words."""
    which = "the package that each PACKAGE is or is in, once; of other folders, all packages below"
    text = f"{verb} {which}; for pre-commit. No package at all is no failure."
    return click.option("--containing", is_flag=True, help=text)


summary_option = shared("--summary", is_flag=True, help="Only count the findings by their rules, the gravest first.")
"""The option that has findings counted, and not shown."""


def details_option(title: str = "Name every resource.") -> Callable[[F], F]:
    """Return the option that has everything shown."""
    return shared("--details", is_flag=True, help=title)


def import_options(
    mode: str = "AddNew or Merge; in the console: Append or Overwrite.",
    prefix: str = "Joined with every application name.",
    overwrite: str = "Update data sources that exist; documented with Merge only.",
    assume: str = "",
) -> Callable[[F], F]:
    """Return the options of an import, with what the page of the command says of each."""
    return together(
        shared("--mode", default="AddNew", show_default=True, metavar="MODE", help=mode),
        shared("--prefix", default="", help=prefix),
        shared("--datasource-overwrite/--no-datasource-overwrite", default=False, help=overwrite),
        setting_option("assume", assume),
    )


rule_options = together(
    *(setting_option(key) for key in ("select", "ignore", "severity", "per-kind-ignores", "per-path-ignores"))
)
"""The options that choose rules."""
policy_options = together(setting_option("fail-on"), rule_options)
"""The options that choose rules, and decide on the exit status."""
baseline_options = together(
    setting_option("baseline"),
    click.option(
        "--write-baseline",
        cls=OutputOption,
        replaces=SETTINGS["baseline"].what,
        type=click.Path(dir_okay=False),
        metavar="NEW.json",
        help="Write a baseline of everything that is found now, and accept it.",
    ),
)
"""The options that name a baseline, and make one."""
_config_options = together(
    shared(
        "--config",
        type=_CONFIG,
        metavar="FILE",
        help="The file with the settings, instead of the nearest assetpkg.toml or pyproject.toml.",
    ),
    shared("--no-config", is_flag=True, help="Read no file with settings."),
)
document_options = together(setting_option("limits"), _config_options)
"""The options that decide on how much is read, and name a file with settings."""
archive_options = together(
    setting_option("limits"), setting_option("names-encoding"), setting_option("assume-utf8-names"), _config_options
)
"""The options that decide on how the entries of an archive are read, and name a file with settings."""
reading_options = together(
    setting_option("layouts"),
    setting_option("limits"),
    setting_option("names-encoding"),
    setting_option("assume-utf8-names"),
    setting_option("jobs"),
    _config_options,
)
"""The options that decide on how a package is read, and by how many, and name a file with settings."""

"""The options that commands share, each declared once; the words of the options for settings are in their table."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from assetpkg.cli.parameters import (
    IMPORT,
    READING,
    RULES,
    SHOW,
    AnswersInput,
    GroupedOption,
    Input,
    Offered,
    OutputOption,
    SettingOption,
    SharedOption,
    Somewhere,
    TargetInput,
    Words,
)
from assetpkg.render.formats import formats_of
from assetpkg.settings.settings import SETTINGS

F = TypeVar("F", bound=Callable[..., Any])


ANSWERS = AnswersInput("the answer")
ADDRESS, KIND, MODE = Offered("address"), Offered("kind"), Offered("mode")
PACKAGE, SAVED_PLAN, JOB = Input("the package"), Input("the saved plan"), Input("the job")
PACKAGES = Input("the package", searched=True)
ADAPT_FILE = Input("the adapt file")
_TARGET, _CONFIG = TargetInput("the target"), Input("the file with the settings")


def shared(*names: str, **options: Any) -> Callable[[F], F]:
    """Return a shared option; one of its names is a field of `Call`."""
    return click.option(*names, cls=SharedOption, **options)


def grouped(group: str, *names: str, **options: Any) -> Callable[[F], F]:
    """Return an option of a single command, in a group."""
    return click.option(*names, cls=GroupedOption, group=group, **options)


def together(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    """Return several options as one, in the order in which the page of the command lists them."""

    def give(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return give


def setting_option(key: str, title: str = "", group: str = RULES) -> Callable[[F], F]:
    """Return the option for a setting; a `title` says what it is for this command."""
    row = SETTINGS[key]
    shape: dict[str, Any] = {"multiple": True, "metavar": row.metavar}
    if row.choices:
        shape = {"type": Words(row.choices)}
    elif row.metavar is None:
        shape = {"is_flag": True}
    elif row.what:
        shape["type"] = Input(row.what)
    else:
        shape["type"] = Offered(key)
    shape |= {"cls": SettingOption, "setting": row, "group": group, "help": title or row.title}
    return click.option(f"--{row.flag}", row.field, **shape)


def format_option(*reports: str, title: str = "The output format.") -> Callable[[F], F]:
    """Return the option for the format: one of those that tell one of the `reports`, which the command may present."""
    known = formats_of(*reports)
    text = f"{title.removesuffix('.')}: {', '.join(known)}."
    shape: dict[str, Any] = {"type": Words(known), "metavar": "FORMAT", "default": "text", "show_default": True}
    return shared("--format", "form", group=SHOW, help=text, **shape)


output_option = click.option(
    "-o",
    "--output",
    cls=OutputOption,
    group=SHOW,
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
        "-o",
        "--output",
        "product",
        cls=OutputOption,
        type=Somewhere(),
        required=required,
        metavar=metavar,
        help=text,
        **default,
    )


def target_option(*, required: bool = False) -> Callable[[F], F]:
    """Return the option for the target."""
    text = (
        "A snapshot of the instance (JSON), another package, saved answers of the platform, or the name of a target in"
        " the settings."
    )
    return shared("--target", group=IMPORT, type=_TARGET, required=required, metavar="TARGET", help=text)


adapt_option = shared(
    "--adapt",
    group=IMPORT,
    type=ADAPT_FILE,
    metavar="FILE.toml",
    help="Take the package as 'assetpkg adapt' makes it by this file; without it, that of the target in the settings.",
)
"""The option for the adapt file by which a package is planned."""


def containing_option(verb: str) -> Callable[[F], F]:
    """Return the option that has packages looked for; `verb` is what is done with each, in words."""
    which = "the package that each PACKAGE is or is in, once; of other folders, all packages below"
    text = f"{verb} {which}; for pre-commit. To find no package is not a failure."
    return grouped(READING, "--containing", is_flag=True, help=text)


summary_option = shared(
    "--summary", group=SHOW, is_flag=True, help="Only count the findings by their rules, the most serious first."
)
"""The option that has findings counted, and not shown."""


def details_option(title: str = "Name every resource.") -> Callable[[F], F]:
    """Return the option that has everything shown."""
    return shared("--details", group=SHOW, is_flag=True, help=title)


def only_option(title: str) -> Callable[[F], F]:
    """Return the option that has some resources shown, by patterns for their addresses."""
    return shared("--only", group=SHOW, type=ADDRESS, multiple=True, metavar="GLOB", help=title)


def unchanged_option(title: str) -> Callable[[F], F]:
    """Return the option that has those resources shown that stay as they are."""
    return shared("--show-unchanged", group=SHOW, is_flag=True, help=title)


def import_options(
    mode: str = "AddNew or Merge; in the console: Append or Overwrite.",
    prefix: str = "Joined with every application name.",
    overwrite: str = "Update data sources that exist; documented with Merge only.",
    assume: str = "",
) -> Callable[[F], F]:
    """Return the options of an import, with what the page of the command says of each."""
    return together(
        shared("--mode", group=IMPORT, type=MODE, default="AddNew", show_default=True, metavar="MODE", help=mode),
        shared("--prefix", group=IMPORT, default="", help=prefix),
        shared("--datasource-overwrite/--no-datasource-overwrite", group=IMPORT, default=False, help=overwrite),
        setting_option("assume", assume, IMPORT),
    )


rule_options = together(
    *(
        setting_option(key)
        for key in ("select", "ignore", "severity", "per-kind-ignores", "per-path-ignores", "plugins")
    )
)
"""The options that choose rules, and name plug-ins with more of them."""
policy_options = together(setting_option("fail-on"), rule_options)
"""The options that choose rules, and decide on the exit status."""
baseline_options = together(
    setting_option("baseline"),
    click.option(
        "--write-baseline",
        cls=OutputOption,
        group=RULES,
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
        group=READING,
        type=_CONFIG,
        metavar="FILE",
        help="The file with the settings, instead of the nearest assetpkg.toml or pyproject.toml.",
    ),
    shared("--no-config", group=READING, is_flag=True, help="Read no file with settings."),
)
catalogue_options = together(setting_option("plugins"), _config_options)
"""The options that decide on which rules there are, and name a file with settings."""
document_options = together(setting_option("limits", group=READING), _config_options)
"""The options that decide on how much is read, and name a file with settings."""
archive_options = together(
    setting_option("limits", group=READING),
    setting_option("names-encoding", group=READING),
    setting_option("assume-utf8-names", group=READING),
    _config_options,
)
"""The options that decide on how the entries of an archive are read, and name a file with settings."""
reading_options = together(
    setting_option("layouts", group=READING),
    setting_option("limits", group=READING),
    setting_option("names-encoding", group=READING),
    setting_option("assume-utf8-names", group=READING),
    setting_option("jobs", group=READING),
    _config_options,
)
"""The options that decide on how a package is read, and by how many, and name a file with settings."""

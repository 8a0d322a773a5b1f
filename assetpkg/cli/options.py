"""The options that commands share, each declared once; the words of the options for settings are in their table."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from assetpkg.render.formats import formats_of
from assetpkg.settings.settings import SETTINGS
from assetpkg.settings.table import Setting

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

F = TypeVar("F", bound=Callable[..., Any])


class Offered(click.types.StringParamType):
    """The type of a parameter of which a shell offers the words that there are; `what` is in `offers.OFFERS`."""

    def __init__(self, what: str) -> None:
        """Say what is offered."""
        self.what = what

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Have the shell complete what there is."""
        from importlib import import_module

        from click.shell_completion import CompletionItem

        del param
        # What is offered knows the commands, and with them these options.
        found = import_module("assetpkg.cli.offers").offer(self.what, incomplete, ctx)
        return [CompletionItem(word, help=meaning or None) for word, meaning in found]


class Somewhere(click.types.StringParamType):
    """The type of a parameter that names a file or a folder."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Have the shell complete the paths of files and folders."""
        from click.shell_completion import CompletionItem

        del ctx, param
        return [CompletionItem(incomplete, type="file")]


class Input(Somewhere):
    """The type of a parameter that names what is read: the door keeps every output from it.

    A folder that is `searched` for packages may have outputs beside these.
    """

    def __init__(self, what: str, *, searched: bool = False) -> None:
        """Say what it is in words."""
        self.what = what
        self.searched = searched

    def place_in(self, value: str) -> str:
        """Return the path in a value of the parameter."""
        return value


class AnswersInput(Input):
    """The type of a parameter that names answers, and may say before an equals sign what they are about."""

    def place_in(self, value: str) -> str:
        """Return the path in a value of the parameter."""
        from assetpkg.target.answers.files import split_said

        return split_said(value)[1]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Have the shell complete the path, after what is said about it."""
        from click.shell_completion import CompletionItem

        del ctx, param
        path = self.place_in(incomplete)
        return [CompletionItem(path, type="file", before=incomplete.removesuffix(path))]


class TargetInput(Input):
    """The type of a parameter that names a target: a path, or a name in the settings."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Have the shell complete names and paths."""
        named = Offered("target").shell_complete(ctx, param, incomplete)
        return [*named, *super().shell_complete(ctx, param, incomplete)]


ANSWERS = AnswersInput("the answer")
ADDRESS, KIND, MODE = Offered("address"), Offered("kind"), Offered("mode")
PACKAGE, SAVED_PLAN, JOB = Input("the package"), Input("the saved plan"), Input("the job")
PACKAGES = Input("the package", searched=True)
ADAPT_FILE = Input("the adapt file")
_TARGET, _CONFIG = TargetInput("the target"), Input("the file with the settings")


class Words(click.Choice[str]):
    """The type of a parameter that is one of a few words; another one is refused with the word that is near it."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return click's sentence, and the word that was probably meant."""
        from assetpkg.errors import nearest

        said = super().get_invalid_choice_message(value, ctx)
        found = nearest(str(value), self.choices)
        return said if found is None else f"{said} Did you mean '{found}'?"


IMPORT, SHOW, RULES, READING = "Import", "Show", "Rules", "Reading"
"""The groups of options on the page of a command, in this order, after the options that are in none."""
_FEW = 8
"""So many options make a page that needs no groups."""


class GroupedOption(click.Option):
    """An option that is in a group on the page of its command."""

    def __init__(self, *arguments: Any, group: str = "", **options: Any) -> None:
        """Take the group."""
        super().__init__(*arguments, **options)
        self.group = group


class Command(click.Command):
    """A command whose page has its options in groups.

    It answers an unknown option with the nearest, and refuses one that is given twice, and of which one value would be
    lost.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of a call; raises `NoSuchOption` and `UsageError`."""
        try:
            if not ctx.resilient_parsing:
                _refuse_twice(self.make_parser(ctx).parse_args(list(args))[2])
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from assetpkg.errors import nearest

            found = nearest(error.option_name, (name for each in self.params for name in each.opts))
            near = [found] if found else None
            raise click.NoSuchOption(error.option_name, possibilities=near, ctx=error.ctx) from None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each group under its name; options of no group come first, where there are some."""
        own: list[tuple[str, str]] = []
        groups: dict[str, list[tuple[str, str]]] = {group: [] for group in (IMPORT, SHOW, RULES, READING)}
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        for option in options:
            record = option.get_help_record(ctx)
            if record is not None:
                groups.get("" if len(options) <= _FEW else getattr(option, "group", ""), own).append(record)
        # The option for the page itself is the last, and in no group.
        sections = {"Options": own, **groups} if own[1:] else {**groups, "Options": own}
        for title, records in sections.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


def _refuse_twice(given: Sequence[click.Parameter]) -> None:
    """Raise `UsageError` for an option of one value that is among the parameters of a call more than once."""
    for each, times in Counter(map(id, given)).items():
        option = next(other for other in given if id(other) == each)
        if times > 1 and isinstance(option, click.Option) and _takes_one(option):
            name = " or ".join(max(names, key=len) for names in (option.opts, option.secondary_opts) if names)
            raise click.UsageError(f"{name} is given {times} times, and takes one value; give it once.")


def _takes_one(option: click.Option) -> bool:
    if isinstance(option, SettingOption):
        return not option.is_flag and option.setting.takes_one
    return not option.multiple and (not option.is_flag or bool(option.secondary_opts))


class SharedOption(GroupedOption):
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
    text = f"{verb} {which}; for pre-commit. No package at all is no failure."
    return grouped(READING, "--containing", is_flag=True, help=text)


summary_option = shared(
    "--summary", group=SHOW, is_flag=True, help="Only count the findings by their rules, the gravest first."
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

"""What the parameters of commands are: their types, the classes of options, and a command whose page has groups."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

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

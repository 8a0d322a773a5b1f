"""`assetpkg help`."""

from typing import TYPE_CHECKING

import click

from assetpkg.cli.exits import OK
from assetpkg.cli.outputs import deliver, screen
from assetpkg.cli.parameters import Offered

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command("help")
@click.argument("topic", required=False, type=Offered("topic"))
@click.pass_context
def command(context: click.Context, topic: str | None) -> int:
    """Show the chapter TOPIC of the manual, or list the chapters.

    TOPIC may also be the name of a command that has no chapter: then its help page is shown.
    """
    from assetpkg.errors import InvalidOption, near
    from assetpkg.render.text.manual import render_chapter, render_chapters

    known = chapters()
    width = screen(None).reading_width
    if topic is None:
        deliver(render_chapters(known, width), None)
        return OK
    if topic in known:
        deliver(render_chapter(known[topic], width), None)
        return OK
    group = context.find_root().command
    named = group.get_command(context, topic) if isinstance(group, click.Group) else None
    if named is None:
        raise InvalidOption(f"the manual has no chapter '{topic}'{near(topic, known, 'assetpkg help')}")
    page = click.Context(named, info_name=topic, parent=context.find_root()).get_help()
    deliver(f"{page}\n", None)
    return OK


def chapters() -> "Mapping[str, str]":
    """Return the chapters of the manual as Markdown, by their topics; raises `CannotRead` where they are missing."""
    from importlib.resources import files

    from assetpkg.errors import incomplete

    folder = files("assetpkg") / "manual"
    if not folder.is_dir():
        raise incomplete("folder 'manual'")
    found = sorted((file.name, file) for file in folder.iterdir() if file.name.endswith(".md"))
    return {name.removesuffix(".md"): file.read_text(encoding="utf-8") for name, file in found}

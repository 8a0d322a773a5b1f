"""Scripts that make the calls for a snapshot; the text around the calls is in the files of this folder."""

from importlib.resources import files

from assetpkg.errors import incomplete

_CALLS = "@CALLS@"


def fill(name: str, calls: str, **others: str) -> str:
    """Return the text of a script with its calls, and with what else differs."""
    file = files("assetpkg.render.scripts") / name
    if not file.is_file():
        raise incomplete(f"file '{name}'")
    text = file.read_text(encoding="utf-8").replace(_CALLS, calls)
    for word, value in others.items():
        text = text.replace(f"@{word.upper()}@", value)
    return text

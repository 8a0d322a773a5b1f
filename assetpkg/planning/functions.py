"""The functions that a target has, and whether what a resource calls is among them."""

from collections.abc import Iterable

from assetpkg.target.instance import Function


def entries_of(functions: Iterable[Function], urn: str) -> list[Function]:
    """Return the entries for a function; its URN may go on with a version or an alias."""
    return [known for known in functions if urn == known.urn or urn.startswith(f"{known.urn}:")]


def find_lack(known: list[Function], urn: str, version: str, alias: str) -> str | None:
    """Return, in words, the version or alias that none of a function's entries has; `None` where one has it."""
    if alias:
        name = _alias(alias)
        return f"alias {name}" if all(found.alias != name for found in known) else None
    wanted = version or _version(urn, known[0].urn)
    return f"version {wanted}" if wanted and all(found.version != wanted for found in known) else None


def _version(urn: str, plain: str) -> str:
    """Return the version that a URN goes on with."""
    return urn[len(plain) + 1 :] if not urn[len(plain) + 1 :].startswith("!") else ""


def _alias(alias: str) -> str:
    """Return the name of an alias, which may be given as the function's URN with the name after it."""
    return alias.rpartition(":")[2].removeprefix("!")

"""Plug-ins: modules of Python with rules of a team's own, which are named in the settings and loaded when needed."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from assetpkg.diagnostics.model import Rule, family_of
from assetpkg.errors import AssetpkgError, InvalidOption
from assetpkg.rules import RETIRED, catalogue
from assetpkg.rules.plugin_places import find_module, guarded, place_of, refuse_name

_CODE, _SLUG = re.compile(r"[A-Z]{4,8}[0-9]{3}"), re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[!-~]+")
_LIST = "RULES"
"""The name under which a module may list its rules, in their order; without it, all that are in it count."""


class Plugin(NamedTuple):
    """A plug-in by the name of its module, which is imported when its rules are asked for, and not before.

    So it can be sent from process to process: each loads it for itself.
    """

    name: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules; raises `InvalidOption` where it cannot be loaded, or has none that can be used."""
        return _load(self.name)


Plugins = tuple[Plugin, ...]


def parse_plugins(names: Iterable[str]) -> Plugins:
    """Read the names of plug-ins, each once, without loading one; raises `InvalidOption` for what names no module."""
    said = list(dict.fromkeys(name.strip() for name in names))
    for name in said:
        refuse_name(name)
    return tuple(map(Plugin, said))


@cache
def catalogue_with(plugins: Plugins) -> Mapping[str, Rule]:
    """Return every rule by its code, those of plug-ins after assetpkg's own.

    Raises `InvalidOption` for a plug-in that cannot be loaded, and for a rule that assetpkg or another plug-in has.
    """
    known = dict(catalogue())
    slugs = {rule.slug: "assetpkg" for rule in known.values()}
    owners: dict[str, str] = {}
    for plugin in plugins:
        for rule in plugin.rules:
            owner = owners.get(rule.code)
            if owner is not None:
                raise InvalidOption(f"the plug-ins '{owner}' and '{plugin.name}' both have a rule {rule.code}")
            if rule.slug in slugs:
                raise InvalidOption(
                    f"{_told(plugin.name, rule)} has the name '{rule.slug}', which {slugs[rule.slug]} has given away;"
                    " give it another"
                )
            owners[rule.code], slugs[rule.slug] = plugin.name, f"the plug-in '{plugin.name}'"
            known[rule.code] = rule
    return MappingProxyType(known)


def may_be_of_a_plugin(code: str) -> bool:
    """Say whether a code has the form of those that rules of plug-ins have."""
    return _CODE.fullmatch(code) is not None and _house_of(code) is None


def _house_of(code: str) -> str | None:
    """Return the letters of assetpkg's own codes that a code begins with."""
    families = {family_of(known) for known in (*catalogue(), *RETIRED)}
    return next((family for family in sorted(families) if code.startswith(family)), None)


def rules_of(plugins: Plugins) -> Iterator[tuple[Plugin, Rule]]:
    """Yield the rules of plug-ins; raises `InvalidOption` as `catalogue_with` does."""
    catalogue_with(plugins)
    for plugin in plugins:
        yield from ((plugin, rule) for rule in plugin.rules)


def sources_of(plugin: Plugin) -> Sequence[str]:
    """Return the texts of the files in which the rules of a plug-in are, as far as they can be read."""
    import inspect

    found: dict[str, None] = {}
    for rule in plugin.rules:
        try:
            file = inspect.getsourcefile(rule.find)
            with open(file or "", encoding="utf-8") as text:  # noqa: PTH123 - line ends are made alike
                found[text.read()] = None
        except (OSError, TypeError, UnicodeDecodeError):
            continue
    return sorted(found)


@cache
def _load(name: str) -> tuple[Rule, ...]:
    module = sys.modules.get(name) or _import(name)
    rules = tuple(_listed(module, name))
    if not rules:
        raise InvalidOption(f"the plug-in '{name}' has no rules; decorate a function with 'assetpkg.rule'")
    for rule in rules:
        _refuse_unfit(name, rule)
    taken = [rule.code for rule in rules]
    twice = next((code for code in taken if taken.count(code) > 1), None)
    if twice is not None:
        raise InvalidOption(f"the plug-in '{name}' has two rules {twice}")
    return rules


def _import(name: str) -> ModuleType:
    from importlib import import_module

    find_module(name)
    try:
        with guarded():
            return import_module(name)
    except (KeyboardInterrupt, MemoryError):
        raise
    except AssetpkgError as error:
        raise InvalidOption(f"the plug-in '{name}' cannot be loaded: {error}") from None
    except BaseException as error:  # noqa: BLE001 - it may raise what it will, and may even end the program
        why = f"no module is named '{error.name}'" if isinstance(error, ModuleNotFoundError) else place_of(error)
        raise InvalidOption(f"the plug-in '{name}' cannot be loaded: {why}") from None


def _listed(module: ModuleType, name: str) -> Iterator[Rule]:
    """Yield the rules of a module, each once."""
    listed: Any = getattr(module, _LIST, None)
    if listed is None:
        yield from dict.fromkeys(value for value in vars(module).values() if isinstance(value, Rule))
        return
    if not isinstance(listed, (list, tuple)) or not all(isinstance(each, Rule) for each in listed):
        raise InvalidOption(
            f"the plug-in '{name}' has {_LIST} that are no list of rules; decorate each function with 'assetpkg.rule'"
        )
    yield from listed


def _refuse_unfit(name: str, rule: Rule) -> None:
    """Raise `InvalidOption` for a rule that cannot be one of a plug-in."""
    told = _told(name, rule)
    said: tuple[Any, ...] = (rule.code, rule.slug, rule.address or "")
    if not all(isinstance(each, str) for each in said):
        raise InvalidOption(f"the plug-in '{name}' has a rule whose code, name or url is not a text")
    house = _house_of(rule.code)
    if house is not None:
        raise InvalidOption(f"{told} begins with {house}, which is assetpkg's own; give it a prefix of your own")
    if not _CODE.fullmatch(rule.code):
        raise InvalidOption(f"{told} needs four to eight capital letters and three digits, as in ACME001")
    if not _SLUG.fullmatch(rule.slug):
        raise InvalidOption(
            f"{told} has the name '{rule.slug}'; write small letters and digits with hyphens, as in api-without-policy"
        )
    if not rule.title:
        raise InvalidOption(f"{told} needs a docstring, which is its page")
    if rule.address is not None and not _ADDRESS.fullmatch(rule.address):
        raise InvalidOption(f"{told} has a url that does not begin with https:// or http://")


def _told(name: str, rule: Rule) -> str:
    return f"the plug-in '{name}': the code {rule.code}"

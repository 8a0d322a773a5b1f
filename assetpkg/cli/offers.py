"""What a shell offers for a word of a command line: what there is, found without a word about what cannot be read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from assetpkg.archive import STANDARD_STREAM
from assetpkg.cli.options import PACKAGE, PACKAGES
from assetpkg.diagnostics.model import family_of
from assetpkg.limits import DEFAULT_LIMITS, MIB, Limits

if TYPE_CHECKING:
    from assetpkg.diagnostics.model import Rule
    from assetpkg.settings.settings import Settings

_QUICK = DEFAULT_LIMITS._replace(file=16 * MIB, entries=2_000, total=8 * MIB, plan=8 * MIB, document=8 * MIB)
"""How much is read of a package while somebody types: what takes a second at most."""
_MANY = 100
"""More addresses than these are offered step by step."""


class Offer(NamedTuple):
    """A word, and what it means."""

    word: str
    meaning: str = ""


Offers = Callable[[str, click.Context], Iterable[Offer]]
"""What may be in the place of a word that was begun, each as a whole."""


def offer(what: str, begun: str, context: click.Context) -> Iterator[Offer]:
    """Yield what begins as the word that was begun, in whatever case."""
    small = begun.casefold()
    offered = OFFERS[what](begun, context) if what in OFFERS else ()
    yield from (each for each in offered if each.word.casefold().startswith(small))


def _listed(offers: Offers) -> Offers:
    """Return what offers the last of several words with commas between."""

    def in_list(begun: str, context: click.Context) -> Iterator[Offer]:
        before, comma, last = begun.rpartition(",")
        yield from (each._replace(word=f"{before}{comma}{each.word}") for each in offers(last, context))

    return in_list


def _paired(sign: str, names: Offers, values: Callable[[str, str, click.Context], Iterable[Offer]]) -> Offers:
    """Return what offers names, and after the sign the values of the name."""

    def pair(begun: str, context: click.Context) -> Iterator[Offer]:
        name, found, rest = begun.rpartition(sign)
        given = values(name, rest, context) if found else names(begun, context)
        yield from (Offer(f"{name}{sign}{word}" if found else f"{word}{sign}", meaning) for word, meaning in given)

    return pair


def _codes(begun: str, context: click.Context) -> Iterator[Offer]:
    """Yield the families of rules, and from the third letter on, or where one family is left, their codes, too."""
    rules = {code: rule.title for code, rule in _catalogue(context).items() if code.startswith(begun.upper())}
    families = dict.fromkeys(family_of(code) for code in rules)
    yield from (Offer(family, "all rules that begin so") for family in families)
    if len(families) == 1:
        yield from (Offer(code, title) for code, title in sorted(rules.items()))


def _codes_of(_: str, begun: str, context: click.Context) -> Iterable[Offer]:
    return _listed(_codes)(begun, context)


def _severities(*_: object) -> Iterator[Offer]:
    from assetpkg.diagnostics.model import Severity

    yield from (Offer(severity.value) for severity in Severity)


def _kinds(*_: object) -> Iterator[Offer]:
    from assetpkg.kinds import KINDS

    yield from (Offer(word, kind.title) for word, kind in KINDS.items())


def _kinds_or_all(*_: object) -> Iterator[Offer]:
    from assetpkg.target.answers.collecting import ALL

    yield from _kinds()
    yield Offer(ALL, "every kind in the answers")


def _folders(*_: object) -> Iterator[Offer]:
    from assetpkg.kinds.registry import PLACES

    yield from (Offer(f"{place.folder}/**") for place in PLACES)


def _assumptions(*_: object) -> Iterator[Offer]:
    from assetpkg.planning.assumptions import ASSUMPTIONS

    yield from (Offer(name, known.question) for name, known in ASSUMPTIONS.items())


def _answers(name: str, *_: object) -> Iterator[Offer]:
    from assetpkg.planning.assumptions import ASSUMPTIONS

    known = ASSUMPTIONS.get(name.rpartition(",")[2])
    for value in known.values if known else ():
        yield Offer(value, "the default" if known and value == known.default else "")


def _limits(*_: object) -> Iterator[Offer]:
    from assetpkg.limits import LIMITS

    yield from (Offer(name, limit.title) for name, limit in LIMITS.items())


def _amounts(name: str, *_: object) -> Iterator[Offer]:
    from assetpkg.limits import LIMITS, tell_limit

    known = name.rpartition(",")[2]
    limit = LIMITS.get(known)
    for meaning, value in (("the default", None), ("the most", limit.ceiling)) if limit else ():
        yield Offer(tell_limit(known, value).replace(" ", "").replace(",", ""), meaning)


def _encodings(*_: object) -> Iterator[Offer]:
    from assetpkg.archive import NAMES_ENCODINGS

    yield from map(Offer, NAMES_ENCODINGS)


def _modes(*_: object) -> Iterator[Offer]:
    from assetpkg.planning.options import Mode

    consoles = {Mode.ADD_NEW: "Append", Mode.MERGE: "Overwrite"}
    yield from (Offer(mode.value, f"in the console: {consoles[mode]}") for mode in Mode)


def _schemas(*_: object) -> Iterator[Offer]:
    from assetpkg.json_schema.published import published_names

    yield from map(Offer, published_names())


def _topics(*_: object) -> Iterator[Offer]:
    from assetpkg.cli.commands.help import chapters
    from assetpkg.cli.program import COMMANDS

    known = chapters()
    yield from (Offer(name, "a chapter of the manual") for name in known)
    yield from (Offer(name, title) for name, title in COMMANDS.items() if name not in known)


def _targets(_: str, context: click.Context) -> Iterator[Offer]:
    from assetpkg.errors import AssetpkgError

    try:
        named = _settings(context).targets
    except AssetpkgError:
        return  # the file with the settings is not there, or is wrong
    yield from (Offer(name, f"a target of the settings: {target.snapshot}") for name, target in named.items())


def _addresses(begun: str, context: click.Context) -> Iterator[Offer]:
    """Yield the addresses in what the command line names; many step by step, and kinds where nothing is read."""
    from assetpkg.kinds.registry import PLACES

    found = sorted({address for path in _packages(context) for address in _addresses_in(path, context)})
    fitting = [address for address in found if address.casefold().startswith(begun.casefold())]
    if not found:
        yield from (Offer(f"{place.kind}/") for place in PLACES)
    elif len(fitting) <= _MANY:
        yield from map(Offer, fitting)
    else:
        heads = ((address, address.find("/", len(begun))) for address in fitting)
        yield from map(Offer, dict.fromkeys(address if end < 0 else address[: end + 1] for address, end in heads))


def _packages(context: click.Context) -> Iterator[str]:
    for parameter in context.command.params:
        if parameter.type in {PACKAGE, PACKAGES}:
            given: Any = context.params.get(parameter.name or "")
            if not given and isinstance(parameter, click.Argument):
                # An option without its value has kept click from sharing out the other words.
                given = tuple(context.args[: None if parameter.nargs < 0 else 1])
            yield from (given,) if isinstance(given, str) else given or ()


def _addresses_in(path: str, context: click.Context) -> Iterator[str]:
    """Yield the addresses in a package, a snapshot or a saved plan; none where it cannot be read, or not quickly."""
    from assetpkg.errors import AssetpkgError
    from assetpkg.package.reading import is_document, read
    from assetpkg.report.plan import PlanReport
    from assetpkg.report.saved import read_plans
    from assetpkg.target.as_package import read_snapshot_as_package

    try:
        settings = _settings(context)
        limits = Limits(*map(min, settings.reading_limits, _QUICK))
        if path == STANDARD_STREAM:
            return  # it is for the command itself
        package = read_snapshot_as_package(path, limits) if is_document(path) else None
        if package is None and not is_document(path):
            encoding, layouts = settings.names_encoding, settings.read_layouts()
            package = read(path, limits=limits, names_encoding=encoding, layouts=layouts)
        if package is not None:
            yield from (resource.address for resource in package.resources)
            return
        report = read_plans(path, limits)
        plans = [report] if isinstance(report, PlanReport) else [step.plan for step in report.steps]
        yield from (change.address for plan in plans for change in plan.changes)
    except (AssetpkgError, ValueError):
        return  # no path, or nothing that can be read


def _settings(context: click.Context) -> "Settings":
    from assetpkg.settings.sources import settle

    given = context.params
    said = {key: given.get(key) or () for key in ("layouts", "plugins")}
    return settle(said, config=given.get("config"), no_config=bool(given.get("no_config")))


def _catalogue(context: click.Context) -> "Mapping[str, Rule]":
    """Return every rule, those of plug-ins too where these can be loaded."""
    from assetpkg.errors import AssetpkgError
    from assetpkg.rules.plugins import catalogue_with

    try:
        return _settings(context).catalogue
    except AssetpkgError:
        return catalogue_with(())


def _words(_: str, context: click.Context) -> Iterator[Offer]:
    from assetpkg.cli.exits import MEANINGS
    from assetpkg.report.explain import report_explanation

    words = report_explanation(None, MEANINGS, _catalogue(context)).words
    yield from (Offer(each.word, each.title) for each in words)


def _kinds_or_package(begun: str, context: click.Context) -> Iterator[Offer]:
    yield Offer("package", "a folder with a manifest")
    yield from _kinds(begun, context)


def _nothing(*_: object) -> Iterable[Offer]:
    """Offer nothing: it is for the user to make up."""
    return ()


OFFERS: Mapping[str, Offers] = {
    "select": _listed(_codes),
    "ignore": _listed(_codes),
    "severity": _paired("=", _codes, _severities),
    "per-kind-ignores": _paired(":", _kinds, _codes_of),
    "per-path-ignores": _paired(":", _folders, _codes_of),
    "assume": _paired("=", _listed(_assumptions), _answers),
    "limits": _paired("=", _listed(_limits), _amounts),
    "names-encoding": _encodings,
    "mode": _modes,
    "code": _codes,
    "kind": _kinds,
    "kind or all": _kinds_or_all,
    "schema": _schemas,
    "topic": _topics,
    "word": _words,
    "address": _addresses,
    "kind or package": _kinds_or_package,
    "name": _nothing,
    "plugins": _nothing,
    "target": _targets,
}
"""What is offered: for settings by their keys, and for other parameters by what is in them."""

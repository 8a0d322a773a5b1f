"""Running rules: problems become diagnostics, with code and severity stamped on and places made concrete."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from assetpkg.archive.archive import Archive
from assetpkg.archive.entries import Underlying, UnreadableEntry
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import MOST_TOLD, Diagnostic, Findings, Location, Problem, Rule
from assetpkg.diagnostics.unique import Uniquely
from assetpkg.documents.positions import Region, Spot, find_places
from assetpkg.limits import MOST_TOLD_OF_A_RULE
from assetpkg.package.index import Resource
from assetpkg.package.layout import Layout
from assetpkg.package.package import Package
from assetpkg.package.reading import PackageLike, package_of
from assetpkg.planning.assumptions import complete_assumptions
from assetpkg.rules import acceptance_rules, answered_rules, fault_rules, package_rules, plugin_rules, team_rules
from assetpkg.rules.fingerprints import distinct, fingerprint, fingerprint_in, is_secret_at
from assetpkg.rules.policy import Policy
from assetpkg.running.progress import follow

if TYPE_CHECKING:
    from assetpkg.json_schema.team import TeamSchemas
    from assetpkg.rules.accepting import Looked
    from assetpkg.rules.plugins import Plugins

Found = tuple[Rule, Problem]

_OF_SECRETS = "SEC"
"""The family of the rules about credentials."""


def check(
    package: PackageLike,
    policy: Policy | None = None,
    schemas: "TeamSchemas | None" = None,
    assumptions: Mapping[str, str] | None = None,
) -> Findings:
    """Return everything that is wrong with a package alone, without a target, in the order of entries and places.

    The package may be a path; raises `CannotRead` if there is nothing to read.

    A `policy` decides which findings count, with which severity; what it accepts is in `accepted` of the list.
    `schemas` are a team's own JSON Schemas for some kinds. `assumptions` are answers to open questions, as for `plan`;
    raises `InvalidOption` for what is not one, and for a plug-in of the policy that cannot be used. If a package is not
    `understood` and the policy ignores the reason, an empty list does not mean that the package is correct.
    """
    known = package_of(package)
    answers = complete_assumptions(assumptions or {})
    plugins = policy.plugins if policy is not None else ()
    found = [*find_all(known, schemas, plugins), *diagnose(known, check_answered(known, answers))]
    findings = tell(sorted(found, key=_order), policy, known.layout, lambda: _checked(known, schemas, answers, plugins))
    if policy is not None and (policy.allow or policy.baseline):
        findings.sort(key=_order)  # `tell` puts findings about what is accepted at the end
    return findings


def _checked(
    package: Package, schemas: "TeamSchemas | None", answers: Mapping[str, str], plugins: "Plugins"
) -> "Looked":
    """Return what was looked at where a package is checked by itself."""
    from assetpkg.rules.accepting import Looked, asked_codes, made_by_check

    return Looked(package.own_name, made_by_check(answers), asked_codes(schemas, plugins))


def check_answered(package: Package, assumptions: Mapping[str, str]) -> Iterator[Found]:
    """Yield what is wrong with a package under these answers to the open questions, all of which are given."""
    from assetpkg.rules.duplicates import Answered

    return run(answered_rules(), Answered(package, assumptions))


def find_all(package: Package, schemas: "TeamSchemas | None" = None, plugins: "Plugins" = ()) -> list[Diagnostic]:
    """Return what `check` and plans use: all findings that rest on no answer to an open question."""
    found = chain(
        run(package_rules(), package),
        check_faults(package),
        check_team_schemas(package, schemas),
        check_plugins(package, plugins),
    )
    return diagnose(package, found)


def tell(
    diagnostics: Iterable[Diagnostic],
    policy: Policy | None = None,
    layout: Layout | None = None,
    looked: "Callable[[], Looked] | None" = None,
) -> Findings:
    """Return the diagnostics that count, with every credential in their texts replaced, and what is accepted.

    `layout` is that of the package, in which a policy finds the kinds; `looked` returns what was looked at, without
    which nothing is accepted.

    Of one rule, `MOST_TOLD_OF_A_RULE` are reported one by one; the last of them says how many more there are. They are
    counted here, so that what a policy leaves out or accepts hides nothing else.
    """
    policy = policy or Policy()
    counting, uniquely = policy.apply(diagnostics, layout), distinct()
    if looked is None or not (policy.allow or policy.baseline):
        return Findings(_bounded(counting, uniquely))
    from assetpkg.rules.accepting import accept

    # An acceptance is held against all there is, and so each has its own fingerprint before it.
    each_once = [_once(diagnostic, uniquely) for diagnostic in counting]
    kept, accepted, outdated = accept(each_once, policy, looked(), layout)
    needless = policy.apply((_stamp(*found, None) for found in run(acceptance_rules(), outdated)), layout)
    findings = Findings([*_bounded(kept), *_bounded(needless, uniquely)])
    by_fingerprint = {each.diagnostic.fingerprint: each for each in accepted}
    told = _bounded([each.diagnostic for each in accepted])
    findings.accepted = tuple(by_fingerprint[each.fingerprint]._replace(diagnostic=each) for each in told)
    return findings


def _once(diagnostic: Diagnostic, uniquely: Uniquely) -> Diagnostic:
    """Return a finding with a fingerprint that no other of the report has."""
    return diagnostic._replace(fingerprint=uniquely(diagnostic.fingerprint))


def _bounded(counting: Sequence[Diagnostic], uniquely: Uniquely | None = None) -> list[Diagnostic]:
    """Return the findings that are reported one by one, as they are told, and told apart `uniquely`."""
    numbers = Counter(diagnostic.code for diagnostic in counting)
    told: list[Diagnostic] = []
    seen: Counter[str] = Counter()
    for diagnostic in counting:
        code = diagnostic.code
        seen[code] += 1
        if seen[code] <= MOST_TOLD_OF_A_RULE:
            more = numbers[code] - seen[code] if seen[code] == MOST_TOLD_OF_A_RULE else 0
            told.append(_told(diagnostic if uniquely is None else _once(diagnostic, uniquely), more))
    return told


def check_name(name: str, policy: Policy | None = None) -> list[Diagnostic]:
    """Return what is wrong with only the name of a zip, as `check` would."""
    from assetpkg.rules.package import judge_name

    return tell(sorted((_stamp(*found, None) for found in judge_name(name)), key=_order), policy)


def check_faults(package: Package) -> Iterator[Found]:
    """Yield what was found while a package was read; for a sound one, the rules are not even loaded."""
    return run(fault_rules(), package) if package.has_faults else iter(())


def check_team_schemas(package: Package, schemas: "TeamSchemas | None") -> Iterator[Found]:
    """Yield what a team's own schemas refuse in a package, whose documents are read again for it."""
    if schemas is None:
        return iter(())
    from assetpkg.rules.team_schemas import SchemaChecked

    return run(team_rules(), SchemaChecked(package, schemas))


def check_plugins(package: Package, plugins: "Plugins") -> Iterator[Found]:
    """Yield what the rules of plug-ins find, and which of them have failed; raises `InvalidOption`."""
    if not plugins:
        return iter(())
    from assetpkg.rules.plugins import rules_of
    from assetpkg.rules.team_plugins import PluginChecked

    checked = PluginChecked(package, [(plugin.name, rule) for plugin, rule in rules_of(plugins)])
    return chain(checked.found, run(plugin_rules(), checked))


def run(rules: Collection[Rule], subject: Any) -> Iterator[Found]:
    """Yield what the rules find in `subject`."""
    for rule in follow("applying the rules", rules):
        for problem in rule.find(subject):
            yield rule, problem


def diagnose(package: Package, found: Iterable[Found]) -> list[Diagnostic]:
    """Stamp each problem with its rule, and find its resource, and lines and columns in the entry's real bytes.

    Of one rule in one entry, `MOST_TOLD` findings are reported one by one; the last says how many more there are.
    """
    archive = package.archive
    bounded = _bound((rule, problem.located()) for rule, problem in found)
    by_entry: dict[str, list[Found]] = {}
    for rule, problem in bounded:
        by_entry.setdefault(problem.entry, []).append((rule, problem))
    diagnostics: list[Diagnostic] = []
    underlying = archive.underlying
    if underlying is not None:
        covered = [entry for entry in by_entry if underlying.covers(entry, archive.entries)]
        diagnostics.extend(_traced(package, underlying, [each for entry in covered for each in by_entry.pop(entry)]))
    for entry, members in by_entry.items():
        places = _places(archive, entry, [problem for _, problem in members])
        diagnostics.extend(
            _stamp(rule, problem, place, package.resource_around(entry, problem.pointer))
            for (rule, problem), place in zip(members, places, strict=True)
        )
    return sorted(diagnostics, key=_order)


def _traced(package: Package, underlying: Underlying, found: Sequence[Found]) -> Iterator[Diagnostic]:
    """Yield what was found in a view with its places in the archive that the view is of."""
    spots = [(problem.entry, Spot(problem.pointer, problem.offset, problem.at_key)) for _, problem in found]
    for (rule, problem), traced in zip(found, underlying.trace(spots), strict=True):
        if problem.byte_offset is not None:
            yield _stamp(rule, problem, None)
            continue
        resource = package.resource_around(problem.entry, problem.pointer)
        there = problem._replace(entry=traced.entry, pointer=traced.pointer)
        # It is recognised by what it would be in our own layout, too.
        place = traced.place and traced.place._replace(text=traced.text)
        yield _stamp(rule, there, place, resource, problem.pointer)


def _bound(found: Iterable[Found]) -> Iterator[Found]:
    """Yield the findings that are reported one by one; what is about a resource of a plan has no entry in common."""
    # A rule yields all that it finds in one go, so that the counts of one rule are in memory at a time.
    for _, group in groupby(found, key=lambda each: each[0].code):
        numbers: Counter[tuple[str, str | None]] = Counter()
        last: dict[tuple[str, str | None], Found] = {}
        for rule, problem in group:
            key = (problem.entry, problem.address)
            numbers[key] += 1
            if numbers[key] < MOST_TOLD:
                yield rule, problem
            elif key not in last:
                last[key] = (rule, problem)
            else:
                told = last[key][1]
                last[key] = (rule, told._replace(more=told.more + 1 + problem.more))
        yield from last.values()


def _stamp(
    rule: Rule, problem: Problem, place: Region | None, resource: Resource | None = None, inside: str | None = None
) -> Diagnostic:
    """Make a diagnostic of a problem; `inside` is its pointer in the `resource`, where that is not in its own place."""
    address, is_secret = problem.address, rule.family == _OF_SECRETS
    if resource is None:
        known = fingerprint(rule.code, problem.address or problem.entry, problem.pointer)
    else:
        inside = problem.pointer.removeprefix(resource.place.pointer) if inside is None else inside
        address, is_secret = address or resource.address, is_secret_at(resource, inside)
        known = fingerprint_in(resource, rule.code, inside, None if is_secret or place is None else place.text)
    if is_secret and place is not None:
        # From where to where a credential is would say how long it is.
        place = Region(place.line, place.column)
    more = f" (and {problem.more:,} more of {rule.code} in this file)" if problem.more else ""
    return Diagnostic(
        code=rule.code,
        slug=rule.slug,
        severity=rule.severity,
        message=f"{problem.message}{more}",
        hint=problem.hint,
        location=_location(problem, place),
        platform_code=problem.platform_code,
        address=address,
        fingerprint=known,
        more=problem.more,
    )


def _location(problem: Problem, place: Region | None) -> Location:
    known = Location(problem.entry, problem.pointer, byte_offset=problem.byte_offset)
    if place is None:
        return known
    line, column, end_line, end_column, _ = place
    return known._replace(line=line, column=column, end_line=end_line, end_column=end_column)


def _places(archive: Archive, entry: str, problems: Sequence[Problem]) -> Sequence[Region | None]:
    """Return where each problem is, where the entry is a text that has lines and columns."""
    placed = [
        problem.byte_offset is None
        and (problem.offset is not None or bool(problem.pointer) or problem.entry.endswith(".json"))
        for problem in problems
    ]
    text = _text(archive, entry) if any(placed) else None
    if text is None:
        return [None] * len(problems)
    spots = [Spot(problem.pointer, problem.offset, problem.at_key) for problem in problems]
    found = find_places(text, spots)
    return [place if wanted else None for place, wanted in zip(found, placed, strict=True)]


def _told(diagnostic: Diagnostic, more: int) -> Diagnostic:
    place = diagnostic.location
    others = f" (and {more:,} more of {diagnostic.code})" if more else ""
    return diagnostic._replace(
        message=f"{mask_line(diagnostic.message)}{others}",
        more=diagnostic.more + more,
        hint=mask_line(diagnostic.hint),
        location=place._replace(entry=mask_line(place.entry), pointer=mask_line(place.pointer)),
        address=None if diagnostic.address is None else mask_line(diagnostic.address),
    )


def _text(archive: Archive, entry: str) -> str | None:
    known = archive.entries.get(entry)
    # What is larger than any document that is read has no place inside that a finding could be about.
    if known is None or known.size > archive.limits.document:
        return None
    try:
        return known.read().decode("utf-8", "replace")
    except UnreadableEntry:
        return None


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str, str, str]:
    place = diagnostic.location
    return place.entry, place.line or 0, place.column or 0, diagnostic.code, place.pointer, diagnostic.message

"""What the target itself has more than once, though the platform's documents rule that out."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.sentences import all_of, and_more, first_few
from assetpkg.diagnostics.sources import cited, undocumented
from assetpkg.kinds import KINDS
from assetpkg.package.index import Path, Resource
from assetpkg.planning.assumptions import DATASOURCE_NAMES
from assetpkg.planning.changes import Changes
from assetpkg.planning.remarks import Ambiguous
from assetpkg.resource.naming import may_be_near, name_shown
from assetpkg.rules.imports.about import about
from assetpkg.target.repeats import Repeat

_FEW = 5
"""How many of several a message names."""
_UNIQUE = cited("API reference: ids are the platform's own, and unique")


@rule("IMP080", "listed-twice", Severity.RISK, source=_UNIQUE)
def listed_twice(planned: Changes) -> Iterator[Problem]:
    """The target lists a resource more than once.

    Finds ids that the snapshot has more than once, where everything that it says of them is the same. What has no id is
    found by its name. Each is counted once.

    An answer that was read in pages has such doubles where two pages overlap, for example because something was created
    or deleted between the calls. Other resources are then perhaps in no page, so that `covers` is not right.

    Take the snapshot again, each page from where the one before ends.
    """
    equal = [found for found in _repeats(planned) if found.equal]
    for kind, group in groupby(equal, key=lambda found: found.kind):
        members = list(group)
        first = members[0]
        more = f",{and_more(len(members) - 1)}" if len(members) > 1 else ""
        yield Problem(
            message=f"the target lists {kind} {_named(first)} {_times(len(first.places))}, at {_places(first)}{more};"
            f" pages that overlapped, so that another {kind} is perhaps missing",
            hint="take the snapshot again, each page from where the one before ends",
        )


@rule("IMP081", "two-contents", Severity.ERROR, source=_UNIQUE)
def two_contents(planned: Changes) -> Iterator[Problem]:
    """The target has two contents under one id.

    Finds ids that the snapshot has more than once for one kind, with differences between them.

    One of the contents is not what is on the instance, and nothing says which: the plan cannot be right for both.

    Take the snapshot again, at one time and of one instance.
    """
    for found in _repeats(planned):
        if not found.equal:
            yield Problem(
                message=f"the target lists {found.kind} {_named(found)} {_times(len(found.places))}, and differently:"
                f" at {_places(found)}",
                hint="take the snapshot again, at one time and of one instance",
            )


@rule("IMP082", "name-twice", Severity.RISK, source=cited("API reference: names are unique in their scope"))
def name_twice(planned: Changes) -> Iterator[Problem]:
    """The target has a name more than once, where names are unique.

    Finds resources of one kind with the same name in the same scope, and different ids, in the snapshot.

    An instance cannot have both, so that the snapshot was perhaps taken at two times, or of two instances.

    Take the snapshot again, at one time and of one instance.
    """
    for path, members in _named_alike(planned):
        if KINDS[path.kind].name_scope is None:
            yield Problem(
                message=f"the target has {_often(path, members)}, where names are unique: {_listed(members)}",
                hint="take the snapshot again, at one time and of one instance",
            )


@rule("IMP083", "datasource-name-twice", Severity.RISK, source=DATASOURCE_NAMES.source)
def datasource_name_twice(planned: Changes) -> Iterator[Problem]:
    """The target has a data source's name more than once, against what is assumed of such names.

    Finds data sources of one name in the snapshot, unless they are in different applications and
    `datasource-names=application` is assumed.

    The two are evidence against `datasource-names=instance`, with which the plan was made: an import may create a
    second data source of a name where the plan expects a conflict or a merge.

    Answer the question with `--assume datasource-names=application`, or take the snapshot again.
    """
    index = planned.context.target_index
    for path, members in _named_alike(planned):
        scope = KINDS[path.kind].name_scope
        if scope is None:
            continue
        owners = {owner.address if (owner := index.owner(member)) else "" for member in members}
        narrow = planned.options.assumptions[scope[0]] == scope[1]
        if narrow and len(owners) == len(members):
            continue
        against = f"{scope[0]}={planned.options.assumptions[scope[0]]}"
        yield Problem(
            message=f"the target has {_often(path, members)}, which is evidence against {against}: {_listed(members)}",
            hint="take the snapshot again" if narrow else f"answer the question with --assume {scope[0]}={scope[1]}",
        )


@rule("IMP084", "ambiguous-match", Severity.RISK, source=undocumented("which of several of one name is meant"))
def ambiguous_match(planned: Changes) -> Iterator[Problem]:
    """The target has a name more than once, and nothing says which one Merge would meet.

    Finds resources of a Merge whose name the target has more than once, none of them with the same id, or more than one
    in the same application or group.

    The import may merge the resource into any of them.

    Give the resource the id of the one that is meant, or rename the others.
    """
    return about(
        planned,
        Ambiguous,
        lambda _, found: (
            f"may be merged into any of {first_few(found.others, _FEW)}",
            "give it the id of the one that is meant, or rename the others on the target",
        ),
    )


def _repeats(planned: Changes) -> Sequence[Repeat]:
    return planned.instance.repeats if planned.instance else ()


def _named_alike(planned: Changes) -> Iterator[tuple[Path, tuple[Resource, ...]]]:
    """Yield the names that the target has more than once, among the kinds that an import carries."""
    index = planned.context.target_index
    reported = {(found.kind, found.id) for found in _repeats(planned) if not found.equal}
    for path in dict.fromkeys(resource.path for resource in index.resources if resource.is_double):
        if may_be_near(KINDS[path.kind]):
            members = index.at(path)
            if len({(member.path.kind, member.id) for member in members} - reported) > 1:
                yield path, members


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count:,} times"  # noqa: PLR2004


def _named(found: Repeat) -> str:
    name = name_shown(found.name)
    return f"'{name}' (id '{mask_line(found.id)}')" if found.id else f"'{name}'"


def _often(path: Path, members: Sequence[Resource]) -> str:
    return f"{path.kind} '{name_shown(path.names[-1])}' {_times(len(members))}"


def _places(found: Repeat) -> str:
    return _joined([mask_line(place) for place in found.places])


def _listed(members: Sequence[Resource]) -> str:
    return _joined([f"id '{mask_line(member.id)}'" if member.id_given else member.address for member in members])


def _joined(words: Sequence[str]) -> str:
    return first_few(words, _FEW) if len(words) > _FEW else all_of(words)


RULES: tuple[Rule, ...] = (listed_twice, two_contents, name_twice, datasource_name_twice, ambiguous_match)

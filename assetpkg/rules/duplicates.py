"""RSC: values that two resources of a package may not share."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited
from assetpkg.documents import join_pointer
from assetpkg.kinds.kind import id_field, name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package


@rule("RSC030", "duplicate-name", Severity.ERROR, source=cited("API reference: names are unique in their scope"))
def duplicate_name(package: Package) -> Iterator[Problem]:
    """Two resources of a kind have the same name in the same scope.

    Finds a name that occurs twice in its scope. The kind decides the scope: the whole instance, one application, or one
    group.

    The platform refuses the second resource. For data sources the scope is an assumption (`datasource-names`).

    Rename one of them.
    """
    by_name: dict[tuple[str, tuple[str, ...]], Resource] = {}
    for resource in package.resources:
        among = resource.kind.namespace or resource.path.kind
        first = by_name.setdefault((among, resource.path.names), resource)
        if first is not resource:
            where = f" in '{mask_line('/'.join(resource.path.names[:-1]))}'" if resource.parent else ""
            yield Problem(
                message=f"the name '{mask_line(resource.name)}'{where} is also used in '{mask_line(first.entry)}'",
                hint="rename one of them",
                place=resource.place,
                pointer=join_pointer([name_field(resource.kind).name]),
                platform_code=resource.kind.name_code,
            )


@rule("RSC031", "duplicate-id", Severity.ERROR, source=cited("API reference: ids are the platform's own, and unique"))
def duplicate_id(package: Package) -> Iterator[Problem]:
    """Two resources of a kind have the same id.

    Finds an id that occurs twice among the resources of one kind.

    A reference to the id may mean either of the two resources.

    If one is a copy, remove its id. The id is then derived from the name.
    """
    seen: dict[tuple[str, str], Resource] = {}
    for resource in package.resources:
        if not resource.id_given:
            continue
        first = seen.setdefault((resource.path.kind, resource.id), resource)
        if first is not resource:
            declared = id_field(resource.kind)
            yield Problem(
                message=f"the id '{mask_line(resource.id)}' is also the id of {first.address}",
                hint="remove the id of the copy",
                place=resource.place,
                pointer=join_pointer([declared.name] if declared else []),
            )


@rule("RSC032", "duplicate-combination", Severity.ERROR, source=Page.ERROR_CODES)
def duplicate_combination(package: Package) -> Iterator[Problem]:
    """Two resources have the same combination of values, which may occur only once.

    Finds two APIs of one group with the same method, path and match mode, and two applications with the same key.

    The platform refuses the second one (APIG.3301 for an API, APIG.3310 for a key).

    Change one of them.
    """
    for (_, number, values, _), members in package.index.by_unique.items():
        for resource in members[1:]:
            unique = resource.kind.unique[number]
            told = " ".join(map(mask_line, values))
            yield Problem(
                message=f"{' + '.join(unique.fields)} '{told}' is also used by {members[0].address}",
                hint="change one of them",
                place=resource.place,
                pointer=join_pointer([unique.fields[-1] if len(unique.fields) == 1 else unique.fields[1]]),
                platform_code=unique.platform_code,
            )


@rule("RSC036", "same-name", Severity.ERROR, source=Page.CREATING_A_TOPIC_IN_THE_CONSOLE)
def same_name(package: Package) -> Iterator[Problem]:
    """Two names differ only in characters that do not distinguish names.

    Finds topics whose names are equal when each `.` is read as `_`.

    The platform refuses the second one: `Topic.test` and `Topic_test` are one name there.

    Rename one of them.
    """
    first: dict[tuple[str, tuple[str, ...], str], Resource] = {}
    for resource in package.resources:
        if resource.kind.same_in_names is None:
            continue
        *above, name = resource.path.names
        other = first.setdefault((resource.path.kind, tuple(above), resource.kind.same_name(name)), resource)
        if other.path != resource.path:
            yield Problem(
                message=f"the name '{mask_line(resource.name)}' is the same as '{mask_line(other.name)}' of"
                f" '{mask_line(other.entry)}': {_not_distinguished(resource)} do not distinguish names",
                hint="rename one of them",
                place=resource.place,
                pointer=join_pointer([name_field(resource.kind).name]),
                platform_code=resource.kind.name_code,
            )


def _not_distinguished(resource: Resource) -> str:
    return " and ".join(f"'{sign}'" for sign in (resource.kind.same_in_names or ("",))[0])


RULES: tuple[Rule, ...] = (
    duplicate_name,
    duplicate_id,
    duplicate_combination,
    same_name,
)

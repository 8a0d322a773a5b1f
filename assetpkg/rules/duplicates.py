"""RSC: values that two resources of a package may not share."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited, undocumented
from assetpkg.documents import join_pointer
from assetpkg.kinds.kind import id_field, name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package
from assetpkg.planning.assumptions import DATASOURCE_NAMES, NAMES_DIFFER_BY, ONE_NAME
from assetpkg.planning.doubles import Double, Sameness, find_doubles
from assetpkg.resource.naming import may_be_near, name_shown


class Answered:
    """A package, with the answers to the open questions about names."""

    def __init__(self, package: Package, assumptions: Mapping[str, str]) -> None:
        """Take the package, and the answers."""
        self.package = package
        self.assumptions = assumptions

    def doubles(self, *sorts: Sameness) -> Iterator[tuple[Resource, Double]]:
        """Yield the resources that have the name of another one for one of these reasons, with that one."""
        for resource in self.package.resources:
            double = self._doubles.get(resource.address)
            if double is not None and double.sameness in sorts:
                yield resource, double

    @cached_property
    def _doubles(self) -> Mapping[str, Double]:
        return find_doubles(self.package.index, self.assumptions)


@rule("RSC030", "duplicate-name", Severity.ERROR, source=cited("API reference: names are unique in their scope"))
def duplicate_name(answered: Answered) -> Iterator[Problem]:
    """Two resources of a kind have the same name in the same scope.

    Finds a name that occurs twice in its scope. The kind decides the scope: the whole instance, one application, or one
    group. For data sources it is one application here; RSC033 looks at the whole instance.

    The platform refuses the second resource.

    Rename one of them.
    """
    for resource, double in answered.doubles(Sameness.SAME):
        where = f" in '{mask_line('/'.join(resource.path.names[:-1]))}'" if resource.parent else ""
        yield _about_name(
            resource, f"the name '{name_shown(resource.name)}'{where} is also used in '{mask_line(double.first.entry)}'"
        )._replace(platform_code=resource.kind.name_code)


@rule("RSC033", "assumed-duplicate", Severity.ERROR, source=DATASOURCE_NAMES.source)
def assumed_duplicate(answered: Answered) -> Iterator[Problem]:
    """Two data sources of different applications have the same name.

    Finds such names, unless `datasource-names=application` is assumed.

    No page says whether such a name is unique in the instance or in its application. If it is unique in the instance,
    the platform refuses the second data source.

    Rename one of them, or answer the question with `--assume datasource-names=…` when you know the answer.
    """
    for resource, double in answered.doubles(Sameness.SCOPE):
        answer = f"{double.assumption}={answered.assumptions[double.assumption]}"
        yield _about_name(
            resource,
            f"the name '{name_shown(resource.name)}' is also used in '{mask_line(double.first.entry)}'; assumed:"
            f" {answer}",
            f"rename one of them, or --assume {double.assumption}=… when you know",
        )


@rule("RSC037", "one-name", Severity.ERROR, source=NAMES_DIFFER_BY.source)
def one_name(answered: Answered) -> Iterator[Problem]:
    """Two resources of a kind have names that are assumed to be one.

    Finds what RSC034 finds, if `names-differ-by=letters` is assumed.

    The platform then refuses the second resource.

    Rename one of them.
    """
    if answered.assumptions[NAMES_DIFFER_BY.name] == ONE_NAME:
        for resource, double in answered.doubles(Sameness.NEAR):
            yield _about_name(resource, f"{_near(resource, double)}; assumed: {NAMES_DIFFER_BY.name}={ONE_NAME}")


@rule("RSC034", "near-name", Severity.RISK, source=NAMES_DIFFER_BY.source)
def near_name(answered: Answered) -> Iterator[Problem]:
    """Two resources of a kind have names that are almost the same.

    Finds names in one scope that differ only in case, in blanks at an end, in Unicode form, in width (as brackets do),
    or in characters that cannot be seen.

    No page says whether the platform takes these for one name. If it does, it refuses the second resource, or merges
    it into the first. Assumption `names-differ-by`.

    Rename one of them, or answer the question with `--assume names-differ-by=…` when you know the answer.
    """
    if answered.assumptions[NAMES_DIFFER_BY.name] != NAMES_DIFFER_BY.default:
        return
    for resource, double in answered.doubles(Sameness.NEAR):
        yield _about_name(
            resource,
            f"{_near(resource, double)}; it is not documented whether they are one name",
            "rename one of them, or --assume names-differ-by=… when you know",
        )


@rule("RSC035", "blank-at-end", Severity.WARNING, source=undocumented("whether blanks at the ends of a name count"))
def blank_at_end(package: Package) -> Iterator[Problem]:
    """A name begins or ends with a blank.

    Finds names with a blank at an end: a space, a tab, a line end, or one of the wide or narrow blanks of Unicode.

    No page says whether the platform keeps it. It cannot be seen, so that references and searches miss the name.

    Remove the blank.
    """
    for resource in package.resources:
        if resource.name != resource.name.strip() and may_be_near(resource.kind):
            ends = "begins" if resource.name != resource.name.lstrip() else "ends"
            yield _about_name(
                resource, f"the name '{name_shown(resource.name)}' {ends} with a blank", "remove the blank"
            )


def _near(resource: Resource, double: Double) -> str:
    first = double.first
    return f"the name '{name_shown(resource.name)}' is almost '{name_shown(first.name)}' in '{mask_line(first.entry)}'"


def _about_name(resource: Resource, message: str, hint: str = "rename one of them") -> Problem:
    pointer = join_pointer([name_field(resource.kind).name])
    return Problem(message=message, hint=hint, place=resource.place, pointer=pointer)


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


ANSWERED_RULES: tuple[Rule, ...] = (
    duplicate_name,
    assumed_duplicate,
    near_name,
    one_name,
)
RULES: tuple[Rule, ...] = (
    duplicate_id,
    duplicate_combination,
    same_name,
    blank_at_end,
)

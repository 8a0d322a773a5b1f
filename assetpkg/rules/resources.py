"""RSC: one resource and its document."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.documents import join_pointer
from assetpkg.kinds.kind import id_field, name_field
from assetpkg.package.index import Resource
from assetpkg.package.package import Package

STRICT_JSON = "RFC 8259 and RFC 7493 (I-JSON)"
EXHAUSTING = "assetpkg: limits against documents made to exhaust a parser"
FIELDS = "API reference: the request body that creates the resource"


@rule("RSC001", "invalid-json", Severity.ERROR, source=STRICT_JSON)
def invalid_json(package: Package) -> Iterator[Problem]:
    """A resource file is not JSON.

    Finds files that no JSON parser reads.

    A resource that cannot be read cannot be imported, and nothing else of it was checked.

    Mend the JSON at the place that is named.
    """
    yield from package.find_faults("invalid-json")


@rule("RSC002", "not-utf8", Severity.ERROR, source=STRICT_JSON)
def not_utf8(package: Package) -> Iterator[Problem]:
    """A resource file is not UTF-8, or begins with a byte order mark.

    Finds bytes that are no UTF-8, and the mark that some editors write.

    Programs differ in what they make of such files.

    Save the file as UTF-8 without BOM.
    """
    yield from package.find_faults("not-utf8")


@rule("RSC003", "duplicate-key", Severity.ERROR, source=STRICT_JSON)
def duplicate_key(package: Package) -> Iterator[Problem]:
    """An object has the same key twice.

    Finds keys that stand in one object more than once, also where they are spelled with escapes.

    Some programs believe the first, some the last: what was checked need not be what is imported.

    Keep one of them.
    """
    yield from package.find_faults("duplicate-key")


@rule("RSC004", "number-range", Severity.ERROR, source=STRICT_JSON)
def number_range(package: Package) -> Iterator[Problem]:
    """A number is none that every program reads alike.

    Finds NaN and Infinity, numbers beyond a double, and integers of hundreds of digits.

    JSON has no such numbers, and programs differ in what they do with them.

    Write a string, a smaller number, or null.
    """
    yield from package.find_faults("number-range")


@rule("RSC005", "lone-surrogate", Severity.ERROR, source=STRICT_JSON)
def lone_surrogate(package: Package) -> Iterator[Problem]:
    r"""A text has half of a character.

    Finds an escape such as `\ud800` without its other half.

    It is no character; most programs fail when they write it.

    Write the whole character.
    """
    yield from package.find_faults("lone-surrogate")


@rule("RSC006", "too-deep", Severity.ERROR, source=EXHAUSTING)
def too_deep(package: Package) -> Iterator[Problem]:
    """A document is nested deeper than assetpkg reads.

    Finds more than a hundred objects and lists within each other, unless the limit `depth` was raised.

    No resource is anywhere near, and deep nesting brings parsers down.

    Flatten the document.
    """
    yield from package.find_faults("too-deep")


@rule("RSC007", "too-large", Severity.ERROR, source=EXHAUSTING)
def too_large(package: Package) -> Iterator[Problem]:
    """A document is larger than assetpkg reads.

    Finds resource files of more than 16 MiB, unless the limit `document` was raised.

    No resource is anywhere near.

    Look at where the file came from.
    """
    yield from package.find_faults("too-large")


@rule("RSC008", "too-many-values", Severity.ERROR, source=EXHAUSTING)
def too_many_values(package: Package) -> Iterator[Problem]:
    """A document has more values than assetpkg reads.

    Finds resource files with more than a million values and names of members, unless the limit `values` was raised.

    No resource is anywhere near, and each of them takes a hundred times its size in memory.

    Look at where the file came from.
    """
    yield from package.find_faults("too-many-values")


@rule("RSC009", "too-long-text", Severity.ERROR, source=EXHAUSTING)
def too_long_text(package: Package) -> Iterator[Problem]:
    """A text in a document is longer than assetpkg reads.

    Finds texts of more than 4 MiB of characters, unless the limit `text` was raised, and names of members that lead
    to a value with more than 4,096 characters together.

    No resource is anywhere near: the longest text that a page allows has 65,535.

    Look at where the file came from.
    """
    yield from package.find_faults("too-long-text")


@rule("RSC010", "missing-field", Severity.ERROR, source=FIELDS)
def missing_field(package: Package) -> Iterator[Problem]:
    """A field that the platform requires is missing.

    Finds required fields that are absent.

    The platform refuses to create such a resource.

    Add the field.
    """
    yield from package.find_faults("missing-field")


@rule("RSC011", "wrong-type", Severity.ERROR, source=FIELDS)
def wrong_type(package: Package) -> Iterator[Problem]:
    """A field has a value of the wrong JSON type.

    Finds a number where a string is due, a string where an object is due, and the like; null is absence.

    The platform refuses such a value, or reads it as another one.

    Write a value of the type that the message names.
    """
    yield from package.find_faults("wrong-type")


@rule("RSC012", "wrong-length", Severity.ERROR, source=FIELDS)
def wrong_length(package: Package) -> Iterator[Problem]:
    """A text or a list is too short or too long.

    Finds lengths outside the published limits, in characters or items.

    The platform refuses such a value.

    Shorten or lengthen it as the message says.
    """
    yield from package.find_faults("wrong-length")


@rule("RSC013", "wrong-characters", Severity.ERROR, source=FIELDS)
def wrong_characters(package: Package) -> Iterator[Problem]:
    """A text has characters that it may not have.

    Finds names and other texts outside the published set of characters, or beginning with the wrong one.

    The platform refuses such a value.

    Change the text to the characters that the message lists.
    """
    yield from package.find_faults("wrong-characters")


@rule("RSC014", "not-allowed-value", Severity.ERROR, source=FIELDS)
def not_allowed_value(package: Package) -> Iterator[Problem]:
    """A value is not one of those that the field has.

    Finds values outside a published list, such as a method that is none.

    The platform refuses such a value.

    Use one of the values that the message lists.
    """
    yield from package.find_faults("not-allowed-value")


@rule("RSC015", "out-of-range", Severity.ERROR, source=FIELDS)
def out_of_range(package: Package) -> Iterator[Problem]:
    """A number is too small or too large.

    Finds numbers outside the published range.

    The platform refuses such a value.

    Use a number in the range that the message names.
    """
    yield from package.find_faults("out-of-range")


@rule("RSC016", "unknown-field", Severity.INFO, source=FIELDS)
def unknown_field(package: Package) -> Iterator[Problem]:
    """A field is not one that the kind is known to have.

    Finds fields that no public page lists for the resource.

    They are kept as they are. A misspelled field looks the same, and is silently without effect.

    Look for a misspelling, or leave it.
    """
    yield from package.find_faults("unknown-field")


@rule("RSC017", "disputed-limit", Severity.WARNING, source="API reference and SDK, where they disagree")
def disputed_limit(package: Package) -> Iterator[Problem]:
    """A value keeps to one published limit and breaks another one.

    Finds values that the stricter of two sources refuses and the other allows.

    Which of them the platform goes by is not known.

    Keep to the stricter limit.
    """
    yield from package.find_faults("disputed-limit")


@rule("RSC018", "unknown-variant", Severity.WARNING, source="API reference, Creating a Data Source")
def unknown_variant(package: Package) -> Iterator[Problem]:
    """A data source is of a type that assetpkg does not know the fields of.

    Finds a `datasource_type` that is none of the published ones.

    The platform knows more types than its API reference lists; the fields of this one were not checked.

    Look for a misspelling, or leave it.
    """
    yield from package.find_faults("unknown-variant")


@rule("RSC019", "missing-connection", Severity.INFO, source="API reference, Creating a Data Source")
def missing_connection(package: Package) -> Iterator[Problem]:
    """A data source lacks what it needs to connect.

    Finds fields that are blank or absent, and that a data source of this type and mode needs.

    Connection data is no asset, and an export may leave it out. Nothing runs before it is entered.

    Enter it on the target after the import, and test the connection.
    """
    yield from package.find_faults("missing-connection")


@rule("RSC020", "invalid-json-schema", Severity.WARNING, source="JSON Schema; API reference, Registering an API")
def invalid_json_schema(package: Package) -> Iterator[Problem]:
    """A JSON Schema inside a resource is none.

    Finds `json_schema` texts that are not JSON, no valid JSON Schema, or refer to something outside themselves.

    A parameter that is validated with it is refused always, or never.

    Mend the schema.
    """
    yield from package.find_faults("invalid-json-schema")


@rule("RSC021", "breaks-json-schema", Severity.WARNING, source="JSON Schema; API reference, Registering an API")
def breaks_json_schema(package: Package) -> Iterator[Problem]:
    """A parameter's default or sample does not satisfy the parameter's own JSON Schema.

    Finds default and sample values that the schema beside them refuses.

    A call that relies on the default fails its validation.

    Change the value or the schema.
    """
    yield from package.find_faults("breaks-json-schema")


@rule("RSC022", "invalid-json-text", Severity.WARNING, source="API reference, Appendix, RawFormDataRequest")
def invalid_json_text(package: Package) -> Iterator[Problem]:
    """A field for JSON in a string holds none.

    Finds a `task_detail`, a header of a mock backend and the like that are not JSON by the rules for resource files.

    The platform cannot read it, or reads it as something else; what it refers to and holds was not checked.

    Mend the JSON at the place that is named, inside the string.
    """
    yield from package.find_faults("invalid-json-text")


@rule("RSC023", "unjudged-json-schema", Severity.INFO, source="JSON Schema; API reference, Registering an API")
def unjudged_json_schema(package: Package) -> Iterator[Problem]:
    """A JSON Schema inside a resource was not held against anything.

    Finds `json_schema` texts with patterns that look around or back, and schemas that take too much work, or refer
    to themselves without end.

    It may be valid, and default and sample may satisfy it: assetpkg does not say so. Patterns are only searched for
    by an engine that takes linear time, which no engine does for these.

    Simplify the schema, or leave it.
    """
    yield from package.find_faults("unjudged-json-schema")


@rule("RSC030", "duplicate-name", Severity.ERROR, source="API reference: names are unique in their scope")
def duplicate_name(package: Package) -> Iterator[Problem]:
    """Two resources of a kind have the same name in the same scope.

    Finds a name twice in the instance, or twice below one application or group, whichever the kind's names are
    unique in.

    The platform refuses the second one. For data sources the scope is an assumption (`datasource-names`).

    Rename one of them.
    """
    by_name: dict[tuple[str, tuple[str, ...]], Resource] = {}
    for resource in package.resources:
        among = resource.kind.namespace or resource.path.kind
        first = by_name.setdefault((among, resource.path.names), resource)
        if first is not resource:
            where = f" in '{mask_line('/'.join(resource.path.names[:-1]))}'" if resource.parent else ""
            yield Problem(
                message=f"the name '{mask_line(resource.name)}'{where} is that of '{mask_line(first.entry)}' too",
                hint="rename one of them",
                place=resource.place,
                pointer=join_pointer([name_field(resource.kind).name]),
                platform_code=resource.kind.name_code,
            )


@rule("RSC031", "duplicate-id", Severity.ERROR, source="API reference: ids are the platform's own, and unique")
def duplicate_id(package: Package) -> Iterator[Problem]:
    """Two resources of a kind have the same id.

    Finds an id twice among the resources of one kind.

    What refers to the id may mean either of them.

    If one is a copy, remove its id: it is derived from the name then.
    """
    seen: dict[tuple[str, str], Resource] = {}
    for resource in package.resources:
        if not resource.id_given:
            continue
        first = seen.setdefault((resource.path.kind, resource.id), resource)
        if first is not resource:
            declared = id_field(resource.kind)
            yield Problem(
                message=f"the id '{mask_line(resource.id)}' is that of {first.address} too",
                hint="remove the id of the copy",
                place=resource.place,
                pointer=join_pointer([declared.name] if declared else []),
            )


@rule("RSC032", "duplicate-combination", Severity.ERROR, source="API reference, Error Codes")
def duplicate_combination(package: Package) -> Iterator[Problem]:
    """Two resources share values that may occur only once together.

    Finds two APIs of one group with the same method, path and match mode, and two applications with the same key.

    The platform refuses the second one (APIG.3301 for an API, APIG.3310 for a key).

    Change one of them.
    """
    for (_, number, values, _), members in package.index.by_unique.items():
        for resource in members[1:]:
            unique = resource.kind.unique[number]
            told = " ".join(map(mask_line, values))
            yield Problem(
                message=f"{' + '.join(unique.fields)} '{told}' is that of {members[0].address} too",
                hint="change one of them",
                place=resource.place,
                pointer=join_pointer([unique.fields[-1] if len(unique.fields) == 1 else unique.fields[1]]),
                platform_code=unique.platform_code,
            )


RULES: tuple[Rule, ...] = (
    invalid_json,
    not_utf8,
    duplicate_key,
    number_range,
    lone_surrogate,
    too_deep,
    too_large,
    too_many_values,
    too_long_text,
    missing_field,
    wrong_type,
    wrong_length,
    wrong_characters,
    not_allowed_value,
    out_of_range,
    unknown_field,
    disputed_limit,
    unknown_variant,
    missing_connection,
    invalid_json_schema,
    breaks_json_schema,
    invalid_json_text,
    unjudged_json_schema,
    duplicate_name,
    duplicate_id,
    duplicate_combination,
)

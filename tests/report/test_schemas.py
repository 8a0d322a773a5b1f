"""The schemas in `schemas/`: what the classes say, valid, complete, and of one mind with the classes."""

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from pydantic import ValidationError
from referencing import Registry, Resource

from assetpkg.cli.exits import MEANINGS
from assetpkg.cli.program import cli
from assetpkg.errors import InvalidOption
from assetpkg.json_schema.published import published_bundle
from assetpkg.kinds import KINDS
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Variant
from assetpkg.kinds.part import Part, model_of
from assetpkg.kinds.validators import validator_of
from assetpkg.package.layout import OWN
from assetpkg.package.manifest import Manifest
from assetpkg.report import schemas
from assetpkg.report.explain import report_explanation
from assetpkg.resource.walk import Fields, fields_below
from assetpkg.rules.allows import parse_allows
from assetpkg.rules.team_plan import parse_plan_rules
from assetpkg.settings.file import parse_settings
from assetpkg.settings.settings import SETTINGS
from assetpkg.settings.targets import read_targets
from assetpkg.simulation.verdict import ACCEPTED
from assetpkg.target.members import Snapshot
from tests.build import DOCUMENTS, MANIFEST, encode, make_contents, make_snapshot
from tests.conftest import ROOT, SAMPLES, THOROUGH
from tests.tables import every_row

FOLDER = ROOT / "schemas"
SCHEMAS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))
}


def holds_pattern(_: Any, pattern: str, text: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """Read `$` as JSON Schema does (ECMA-262): the end of the text, and not also before a last line break."""
    if isinstance(text, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), text):
        yield jsonschema.ValidationError(f"{text!r} does not match {pattern!r}")


def refuse_remote(uri: str) -> Any:
    raise AssertionError(f"{uri} would have to be fetched")


Validator: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator, {"pattern": holds_pattern}
)
REGISTRY: Registry[Any] = Registry(retrieve=refuse_remote).with_resources(  # type: ignore[call-arg]
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
VALIDATORS = {name: Validator(schema, registry=REGISTRY) for name, schema in SCHEMAS.items()}
CLASSES: Mapping[str, type[Part]] = {**KINDS, "manifest": Manifest, "snapshot": Snapshot}


def walk(schema: Any, pointer: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object in a schema, with where it is."""
    if isinstance(schema, dict):
        yield pointer, schema
        for key, value in schema.items():
            if key in {"properties", "$defs"} and isinstance(value, dict):
                # A field, or a class, may bear the name of a keyword.
                for name, below in value.items():
                    yield from walk(below, f"{pointer}/{key}/{name}")
            else:
                yield from walk(value, f"{pointer}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from walk(value, f"{pointer}/{index}")


def class_accepts(name: str, document: Any) -> bool:
    return is_accepted(CLASSES[name], document) and all(
        is_accepted(chosen, value) for chosen, value in chosen_by(CLASSES[name], document)
    )


def is_accepted(part: type[Part], value: Any) -> bool:
    try:
        part.model_validate(value)
    except ValidationError:
        return False
    return True


def chosen_by(part: type[Part], document: Any) -> Iterator[tuple[type[Part], Any]]:
    """Yield the classes that a document chooses by one field for another, with what is there."""
    for name, field in fields_of(part).items():
        marker = field.marker(Variant)
        if marker and (chosen := marker.classes.get(document.get(marker.on))):
            yield chosen, document[name]


def schema_accepts(name: str, document: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(document))


def test_what_is_committed_is_what_the_command_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schemas.main([str(tmp_path)])
    committed, written = ({path.name: path.read_bytes() for path in place.iterdir()} for place in (FOLDER, tmp_path))
    assert committed == written, "run: python -m assetpkg.report.schemas schemas"
    assert capsys.readouterr().out == f"{tmp_path}: {len(SCHEMAS)} schemas\n"


def test_there_is_one_for_every_kind_and_every_output() -> None:
    names = [*KINDS, *schemas.INPUTS, schemas.SETTINGS_NAME, *schemas.OUTPUTS]
    assert sorted(SCHEMAS) == sorted(names)
    assert {word: SCHEMAS[word]["x-assetpkg-folder"] for word in KINDS} == {
        word: kind.folder for word, kind in KINDS.items()
    }


@every_row("name", SCHEMAS)
def test_it_is_a_valid_schema_that_names_itself(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://assetpkg.invalid/schemas/1/{name}.json"
    assert schema["title"]
    assert schema["description"].endswith(".")


@every_row("name", SCHEMAS)
def test_every_field_says_what_it_is_and_nothing_twice(name: str) -> None:
    for pointer, schema in walk(SCHEMAS[name]):
        for field, described in schema.get("properties", {}).items():
            if "/allOf/" not in pointer:
                assert described.get("description", "").endswith((".", "…")), f"{pointer}/{field}"
                assert "title" not in described, f"{pointer}/{field}"
                assert described.get("default", 0) is not None, f"{pointer}/{field}"


@every_row("name", SCHEMAS)
def test_every_reference_stays_in_the_file(name: str) -> None:
    references = {schema["$ref"] for _, schema in walk(SCHEMAS[name]) if isinstance(schema.get("$ref"), str)}
    assert references == {f"#/$defs/{part}" for part in SCHEMAS[name].get("$defs", {})}


def test_markers_stand_at_their_fields() -> None:
    application, api, source = (SCHEMAS[word]["properties"] for word in ("application", "api", "datasource"))
    assert application["id"]["x-assetpkg-id"] is True
    assert application["secret"]["x-assetpkg-secret"] is True
    assert application["created_user"]["x-assetpkg-computed"] is True
    assert application["roles"]["x-assetpkg-unordered"] is True
    assert api["name"]["x-assetpkg-name"] == {"scope": "group_id"}
    assert api["group_id"]["x-assetpkg-ref"] == {"kind": "api_group", "by": ["id"]}
    assert api["req_params"]["x-assetpkg-unordered"] == {"by": ["location", "name"]}
    assert source["content"]["x-assetpkg-variant"] == {"on": "datasource_type"}


# Documents that classes and schemas have to agree about.

API: dict[str, Any] = DOCUMENTS["apis/Shop/orders/get-order.json"]
WEB: dict[str, Any] = {
    "req_protocol": "HTTPS",
    "req_method": "GET",
    "req_uri": "/o",
    "timeout": 5,
    "retry_count": "3",
    "vpc_channel_info": {"vpc_channel_id": "c"},
}
FUNCTION: dict[str, Any] = {"function_urn": "urn:fss:f", "invocation_type": "sync", "timeout": 1}
POLICY: dict[str, Any] = {
    "name": "night",
    "effect_mode": "ALL",
    "conditions": [{"condition_origin": "source", "condition_value": "::1"}],
}
PARAMETER: dict[str, Any] = {"name": "id", "location": "PATH", "type": "STRING", "required": 1}
CONSTANT: dict[str, Any] = {"name": "X-By", "location": "HEADER", "origin": "CONSTANT", "value": "gateway"}

MINIMAL: dict[str, tuple[str, Any]] = {
    **{f"minimal {name}": (kind.kind, document) for name, document in DOCUMENTS.items() if (kind := OWN.kind_of(name))},
    "minimal composite task": ("composite_task", {"task_name": "all-tables", "operation_types": ["INSERT"]}),
    "minimal manifest": ("manifest", MANIFEST),
    "minimal snapshot": ("snapshot", make_snapshot()),
}
SAMPLE: dict[str, tuple[str, Any]] = {
    **{
        name: (kind.kind, json.loads(path.read_bytes()))
        for path in sorted((SAMPLES / "order-center").rglob("*.json"))
        if (kind := OWN.kind_of(name := path.relative_to(SAMPLES / "order-center").as_posix()))
    },
    "manifest.json": ("manifest", json.loads((SAMPLES / "order-center" / "manifest.json").read_bytes())),
    "production.json": ("snapshot", json.loads((SAMPLES / "production.json").read_bytes())),
    "staging.json": ("snapshot", json.loads((SAMPLES / "staging.json").read_bytes())),
}
NESTED: dict[str, tuple[str, Any]] = {
    "task with a schedule": ("task", {**DOCUMENTS["tasks/sync_orders.json"], "dispatch": {"cron": "0 0 2 * * ?"}}),
    "API with parameters": (
        "api",
        {**API, "req_params": [PARAMETER], "backend_params": [CONSTANT], "tags": ["read"], "auth_opt": {}},
    ),
    "API with backends": ("api", {**API, "backend_api": WEB, "func_info": FUNCTION, "mock_info": {}}),
    "API with policies": (
        "api",
        {**API, "policy_https": [POLICY | WEB], "policy_functions": [POLICY | FUNCTION], "policy_mocks": [POLICY]},
    ),
    "application with accounts": (
        "application",
        {**DOCUMENTS["applications/Shop.json"], "created_user": {"user_id": "u"}},
    ),
    "composite task with mappings": (
        "composite_task",
        {
            "task_name": "all-tables",
            "operation_types": ["INSERT"],
            "mappings": [
                {
                    "source_datasource_id": "a",
                    "target_datasource_id": "b",
                    "source_columns": [{}],
                    "mapping_columns": [{}],
                    "ext_info": {},
                }
            ],
        },
    ),
    "packed manifest": (
        "manifest",
        {
            **MANIFEST,
            "source": {"features": {"app_route": True}},
            "assets": [{"kind": "topic", "name": "t", "path": "topics/t.json", "sha256": "0" * 64}],
        },
    ),
    "full snapshot": (
        "snapshot",
        make_snapshot(
            {"topic": [{"name": "t"}]},
            instance={"features": {}},
            quotas={"topic": {"limit": 1, "used": 0}},
            functions=[{"urn": "urn:f"}],
            jobs=[{"status": "RUNNING"}],
        ),
    ),
}
INSIDE: Mapping[str, dict[str, Any]] = {"ORACLE": {"multi_oracle_address": [{}]}, "API": {"api_auth_detail": {}}}
CONTENTS: dict[str, tuple[str, Any]] = {
    f"data source {word}": (
        "datasource",
        {**DOCUMENTS["datasources/orders-db.json"], "datasource_type": word, "content": INSIDE.get(word, {})},
    )
    for word in (*CONTENT_CLASSES, "CLICKHOUSE")
}
ONE_OF_EACH = {
    next((chosen for chosen, _ in chosen_by(CLASSES["datasource"], document)), None): name
    for name, (_, document) in CONTENTS.items()
}.values()
"""A data source for each class of connection data, and one of a type that no class describes."""
DOCUMENTS_BY_NAME = {**MINIMAL, **SAMPLE, **NESTED, **CONTENTS}

VALUES: tuple[Any, ...] = (
    None, True, 0, 1, -1, 7, 1.5, 10**18, "", "x", "7", "a b", "a\n", "<&/>", "_", "NO SUCH WORD", "订单", "a" * 70_000,
    [], ["x"], [None], [{}], {}, {"x": 1}, {"x": {}},
)  # fmt: skip
"""What every field is set to in turn: wrong types, lengths, characters, words and numbers, and right ones."""


@every_row("name", DOCUMENTS_BY_NAME)
def test_classes_and_schemas_accept_good_documents(name: str) -> None:
    word, document = DOCUMENTS_BY_NAME[name]
    assert class_accepts(word, document)
    VALIDATORS[word].validate(document)


def objects_in(fields: Fields, value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Fields]]:
    """Yield the place of every object that a class describes, with its fields; of a list, its first object."""
    if isinstance(value, dict):
        yield place, fields
        for key, child in value.items():
            below = fields_below(fields.get(key), value)
            if below and isinstance(child, dict):
                yield from objects_in(below, child, (*place, key))
            elif below and isinstance(child, list) and child and isinstance(child[0], dict):
                yield from objects_in(below, child[0], (*place, key, 0))


def at(document: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        document = document[step]
    return document


def mutations(part: type[Part], document: Any) -> Iterator[tuple[str, Any]]:
    """Yield the document with each known field dropped, and set to each of the values, in turn."""
    changed = copy.deepcopy(document)
    for place, fields in objects_in(fields_of(part), document):
        holder = at(changed, place)
        original = dict(holder)
        for field in [*fields, "no_such_field"]:
            for value in VALUES:
                holder[field] = value
                yield f"{'/'.join(map(str, (*place, field)))} = {str(value)[:20]!r}", changed
            holder.pop(field)
            yield f"{'/'.join(map(str, (*place, field)))} dropped", changed
            holder.clear()
            holder.update(original)


@pytest.mark.parametrize("name", [*MINIMAL, *NESTED, *ONE_OF_EACH])
def test_classes_validators_and_schemas_agree_about_every_mutation(name: str) -> None:
    """Classes and validators give the same reasons, and schemas refuse the same documents."""
    word, document = DOCUMENTS_BY_NAME[name]
    verdicts = set()
    for what, changed in islice(mutations(CLASSES[word], document), 0, None, 1 if THOROUGH else 7):
        refused = refusals(CLASSES[word].model_validate, changed)
        assert refusals(validator_of(CLASSES[word]).validate_python, changed) == refused, what
        for part, value in [] if refused else chosen_by(CLASSES[word], changed):
            inside = refusals(part.model_validate, value)
            assert refusals(validator_of(part).validate_python, value) == inside, what
            refused += inside
        assert schema_accepts(word, changed) == (not refused), what
        verdicts.add(not refused)
    assert verdicts == {True, False}


def refusals(validate: Callable[[Any], Any], document: Any) -> list[tuple[Any, ...]]:
    try:
        validate(document)
    except ValidationError as error:
        return [
            (
                detail["loc"],
                detail["type"].replace("model_type", "dict_type"),
                {key: value for key, value in detail.get("ctx", {}).items() if key != "class_name"},
            )
            for detail in error.errors(include_url=False)
        ]
    return []


def test_a_class_that_needs_more_of_pydantic_is_built_by_pydantic() -> None:
    class Odd(Part):
        """A class with a field of a type that no other has."""

        share: float

    assert validator_of(Odd) is model_of(Odd).__pydantic_validator__
    assert refusals(validator_of(Odd).validate_python, {"share": "x"}) != []


@every_row(
    ("text", "is_too_long"),
    [
        pytest.param("a" * 20_480, False, id="as many as may be"),
        pytest.param("订" * 20_480, False, id="as many of three bytes"),
        pytest.param("a" * 20_481, True, id="one more"),
        pytest.param("\U0001f4e6" * 20_481, True, id="one more of four bytes"),
    ],
)
def test_the_characters_of_a_long_text_are_counted_as_in_any_other(text: str, *, is_too_long: bool) -> None:
    api = {**API, "result_normal_sample": text}
    refused = refusals(validator_of(KINDS["api"]).validate_python, api)
    assert refused == refusals(KINDS["api"].model_validate, api)
    assert bool(refused) == is_too_long


def test_only_a_schema_takes_a_float_without_fraction_for_an_integer() -> None:
    topic = {**DOCUMENTS["topics/order-events.json"], "partition": 3.0}
    assert schema_accepts("topic", topic)
    assert not class_accepts("topic", topic)


# What the command line prints.

PACKAGE = "samples/order-center"
BY_ITSELF = ["plan", PACKAGE, "--target", PACKAGE]
PRODUCTION = ["plan", PACKAGE, "--target", "samples/production.json"]

OUTPUTS: dict[str, tuple[str, list[str]]] = {
    "a clean package": ("check", ["check", PACKAGE]),
    "packages with findings": ("check", ["check", PACKAGE, "BROKEN", "no-such-package", "README.md", "schemas"]),
    "a plan without target": ("plan", ["plan", PACKAGE]),
    "a plan of a broken package": ("plan", ["plan", "BROKEN"]),
    "a clear plan": ("plan", ["plan", PACKAGE, "--target", "EMPTY"]),
    "a risky plan": ("plan", ["plan", PACKAGE, "--target", "OTHER", "--mode", "Merge"]),
    "a blocked plan": ("plan", PRODUCTION),
    "a plan that keeps all": ("plan", [*BY_ITSELF, "--mode", "Merge"]),
    "a plan that merges": ("plan", [*PRODUCTION, "--mode", "Merge"]),
    "a plan that overwrites": ("plan", [*PRODUCTION, "--mode", "Merge", "--datasource-overwrite"]),
    "a plan with answers": ("plan", [*PRODUCTION, "--mode", "Merge", "--assume", "merge-existing=update"]),
    "a plan of nothing": ("failure", ["plan", "no-such-package"]),
    "a plan for nothing": ("failure", ["plan", PACKAGE, "--target", "no-such-snapshot"]),
    "a package": ("show", ["show", PACKAGE]),
    "a resource": ("show", ["show", PACKAGE, "application/Order Center"]),
    "all rules": ("rules", ["rules"]),
    "a rule": ("rules", ["rules", "REF001"]),
    "no rule": ("failure", ["rules", "XYZ"]),
    "a diff": ("diff", ["diff", PACKAGE, "samples/production.json"]),
    "no diff": ("diff", ["diff", PACKAGE, PACKAGE]),
    "no delta": ("subset", ["subset", PACKAGE, "--since", PACKAGE, "-o", "never.zip"]),
    "no subset": ("subset", ["subset", PACKAGE, "--without", "datasource/*", "-o", "never.zip"]),
    "all documents": ("show", ["show", PACKAGE, "--documents"]),
    "no package": ("failure", ["show", "no-such-package"]),
    "plans": ("plans", ["plan", PACKAGE, "EMPTY_PACKAGE", "--target", "EMPTY"]),
    "a package that is not one": ("check", ["check", "no-such-package"]),
}
VERDICTS = {
    "a plan without target": "unverified",
    "a clear plan": "clear",
    "a risky plan": "risky",
    "a blocked plan": "blocked",
}


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, str]:
    """Return the files that are made for the test, by the words that stand for them in the table."""
    broken = tmp_path / "broken"
    contents = make_contents({"topics/order-events.json": {"name": "1st"}, "tasks/sync_orders.json": b"{"})
    for name, content in {**contents, "api_groups/Shop/orders.json": b"{}"}.items():
        (broken / name).parent.mkdir(parents=True, exist_ok=True)
        (broken / name).write_bytes(content)
    other = make_snapshot({"application": [{"name": "Warehouse", "remark": "another one"}]})
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "manifest.json").write_bytes(contents["manifest.json"])
    (tmp_path / "empty.json").write_bytes(encode(make_snapshot()))
    (tmp_path / "other.json").write_bytes(encode(other))
    return {
        "BROKEN": str(broken),
        "EMPTY": str(tmp_path / "empty.json"),
        "EMPTY_PACKAGE": str(tmp_path / "empty"),
        "OTHER": str(tmp_path / "other.json"),
    }


def test_the_settings_are_what_the_table_of_them_reads() -> None:
    validator = Draft202012Validator(SCHEMAS["settings"])
    for row in SETTINGS.values():
        document = json.loads(json.dumps(tomllib.loads(row.example), default=str))
        validator.validate(document)
        parse_settings(tomllib.loads(row.example), ROOT / "assetpkg.toml")
        assert not validator.is_valid({row.key: {"no": {"such": ["value"]}}}), row.key
    assert not validator.is_valid({"no-such-setting": 1})
    tables = SCHEMAS["settings"]["properties"]
    for read, members in (
        (lambda: parse_allows([{"zzz": 1}]), tables["allow"]["items"]),
        (lambda: parse_plan_rules([{"name": "x", "zzz": 1}]), tables["plan-rules"]["items"]),
        (lambda: read_targets({"there": {"zzz": 1}}), tables["targets"]["additionalProperties"]),
    ):
        with pytest.raises(InvalidOption, match="has no key 'zzz'; there are ") as refused:
            read()
        assert str(refused.value).partition("there are ")[2].split(", ") == sorted(members["properties"])


def test_all_schemas_are_in_one_document() -> None:
    whole = json.loads(published_bundle())
    assert whole["$defs"] == SCHEMAS  # each of which is a valid schema
    Draft202012Validator.check_schema({**whole, "$defs": {}})
    output = json.loads(CliRunner().invoke(cli, ["show", "no-such", "--format", "json"], standalone_mode=False).stdout)
    for name, is_valid in (("show", True), ("failure", True), ("rules", True), ("manifest", False)):
        validator = Draft202012Validator({**whole, "$ref": f"#/$defs/{name}"})
        assert validator.is_valid(output) == is_valid


def test_every_word_that_a_schema_lists_is_explained() -> None:
    words = report_explanation(None, MEANINGS).words
    assert all(each.title and each.text for each in words)
    change = SCHEMAS["plan"]["$defs"]["ChangeReport"]["properties"]
    settings = SCHEMAS["settings"]["properties"]
    listed = {
        "reason": change["reason"]["enum"],
        "action": change["action"]["enum"],
        "assumption": change["assumptions"]["items"]["enum"],
        "kind": list(KINDS),
        "basis": SCHEMAS["plan"]["$defs"]["BasisReport"]["properties"]["kind"]["enum"],
        "verdict": [*SCHEMAS["plan"]["$defs"]["PlanReport"]["properties"]["verdict"]["enum"], ACCEPTED],
        "severity": SCHEMAS["check"]["$defs"]["DiagnosticReport"]["properties"]["severity"]["enum"],
        "setting": list(settings),
        "limit": settings["limits"]["propertyNames"]["enum"],
        "exit-status": ["0", "1", "2", "3"],
    }
    for sort, expected in listed.items():
        assert {each.word for each in words if each.sort == sort} == set(expected), sort


def fields_in(document: str) -> set[str]:
    """Return the fields of the document of this word, as its schema has them."""
    parts = [SCHEMAS[document], *SCHEMAS[document].get("$defs", {}).values()]
    (found,) = [
        part["properties"] for part in parts if part.get("properties", {}).get("document", {}).get("const") == document
    ]
    return set(found)


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_json_output_is_as_published(name: str, inputs: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    document, arguments = OUTPUTS[name]
    command = [inputs.get(argument, argument) for argument in arguments]
    result = CliRunner().invoke(cli, [*command, "--format", "json"], standalone_mode=False)
    output = json.loads(result.stdout)
    for schema in (document, arguments[0]):
        VALIDATORS[schema].validate(output)
    assert output.keys() == fields_in(document)
    if name in VERDICTS:
        assert output["verdict"] == VERDICTS[name]

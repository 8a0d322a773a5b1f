"""Schemas: those that are published, and those that a team has written for its own resources."""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assetpkg import Policy, TeamSchemas, check, plan
from assetpkg.archive.write_folder import write_folder
from assetpkg.cli.program import cli as commands
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.errors import AssetpkgError, CannotRead, InvalidOption
from assetpkg.json_schema import published as contract
from tests.build import API, DATASOURCE, TOPIC, edited, make_package
from tests.conftest import ROOT

TOPIC_ENTRY = "topics/order-events.json"
SECRET = "hunter2-correct-horse"  # noqa: S105 - what must not be seen anywhere


def call(*arguments: str) -> Result:
    """Run a command in this process; the exit status of a command is its return value."""
    return CliRunner().invoke(commands, arguments, standalone_mode=False)


def write(folder: Path, files: Mapping[str, Any]) -> None:
    """Write JSON documents, or bytes as they are, below `folder`."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


def judge(folder: Path, schema: Any, changes: Mapping[str, Any] | None = None, **others: Any) -> list[Diagnostic]:
    """Return what RSC04 finds with a schema for topics, and other files beside it."""
    write(folder, {"schemas/topic.json": schema, **others})
    schemas = TeamSchemas.read({"topic": "schemas/topic.json"}, folder)
    return check(make_package(changes), Policy.parse(["RSC04"]), schemas)


@pytest.mark.parametrize(
    ("schema", "message", "pointer"),
    [
        pytest.param({}, None, "", id="everything is allowed"),
        pytest.param(True, None, "", id="the schema true"),
        pytest.param({"properties": {"name": {"pattern": "^order"}}}, None, "", id="satisfied"),
        pytest.param(
            {"properties": {"name": {"pattern": "^dev_"}}},
            ' at /properties/name/pattern: "order-events" does not satisfy pattern "^dev_"',
            "/name",
            id="pattern",
        ),
        pytest.param(
            {"properties": {"name": {"maxLength": 5}}},
            ' at /properties/name/maxLength: "order-events" does not satisfy maxLength 5',
            "/name",
            id="limit",
        ),
        pytest.param(
            {"properties": {"access_policy": {"enum": ["pub", "sub"]}}},
            ' at /properties/access_policy/enum: "all" does not satisfy enum ["pub", "sub"]',
            "/access_policy",
            id="choice",
        ),
        pytest.param(
            {"properties": {"access_policy": {"enum": [f"choice number {number}" for number in range(9)]}}},
            ' at /properties/access_policy/enum: "all" does not satisfy enum',
            "/access_policy",
            id="a long limit stays in the schema",
        ),
        pytest.param(
            {"required": ["name", "description", "tag"]},
            " at /required: 'description', 'tag' are missing",
            "",
            id="missing members are reported once",
        ),
        pytest.param({"required": ["tag"]}, " at /required: 'tag' is missing", "", id="a missing member"),
        pytest.param(
            {"properties": {"name": {}, "app_id": {}}, "additionalProperties": False},
            " at /additionalProperties: 'access_policy' is not allowed",
            "/access_policy",
            id="too many members",
        ),
        pytest.param(
            {"properties": {"name": {}}, "patternProperties": {"^a.*y$": {}}, "additionalProperties": False},
            " at /additionalProperties: 'app_id' is not allowed",
            "/app_id",
            id="members by pattern",
        ),
        pytest.param({"type": "array"}, ' at /type: (an object) does not satisfy type "array"', "", id="the whole"),
        pytest.param(False, ": (an object) is not allowed", "", id="the schema false"),
        pytest.param(
            {"properties": {"access_policy": False}},
            ' at /properties/access_policy: "all" is not allowed',
            "/access_policy",
            id="a member that is not allowed",
        ),
        pytest.param(
            {"properties": {"name": {"properties": {"x": False, "y": {}}}}}, None, "", id="no member of a plain value"
        ),
        pytest.param(
            {"properties": {"name": {"type": "object", "properties": {}}, "tag": False, "access_policy": True}},
            ' at /properties/name/type: "order-events" does not satisfy type "object"',
            "/name",
            id="a member that is not allowed and not there",
        ),
        pytest.param(
            {"anyOf": [{"required": ["x"]}, {"required": ["y"]}]},
            ' at /anyOf: (an object) does not satisfy anyOf [{"required": ["x"]}, {"required": ["y"]}]',
            "",
            id="any of several",
        ),
        pytest.param(
            {"if": {"properties": {"name": {"const": "order-events"}}}, "then": {"required": ["tag"]}},
            " at /then/required: 'tag' is missing",
            "",
            id="under a condition",
        ),
        pytest.param(
            {"$defs": {"a/b": {"pattern": "^x"}}, "properties": {"name": {"$ref": "#/$defs/a~1b"}}},
            ' at /$defs/a~1b/pattern: "order-events" does not satisfy pattern "^x"',
            "/name",
            id="a reference leads to where the limit is",
        ),
        pytest.param(
            {"$defs": {"n": {"$anchor": "here", "pattern": "^x"}}, "properties": {"name": {"$ref": "#here"}}},
            ' at /$defs/n/pattern: "order-events" does not satisfy pattern "^x"',
            "/name",
            id="an anchor, too",
        ),
        pytest.param(
            {"$defs": {"no": False}, "properties": {"name": {"$ref": "#/$defs/no"}}},
            ': "order-events" is not allowed',
            "/name",
            id="false after a reference has no place",
        ),
        pytest.param(
            {"$id": "https://team.example/topic", "properties": {"name": {"$ref": "#/$defs/n"}}, "$defs": {"n": False}},
            ': "order-events" is not allowed',
            "/name",
            id="an id of its own",
        ),
        pytest.param(
            {"$schema": "http://json-schema.org/draft-04/schema#", "properties": {"name": {"maxLength": 1}}},
            ' at /properties/name/maxLength: "order-events" does not satisfy maxLength 1',
            "/name",
            id="an older draft",
        ),
        pytest.param({"$ref": "https://json-schema.org/draft/2020-12/schema"}, None, "", id="JSON Schema's own schema"),
    ],
)
def test_what_a_schema_refuses(tmp_path: Path, schema: Any, message: str | None, pointer: str) -> None:
    found = judge(tmp_path, schema)
    expected = [] if message is None else [f"breaks schemas/topic.json{message}"]
    assert [diagnostic.message for diagnostic in found] == expected
    assert {diagnostic.location.pointer for diagnostic in found} <= {pointer}
    assert {diagnostic.location.entry for diagnostic in found} <= {TOPIC_ENTRY}


def test_a_finding_has_a_place_a_hint_and_an_author(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, {"properties": {"app_id": {"maxLength": 1}}})
    assert (found.code, found.slug, found.severity.value) == ("RSC040", "team-schema", "error")
    assert (found.location.line, found.location.column) == (3, 13)
    assert found.hint == "change the resource, or schemas/topic.json"


def test_a_member_that_is_not_allowed_is_found_at_its_key(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, {"properties": {"name": {}, "access_policy": {}}, "additionalProperties": False})
    assert (found.location.line, found.location.column) == (3, 3)


def test_the_schema_of_an_editor_is_not_held_against_the_schema(tmp_path: Path) -> None:
    closed = {"properties": {"name": {}, "app_id": {}, "access_policy": {}}, "additionalProperties": False}
    assert not judge(tmp_path, closed, {TOPIC_ENTRY: {"$schema": "../topic.json", **TOPIC}})


def test_only_resources_of_the_kind_that_can_be_read(tmp_path: Path) -> None:
    changes = {TOPIC_ENTRY: b"{", "topics/second.json": edited(TOPIC, name="second")}
    assert [found.location.entry for found in judge(tmp_path, {"maxProperties": 1}, changes)] == ["topics/second.json"]


OTHER = {"$defs": {"name": {"pattern": "^x"}}}


@pytest.mark.parametrize(
    ("reference", "files", "place"),
    [
        ("other.json#/$defs/name", {"schemas/other.json": OTHER}, "schemas/other.json at /$defs/name/pattern"),
        ("../other.json#/$defs/name", {"other.json": OTHER}, "other.json at /$defs/name/pattern"),
        ("a%20b.json#/$defs/name", {"schemas/a b.json": OTHER}, "schemas/a b.json at /$defs/name/pattern"),
        (
            "other.json",
            {"schemas/other.json": {"$ref": "third.json"}, "schemas/third.json": {"pattern": "^x"}},
            "schemas/third.json at /pattern",
        ),
        (
            "other.json",
            {"schemas/other.json": {"$id": "https://team.example/s/o.json", "$ref": "third.json"}}
            | {"schemas/third.json": {"pattern": "^x"}},
            "schemas/third.json at /pattern",
        ),
        (
            "other.json",
            {"schemas/other.json": {"$schema": "http://json-schema.org/draft-07/schema#", "pattern": "^x"}},
            "schemas/other.json at /pattern",
        ),
    ],
)
def test_references_to_other_files_of_the_project(
    tmp_path: Path, reference: str, files: Mapping[str, Any], place: str
) -> None:
    write(tmp_path, files)
    (found,) = judge(tmp_path, {"properties": {"name": {"$ref": reference}}})
    assert found.message == f'breaks {place}: "order-events" does not satisfy pattern "^x"'


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with published schemas that stands in for the real one."""
    folder = tmp_path / "published"
    topic = {"$id": f"{contract.BASE}topic.json", "title": "topic", "properties": {"name": {"maxLength": 4}}}
    write(folder, {"topic.json": topic, "manifest.json": {"title": "manifest"}, "notes.txt": b""})
    monkeypatch.setattr(contract, "_homes", lambda: [tmp_path / "missing", folder])
    contract._texts.cache_clear()  # noqa: SLF001 - the folder is another one now
    yield folder
    contract._texts.cache_clear()  # noqa: SLF001 - and again


@pytest.mark.usefixtures("published")
def test_a_schema_may_build_on_the_published_one(tmp_path: Path) -> None:
    (found,) = judge(tmp_path, {"allOf": [{"$ref": f"{contract.BASE}topic.json"}]})
    expected = 'at /properties/name/maxLength: "order-events" does not satisfy maxLength 4'
    assert found.message == f"breaks the published topic.json {expected}"


@pytest.mark.usefixtures("published")
def test_and_not_on_one_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match=r"no schema is named 'topics'; did you mean 'topic'\?"):
        judge(tmp_path, {"$ref": f"{contract.BASE}topics.json"})


UNUSABLE = "the schema 'schemas/topic.json' cannot be used: "


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        (b"{", "'schemas/topic.json' cannot be read: not JSON: it ends too early"),
        (b"\xff", "'schemas/topic.json' cannot be read: not UTF-8"),
        (b'{"a": 1, "a": 2}', "'schemas/topic.json' cannot be read: key 'a' occurs for the second time"),
        (b" " * (2**20 + 1), "'schemas/topic.json' is more than 1,048,576 bytes long"),
        (b"[" * 101 + b"]" * 101, "'schemas/topic.json' cannot be read: nested more than 100 levels deep"),
        ([], "a schema is an object, or true or false"),
        ({"type": "text"}, "it is not a valid JSON Schema, at /type"),
        ({"properties": []}, "it is not a valid JSON Schema, at /properties"),
        (
            {"pattern": "("},
            'it is not a valid JSON Schema, at /pattern: the pattern "(" is not a regular expression',
        ),
        ({"$schema": "https://team.example/own"}, 'its $schema is "https://team.example/own", which is not one of'),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, "which is not one of the drafts 4 to 2020-12"),
        ({"$schema": 7}, "its $schema is 7, which is not one of the drafts 4 to 2020-12"),
        ({"$ref": "#/$defs/nothing"}, "its reference '#/$defs/nothing' leads nowhere"),
        ({"title": "text", "$ref": "#/title"}, "its reference '#/title' does not lead to a schema"),
        ({"$ref": "#nothing"}, "its reference '#nothing' leads nowhere"),
        ({"$ref": "other.json"}, "there is no file 'schemas/other.json'"),
        ({"$ref": "../../outside.json"}, "'../outside.json' is not a path inside the project's folder"),
        ({"$ref": "file:///etc/passwd"}, "' is not a path inside the project's folder"),
        (
            {"$ref": "file://host/share/x.json"},
            "it refers to 'file://host/share/x.json', but only files of the project",
        ),
        ({"$ref": "https://team.example/x.json"}, "it refers to 'https://team.example/x.json', but only files of"),
        ({"properties": {"a": {"items": {"$ref": "http://localhost:9/"}}}}, "it refers to 'http://localhost:9/', but"),
    ],
)
def test_a_schema_that_cannot_be_used(tmp_path: Path, schema: Any, sentence: str) -> None:
    project = tmp_path / "project"
    write(tmp_path, {"outside.json": {}})
    with pytest.raises(InvalidOption) as error:
        judge(project, schema)
    assert str(error.value).startswith(UNUSABLE)
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("none.json", "there is no file 'none.json'"),
        ("schemas", "there is no file 'schemas'"),
        ("../outside.json", "'../outside.json' is not a path inside the project's folder"),
        ("schemas/../../outside.json", "'schemas/../../outside.json' is not a path inside the project's folder"),
        ("{root}/project/topic.json", "' is not a path inside the project's folder"),
        ("link.json", "'link.json' is not a path inside the project's folder"),
        ("folder/outside.json", "'folder/outside.json' is not a path inside the project's folder"),
        ("loop.json", "there is no file 'loop.json'"),
        ("pipe.json", "there is no file 'pipe.json'"),
        ("a\0b", "there is no file 'a\0b'"),
    ],
)
def test_a_path_that_is_not_in_the_project(tmp_path: Path, path: str, sentence: str) -> None:
    project = tmp_path / "project"
    write(tmp_path, {"outside.json": {}, "project/topic.json": {}, "project/schemas/x.json": {}})
    (project / "link.json").symlink_to(tmp_path / "outside.json")
    (project / "folder").symlink_to(tmp_path)
    (project / "loop.json").symlink_to(project / "loop.json")
    os.mkfifo(project / "pipe.json")
    with pytest.raises(InvalidOption) as error:
        TeamSchemas.read({"topic": path.format(root=tmp_path)}, project)
    assert sentence in str(error.value)


def test_a_path_that_stays_in_the_project_by_detours(tmp_path: Path) -> None:
    write(tmp_path, {"schemas/topic.json": False})
    (tmp_path / "link.json").symlink_to(tmp_path / "schemas" / "topic.json")
    for path in ("schemas/../schemas/topic.json", "link.json"):
        schemas = TeamSchemas.read({"topic": path}, tmp_path)
        (found,) = check(make_package(), Policy.parse(["RSC04"]), schemas)
        assert found.message.startswith("breaks schemas/topic.json: ")


def test_an_unknown_kind(tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match=r"no kind is named 'topics'; did you mean 'topic'\?"):
        TeamSchemas.read({"topics": "x.json"}, tmp_path)


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        ({"$ref": "#"}, "it refers to itself without end"),
        ({"parts": {"$ref": "x.json"}, "$ref": "#/parts"}, "its reference 'x.json' leads nowhere"),
        ({"parts": {"pattern": "("}, "properties": {"name": {"$ref": "#/parts"}}}, 'the pattern "(" is not a regular'),
        ({"parts": {"required": 7}, "$ref": "#/parts"}, "it cannot be applied (TypeError)"),
    ],
)
def test_a_schema_that_only_trying_shows_to_be_unusable(tmp_path: Path, schema: Any, sentence: str) -> None:
    with pytest.raises(InvalidOption) as error:
        judge(tmp_path, schema)
    assert str(error.value).startswith(f"the schema for topic cannot be used: {sentence}")


DOUBLING = {
    "$defs": {"0": {}} | {str(n): {"allOf": [{"$ref": f"#/$defs/{n - 1}"}] * 2} for n in range(1, 41)},
    "$ref": "#/$defs/40",
}
BACKTRACKING = "^(([a-z])+.)+[A-Z]([a-z])+$"


@pytest.mark.parametrize(
    ("schema", "sentence"),
    [
        (
            {"patternProperties": {"a": {}}, "unevaluatedProperties": False},
            "patternProperties together with unevaluated",
        ),
        (DOUBLING, "it refers to itself without end, or takes too much work"),
    ],
)
def test_a_schema_that_could_hang(tmp_path: Path, schema: Any, sentence: str) -> None:
    with pytest.raises(InvalidOption, match=sentence):
        judge(tmp_path, schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"remark": {"pattern": BACKTRACKING}}},
        {"properties": {"remark": {"patternProperties": {BACKTRACKING: {}}, "additionalProperties": False}}},
        {"properties": {"remark": {"propertyNames": {"pattern": BACKTRACKING}}}},
    ],
)
def test_what_would_make_a_pattern_backtrack_is_refused_at_once(tmp_path: Path, schema: Any) -> None:
    hostile = "a" * 4_000 + "!"
    is_text = "pattern" in schema["properties"]["remark"]
    found = judge(tmp_path, schema, {TOPIC_ENTRY: edited(TOPIC, remark=hostile if is_text else {hostile: 1})})
    assert len(found) == 1


def test_of_many_breaches_a_hundred_are_told_and_the_others_counted(tmp_path: Path) -> None:
    schema = {"properties": {"x": {"items": {"type": "string"}}}}
    found = judge(tmp_path, schema, {TOPIC_ENTRY: edited(TOPIC, x=[1] * 20_000)})
    assert len(found) == 100
    assert found[-1].message.endswith("(and 19,900 more of RSC040 in this file)")


def test_a_resource_that_takes_too_much_work_does_not_pass(tmp_path: Path) -> None:
    write(tmp_path, {"topic.json": {"properties": {"x": {"items": {"enum": list(range(1_000))}}}}})
    schemas = TeamSchemas.read({"topic": "topic.json"}, tmp_path)
    package = make_package({TOPIC_ENTRY: edited(TOPIC, x=[1] * 20_000)})
    (found,) = check(package, Policy.parse(["RSC04"]), schemas)
    assert (found.code, found.message) == ("RSC041", "was not checked with topic.json: that takes too much work")


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"properties": {"name": {"pattern": "order(?!s)"}}}, "it has a pattern with lookaround"),
        ({"patternProperties": {r"(a)\1": {}}}, "it has a pattern with a backreference"),
        ({"properties": {"name": {"pattern": "a" * 1_001}}}, "it has a pattern of 1,001 characters"),
        ({"properties": {"name": {"not": {"pattern": "order(?!s)"}}}}, "it has a pattern with lookaround"),
    ],
)
def test_a_pattern_that_cannot_be_searched_for_is_not_judged(tmp_path: Path, schema: Any, reason: str) -> None:
    (found,) = judge(tmp_path, schema)
    assert (found.code, found.message.startswith(f"was not checked with schemas/topic.json: {reason}")) == (
        "RSC041",
        True,
    )


def test_a_pattern_that_no_text_is_held_against_needs_no_judgement(tmp_path: Path) -> None:
    assert judge(tmp_path, {"properties": {"elsewhere": {"pattern": "a(?!b)"}, "name": {"pattern": "^(?!x)"}}}) == []


def test_a_schema_that_goes_away_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "open", refuse)
    (tmp_path / "topic.json").touch()
    with pytest.raises(InvalidOption, match=r"cannot read 'topic\.json': no such file or directory"):
        TeamSchemas.read({"topic": "topic.json"}, tmp_path)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"content": {"properties": {"password": {"maxLength": 3}}}}},
        {"properties": {"content": {"properties": {"password": {"const": "x"}, "url": {"pattern": "^x"}}}}},
        {"properties": {"content": {"properties": {"password": {"enum": [SECRET, "other"], "pattern": "^other"}}}}},
        {"properties": {"content": {"properties": {"password": {"not": {"const": SECRET}}}}}},
        {"properties": {"content": {"properties": {"token": {"properties": {"deep": {"const": "x"}}}}}}},
        {"properties": {"content": {"maxProperties": 1}}, "maxProperties": 1},
        {"properties": {"remark": {"maxLength": 3}}},
    ],
)
def test_no_message_has_a_credential(tmp_path: Path, schema: Any) -> None:
    content = {
        "host": "h",
        "password": SECRET,
        "url": f"jdbc:mysql://root:{SECRET}@h",
        "token": {"deep": SECRET, "deeper": [SECRET]},
    }
    entry = "datasources/orders-db.json"
    package = make_package({entry: edited(DATASOURCE, content=content, remark=f"ftp://u:{SECRET}@h/")})
    write(tmp_path, {"ds.json": schema})
    found = check(package, Policy.parse(["RSC040"]), TeamSchemas.read({"datasource": "ds.json"}, tmp_path))
    assert found
    assert not any(SECRET in repr(diagnostic) for diagnostic in found)


def test_a_plan_has_the_findings_too(tmp_path: Path) -> None:
    write(tmp_path, {"topic.json": {"maxProperties": 1}})
    schemas = TeamSchemas.read({"topic": "topic.json"}, tmp_path)
    package = make_package()
    found = plan(package, schemas=schemas).diagnostics
    assert [diagnostic.code for diagnostic in found if diagnostic.severity.value == "error"] == ["RSC040"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder: a project with the package `shop`, whose API breaks the project's schema."""
    write_folder(tmp_path / "shop", make_package({"apis/Shop/orders/get-order.json": API}).archive, private=False)
    text = '[tool.assetpkg.schemas]\napi = "schemas/api.json"\n'
    write(tmp_path, {"pyproject.toml": text.encode(), "schemas/api.json": {"required": ["remark"]}})
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    return tmp_path


@pytest.mark.usefixtures("project")
def test_settings_name_the_schemas() -> None:
    result = call("check", "../shop", "--format", "json")
    (package,) = json.loads(result.stdout)["packages"]
    assert [found["message"] for found in package["diagnostics"]] == [
        "breaks schemas/api.json at /required: 'remark' is missing"
    ]
    assert result.return_value == 1
    assert call("plan", "../shop").return_value == 1
    for options in (["--no-config"], ["--ignore", "RSC040"], ["--severity", "RSC040=warning"]):
        assert call("check", "../shop", *options).return_value == 0


@pytest.mark.parametrize("command", ["check", "plan"])
def test_a_broken_schema_stops_a_command(project: Path, command: str) -> None:
    write(project, {"schemas/api.json": {"type": 1}})
    result = call(command, "../shop")
    assert isinstance(result.exception, AssetpkgError)
    expected = "the schema 'schemas/api.json' cannot be used: it is not a valid JSON Schema, at /type"
    assert str(result.exception) == expected


@pytest.mark.usefixtures("published")
def test_the_schema_command(tmp_path: Path) -> None:
    assert call("schema").stdout == "manifest\ntopic\n"
    assert json.loads(call("schema", "topic").stdout)["title"] == "topic"
    result = call("schema", "topic", "--output", str(tmp_path / "out.json"))
    assert (result.return_value, result.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_bytes())["title"] == "topic"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("topics", "no schema is named 'topics'; did you mean 'topic'?"),
        ("../topic", "no schema is named '../topic'; did you mean 'topic'?"),
        ("zzz", "no schema is named 'zzz'; there are manifest, topic"),
        ("", "no schema is named ''; there are manifest, topic"),
    ],
)
@pytest.mark.usefixtures("published")
def test_a_schema_that_is_not_published(name: str, sentence: str) -> None:
    result = call("schema", name)
    assert isinstance(result.exception, InvalidOption)
    assert str(result.exception) == sentence


def test_an_installation_without_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "_homes", lambda: [tmp_path])
    contract._texts.cache_clear()  # noqa: SLF001 - the folder is another one now
    with pytest.raises(CannotRead, match="this installation of assetpkg is incomplete"):
        contract.published_names()


def test_an_installation_in_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "app.zip", "w") as archive:
        archive.writestr("assetpkg/schemas/topic.json", "{}")
    inside = zipfile.Path(tmp_path / "app.zip", "assetpkg/")
    monkeypatch.setattr(resources, "files", lambda _: inside)
    assert [home.is_dir() for home in contract._homes()] == [True]  # noqa: SLF001 - where it looks is the point


def test_the_schemas_are_those_of_the_package_or_of_the_source_tree() -> None:
    places = [str(home) for home in contract._homes()]  # noqa: SLF001 - the order is the point
    assert places == [str(ROOT / "assetpkg" / "schemas"), str(ROOT / "schemas")]
    for file in (ROOT / "schemas").glob("*.json"):
        assert contract.published_schema(file.stem) == file.read_text(encoding="utf-8")

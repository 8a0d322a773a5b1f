"""The schemas as editors use them: a folder of files, read by the programs that check JSON and TOML with them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import check_jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner

from assetpkg.cli.program import cli
from assetpkg.errors import CannotWrite
from assetpkg.layouts.globs import glob_of
from assetpkg.package.layout import OWN
from assetpkg.settings.settings import SETTINGS
from tests.build import TOPIC, edited, encode, make_contents
from tests.conftest import SAMPLES
from tests.report.test_schemas import FOLDER, SCHEMAS

TAPLO = Path(sys.executable).with_name("taplo")


def write(output: Path) -> int:
    arguments = ["schema", "--all", "--output", str(output)]
    done = CliRunner().invoke(cli, arguments, standalone_mode=False, catch_exceptions=False)
    return int(done.return_value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the schemas in a folder of it."""
    project = tmp_path_factory.mktemp("project 订单")
    assert write(project / ".schemas") == 0
    return project


def test_a_folder_has_each_schema_and_a_catalog_of_them(folder: Path) -> None:
    written = {path.name: path.read_bytes() for path in (folder / ".schemas").iterdir()}
    catalog = json.loads(written.pop("catalog.json"))
    assert written == {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    rows = {row["name"]: row for row in catalog["schemas"]}
    assert [row["url"] for row in catalog["schemas"]] == [f"./{name}.json" for name in sorted(SCHEMAS)]
    assert {row["description"] for row in rows.values()} == {schema["title"] for schema in SCHEMAS.values()}
    assert rows["settings"]["fileMatch"] == ["assetpkg.toml"]
    for entry in make_contents():
        kind = OWN.kind_of(entry)
        fitting = {
            name
            for name, row in rows.items()
            for glob in row.get("fileMatch", ())
            if glob_of(glob).match(f"packages/shop/{entry}") is not None
        }
        assert fitting == ({kind.kind} if kind else set()), entry


def test_it_is_written_whole_into_a_new_place_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert write(tmp_path / "empty") == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").write_text("kept")
    with pytest.raises(CannotWrite, match="exists and is not an empty folder"):
        write(tmp_path / "mine")
    with pytest.raises(CannotWrite):
        write(tmp_path / "no" / "such" / "folder")
    assert write(tmp_path / "all.json") == 0
    assert set(json.loads((tmp_path / "all.json").read_text())["$defs"]) == set(SCHEMAS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.json", "empty", "mine"]
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["file"]


def taplo(folder: Path, schema: str, texts: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Check files with the schema that their first line names, as an editor does."""
    for name, text in texts.items():
        (folder / name).write_text(f"#:schema ./.schemas/{schema}.json\n{text}\n")
    command = [str(TAPLO), "check", "--no-auto-config", *texts]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)


def test_taplo_checks_settings_and_layouts_by_the_line_that_names_the_schema(folder: Path) -> None:
    settings = {f"good-{number}.toml": row.example for number, row in enumerate(SETTINGS.values())}
    done = taplo(folder, "settings", settings)
    assert done.returncode == 0, done.stderr
    layout = (SAMPLES / "export.toml").read_text(encoding="utf-8")
    done = taplo(folder, "layout", {"layout.toml": layout})
    assert done.returncode == 0, done.stderr
    wrong = {f"bad-{key}.toml": f'"{key}" = {{ no = {{ such = ["value"] }} }}' for key in SETTINGS}
    # Each by itself, by the exit status: the last lines that taplo says are lost when it ends too soon.
    for name, text in {**wrong, "bad.toml": "selct = []"}.items():
        assert taplo(folder, "settings", {name: text}).returncode == 1, name
    for right, other in {'encoding = "json"': 'encoding = "jsn"', '"datasource"': '"datasuorce"'}.items():
        assert right in layout
        assert taplo(folder, "layout", {"bad-layout.toml": layout.replace(right, other)}).returncode == 1, other


def test_check_jsonschema_checks_the_schemas_and_documents_with_them(folder: Path, tmp_path: Path) -> None:
    def run(*arguments: str | Path) -> int:
        return CliRunner().invoke(check_jsonschema.main, [str(each) for each in arguments]).exit_code

    schemas = folder / ".schemas"
    assert run("--check-metaschema", *(schemas / f"{name}.json" for name in ("layout", "settings", "topic"))) == 0
    shutil.copytree(SAMPLES / "order-center" / "topics", tmp_path / "topics")
    topics = sorted((tmp_path / "topics").rglob("*.json"))
    assert topics
    assert run("--schemafile", schemas / "topic.json", *topics) == 0
    topics[0].write_bytes(encode(edited(TOPIC, access_policy="nobody")))
    assert run("--schemafile", schemas / "topic.json", *topics) == 1

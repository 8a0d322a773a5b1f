"""Layout files: one sentence for every mistake, and the same text for the same layout."""

import re
from pathlib import Path

import pytest

from assetpkg.errors import CannotRead, InvalidOption
from assetpkg.layouts.declaration import LayoutFile, ResourcePlace
from assetpkg.layouts.reading import parse_layout, read_layout
from assetpkg.layouts.writing import layout_text
from tests.conftest import ROOT
from tests.tables import every_row

WHOLE = """format = "assetpkg-layout/1"
name = "roma \\"export\\""
archives = ["components/*.zip"]

[marks]
entries = ["export.json"]

[[marks.values]]
entry = "export.json"
pointer = "/exportFormat"
value = "roma/2"

[version]
entry = "export.json"
pointer = "/version"

[[resources]]
entries = ["apps/*/apis/*.json"]
at = "/applications/*/apis/*"
kind_at = "/type"
document = "/content"
encoding = "json"
names = "camelCase"
unused = ["/seq"]

[resources.kinds]
A = "api"
"应 用" = "application"

[resources.fields]
"/appName" = "name"
"/list/*/x" = "/tags/*/y"

[resources.inherited]
roma_app_id = "/applications/*/id"
name = "@2"
group_id = "./groupId"
remark = "entry@1"
app_key = "apps/*/app.json#/key"
"""

MISTAKES = {
    "another format": (
        'layout/1"',
        'layout/2"',
        "format 'assetpkg-layout/2' is unknown; a layout file begins with format = \"assetpkg-layout/1\"",
    ),
    "no format": (
        'format = "assetpkg-layout/1"\n',
        "",
        'no format is named; a layout file begins with format = "assetpkg-layout/1"',
    ),
    "a misspelled key": (
        "archives",
        "archive",
        "no key is named 'archive'; did you mean 'archives'?",
    ),
    "a misspelled key of a table": (
        'pointer = "/exportFormat"',
        'pointr = "/exportFormat"',
        "marks.values[1]: no key is named 'pointr'; did you mean 'pointer'?",
    ),
    "a pointer that is none": (
        '"/seq"',
        '"seq"',
        "resources[1]: unused: 'seq' is not a JSON pointer; write '/seq'",
    ),
    "a number": (
        '"/content"',
        "3",
        "resources[1]: document is an integer, but must be a string",
    ),
    "a star in a document": (
        '"/content"',
        '"/*"',
        "resources[1]: document: '/*' has a star, and has to lead to one place",
    ),
    "no such kind": (
        '"api"',
        '"apis"',
        "resources[1]: no kind is named 'apis'; did you mean 'api'?",
    ),
    "no such form": (
        "\nat = ",
        '\nform = "xml"\nat = ',
        'resources[1]: form "xml" is not one of json, json-lines, csv',
    ),
    "no list": (
        "\nat = ",
        '\nform = "csv"\nat = ',
        'resources[1]: what is csv is read as a list, so at begins with "/*"',
    ),
    "no kind": (
        'kind_at = "/type"\n',
        "",
        "resources[1]: name either kind or kind_at",
    ),
    "two kinds": (
        'kind_at = "/type"\n',
        'kind_at = "/type"\nkind = "api"\n',
        "resources[1]: name either kind or kind_at",
    ),
    "no mark": (
        WHOLE[WHOLE.index('entries = ["export') : WHOLE.index("[version]")],
        "",
        "marks: no archive can be recognised without a mark: name entries or values",
    ),
    "half a version": (
        'pointer = "/version"\n',
        "",
        "version: name either entry and pointer, or value",
    ),
    "no such star": (
        '"@2"',
        '"@3"',
        "resources[1]: inherited: name: '@3' is about star 3 of at, which has 2",
    ),
    "no such part": (
        '"entry@1"',
        '"entry@3"',
        "resources[1]: inherited: remark: 'entry@3' is about star 3 of entries, where a glob has 2",
    ),
    "too many stars": (
        '"/applications/*/id"',
        '"/*/*/*"',
        "resources[1]: inherited: roma_app_id: '/*/*/*' has more stars than at, whose members they stand for",
    ),
    "a star of nothing": (
        '"./groupId"',
        '"./*"',
        "resources[1]: inherited: group_id: './*' has a star in its pointer, and nothing says what it stands for",
    ),
    "a circle": (
        '"./groupId"',
        '"group_id"',
        (
            "resources[1]: inherited: group_id: 'group_id' is not a place: write /a/pointer, ./a/pointer, "
            "@1 for a key, entry@1 for a part of the name of the entry, or other.json#/a/pointer"
        ),
    ),
    "two fields of one name": (
        '"/appName" = "name"',
        '"/appName" = "name"\n"/label" = "/name"',
        "resources[1]: fields: '/appName' and '/label' are both called '/name'",
    ),
    "stars that do not agree": (
        '"/list/*/x"',
        '"/list/x"',
        "resources[1]: fields: '/list/x' and '/tags/*/y' do not have the same number of stars",
    ),
    "used and unused": (
        'unused = ["/seq"]',
        'unused = ["/appName"]',
        "resources[1]: '/appName' is both in fields and in unused",
    ),
    "no resources": (
        WHOLE[WHOLE.index("[[resources]]") :],
        "",
        "field 'resources' is missing",
    ),
}


@every_row("mistake", MISTAKES)
def test_a_mistake_is_one_sentence(mistake: str) -> None:
    old, new, sentence = MISTAKES[mistake]
    assert old in WHOLE
    with pytest.raises(InvalidOption, match=f"^{re.escape(f'roma.toml: {sentence}')}$"):
        parse_layout(WHOLE.replace(old, new, 1).encode(), "roma.toml")


def test_what_is_read_is_written_as_it_was() -> None:
    assert layout_text(parse_layout(WHOLE.encode(), "roma.toml")) == WHOLE


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"[marks", "is not TOML"), (b"\xff\xfe\xff", "is not UTF-8"), (b"a = [" + b"[" * 5_000, "is nested too deeply")],
)
def test_what_is_no_toml_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(CannotRead, match=f"roma.toml {reason}"):
        parse_layout(content, "roma.toml")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="no such file"):
        read_layout(tmp_path / "missing.toml")
    with pytest.raises(CannotRead, match="it is a folder"):
        read_layout(tmp_path)
    (tmp_path / "large.toml").write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(CannotRead, match="more than 1,048,576 bytes"):
        read_layout(tmp_path / "large.toml")


def test_the_manual_shows_a_part_of_the_layout_of_the_sample() -> None:
    text = (ROOT / "assetpkg" / "manual" / "layouts.md").read_text()
    (shown,) = re.findall(r"```toml\n(format.*?)```", text, flags=re.DOTALL)
    layout, whole = parse_layout(shown.encode(), "shown"), read_layout(ROOT / "samples" / "export.toml")
    assert layout.resources[0].kinds.items() < whole.resources[0].kinds.items()
    assert whole.model_copy(update={"resources": layout.resources}) == layout
    assert set(re.findall(r"^\| `(\w+)`", text, flags=re.MULTILINE)) >= {
        *LayoutFile.model_fields.keys() - {"marks"},
        *ResourcePlace.model_fields.keys() - {"kinds"},
    }

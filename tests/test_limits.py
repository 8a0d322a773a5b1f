"""How much is read is a setting: declared once, reported with how to raise it, and the same for every command."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import assetpkg
from assetpkg import CannotRead, InvalidOption, limits
from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.cli.program import cli as commands
from assetpkg.documents import InvalidDocument, compact, parse
from assetpkg.limits import DEFAULT_LIMITS, LIMITS, Limits, complete_limits, how_to_raise, parse_limits, tell_limit
from assetpkg.package.package import load
from assetpkg.target.snapshot import parse_snapshot
from tests.archive.zip.forge import Member, deflate, forge
from tests.build import TOPIC, edited, encode, make_contents, make_package, make_snapshot
from tests.conftest import Cli
from tests.tables import every_row

READING = ("check", "plan", "show", "pack", "unpack")


def call(*arguments: str) -> Result:
    """Run a command in this process; the exit status of a command is its return value."""
    return CliRunner().invoke(commands, arguments, standalone_mode=False)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the package as `shop` and as `shop.zip`, in which commands run."""
    assetpkg.unpack(make_package(), tmp_path / "shop")
    assetpkg.write(make_package(), tmp_path / "shop.zip")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_limit_has_a_sentence_and_a_default_below_its_ceiling() -> None:
    assert [name.replace("-", "_") for name in LIMITS] == list(Limits._fields)
    for name, limit in LIMITS.items():
        assert 1 <= getattr(DEFAULT_LIMITS, name.replace("-", "_")) <= limit.ceiling
        assert limit.title[0].islower()
        assert parse_limits({name: tell_limit(name)}) == {name: getattr(DEFAULT_LIMITS, name.replace("-", "_"))}


@every_row(
    ("name", "value", "expected"),
    [
        ("entry", "128MiB", 128 * 2**20),
        ("entry", "128 mib", 128 * 2**20),
        ("entry", "1 KiB", 1024),
        ("entry", 7, 7),
        ("entry", "7", 7),
        ("entry", "7 B", 7),
        ("file", "1GiB", 2**30),
        ("values", "2,000,000", 2_000_000),
        ("values", "2_000_000", 2_000_000),
        ("depth", 200, 200),
    ],
)
def test_a_limit_is_a_number_or_a_size(name: str, value: object, expected: int) -> None:
    assert parse_limits({name: value}) == {name: expected}


@every_row(
    ("name", "value", "sentence"),
    [
        ("enty", 1, "no limit is named 'enty'; did you mean 'entry'?"),
        ("values", "1 MiB", "give the limit 'values' a value such as 1000, not '1 MiB'"),
        ("entry", "much", "give the limit 'entry' a value such as 64 MiB, not 'much'"),
        ("entry", "1,00", "give the limit 'entry' a value such as 64 MiB, not '1,00'"),
        ("entry", "1.5 MiB", "give the limit 'entry' a value such as 64 MiB, not '1.5 MiB'"),
        ("entry", "٣", "give the limit 'entry' a value such as 64 MiB, not '٣'"),
        ("entry", True, "give the limit 'entry' a value such as 64 MiB, not True"),
        ("entry", 1.0, "give the limit 'entry' a value such as 64 MiB, not 1.0"),
        ("entry", 0, "the limit 'entry' is from 1 to 4 GiB, not 0"),
        ("entry", -1, "the limit 'entry' is from 1 to 4 GiB, not -1"),
        ("depth", 201, "the limit 'depth' is from 1 to 200, not 201"),
        ("digits", "4,301", "the limit 'digits' is from 1 to 4,300, not 4,301"),
    ],
)
def test_what_no_limit_can_be(name: str, value: object, sentence: str) -> None:
    with pytest.raises(InvalidOption) as caught:
        parse_limits({name: value})
    assert str(caught.value) == sentence


@every_row(
    ("name", "needed", "sentence"),
    [
        ("document", 17 * 2**20 + 1, "to read it anyway, use --limit document=18MiB"),
        ("document", 4_000, "to read it anyway, use --limit document=4KiB"),
        ("document", 300, "to read it anyway, use --limit document=300"),
        ("values", 1_000_001, "to read it anyway, use --limit values=1000001"),
        ("depth", 201, "'depth' cannot be raised this far"),
    ],
)
def test_a_hint_names_a_value_that_is_enough(name: str, needed: int, sentence: str) -> None:
    assert how_to_raise(name, needed) == sentence
    if "--limit" in sentence:
        word, _, value = sentence.rpartition(" ")[2].partition("=")
        assert parse_limits({word: value})[word] >= needed


@every_row(
    ("small", "content", "slug"),
    [
        (Limits(document=3), b"[10]", "too-large"),
        (Limits(depth=1), b"[[]]", "too-deep"),
        (Limits(digits=2), b"[-100]", "number-range"),
        (Limits(text=2), b'["abc"]', "too-long-text"),
        (Limits(text=2), b'["\\u0041"]', "too-long-text"),
        (Limits(text=2), b'{"abc": 1}', "too-long-text"),
        (Limits(text=2), b'["a", "abc', "too-long-text"),
        (Limits(values=2), b"[1,2]", "too-many-values"),
        (Limits(values=2), b'{"a":1}', "too-many-values"),
        (Limits(values=2), b"[[],{}]", "too-many-values"),
        (Limits(values=4), b'["a\\"",\n"\\\\","c,",4]', "too-many-values"),
    ],
)
def test_a_document_one_beyond_a_limit_is_refused_and_told_how_to_read_it(
    small: Limits, content: bytes, slug: str
) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(content, small)
    (fault,) = caught.value.faults
    assert fault.slug == slug
    word, _, value = fault.hint.rpartition(" ")[2].partition("=")
    raised = small._replace(**{word: parse_limits({word: value})[word]})
    if content.endswith((b"]", b"}")):
        parse(content, raised)


@every_row(
    ("content", "small", "hint"),
    [
        pytest.param(b"[" * 137 + b"]" * 137, Limits(), "depth=137", id="depth"),
        pytest.param(b"[" * 137, Limits(), "depth=137", id="depth of what is not JSON"),
        pytest.param(b"[" * 201 + b"]" * 201, Limits(), "'depth' cannot be raised this far", id="too deep for any"),
        pytest.param(b"[" * 9_000, Limits(depth=201), "'depth' cannot be raised this far", id="too deep for a plan"),
        pytest.param(b"1" * 1_000, Limits(), "digits=1000", id="digits"),
        pytest.param(b"[" + b"1," * 99 + b"1]", Limits(values=9), "values=101", id="values"),
        pytest.param(b" " * 5_000 + b"1", Limits(document=99), "document=5KiB", id="document"),
    ],
)
def test_what_a_document_needs_is_told_and_is_enough(content: bytes, small: Limits, hint: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(content, small)
    assert caught.value.faults[0].hint.endswith(hint)


def nested(levels: int) -> bytes:
    """Return an object with so many levels, and in it what is looked at again without its escapes."""
    return b'{"a":' * levels + b'"password=Hunter2secret \\u0041"' + b"}" * levels


@every_row("limits_made", [Limits(depth=LIMITS["depth"].ceiling).for_plans(), Limits(depth=10_000), limits.UNBOUNDED])
def test_whatever_is_read_can_be_written_again(limits_made: Limits) -> None:
    """The writer of one line goes 254 levels deep, and nothing deeper than that is read within any limits."""
    deepest = min(limits_made.depth, limits.DEEPEST)
    document = parse(nested(deepest), limits_made)
    assert parse(compact(document), limits_made) == document
    for levels in (deepest + 1, 5_000):
        with pytest.raises(InvalidDocument, match="nested more than"):
            parse(nested(levels), limits_made)


@pytest.mark.parametrize("depth", [200, 900])
def test_a_resource_as_deep_as_limits_allow_is_judged(depth: int) -> None:
    """Also within limits that a program has made for itself, and no setting could."""
    content = b'{"name": "Shop", "x": %s}' % nested(depth - 1)
    archive = Archive.from_contents(make_contents({"applications/Shop.json": content}))
    codes = {found.code for found in assetpkg.check(load(replace(archive, limits=Limits(depth=depth))))}
    assert ("SEC002" in codes, "RSC006" in codes) == ((True, False) if depth == 200 else (False, True))


@every_row(
    ("members", "small", "hint"),
    [
        pytest.param((Member(b"a", b"x" * 5_000),), Limits(entry=99), "entry=5KiB", id="an entry"),
        pytest.param((Member(b"a", b"x" * 5_000),), Limits(total=99), "total=5KiB", id="all entries"),
        pytest.param((Member(b"a"), Member(b"b"), Member(b"c")), Limits(entries=1), "entries=3", id="entries"),
        pytest.param((Member(b"a" * 200),), Limits(headers=9), "headers=246", id="headers"),
        pytest.param(
            (Member(b"a", bytes(9_000), deflate(bytes(9_000))),),
            Limits(ratio=2, ratio_from=1),
            "ratio=" + str(-(-9_000 // len(deflate(bytes(9_000))))),
            id="ratio",
        ),
        pytest.param(
            (Member(b"a", b"", both={"size": 2**31}),),
            Limits(),
            "'ratio' cannot be raised this far",
            id="more than any limit",
        ),
    ],
)
def test_what_an_archive_needs_is_told_and_is_enough(members: tuple[Member, ...], small: Limits, hint: str) -> None:
    found = parse_archive(forge(*members), small, origin="a.zip")
    told = [fault.hint for _, fault in found.faults]
    assert any(each.endswith(hint) for each in told)


@every_row("content", [b'["[,,{:"]', b"[ [ ] , { } ]", b'{"a": {"b,": "c:"}}', b"1", b'"a"'])
def test_values_are_counted_as_they_are_and_not_as_they_look(content: bytes) -> None:
    number = {b'["[,,{:"]': 2, b"[ [ ] , { } ]": 3, b'{"a": {"b,": "c:"}}': 5, b"1": 1, b'"a"': 1}[content]
    assert parse(content, Limits(values=number)) is not None
    if number > 1:
        with pytest.raises(InvalidDocument):
            parse(content, Limits(values=number - 1))


def test_values_are_counted_alike_wherever_a_window_ends() -> None:
    content = encode([{"a,": ['b"', [], {}, "\\", 1]}] * 40_000)
    number = 1 + 40_000 * 8
    parse(content, Limits(values=number))
    with pytest.raises(InvalidDocument, match=f"{number:,} values"):
        parse(content, Limits(values=number - 1))


@pytest.mark.parametrize("command", READING)
def test_every_command_that_reads_has_the_options(cli: Cli, command: str) -> None:
    shown = cli(command, "--help").stdout.decode()
    for option in ("--limit NAME=VALUE", "--assume-utf8-names", "--config FILE", "--no-config"):
        assert option in shown


def run(command: str, package: str, *options: str) -> Result:
    output = ("-o", "made") if command in {"pack", "unpack"} else ()
    return call(command, package, *output, *options)


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("how", ["option", "environment", "file"])
def test_a_limit_holds_for_every_command(
    project: Path, command: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options: tuple[str, ...] = ()
    if how == "option":
        options = ("--limit", "entry=99")
    elif how == "environment":
        monkeypatch.setenv("ASSETPKG_LIMITS", "entry=99")
    else:
        (project / "assetpkg.toml").write_text('limits = {entry = "99 B"}')
    result = run(command, "shop.zip", *options)
    told = result.stdout + str(result.exception)
    assert ("run 'assetpkg check'" if command in {"pack", "unpack"} else "more than the limit of 99") in told
    assert not (project / "made").exists()


@pytest.mark.parametrize("command", READING)
def test_an_unknown_limit_is_told_by_every_command(project: Path, command: str) -> None:
    result = run(command, "shop", "--limit", "enty=1")
    assert str(result.exception) == "--limit: no limit is named 'enty'; did you mean 'entry'?"
    (project / "assetpkg.toml").write_text("limits = {enty = 1}")
    result = run(command, "shop")
    assert str(result.exception) == "assetpkg.toml: limits: no limit is named 'enty'; did you mean 'entry'?"


def test_the_command_line_beats_the_environment_beats_the_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "assetpkg.toml").write_text("limits = {entry = 1, text = 2}")
    monkeypatch.setenv("ASSETPKG_LIMITS", "entry=5,values=7")
    result = call("check", "shop", "--limit", "entry=1KiB", "--limit", "values=1000", "--limit", "text=500")
    assert (result.return_value, result.exception) == (0, None)
    assert call("check", "shop", "--limit", "entry=1KiB,values=1000").return_value == 1


@pytest.mark.usefixtures("project")
def test_a_folder_and_its_documents_are_read_within_limits() -> None:
    for word, code in {"entries=3": "PKG141", "total=99": "PKG143", "values=9": "RSC008", "text=3": "RSC009"}.items():
        result = call("check", "shop", "--limit", word, "--select", "PKG,RSC,MAN")
        assert result.return_value == 1
        assert code in result.stdout
        assert "use --limit" in " ".join(result.stdout.split())


def test_a_package_read_with_a_raised_limit_is_written_and_read_again(tmp_path: Path) -> None:
    small = assetpkg.read(_folder(tmp_path, "x" * 5_000_000), limits=DEFAULT_LIMITS)
    assert "RSC009" in {found.code for found in assetpkg.check(small)}
    raised = complete_limits(parse_limits({"text": 5_000_000}))
    package = assetpkg.read(tmp_path / "large", limits=raised)
    assert "RSC009" not in {found.code for found in assetpkg.check(package)}
    assetpkg.write(package, tmp_path / "large.zip")
    assert assetpkg.read(tmp_path / "large.zip", limits=raised).digest == package.digest


def _folder(place: Path, text: str) -> Path:
    for name, content in make_contents({"topics/order-events.json": edited(TOPIC, x=text)}).items():
        (place / "large" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "large" / name).write_bytes(content)
    return place / "large"


@pytest.mark.parametrize(
    ("small", "sentence"),
    [
        (Limits(values=3), "values and member names; at most 3 are read"),
        (Limits(depth=1), "nested more than 1 levels deep"),
        (Limits(text=9), "at most 9 are read"),
    ],
)
def test_a_snapshot_is_read_within_limits(small: Limits, sentence: str) -> None:
    with pytest.raises(CannotRead, match=f"(?s)target.json is not a snapshot: .*({sentence}|cannot be read: )"):
        parse_snapshot(encode(make_snapshot({"topic": [edited(TOPIC, x=[1])]})), "target.json", small)


def test_a_resource_of_a_snapshot_is_not_decoded_when_it_is_too_large() -> None:
    content = encode(make_snapshot({"topic": [edited(TOPIC, x=[0] * 50_000)]}))
    with pytest.raises(CannotRead, match="has more than 10,000 values and member names"):
        parse_snapshot(content, "target.json", Limits(values=10_000))
    assert parse_snapshot(content, "target.json").index.resources


@pytest.mark.parametrize("name", ["订单.md", "naïve.md"])
def test_unmarked_names_are_utf8_where_that_is_asked_for(project: Path, name: str) -> None:
    contents = {**make_contents(), name: b""}
    assetpkg.write(load(Archive.from_contents(contents)), project / "names.zip")
    packed = bytearray((project / "names.zip").read_bytes())
    raw = name.encode()
    # The flag says UTF-8; take it away from both headers of the entry.
    packed[packed.find(raw) - 30 + 7] = 0
    packed[packed.rfind(raw) - 46 + 9] = 0
    (project / "names.zip").write_bytes(bytes(packed))
    assert call("check", "names.zip").return_value == 1
    assert call("check", "names.zip", "--assume-utf8-names", "--ignore", "PKG").return_value == 0
    shown = call("show", "names.zip", "--assume-utf8-names")
    assert shown.exception is None
    (project / "assetpkg.toml").write_text("assume-utf8-names = true")
    assert call("unpack", "names.zip", "-o", "names").exception is None
    assert (project / "names" / name).is_file()


def test_the_module_of_limits_stands_at_the_bottom() -> None:
    assert limits.DEFAULT_LIMITS is DEFAULT_LIMITS

"""A canary in every place, through every command and every format: none of it is said."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import islice
from typing import Any

import click
import pytest

from assetpkg.cli.program import COMMANDS, cli
from assetpkg.kinds.kind import fields_of
from assetpkg.package.packing import write as write_zip
from assetpkg.package.reading import read
from assetpkg.render.formats import formats_of
from assetpkg.resource.masking import mask
from tests.archive.zip.forge import Member, forge
from tests.build import MANIFEST, make_contents
from tests.conftest import THOROUGH
from tests.trust.canary import worlds
from tests.trust.canary.birds import CARRIERS, NUMBER, Flock
from tests.trust.canary.cage import Cage, cage

__all__ = ["cage"]

PLACES = ("a broken document", "a zip", "the settings", "a schema of a team", "the environment")


def reports_of(name: str) -> tuple[str, ...]:
    """Return the options that have a report written in each of its formats, where it is heard."""
    return tuple(word for form in formats_of(name) for word in ("--report", f"{form}=said.{form}"))


def in_every_form(place: str) -> pytest.MarkDecorator:
    """Try a place with the forms one by one; daily with every fifth one, and the other places have the others."""
    forms = tuple(CARRIERS)
    return pytest.mark.parametrize("form", forms if THOROUGH else forms[PLACES.index(place) :: len(PLACES)])


PLAN = ("plan", "shop", "--target", "target.json")
REPORTS = {name: reports_of(name) for name in ("CheckReport", "PlanReport", "VerifyReport", "CompareReport")}
RUNS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "check": (
        ("check", "shop"),
        ("check", "shop", *REPORTS["CheckReport"]),
        ("check", "shop", "--format", "json", "--write-baseline", "said.json"),
    ),
    "plan": (
        ("plan", "shop"),
        (*PLAN, "--prefix", "x_"),
        (*PLAN, "--mode", "Merge", "--output", "said.txt", *REPORTS["PlanReport"]),
        (*PLAN, "--mode", "Merge", "--details"),
        (*PLAN, "--mode", "Merge", "--datasource-overwrite", "--format", "json"),
        ("plan", "shop", "--target", "shop", "--format", "json"),
        (*PLAN, "--mode", "Merge", "--format", "html"),
    ),
    "snapshot": (
        ("snapshot", "shop", "-o", "made-target.json"),
        ("snapshot", "target.json", "--details", "-o", "made-target.json"),
        ("snapshot", "shop", "-o", "made-target.json", "--complete", "all", "--format", "json"),
    ),
    # A fault that there is not ends it before it serves, whatever the target is.
    "serve": (
        ("serve", "--target", "loose", "--fault", "none"),
        ("serve", "--target", "target.json", "--fault", "none"),
    ),
    "show": (
        ("show", "shop"),
        ("show", "shop", "--format", "json", "--report", "html=said.html"),
        ("show", "shop", "task/a task", "-o", "said.txt"),
        ("show", "shop", "--order", "--format", "mermaid", "--report", "dot=said.dot"),
        ("show", "shop", "--format", "cyclonedx"),
    ),
    "pack": (("pack", "shop", "-o", "shop.zip"), ("pack", "shop", "-o", "shop.zip", "--deny-secrets")),
    "unpack": (("unpack", "shop.zip", "-o", "unpacked"),),
    "compare": (
        ("compare", "shop", "--target", "target.json"),
        ("compare", "shop", "--target", "target.json", "--all"),
        ("compare", "shop", "--target", "shop", *REPORTS["CompareReport"]),
    ),
    "diff": (
        ("diff", "shop", "target.json", "--details"),
        ("diff", "target.json", "shop", "--format", "json"),
        ("diff", "--git", "--", "shop.zip", "target.json", "0", "1", "shop/manifest.json", "0", "1"),
        ("show", "shop", "--documents"),
    ),
    "apply": (
        ("apply", *PLAN[1:], "--partial", "-o", "after"),
        ("apply", *PLAN[1:], "-o", "after", "--format", "json"),
    ),
    "undo": (
        ("undo", *PLAN[1:], "--mode", "Merge", "--datasource-overwrite", "--details", "-o", "undo.zip"),
        ("undo", *PLAN[1:], "--mode", "Merge", "-o", "undo.zip", "--format", "json"),
    ),
    "adapt": (
        ("plan", "shop", "--target", "target.json", "--write-adapt", "draft.toml", "--fail-on", "never"),
        ("adapt", "shop", "--with", "draft.toml", "-o", "none", "--details"),
        ("adapt", "shop", "--with", "draft.toml", "-o", "adapted.zip", "--format", "json", "--fail-on", "never"),
        ("adapt", "shop", "--prefix", "p_", "-o", "adapted", "--details"),
        ("plan", "shop", "--target", "target.json", "--adapt", "draft.toml", "--details"),
    ),
    "subset": (
        ("subset", "shop", "-o", "some", "--only", "task/*", "--details"),
        ("subset", "shop", "-o", "some.zip", "--only", "task/*", "--no-dependencies", "--format", "json"),
        ("subset", "shop", "-o", "none", "--without", "application/*", "--since", "shop"),
        ("subset", "shop", "-o", "none", "--without", "application/*"),
    ),
    "merge": (
        ("merge", "shop", "shop", "-o", "same", "--details"),
        ("merge", "shop", "moved", "-o", "none", "--details"),
        ("merge", "shop", "moved", "-o", "none", "--format", "json"),
        ("merge", "shop", "moved", "-o", "both.zip", "--prefer", "a"),
        ("merge", "--git", "--", "shop/manifest.json", "moved/manifest.json", "target.json", "moved/manifest.json"),
    ),
    "split": (("split", "shop", "-o", "parts", "--max", "1"), ("split", "shop", "-o", "more", "--format", "json")),
    "verify": (
        (*PLAN, "--format", "json", "-o", "plan.json"),
        ("verify", "plan.json", "--package", "shop", "--target", "target.json"),
        ("verify", "plan.json", "--package", "shop", "--target", "shop", *REPORTS["VerifyReport"]),
        ("show", "plan.json", "--details"),
    ),
    "reconcile": (
        ("reconcile", "plan.json", "target.json"),
        ("reconcile", "plan.json", "target.json", "--format", "json"),
    ),
    "checklist": (
        ("checklist", *PLAN[1:]),
        ("checklist", "shop", "--format", "csv"),
        ("checklist", *PLAN[1:], "--mode", "Merge", "--format", "json"),
    ),
    "new": (("new", "topic", "new", "--in", "shop"), ("new", "api", "new", "--in", "shop", "--format", "json")),
    "fmt": (
        ("fmt", "shop", "--diff"),
        ("fmt", "shop", "--diff", "--texts", "--explode", "--format", "json"),
        ("fmt", "shop", "--explode"),
        ("fmt", "shop", "--inline", "--diff"),
        ("check", "shop", "--fix", "--diff"),
    ),
    "convert": (
        ("convert", "shop", "-o", "own"),
        ("convert", "shop", "--back", "--original", "shop", "-o", "again", "--format", "json"),
    ),
    "redact": (("redact", "shop", "-o", "copy"), ("redact", "shop", "-o", "copy.zip", "--format", "json")),
    "learn": (
        ("learn", "loose", "-o", "-"),
        ("learn", "loose", "--details", "--format", "json"),
        ("learn", "loose", "-o", "layout.toml"),
        ("learn", "loose", "--with", "layout.toml"),
    ),
    "generate": (("generate", "-o", "made", "--resources", "16", "--size", "1000", "--drift", "made.json"),),
    "rules": (("rules",),),
    "explain": (("explain",),),
    "schema": (("schema",),),
    "setup": (("setup",), ("setup", "vscode")),
    "lsp": (("lsp", "--config", "missing.toml"),),  # a session of it is tried in tests/cli/lsp
    "help": (("help",),),
}
"""How each command is run over a package `shop`, its files without a manifest, and a snapshot `target.json`.

`moved` is another version of the package.
"""


def test_every_command_is_overheard() -> None:
    assert set(RUNS) == set(COMMANDS)


FIRST = {"unpack": "pack", "reconcile": "verify"}
"""The command that makes what another one reads."""


def runs_of(command: str) -> tuple[tuple[str, ...], ...]:
    """Return how a command is run, after what makes its files."""
    return (RUNS[FIRST[command]] if command in FIRST else ()) + RUNS[command]


def overhear(
    cage: Cage,
    flock: Flock,
    *,
    statuses: AbstractSet[int] = frozenset({0, 1, 2}),
    commands: Iterable[str] = tuple(RUNS),
) -> None:
    """Run commands, and look for the flock in what they say."""
    for command in commands:
        for words in runs_of(command):
            heard = cage.run(*words)
            assert not flock.heard(heard.everything), " ".join(words)
            assert heard.status in statuses


def furnish(
    cage: Cage, files: Mapping[str, bytes], target: bytes = b"{}", moved: Mapping[str, bytes] | None = None
) -> None:
    worlds.write(cage.place / "shop", files)
    worlds.write(cage.place / "moved", files if moved is None else moved)
    worlds.write(cage.place / "loose", {name: files[name] for name in files if name != "manifest.json"})
    (cage.place / "target.json").write_bytes(target)


@cache
def planted() -> tuple[Flock, worlds.Documents, worlds.Documents, str]:
    """Return canaries in every field of every kind: in the package, on the target, and in the target's name."""
    flock = Flock()
    return flock, worlds.documents(flock, 0), worlds.documents(flock, 3), flock.text("the target", "URL")


@pytest.mark.parametrize("command", RUNS)
def test_no_text_of_a_resource_gives_a_credential_away(cage: Cage, command: str) -> None:
    flock, here, there, name = planted()
    here, there = ({kind: found[kind] for kind in some_kinds(found, command)} for found in (here, there))
    furnish(cage, worlds.contents(here, MANIFEST), worlds.snapshot(there, name=name), worlds.contents(there, MANIFEST))
    overhear(cage, flock, commands=[command])
    assert len(flock.places) > 1_000
    if command != "show":
        return
    package = read(cage.place / "shop")
    for resource in package.resources:
        document = mask(fields_of(resource.kind), package.document(resource.address))
        assert flock.heard(json.dumps(document)) == [], resource.address
    masked = [resource.address for resource in package.resources if "***" in resource.address]
    for address in masked[:3]:
        assert cage.run("show", "shop", address).status == 0


def some_kinds(kinds: Iterable[str], command: str) -> tuple[str, ...]:
    """Return the kinds that a command has: daily every tenth one, and the next commands have the others."""
    return tuple(kinds) if THOROUGH else tuple(kinds)[tuple(RUNS).index(command) % 10 :: 10]


@cache
def hidden(shape: Callable[[str], Any]) -> tuple[Flock, worlds.Documents, worlds.Documents]:
    """Return canaries in every declared secret: in the package and on the target."""
    flock = Flock()
    return flock, worlds.secrets(flock, shape), worlds.secrets(flock, shape)


SECRETS = (
    pytest.param(lambda bird: bird, id="as it should be"),
    pytest.param(lambda bird: {"a": {bird: [bird]}}, id="in an object, as a key too"),
    pytest.param(lambda bird: [bird], id="in a list"),
    pytest.param(lambda bird: f"{bird} {bird}" * 300, id="too long"),
    pytest.param(lambda bird: int(f"{NUMBER}{bird[6:11]}"), id="a number"),
)
"""What may be where a secret is; the daily run takes the first, which is in the way of most commands."""


@pytest.mark.parametrize("shape", SECRETS if THOROUGH else SECRETS[:1])
@pytest.mark.parametrize("command", RUNS)
def test_no_secret_is_said(cage: Cage, shape: Callable[[str], Any], command: str) -> None:
    flock, here, there = hidden(shape)
    here, there = ({kind: found[kind] for kind in some_kinds(found, command)} for found in (here, there))
    furnish(cage, worlds.contents(here, MANIFEST), worlds.snapshot(there), worlds.contents(there, MANIFEST))
    overhear(cage, flock, commands=[command])
    if command == "plan":
        here, there = hidden(shape)[1:]
        furnish(cage, worlds.contents(here, MANIFEST), worlds.snapshot(there))
        assert "(secret, changed)" in cage.run(*PLAN, "--mode", "Merge", "--details").out


@pytest.mark.parametrize("shape", tuple(worlds.SHAPES) if THOROUGH else tuple(worlds.SHAPES)[1::10])
def test_no_text_of_a_manifest_or_of_a_name_gives_a_credential_away(cage: Cage, shape: str) -> None:
    flock = Flock()
    head = worlds.manifest(flock, shape)
    files = dict(islice(worlds.named_files(flock), 0, None, 1 if THOROUGH else 4))
    furnish(cage, make_contents({**files, "manifest.json": head}))
    planter = worlds.Planter(flock)
    members: dict[str, Any] = {
        "name": planter.text("the name of the target"),
        "instance": {name: planter.text(f"the target's {name}") for name in ("id", "region", "version")},
        "jobs": [{"status": "RUNNING", "type": planter.text("a job's type")}],
        "functions": [{"urn": planter.text("a function"), "version": planter.text("its version")}],
    }
    features = {name: planter.text("a feature") for name in head["source"].get("features", {})}
    members["instance"]["features"] = features
    (cage.place / "target.json").write_bytes(worlds.snapshot({}, **members))
    overhear(cage, flock)


def breaks(text: str, bird: str) -> Iterator[tuple[str, bytes]]:
    """Yield documents that are not, or not strict, around a credential."""
    key, inner = json.dumps(text), json.dumps({text: {"password": bird}, "name": text})
    yield "ends too soon", inner[:-1].encode()
    yield "ends in the text", inner[: inner.rindex('"') - 3].encode()
    yield "too many commas", f"{inner[:-1]},}}".encode()
    yield "a key twice", f'{{"name": "a", {key}: 1, {key}: 2}}'.encode()
    yield "a key twice in a secret", f'{{"name": "a", "password": {{"{bird}": 1, "{bird}": 2}}}}'.encode()
    yield (
        "a key twice in a declared secret",
        f'{{"name": "a", "content": {{"user_name": {{"{bird}": 1, "{bird}": 2}}}}}}'.encode(),
    )
    yield "half a character", f'{{"name": "a", {key}: "\\ud800", "password": {{"{bird}": "\\ud800"}}}}'.encode()
    yield "no number", f'{{"name": "a", {key}: NaN}}'.encode()
    yield "too deep", f"{{{key}: {'[' * 200}{']' * 200}}}".encode()
    yield "not UTF-8", inner.encode() + b"\xff"
    yield "UTF-16", inner.encode("utf-16")
    yield "a mark first", b"\xef\xbb\xbf" + inner.encode()
    yield "a list", f"[{inner}]".encode()
    yield "a text", key.encode()
    yield "without quotes", text.encode()


@in_every_form("a broken document")
def test_no_error_quotes_a_document(cage: Cage, form: str) -> None:
    flock = Flock()
    for number, (what, content) in enumerate(breaks(flock.text("a broken document", form), flock.bird("a secret"))):
        folders = ("datasources",) if "declared" in what else ("applications", "datasources", "tasks")
        files = {f"{folder}/{number}.json": content for folder in folders}
        worlds.write(cage.place / "shop", {**make_contents(), **files})
        other = content.replace(b"user_name", b"password")
        (cage.place / "target.json").write_bytes(other)
        worlds.write(cage.place / "broken", {**make_contents(), "manifest.json": other})
        for words in (("check", "shop"), PLAN, ("plan", "broken", "--target", "broken"), ("show", "broken")):
            assert flock.heard(cage.run(*words).everything) == [], words
        assert flock.heard(cage.run("check", "broken", "--format", "json").everything) == []


@in_every_form("a zip")
def test_no_zip_gives_a_credential_away(cage: Cage, form: str) -> None:
    flock = Flock()
    names = [flock.text("the name of an entry", form).encode(), b"applications/%s.json"]
    names[1] %= flock.text("the name of a resource's entry", form).encode()
    comment = flock.text("a comment", form).encode()
    honest = [Member(name.encode(), content, comment=comment) for name, content in make_contents().items()]
    hostile = [
        forge(*honest, comment=comment),
        forge(*honest, *(Member(name, b"{}") for name in names)),
        forge(*honest, *(Member(name, b"{}") for name in names * 2)),
        forge(*honest, *(Member(name, b"{}", local={"name": name[::-1]}) for name in names)),
        forge(*honest, *(Member(name, b"{}", both={"crc": 0}) for name in names)),
        forge(*honest, *(Member(name, b"{}", both={"extra": comment}) for name in names)),
        forge(*honest) + comment,
        comment + forge(*honest),
        forge(*(Member(name, b"{}") for name in names)),
        comment,
    ]
    for content in hostile:
        (cage.place / "a.zip").write_bytes(content)
        for words in (
            ("check", "a.zip"),
            ("check", "a.zip", "--format", "json"),
            ("show", "a.zip"),
            ("plan", "a.zip", "--target", "a.zip"),
            ("unpack", "a.zip", "-o", "a"),
            ("check", "--containing", "a.zip"),
        ):
            assert flock.heard(cage.run(*words).everything) == [], words


def test_no_packed_list_gives_a_credential_away(cage: Cage) -> None:
    flock = Flock()
    found = dict(islice(worlds.documents(flock, 2).items(), 0, None, 1 if THOROUGH else 3))
    files = worlds.contents(found, MANIFEST, dict(worlds.named_files(flock)))
    worlds.write(cage.place / "shop", files)
    package = read(cage.place / "shop")
    write_zip(package, cage.place / "shop.zip")
    for words in (
        ("check", "shop.zip"),
        ("show", "shop.zip"),
        ("plan", "shop.zip", "--target", "shop.zip", "--details"),
    ):
        heard = cage.run(*words)
        assert flock.heard(heard.everything) == []
        assert "sha256" in heard.out or "SEC002" in heard.out


@in_every_form("the settings")
def test_no_settings_give_a_credential_away(cage: Cage, form: str) -> None:
    flock = Flock()
    worlds.write(cage.place / "shop", make_contents())
    text = json.dumps(flock.text("a setting", form))
    tables = [f"{key} = {text}" for key in ("select", "fail-on", "severity", "assume", "schemas", "unknown")]
    tables += [f"select = [{text}]", f"{text} = 1", text, f"[{text}]\n[{text}]", f"a = 1\nx = {text}\na = 2"]
    tables += [f"[{table}]\n{text} = {text}" for table in ("severity", "per-kind-ignores", "assume", "schemas")]
    tables += [f"[per-path-ignores]\n{text} = [{text}]", f"[assume]\nmerge-existing = {text}", f"x = {text} {text}"]
    tables += [f"[schemas]\napi = {text}", f"[severity]\nRSC = {text}", f"[per-kind-ignores]\napi = [{text}]"]
    for table in tables:
        (cage.place / "assetpkg.toml").write_text(table, encoding="utf-8")
        for words in (("check", "shop"), ("plan", "shop", "--format", "json")):
            heard = cage.run(*words)
            assert heard.status == 2, table
            assert flock.heard(heard.everything) == [], table


@in_every_form("a schema of a team")
def test_no_schema_of_a_team_gives_a_credential_away(cage: Cage, form: str) -> None:
    flock = Flock()
    text, bird = flock.text("a schema", form), flock.bird("a secret in a schema")
    document = {"name": "Shop", "secret": flock.bird("a secret"), "x": {text: {"a": text}}, "remark": text}
    worlds.write(cage.place / "shop", make_contents({"applications/Shop.json": document}))
    (cage.place / "assetpkg.toml").write_text('[schemas]\napplication = "own.json"\n')
    schemas: list[Any] = [
        {"properties": {"remark": schema, "x": {"additionalProperties": {"properties": {"a": schema}}}}}
        for schema in ({"const": 1}, {"enum": [text]}, {"pattern": "^q$"}, {"maxLength": 3}, {"not": {"const": text}})
    ]
    schemas += [{"properties": {"secret": schema}} for schema in ({"const": bird}, {"enum": [bird]}, {"type": "array"})]
    schemas += [{"properties": {"x": False}}, {"additionalProperties": False}, {"required": [text]}, {"type": text}]
    schemas += [{"properties": {"x": {"additionalProperties": False}}}, {"$ref": text}, {"$schema": text}]
    schemas += [{"examples": [text], "properties": {"remark": {"pattern": f"({text}"}}}]
    schemas += [{"propertyNames": {"maxLength": 2}}, {"minProperties": 50}]
    schemas += [{"properties": {"secret": {"properties": {bird: False}}}}, {"dependentRequired": {"name": [text]}}]
    for schema in schemas:
        (cage.place / "own.json").write_text(json.dumps(schema))
        for words in (("check", "shop"), ("check", "shop", "--format", "json")):
            assert flock.heard(cage.run(*words).everything) == [], schema


def parameters() -> Iterator[tuple[str, list[str]]]:
    """Yield each command with one of its parameters set to `@`, and arguments that would do for the others."""
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        arguments = [known for known in command.params if isinstance(known, click.Argument)]
        needed = [known for known in command.params if isinstance(known, click.Option) and known.required]
        other = "nothing" if name == "serve" else "out"  # of a target that is there, it would serve for ever
        rest = ["shop" for _ in arguments] + [word for known in needed for word in (known.opts[-1], other)]
        rest += ["--resources", "16", "--size", "1000"] if name == "generate" else []
        for at in range(len(arguments)):
            yield name, [*rest[:at], "@", *rest[at + 1 :]]
        for known in command.params:
            if isinstance(known, click.Option):
                yield name, [*rest, f"{known.opts[-1]}=@"]
                if THOROUGH and not known.is_flag:
                    yield name, [*rest, known.opts[-1], "@"]
        yield name, [*rest, "@"]
        yield name, [*rest, "--@"]
    yield "@", []


@pytest.mark.parametrize("form", ["URL", "assignment", *(["DSN", "token", "ODBC"] if THOROUGH else [])])
def test_no_argument_gives_a_credential_away(cage: Cage, form: str) -> None:
    flock = Flock()
    worlds.write(cage.place / "shop", make_contents())
    text = flock.text("an argument", form)
    for name, words in parameters():
        spelled = [word.replace("@", text) for word in (name, *words)]
        assert flock.heard(cage.run(*spelled).everything) == [], spelled


@in_every_form("the environment")
def test_no_environment_gives_a_credential_away(cage: Cage, form: str) -> None:
    from assetpkg.settings.settings import SETTINGS
    from assetpkg.settings.sources import CONFIG_VARIABLE

    flock = Flock()
    worlds.write(cage.place / "shop", make_contents())
    text = flock.text("the environment", form)
    for name in (CONFIG_VARIABLE, *(f"ASSETPKG_{key.replace('-', '_').upper()}" for key in SETTINGS)):
        heard = cage.run("check", "shop", environment={name: text, "DB_PASSWORD": flock.bird("another variable")})
        assert flock.heard(heard.everything) == [], name

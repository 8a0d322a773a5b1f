"""The same from Python: no exception, with all that hangs on it, and no `repr` gives a credential away."""

import traceback
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.errors import AssetpkgError
from assetpkg.kinds import KINDS
from assetpkg.package.package import load
from assetpkg.package.packing import unpack, write
from assetpkg.target.snapshot import parse_snapshot
from tests.build import APPLICATION, DATASOURCE, MANIFEST, encode, make_contents, make_package, make_snapshot
from tests.trust.canary import worlds
from tests.trust.canary.birds import CARRIERS, Flock
from tests.trust.canary.test_commands import breaks


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and those that it was raised from or beside."""
    if error is not None:
        yield error
        yield from chain(error.__cause__)
        yield from chain(error.__context__)


def told(error: BaseException) -> str:
    """Return everything that a log could show of an exception, the texts that Python's own ones keep included.

    The system's errors are left out: they name the path that the caller has asked for, and nothing else.
    """
    said = ["".join(traceback.format_exception(error))]
    for each in (each for each in chain(error) if not isinstance(each, OSError)):
        kept = [getattr(each, name, "") for name in ("doc", "object", "__notes__")]
        said += [str(each), repr(each), repr(each.args), *map(str, kept)]
    return "\n".join(said)


def caught(call: Callable[[], Any]) -> str:
    """Return what is reported of the exception that a call raises; nothing where it raises none."""
    try:
        call()
    except (AssetpkgError, ValueError) as error:
        return told(error)
    return ""


@pytest.mark.parametrize("form", CARRIERS)
def test_no_exception_carries_a_credential(form: str) -> None:
    flock = Flock()
    text, bird = flock.text("a text", form), flock.bird("a secret")
    package = make_package()
    calls: list[Callable[[], Any]] = [
        lambda: package.resource(text),
        lambda: package.document(f"application/{text}"),
        lambda: package.without(text),
        lambda: package.with_resource(text, {}),
        lambda: package.with_resource("topic", {text: 1}),
        lambda: package.with_resource("topic", {"name": text, "x": float("nan")}),
        lambda: package.with_resource("topic", {"name": text, "x": {1}}),
        lambda: package.with_resource("topic", {"name": text, "x": "\ud800"}),
        lambda: package.with_resource("topic", {"name": text, "password": {1: bird, "1": bird}}),
        lambda: package.with_resource("topic", {"name": text}).with_resource("topic", {"name": text}),
        lambda: package.with_document("application/Shop", {"name": "", "secret": bird}),
        lambda: assetpkg.read(f"nowhere/{text}"),
        lambda: assetpkg.read_target(text),
        lambda: assetpkg.write(package, f"/nowhere/{text}/a.zip"),
        lambda: assetpkg.unpack(package, f"/dev/null/{text}"),
        lambda: assetpkg.Policy.parse(select=[text]),
        lambda: assetpkg.Policy.parse(severities={"RSC": text}),
        lambda: assetpkg.ImportOptions(prefix=text),
        lambda: assetpkg.ImportOptions(assumptions={text: text}),
        lambda: assetpkg.TeamSchemas.read({text: text}),
        lambda: assetpkg.TeamSchemas.read({"api": text}),
    ]
    for number, call in enumerate(calls):
        said = caught(call)
        assert not flock.heard(said), (number, flock.heard(said))
    assert "Traceback" in caught(calls[0])


@pytest.mark.parametrize("form", CARRIERS)
def test_no_exception_about_a_document_carries_it(form: str) -> None:
    flock = Flock()
    text, bird = flock.text("a text", form), flock.bird("a secret")
    for what, content in breaks(text, bird):
        found = load(Archive.from_contents(make_contents({"datasources/x.json": content})))
        broken = load(Archive.from_contents({**make_contents(), "manifest.json": content}))
        calls: list[Callable[[], Any]] = [
            lambda content=content: parse_snapshot(content.replace(b"user_name", b"password"), "target.json"),  # type: ignore[misc]
            lambda found=found: write(found, "/nowhere/a.zip"),  # type: ignore[misc]
            lambda found=found: unpack(found, "/nowhere/a"),  # type: ignore[misc]
            lambda broken=broken: write(broken, "/nowhere/a.zip"),  # type: ignore[misc]
        ]
        for call in calls:
            said = caught(call)
            assert not flock.heard(said), what
            assert "Traceback" in said, what


def test_no_refusal_of_a_model_shows_a_value() -> None:
    flock = Flock()
    for kind, members in worlds.documents(flock, 1).items():
        for document in members:
            said = caught(lambda kind=kind, document=document: KINDS[kind].model_validate(document))  # type: ignore[misc]
            assert not flock.heard(said), kind


def test_no_repr_shows_a_credential() -> None:
    flock = Flock()
    planted = [worlds.documents(flock, 2), worlds.secrets(flock, str)]
    for found in planted:
        files = worlds.contents(found, worlds.manifest(flock, "a text"), dict(worlds.named_files(flock)))
        package = load(Archive.from_contents(files))
        target = parse_snapshot(worlds.snapshot(found, name=flock.text("the target", "URL")), "target.json")
        plan = assetpkg.plan(package, target, assetpkg.ImportOptions(mode=assetpkg.Mode.MERGE))
        shown: list[Any] = [package, package.archive, package.manifest, package.entry_faults, target, plan]
        shown += [
            package.index,
            *package.inspections.values(),
            assetpkg.check(package),
            plan.diagnostics,
        ]
        shown += [list(package.find_faults("wrong-type")), *package.archive.entries.values()]
        for each in shown:
            for said in {repr(each), str(each)}:
                assert not flock.heard(said), type(each)


def test_a_model_shows_none_of_its_values() -> None:
    flock = Flock()
    document = {**DATASOURCE, "content": {"password": flock.bird("a password")}, "password": flock.bird("another one")}
    model = make_package({"datasources/orders-db.json": document}).model("datasource/orders-db")
    assert not flock.heard(f"{model!r} {model}")


def test_addresses_without_credentials_are_told_apart_and_found_again() -> None:
    flock = Flock()
    names = [flock.text("a name", "URL") for _ in range(3)]
    package = make_package(
        {f"applications/{number}.json": {**APPLICATION, "name": name} for number, name in enumerate(names)}
    )
    shown = "application/https:~1~1me:***@host.example~1x"
    addresses = [resource.address for resource in package.index.resources_of("application")]
    assert addresses == ["application/Shop", shown, f"{shown}#2", f"{shown}#3"]
    assert [package.resource(address).name for address in addresses[1:]] == names
    assert not any(resource.is_double for resource in package.resources)
    assert package.resource(f"application/{names[0].replace('/', '~1')}").name == names[0]


def test_no_id_is_derived_from_a_credential() -> None:
    here, there = ({"name": f"https://me:{word}@host.example"} for word in ("a1", "b2"))
    ids = [
        load(Archive.from_contents({"manifest.json": encode(MANIFEST), "applications/a.json": encode(document)}))
        .resources[0]
        .id
        for document in (here, there)
    ]
    assert ids[0] == ids[1], "who knows all but the password could try passwords until the id fits"


def test_no_file_is_named_after_a_credential() -> None:
    flock = Flock()
    package = make_package()
    for form in CARRIERS:
        package = package.with_resource("topic", {"name": flock.text("a topic", form), "app_id": "shop-key"})
    assert not flock.heard("\n".join(package.archive.entries))


def test_a_snapshot_that_is_fine_is_read_whole() -> None:
    flock = Flock()
    content = encode(make_snapshot({"application": [{**APPLICATION, "name": flock.text("a name", "URL")}]}))
    target = parse_snapshot(content, "target.json")
    assert target.index.resources[0].name in content.decode()

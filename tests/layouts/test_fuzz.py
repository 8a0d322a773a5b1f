"""Layout files and archives made at random: nothing but a sentence ever comes of them, and nothing is lost."""

import json
from contextlib import suppress
from random import Random
from typing import Any

import pytest

import assetpkg
from assetpkg.archive.archive import Archive
from assetpkg.errors import AssetpkgError
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.reading import layout_of
from assetpkg.package.package import Package, load
from tests.conftest import THOROUGH
from tests.layouts.worlds import zipped

KEYS = ("a", "name", "name", "id", "type", "c", "x/y", "~")
TEXTS = ("api", "A", "", "1", '{"name": "in"}', '{"name": ', "eyJuYW1lIjogImIifQ==", "??", "password=Hunter2x!")


class Maker:
    """Makes things at random, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"layouts/{seed}")  # noqa: S311 - repeatable on purpose

    def value(self, depth: int = 0) -> Any:
        sort = self.random.randrange(9)
        if sort < 4 or depth > 3:
            return self.random.choice((None, True, 1, 2.5, *TEXTS))
        if sort < 6:
            return [self.value(depth + 1) for _ in range(self.random.randrange(4))]
        members = {self.random.choice(KEYS): self.value(depth + 1) for _ in range(self.random.randrange(4))}
        return {"name": self.random.choice(TEXTS), **members} if self.random.random() < 0.7 else members

    def pointer(self, *, star: bool = True) -> str:
        steps = self.random.choices((*KEYS, *("*" if star else ())), k=self.random.randrange(1, 3))
        return "".join(f"/{step.replace('~', '~0').replace('/', '~1')}" for step in steps)

    def place(self) -> dict[str, Any]:
        choose, chance = self.random.choice, self.random.random
        form = choose(("json", "json", "json", "json-lines", "csv"))
        at = choose(("", "/*", "/*", "/a/*", "/*/*", "/c"))
        place: dict[str, Any] = {
            "entries": [choose(("e.json", "*.json", "**/*.json", "l.jsonl", "t.csv", "z.zip!/*.json", "**"))],
            "form": form,
            "at": at if form == "json" or at.startswith("/*") else "/*",
            "names": choose(("same", "camelCase", "PascalCase", "kebab-case", "UPPER_CASE")),
        }
        if chance() < 0.7:
            place["kind"] = choose(("application", "topic", "dictionary"))
        else:
            place |= {"kind_at": self.pointer(star=False), "kinds": {"api": "api", "1": "topic", "A": "application"}}
        if chance() < 0.4:
            place["document"] = self.pointer(star=False)
        if chance() < 0.3:
            place["encoding"] = choose(("json", "base64"))
        if chance() < 0.4:
            place["unused"] = [self.pointer()]
        if chance() < 0.5:
            place["fields"] = {self.pointer(star=False): choose(("name", "/content/host", "id"))}
        if chance() < 0.5:
            place["inherited"] = {choose(("name", "app_id")): choose(("@1", "entry@1", "./name", "e.json#/a", "/id"))}
        return place

    def layout(self) -> LayoutFile:
        table = {"format": "assetpkg-layout/1", "name": "x", "archives": ["z.zip"], "marks": {"entries": ["mark"]}}
        return layout_of({**table, "resources": [self.place() for _ in range(self.random.randrange(1, 4))]})

    def body(self) -> bytes:
        return self.random.choice((json.dumps(self.value()).encode(), json.dumps(self.value()).encode(), b"\xff", b"{"))

    def archive(self) -> Archive:
        rows = (b"name,type,c\nA,api,1\nB,,\n", b'name,"a"\n"x\ny",z\n', b'"', b"a,a\n1,2")
        return Archive.from_contents(
            {
                "mark": b"",
                "e.json": self.body(),
                "d/x.json": self.body(),
                "l.jsonl": b"\n".join(json.dumps(self.value()).encode() for _ in range(3)),
                "t.csv": self.random.choice(rows),
                "z.zip": self.random.choice((zipped({"i.json": self.body()}), b"PK")),
            }
        )


def change_everything(package: Package) -> None:
    with suppress(AssetpkgError):
        copy = assetpkg.redact(package).package
        copy.layout.restored(copy.archive)
    for resource in package.resources[:3]:
        with suppress(AssetpkgError):
            changed = package.with_document(
                resource.address, {**package.document(resource.address), "remark": "new", "name": "other"}
            )
            changed.layout.restored(changed.archive)
        with suppress(AssetpkgError):
            without = package.without(resource.address)
            without.layout.restored(without.archive)


@pytest.mark.parametrize("seed", range(400 if THOROUGH else 8))
def test_nothing_but_a_sentence_comes_of_it(seed: int) -> None:
    maker = Maker(seed)
    for _ in range(12):
        archive = maker.archive()
        with suppress(AssetpkgError):
            package = load(archive, layouts=[maker.layout()])
            assert [found for found in assetpkg.check(package) if not found.message] == []
            coverage = package.layout.coverage()
            if coverage is not None:
                assert 0 <= coverage.bytes_covered <= coverage.bytes
                before = {name: entry.read() for name, entry in archive.entries.items()}
                restored = package.layout.restored(package.archive)
                assert {name: entry.read() for name, entry in restored.entries.items()} == before
                change_everything(package)

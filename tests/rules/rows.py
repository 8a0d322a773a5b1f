"""What the rows of the tables are made of: things to check, and what is expected to be found in them."""

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from assetpkg.archive.archive import parse_archive, read_archive
from assetpkg.archive.zip import Limits, write_zip
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.package.package import Package, load
from assetpkg.package.packing import dump
from assetpkg.rules.policy import Policy
from assetpkg.rules.runner import check
from assetpkg.rules.team_plan import parse_plan_rules
from assetpkg.simulation.plan import plan
from tests.build import make_instance, make_package

SHOP = "applications/Shop.json"
DATABASE = "datasources/orders-db.json"
SYNC = "tasks/sync_orders.json"
ORDERS = "api_groups/Shop/orders.json"
GET_ORDER = "apis/Shop/orders/get-order.json"
EVENTS = "topics/order-events.json"
MANIFEST = "manifest.json"

HINT = " -> "
FILE_NAME = "RSC072"

Make = Callable[[Path], list[Diagnostic]]
"""Checks something, with a folder to work in."""


@dataclass(frozen=True)
class Row:
    """A sentence, something to check, and a line for all that is found in it."""

    title: str
    make: Make
    found: tuple[str, ...]

    def told(self, folder: Path) -> list[str]:
        """Check it, and write a line for each finding, with its hint where the expected line has one."""
        # Many rows change a name and leave the file as it is called; that is found by a rule about nothing else.
        meant = any(FILE_NAME in line for line in self.found)
        diagnostics = [found for found in self.make(folder) if meant or found.code != FILE_NAME]
        for diagnostic in diagnostics:
            hold_words(diagnostic)
        hinted = [HINT in line for line in self.found] + [True] * len(diagnostics)
        return [as_line(diagnostic, hinted=hint) for diagnostic, hint in zip(diagnostics, hinted, strict=False)]


Table = Mapping[str, tuple[Row, ...]]
"""The rows about each rule, by its code."""


def row(title: str, make: Make, *found: str) -> Row:
    return Row(title, make, found)


def parameters(*tables: Table) -> Iterable[Any]:
    """Every row, named by its rule and its sentence."""
    return [
        pytest.param(row, id=f"{code}: {row.title}") for table in tables for code, rows in table.items() for row in rows
    ]


PRIVATE = re.compile(r"\b(domain|design|style|peers|security|performance)\.md\b|/work/|§|\bO[1-9][0-9]?\b")


def hold_words(diagnostic: Diagnostic) -> None:
    """Hold a message and its hint against what every finding's words have to be."""
    assert re.match(r"(?![A-Z][a-z]+ )", diagnostic.message), "begins with a small letter"
    assert re.match(r"[a-z]", diagnostic.hint), "is there, and begins with a small letter"
    for text in (diagnostic.message, diagnostic.hint):
        assert not text.endswith(".")
        assert text == text.strip()
        assert not PRIVATE.search(text)
        assert "None" not in text


def as_line(diagnostic: Diagnostic, *, hinted: bool) -> str:
    """Write `CODE entry#pointer line:column: message -> hint [platform code]`, as far as there is any of it."""
    place = diagnostic.location
    where = place.entry + (f"#{place.pointer}" if place.pointer else "")
    parts = (diagnostic.code, where, f"{place.line}:{place.column}" if place.line else "")
    hint = f"{HINT}{diagnostic.hint}" if hinted and diagnostic.hint else ""
    code = f" [{diagnostic.platform_code}]" if diagnostic.platform_code else ""
    return f"{' '.join(filter(None, parts))}: {diagnostic.message}{hint}{code}"


def checked(
    changes: Mapping[str, Any] | None = None,
    *,
    manifest: Mapping[str, Any] | None = None,
    assumptions: Mapping[str, str] | None = None,
) -> Make:
    """The minimal package with changes, as `make_package` takes them, and with answers to open questions."""
    return lambda _: check(make_package(changes, manifest=manifest), assumptions=assumptions)


def from_bytes(content: bytes, name: str = "shop.zip") -> Make:
    """A file."""

    def make(folder: Path) -> list[Diagnostic]:
        (folder / name).write_bytes(content)
        return check(load(read_archive(folder / name)))

    return make


def from_stream(content: bytes, change: Callable[[Package], Package] = lambda package: package) -> Make:
    """A zip without a file; `change` is made to it in memory."""
    return lambda _: check(change(load(parse_archive(content, origin="standard input"))))


def from_folder(contents: Mapping[str, bytes], prepare: Callable[[Path], object] = lambda _: None) -> Make:
    """A folder on the disk; `prepare` does to it what bytes cannot say."""

    def make(folder: Path) -> list[Diagnostic]:
        for name, content in contents.items():
            place = folder / "shop" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        prepare(folder / "shop")
        return check(load(read_archive(folder / "shop")))

    return make


def limited(limits: Limits, make: Make) -> Make:
    """The same, where archives may only be this large."""

    def make_within(folder: Path) -> list[Diagnostic]:
        with mock.patch(f"{__name__}.read_archive", partial(read_archive, limits=limits)):
            return make(folder)

    return make_within


def packed(
    changes: Mapping[str, Any] | None = None,
    *,
    manifest: Mapping[str, Any] | None = None,
    edits: Mapping[str, Callable[[bytes], bytes | None]] | None = None,
    store: bool = False,
) -> bytes:
    """The zip of the minimal package with changes; `edits` are made to entries after packing."""
    contents = {name: entry.read() for name, entry in dump(make_package(changes, manifest=manifest)).entries.items()}
    for name, edit in (edits or {}).items():
        edited = edit(contents.pop(name, b""))
        if edited is not None:
            contents[name] = edited
    return zipped(contents, store=store)


def zipped(contents: Mapping[str, bytes], *, store: bool = False) -> bytes:
    pieces = io.BytesIO()
    pieces.writelines(write_zip(contents.items(), store=store))
    return pieces.getvalue()


def planned(
    changes: Mapping[str, Any] | None = None,
    *,
    manifest: Mapping[str, Any] | None = None,
    target: Mapping[str, Any] | None = None,
    members: Mapping[str, Any] | None = None,
    alone: bool = False,
    **options: Any,
) -> Make:
    """The import of the minimal package with changes into a target with resources and other members."""

    def make(_: Path) -> list[Diagnostic]:
        package = make_package(changes, manifest=manifest)
        instance = None if alone else make_instance(target, **(members or {}))
        return list(plan(package, instance, **options).diagnostics)

    return make


def demanded(*plan_rules: dict[str, Any], prefix: str = "") -> Make:
    """The import of the minimal package, held against a team's own rules, as a file with settings has them."""

    def make(_: Path) -> list[Diagnostic]:
        package, instance = make_package(), make_instance()
        policy = Policy(plan_rules=parse_plan_rules(list(plan_rules)))
        return list(plan(package, instance, prefix=prefix, policy=policy).diagnostics)

    return make

"""Copies without names: nothing left of any word, and everything that is judged by names as it was."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import CredentialRemains, ImportOptions, Names, Package
from assetpkg.authoring.redact.names.words import WordSort, find_words
from assetpkg.target.snapshot import parse_snapshot
from tests.build import APPLICATION, DATASOURCE, TASK, TOPIC, encode, make_package
from tests.laws.strategies import Draw, contents_of, laws, packages, snapshot_of
from tests.laws.test_redaction import OPTIONS, birds, disguised, everything, traces

WORDS = ("Zaphodbeeblebrox", "鸵鸟农场银行分行", "Müllerwerke", "ACME4711steel", "0e4a4e5c-7e2d-4f60-9c3b-0d8a4f6b1c11")
"""What the package of a customer has in it, and what no copy may have."""
ENCODINGS = st.sampled_from(["utf-8", "utf-16"])


def found(package: Package, entries: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """Return the codes by the entries of the copy."""
    return Counter(
        (each.code, entries.get(each.location.entry, each.location.entry)) for each in assetpkg.check(package)
    )


@laws
@given(packages() | birds().map(lambda drawn: drawn[1]))
def test_a_copy_has_the_findings_and_the_references_of_the_package(package: Package) -> None:
    try:
        before = assetpkg.redact(package).package
    except CredentialRemains:
        return
    copy = assetpkg.redact(package, names=True)
    assert found(copy.package, {}) == found(before, copy.entries)
    kinds = [Counter(each.path.kind for each in known.resources) for known in (before, copy.package)]
    assert kinds[0] == kinds[1]
    ends = [
        Counter(led.path.kind for each in known.resources for _, led in known.index.leads_of(each))
        for known in (before, copy.package)
    ]
    assert ends[0] == ends[1]


@laws
@given(
    st.lists(packages(unknown=False), min_size=1, max_size=2),
    st.randoms(use_true_random=False),
    st.sampled_from(OPTIONS),
    st.sampled_from(["", "dev_", "orders-"]),
)
def test_a_copy_is_planned_against_a_copy_of_the_target_as_the_package_is(
    drawn: list[Package], chance: Any, options: ImportOptions, prefix: str
) -> None:
    package, other = drawn[0], drawn[-1]
    snapshot = snapshot_of(other, chance)
    known = parse_snapshot(encode(snapshot), "").index.resources
    snapshot["partial"] = {each.address: chance.choice(([], ["remark"])) for each in known if chance.random() < 1 / 3}
    content = encode(snapshot)
    copy = assetpkg.redact(package, names=True)
    assert copy.names is not None
    target = assetpkg.redact_snapshot(content, "target.json", names=copy.names).instance
    plans = (
        assetpkg.plan(package, parse_snapshot(content, ""), replace(options, prefix=prefix)),
        assetpkg.plan(copy.package, target, replace(options, prefix=copy.names.replace(prefix))),
    )
    one, two = (Counter((each.kind, each.action, each.reason) for each in plan.changes) for plan in plans)
    assert one == two
    codes = [Counter(each.code for each in plan.diagnostics) for plan in plans]
    assert codes[0] == codes[1]
    assert plans[0].verdict == plans[1].verdict


@st.composite
def planted(draw: Draw) -> tuple[str, Package]:
    """Draw a word, and a package that has it, in its disguises, wherever a text may be."""
    word = draw(st.sampled_from(WORDS))
    say = st.sampled_from(sorted(disguised(word).values()))
    nested = {"a": [draw(say), {"b": draw(say)}], draw(say): 1}
    contents: dict[str, Any] = {
        f"applications/{word}.json": {**APPLICATION, "name": word, "remark": draw(say)},
        "datasources/orders-db.json": {**DATASOURCE, "x": nested, "content": {"host": f"{word}.example.com"}},
        "tasks/sync_orders.json": {**TASK, "task_detail": encode({**nested, "c": encode(nested).decode()}).decode()},
        "topics/order-events.json": {**TOPIC, "description": f"{draw(say)} / {draw(say)}"},
        f"notes/{word} and more.txt": f"{draw(say)}\nand {draw(say)}\n".encode(
            draw(st.sampled_from(["utf-8", "utf-16"]))
        ),
        f"notes/{word}.jar": b"PK\0" + word.encode(),
        "notes/list.json": nested,
    }
    return word, make_package(contents, manifest={"name": f"p {draw(say)}", "source": {"region": draw(say)}})


@laws
@given(planted())
def test_nothing_is_left_of_a_word_in_any_disguise(drawn: tuple[str, Package]) -> None:
    word, package = drawn
    copy = assetpkg.redact(package, names=True)
    assert copy.counts is not None
    assert copy.names is not None
    left = everything(copy.package)
    assert [trace for trace in traces(word) if trace in left] == []
    assert word.encode("utf-16-le") not in left
    assert [entry for entry in copy.counts.emptied if any(copy.package.archive.entries[entry].read())] == []
    assert contents_of(assetpkg.redact(package, names=True).package) == contents_of(copy.package)
    assert contents_of(assetpkg.redact(package, names=copy.names).package) == contents_of(copy.package)


TEXTS = st.text(st.sampled_from("abAB zZ09.-_/订单ＡｂéжЖß中%'\n"), max_size=40)


@laws
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_stand_in_has_the_form_of_its_word_and_no_other_word_has_it(texts: list[str]) -> None:
    names = Names()
    words = {word for text in texts for _, _, word in find_words(text)}
    names.add(sorted(words))
    for text in texts:
        made = names.replace(text)
        assert len(made) == len(text)
        assert [form(sign) for sign in made] == [form(sign) for sign in text]
        assert not {word for _, _, word in find_words(made)} & words
        assert names.restore(made).casefold() == text.casefold()
    assert len({stand_in for _, stand_in in names.items()}) == len(names) == len(words)


def form(sign: str) -> tuple[str, bool]:
    """Return what a pattern sees of a sign."""
    return (sign if unicodedata.category(sign)[0] not in "LN" else unicodedata.category(sign)), sign.isascii()


ADDRESSES = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str),
    st.uuids().map(str),
    st.uuids().map(lambda each: each.hex.upper()),
)
DOCUMENTED = re.compile(r"(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8:.*")
SPECIAL = re.compile(r"0\.0\.0\.0|127\..*|255\..*|::1?")


@laws
@given(st.lists(ADDRESSES, min_size=1, max_size=8, unique=True))
def test_an_address_becomes_one_for_documentation_and_an_id_stays_an_id(addresses: list[str]) -> None:
    names = Names()
    texts = [f"https://{each}:8443/x" if "." in each else f"({each})" for each in addresses]
    names.add(word for text in texts for _, _, word in find_words(text))
    for address, text in zip(addresses, texts, strict=True):
        made = names.replace(text)
        if SPECIAL.fullmatch(address):
            assert made == text
            continue
        assert address not in made
        inner = made.removeprefix("https://").removesuffix(":8443/x").strip("()")
        sort = next(word.sort for _, _, word in find_words(text))
        if sort is WordSort.ADDRESS:
            assert DOCUMENTED.fullmatch(inner)
        else:
            assert [form(sign)[0] if sign == "-" else "x" for sign in inner] == [
                sign if sign == "-" else "x" for sign in address
            ]
        assert names.restore(made) == text

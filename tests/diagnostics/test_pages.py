"""The platform's pages: each is declared once, cited by its name, and found at its address."""

import ast
import re
from collections.abc import Iterator

from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import Authority
from assetpkg.rules import catalogue
from tests.conftest import ROOT
from tests.tables import every_row


@every_row("page", Page, ids=lambda page: page.name)
def test_a_page_prints_as_its_title_and_its_book(page: Page) -> None:
    assert re.fullmatch(r"(API reference|Service overview|User guide), [A-Z].*[a-zA-Z]", str(page))
    assert re.fullmatch(r"(https://support\.huaweicloud\.com/[a-z0-9/-]+/\w[\w-]*\.html)?", page.address)


def test_every_page_has_an_id_of_its_own() -> None:
    ids = [page.id for page in Page]
    assert len(set(ids)) == len(ids)
    assert [page for page in Page if not re.fullmatch(r"[A-Za-z][\w-]+", page.id)] == []
    assert [page for page in Page if page.address and f"/{page.id}.html" not in page.address] == []


def test_no_two_pages_have_one_address() -> None:
    addresses = [page.address for page in Page if page.address]
    assert len(set(addresses)) == len(addresses) > 10


def test_a_page_is_cited_by_its_name_alone() -> None:
    title = re.compile("|".join(re.escape(page) for page in Page))
    cited = set()
    for path in sorted((ROOT / "assetpkg").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name == "pages.py":
            continue
        cited.update(re.findall(r"\bPage\.([A-Z0-9_]+)\b", text))
        assert not title.search(text) or not list(_texts(ast.parse(text), title)), path
    assert cited >= {page.name for page in Page}


def _texts(tree: ast.Module, wanted: "re.Pattern[str]") -> Iterator[str]:
    """Yield the texts of a module in which something is, other than its documentation."""
    statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    documentation = {id(value) for value in statements if isinstance(value, ast.Constant)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in documentation else None
        if isinstance(text, str) and wanted.search(text):
            yield text


GENERAL = (
    "API reference: the request body that creates the resource",
    "API reference: the fields that name another resource",
    "API reference: fields that another resource asks for",
    "API reference: fields that another field makes mandatory",
    "API reference: names are unique in their scope",
    "API reference: ids are the platform's own, and unique",
    "API reference and SDK, where they disagree",
)
"""What many pages of the API reference say alike, each of its own resource."""


def test_what_is_cited_is_a_page_of_this_list() -> None:
    for code, declared in catalogue().items():
        if declared.source.authority is not Authority.PAGE or declared.source in GENERAL:
            continue
        titles = re.split(
            r"; (?!not documented)", re.sub(r"(?: \(\S+\)|: .*|; not documented: .*)$", "", declared.source)
        )
        assert titles, code
        assert [title for title in titles if title not in set(Page)] == [], code

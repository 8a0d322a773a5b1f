"""The page of the stand-in in a real browser, without a script: the plan of a package is seen, and it is imported."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import assetpkg
from assetpkg import Endpoint
from tests.build import APPLICATION, edited, make_instance
from tests.render.html import browser as driving
from tests.render.html.browser import Browser, Tab
from tests.simulator.client import FILE, Answer, ask, ended, form, parts, send
from tests.simulator.conftest import HERE, SHOP

HOSTILE = "<script>document.title='gone'</script>\u202e\x1b[31m|::error::"


@pytest.fixture
def tab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tab]:
    """Open a browser that may ask this machine, and nobody else, and runs no script."""
    here = tuple(each.replace("~NOTFOUND", "~NOTFOUND, EXCLUDE 127.0.0.1") for each in driving.QUIET)
    monkeypatch.setattr(driving, "QUIET", here)
    browser = Browser(tmp_path / "browser")
    with Tab(browser, script=False) as opened:
        opened.ask("DOM.enable")
        yield opened
    browser.close()


def go(tab: Tab, url: str) -> None:
    tab.browser.events.clear()
    tab.ask("Page.navigate", url=url)
    tab.browser.wait_for("Page.loadEventFired", tab._session)  # noqa: SLF001 - the browser is the test's own


def find(tab: Tab, selector: str) -> Any:
    root = tab.ask("DOM.getDocument")["root"]["nodeId"]
    return tab.ask("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]


def text(tab: Tab) -> str:
    found: str = tab.ask("DOM.getOuterHTML", nodeId=find(tab, "body"))["outerHTML"]
    return found


def press(tab: Tab, selector: str) -> None:
    """Press what the keyboard reaches, and wait for the page that follows."""
    tab.ask("DOM.focus", nodeId=find(tab, selector))
    tab.browser.events.clear()
    tab.press("Enter", 13, "\r")
    tab.browser.wait_for("Page.loadEventFired", tab._session)  # noqa: SLF001 - the browser is the test's own


def test_a_package_is_looked_at_and_imported_without_a_script(tab: Tab, endpoint: Endpoint, tmp_path: Path) -> None:
    package = tmp_path / "shop.zip"
    package.write_bytes(SHOP)
    go(tab, endpoint.url)
    assert "Billing" in text(tab)
    tab.ask("DOM.setFileInputFiles", nodeId=find(tab, "input[type=file]"), files=[str(package)])
    press(tab, "form button")
    assert "Import of shop.zip" in text(tab)
    assert "AddNew" in text(tab)
    assert "Shop" not in {each.name for each in endpoint.instance.index.resources}, "nothing is changed before"
    press(tab, "main p a")
    assert "application/Shop" in text(tab)
    tab.ask("Page.navigateToHistoryEntry", entryId=tab.ask("Page.getNavigationHistory")["entries"][-2]["id"])
    tab.browser.wait_for("Page.loadEventFired", tab._session)  # noqa: SLF001 - the browser is the test's own
    press(tab, "form button")
    ended(endpoint, endpoint.jobs()[0]["id"])
    go(tab, endpoint.url)
    assert "importAsset shop.zip" in text(tab)
    assert "application/Shop" in text(tab)
    press(tab, "main li a")
    assert "application/Shop" in text(tab)
    assert tab.complaints == []
    assert {urlsplit(url).netloc for url in tab.asked_for} <= {urlsplit(endpoint.url).netloc}


def _with(field: str, value: bytes = b"x") -> tuple[bytes, dict[str, str]]:
    """Return a form with a package, and another field."""
    return parts((f'form-data; name="{FILE}"; filename="a.zip"', SHOP), (f'form-data; name="{field}"', value))


REFUSED: Mapping[str, tuple[Callable[[Endpoint], Answer], int, str]] = {
    "no zip": (lambda at: ask(at, "POST", "/_assetpkg/preview", *form(b"hello")), 403, "PKG001"),
    "an unknown field": (
        lambda at: ask(at, "POST", "/_assetpkg/preview", *_with("mood")),
        400,
        "the form has &#39;mood&#39;; there are ImportAssetRequestBody, datasource_overwrite, prefix, type",
    ),
    "a misspelled field": (
        lambda at: ask(at, "POST", "/_assetpkg/preview", *_with("prefx")),
        400,
        "did you mean &#39;prefix&#39;?",
    ),
    "a file in the place of a text": (
        lambda at: ask(at, "POST", "/_assetpkg/preview", *_with('type"; filename="a.zip')),
        403,
        "&#39;type&#39; is a file, and not a text",
    ),
    "a prefix that is not UTF-8": (
        lambda at: ask(at, "POST", "/_assetpkg/preview", *_with("prefix", b"dev\xff_")),
        403,
        "the value of &#39;prefix&#39; is not UTF-8, as the bytes in a form have to be",
    ),
    "no file": (lambda at: ask(at, "POST", "/_assetpkg/preview"), 403, "a form is needed"),
    "a package that waits no more": (lambda at: ask(at, "GET", "/_assetpkg/preview/x"), 404, "waits no more"),
    "its plan": (lambda at: ask(at, "GET", "/_assetpkg/preview/x.html"), 404, "waits no more"),
    "its import": (lambda at: ask(at, "POST", "/_assetpkg/preview/x"), 404, "waits no more"),
    "the plan of no job": (lambda at: ask(at, "GET", "/_assetpkg/plan/x.html"), 404, "no plan of a job"),
}


def test_a_prefix_in_a_form_is_in_utf8_whatever_the_form_says(endpoint: Endpoint) -> None:
    body, headers = _with("prefix", "订_".encode())
    for charset in ("", "; charset=utf-8", "; charset=gbk"):
        kind = {"Content-Type": f"{headers['Content-Type']}{charset}"}
        lead = ask(endpoint, "POST", "/_assetpkg/preview", body, kind)
        page = ask(endpoint, "GET", lead.headers["location"]).content.decode()
        assert "prefix 订_" in page, charset


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_at_the_page_is_said_on_a_page(endpoint: Endpoint, name: str) -> None:
    call, status, why = REFUSED[name]
    answer = call(endpoint)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    content = answer.content.decode()
    assert why in content
    assert '<a href="/">' in content
    assert f"Stand-in for {endpoint.instance.name}" in content
    assert endpoint.jobs() == []


def test_what_is_refused_at_the_page_unread_is_answered_when_all_of_it_has_come(endpoint: Endpoint) -> None:
    """Who still sends when the connection is closed, as it is at once where that is asked for, is told of a reset."""
    content = bytes(1 << 25)  # more than the buffers between two programs have
    for path, status in (("/_assetpkg/preview", 403), ("/_assetpkg/preview/x", 404)):
        answer = ask(endpoint, "POST", path, content, {"Content-Type": "application/zip", "Connection": "close"})
        assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("usual", "chosen"),
    [
        ({}, ["<option selected>AddNew", 'name="prefix" value=""', '<option value="true">are']),
        (
            {"mode": "Merge", "prefix": "dev_", "datasource_overwrite": True},
            ["<option selected>Merge", 'name="prefix" value="dev_"', '<option value="true" selected>are'],
        ),
    ],
)
def test_the_form_begins_with_what_an_import_has_where_nothing_is_said(
    usual: Mapping[str, Any], chosen: list[str]
) -> None:
    with assetpkg.emulator(make_instance({}, **HERE), **usual) as at:
        content = ask(at, "GET", "/").content.decode()
    assert [each for each in chosen if each not in content] == []
    assert content.count("selected") == sum("selected" in each for each in chosen)


def test_ten_packages_wait_and_older_ones_are_forgotten(endpoint: Endpoint) -> None:
    places = [ask(endpoint, "POST", "/_assetpkg/preview", *form(SHOP)).headers["location"] for _ in range(11)]
    assert [ask(endpoint, "GET", place).status for place in places] == [404, *[200] * 10]
    assert ask(endpoint, "POST", places[-1]).headers["location"] == "/"
    assert ended(endpoint, endpoint.jobs()[0]["id"])["status"] == "SUCCEEDED"
    assert ask(endpoint, "GET", places[-1]).status == 404


def test_whether_the_page_is_there_can_be_asked(endpoint: Endpoint) -> None:
    asked = ask(endpoint, "HEAD", "/")
    assert (asked.status, asked.content) == (200, b"")


def test_no_name_does_anything_on_the_page() -> None:
    target = make_instance({"application": [edited(APPLICATION, name=HOSTILE)]}, name=HOSTILE, **HERE)
    with assetpkg.emulator(target) as at:
        send(at, SHOP)
        body, kind = form(SHOP, name="assets.zip")
        there = ask(at, "POST", "/_assetpkg/preview", body, kind).headers["location"]
        pages = [ask(at, "GET", path) for path in ("/", there, f"{there}.html")]
        body, kind = form(SHOP, name="<script>.zip")
        refused = ask(at, "POST", "/_assetpkg/preview", body, kind)
    for page in (*pages, refused):
        content = page.content.decode()
        assert "<script>document" not in content
        assert "<script>.zip" not in content
        assert "\u202e" not in content
        assert "\x1b" not in content
        assert page.headers["x-frame-options"] == "DENY"
        assert "default-src &#39;none&#39;" in content
    assert [page.status for page in (*pages, refused)] == [200, 200, 200, 403]
    assert "ROMA.10013" in refused.content.decode()

"""Pages of HTML in a real browser: everybody can use them, nothing in a package can do anything in them."""

import hashlib
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import assetpkg
from assetpkg import Mode
from assetpkg.render.formats import render
from assetpkg.render.html.graph import MOST_NODES
from assetpkg.render.screen import View, printable
from tests.conftest import ROOT, SAMPLES
from tests.render.html import pages as made
from tests.render.html.browser import Browser, Tab

TOOLS = Path(__file__).parent / "node_modules"
Pages = Mapping[str, Path]

UNFOLD = "for (const each of document.querySelectorAll('details')) each.open = true"
WIDTHS = (1280, 390)
ROWS = "[...document.querySelectorAll('#table > tbody > tr')]"
"""The rows of the table of a plan, in the language of the browser."""


def test_a_page_is_html(pages: Pages) -> None:
    (checker,) = TOOLS.glob("vnu-jar/**/vnu.jar")
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
    command = ["java", *quick, "-jar", str(checker), "--errors-only", "--exit-zero-always", "--format", "json"]
    alone = ("accepted", "alone", "hostile-clash", "plans", "show", "show-one", "verify", "failure")
    kinds = (*alone, "compare", "check", "hostile-diff", "recorded-diff", "no-diff", "stand-in", "preview")
    done = subprocess.run([*command, *(str(pages[name]) for name in kinds)], capture_output=True, check=True)
    assert [each for each in json.loads(done.stderr)["messages"] if each["type"] == "error"] == []


@pytest.mark.parametrize(
    "name", ["plan", "plans", "compare", "check", "diff", "show", "show-one", "verify", "stand-in"]
)
def test_everybody_can_use_it(browser: Browser, pages: Pages, name: str) -> None:
    contrast = {"color-contrast": {"enabled": name != "plans"}}  # which has the parts of a plan, once more
    with Tab(browser) as tab:
        tab.look()
        tab.open(pages[name])
        tab.run(UNFOLD)
        tab.run((TOOLS / "axe-core/axe.min.js").read_text(encoding="utf-8"))
        for width, dark, asked in ((1280, False, {"rules": contrast}), (390, True, {"runOnly": ["color-contrast"]})):
            if dark and name in {"plans", "show-one", "verify", "stand-in"}:
                continue
            tab.look(dark=dark)
            tab.resize(width, 20_000)  # what is not drawn is not looked at
            found = tab.run(
                f"axe.run({json.dumps(asked)}).then(({{violations}}) =>"
                " violations.map(({id, nodes}) => [id, nodes[0].html, nodes[0].failureSummary]))"
            )
            assert found == []


def test_a_page_fits_in_light_and_dark_and_asks_for_nothing(browser: Browser, pages: Pages) -> None:
    grounds = set()
    for width in WIDTHS:
        with Tab(browser, width) as tab:
            names = ("plan", "plans", "compare", "hostile-plan", "check", "diff", "hostile-diff", "show", "show-one")
            for name in (*names, "verify"):
                path = pages[name]
                for dark in (False, True):
                    tab.look(dark=dark)
                    if not dark:
                        tab.open(path)
                    grounds.add((dark, tab.run("getComputedStyle(document.body).backgroundColor")))
                assert tab.run("document.documentElement.scrollWidth") <= width, name
                assert tab.run("document.querySelector('.verdict').getBoundingClientRect().bottom") < 900, name
                assert tab.complaints == [], name
                assert tab.asked_for == [path.as_uri()], name
    assert len(grounds) == 2


def test_a_filter_shows_what_fits_and_says_how_much(browser: Browser, pages: Pages) -> None:
    with Tab(browser) as tab:
        tab.open(pages["plan"])
        rows = tab.run(f"{ROWS}.map((row) => ({{...row.dataset}}))")
        texts = tab.run(f"{ROWS}.map((row) => row.textContent)")
        shown = (
            "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(["
            f"{ROWS}.flatMap((row, at) => row.checkVisibility() ? [at] : []),"
            "document.querySelector('form output').value]))))"
        )

        def choose(**asked: str) -> None:
            tab.run("document.querySelector('form button').click()")
            for field, value in asked.items():
                tab.run(
                    f"((field) => {{field.value = {json.dumps(value)};"
                    " field.dispatchEvent(new Event('input', {bubbles: true}))})"
                    f"(document.querySelector('form').elements[{json.dumps(field)}])"
                )

        def expect(fitting: list[int]) -> None:
            assert tab.run(shown) == [fitting, f"{len(fitting)} of {len(rows)} resources shown"]

        everything = list(range(len(rows)))
        assert len({row["action"] for row in rows}) > 2
        for field in ("action", "kind", "rules"):
            for value in {word for row in rows for word in row.get(field, "").split()}:
                choose(**{field: value})
                fitting = [at for at in everything if value in rows[at].get(field, "").split()]
                assert 0 < len(fitting) < len(rows)
                expect(fitting)
        for text in ("ORDERS-db", "line 20", "absent from everything"):
            choose(text=text)
            expect([at for at in everything if text.lower() in texts[at].lower()])
        choose(kind="application", text="\u8ba2")
        expect([at for at in everything if rows[at]["kind"] == "application" and "\u8ba2" in texts[at]])
        tab.run("document.querySelector('form button').click()")
        expect(everything)
        # What a count stands for can be picked, and a box of the graph leads to its row, even to a hidden one.
        tab.run("document.querySelector('[data-pick=create]').click()")
        expect([at for at in everything if rows[at]["action"] == "create"])
        tab.run("document.querySelector('.node.undetermined').dispatchEvent(new MouseEvent('click', {bubbles: true}))")
        expect(everything)
        assert tab.run("document.querySelectorAll('#table details[open]').length") == 1
        assert tab.complaints == []


def test_without_script_everything_can_be_read(browser: Browser, pages: Pages) -> None:
    with Tab(browser, script=False) as tab:
        tab.look()
        tab.open(pages["plan"])
        assert tab.run("document.querySelector('form').checkVisibility()") is False
        assert tab.run(f"{ROWS}.every((row) => row.checkVisibility())")
        tab.run("document.querySelector('#table summary').focus()")
        assert tab.run("document.querySelector('#table dl').checkVisibility()") is False
        tab.press("Enter", 13, "\r")
        assert tab.run("document.querySelector('#table dl').checkVisibility()") is True
        assert tab.run("document.querySelectorAll('.checklist input').length") > 0


def test_the_keyboard_reaches_everything(browser: Browser, pages: Pages) -> None:
    can = "a[href], button, input, select, summary, [tabindex]"
    with Tab(browser) as tab:
        tab.look()
        tab.open(pages["plan"])
        tab.run(
            f"window.reached = new Set(); window.can = [...document.querySelectorAll({json.dumps(can)})]"
            ".filter((each) => each.checkVisibility());"
            "document.addEventListener('focusin', ({target}) => reached.add(target))"
        )
        for _ in range(tab.run("can.length") + 20):
            tab.press("Tab", 9)
        assert tab.run("can.filter((each) => !reached.has(each)).map((each) => each.outerHTML)") == []
        tab.run("document.querySelector('.checklist input:not(:checked)').focus()")
        before = tab.run("document.querySelector('.checklist output').value")
        tab.press(" ", 32, " ")
        after = tab.run("document.querySelector('.checklist output').value")
        assert re.fullmatch(r"\d+ of \d+ done\.", before)
        assert int(after.split()[0]) == int(before.split()[0]) + 1


def test_a_table_is_one_for_a_screen_reader_too(browser: Browser, pages: Pages) -> None:
    with Tab(browser, 390, 20_000) as tab:
        tab.look()
        tab.open(pages["alone"])
        tab.run(UNFOLD)
        nodes = tab.ask("Accessibility.getFullAXTree")["nodes"]
        roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
        rows = tab.run("document.querySelectorAll('tr').length")
        heads = tab.run("document.querySelectorAll('th[scope=row]').length")
        assert (roles.count("row"), roles.count("table")) == (
            rows,
            tab.run("document.querySelectorAll('table').length"),
        )
        assert heads == roles.count("rowheader")
        assert {"banner", "navigation", "main", "contentinfo", "search", "heading", "status"} <= set(roles)


def printed(tab: Tab, path: Path) -> str:
    """Return the text of a page as it is printed, sheet after sheet."""
    path.write_bytes(tab.print())
    command = ["pdftotext", "-layout", str(path), "-"]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.mark.parametrize("script", [True, False])
def test_what_is_folded_is_printed(browser: Browser, pages: Pages, tmp_path: Path, *, script: bool) -> None:
    with Tab(browser, script=script) as tab:
        tab.open(pages["plan"])
        assert tab.run("document.querySelectorAll('#table details[open]').length") == 0
        folded = tab.run("document.querySelector('#table .sides').innerText.split('\\n').pop().trim()")
        text = printed(tab, tmp_path / "page.pdf")
    for said in ("On the target", "another line", "line 20", "Rests on", "Taken for granted", folded):
        assert said in text
    assert "Show all" not in text


def test_a_title_is_printed_on_the_sheet_of_what_it_is_about(browser: Browser, tmp_path: Path) -> None:
    package, target = assetpkg.read(SAMPLES / "order-center"), assetpkg.read_target(SAMPLES / "production.json")
    report, _ = made.plan(package, target, mode=Mode.MERGE)
    path = tmp_path / "plan.html"
    path.write_text(render(report, "html", View()), encoding="utf-8")
    with Tab(browser) as tab:
        tab.open(path)
        sheets = printed(tab, tmp_path / "page.pdf").split("\f")
    (graph,) = (sheet for sheet in sheets if "What depends on what" in sheet)
    assert all(word in graph for word in ("wave 1", "wave 3", "sync_orders"))
    (table,) = (sheet for sheet in sheets if "Every resource" in sheet)
    assert table.index("Why") < table.index("! conflict")


def test_a_number_has_a_word_with_it_where_its_column_has_no_title(browser: Browser, pages: Pages) -> None:
    words = "getComputedStyle(document.querySelector('td.size'), '::after').content"
    said = {}
    for width in WIDTHS:
        with Tab(browser, width) as tab:
            tab.open(pages["show"])
            said[width] = tab.run(words)
    assert said == {1280: "none", 390: '" bytes"'}


@pytest.mark.parametrize("script", [True, False])
def test_no_name_does_anything_in_a_page(browser: Browser, pages: Pages, *, script: bool) -> None:
    with Tab(browser, script=script) as tab:
        for name, path in pages.items():
            if not name.startswith("hostile") and name not in {"plans", "check", "show", "show-one", "failure"}:
                continue
            tab.open(path)
            found: dict[str, Any] = tab.run(
                "({strange: document.querySelectorAll('img, iframe, object, embed, base, link, form[action], [style],"
                ' [src], [srcset], a[href]:not([href^="#"]):not([href^="https://support.huaweicloud.com/"])\').length,'
                "handlers: [...document.querySelectorAll('*')].flatMap((each) => [...each.attributes])"
                ".filter(({name}) => name.startsWith('on')).length,"
                "scripts: document.scripts.length, styles: document.styleSheets.length, title: document.title,"
                "text: document.body.textContent})"
            )
            assert (found["strange"], found["handlers"], found["scripts"], found["styles"]) == (0, 0, 1, 1), name
            assert found["title"] != "taken"
            assert tab.complaints == []
            if name in {"hostile-plan", "hostile-clash", "show"}:
                for each in made.hostile()[0].resources:
                    assert printable(each.address) in found["text"]


def test_what_a_page_did_not_bring_along_does_not_run(browser: Browser, pages: Pages, tmp_path: Path) -> None:
    for number, strange in enumerate(
        (
            "<script>document.title = 'taken'</script>",
            "<p onclick=1 id=x></p><img src=x onerror=\"document.title = 'taken'\">",
            "<style>body { color: red }</style>",
            "<p style='color: red'>x</p>",
        )
    ):
        page = pages["holds"].read_text(encoding="utf-8").replace("<main", f"{strange}<main")
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
        with Tab(browser) as tab:
            tab.open(tmp_path / f"{number}.html")
            tab.run("new Promise((done) => setTimeout(done, 20))")
            assert tab.run("document.title") != "taken"
            assert any("Content Security Policy" in json.dumps(each) for each in tab.complaints)


def test_no_page_has_a_credential_or_a_character_that_cannot_be_seen() -> None:
    for name, text in made.pages().items():
        assert made.CREDENTIAL not in text, name
        assert {each for each in set(text) - {"\n", " "} if printable(each) != each} == set(), name
        assert text.startswith("<!doctype html>\n"), name


def test_a_page_may_use_its_own_style_and_script_and_nothing_else() -> None:
    for name, text in made.pages().items():
        style, script = (
            b64encode(hashlib.sha256(part.encode()).digest()).decode()
            for part in re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL)
        )
        policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
        assert policy, name
        own = f"style-src 'sha256-{style}'; script-src 'sha256-{script}'"
        # The pages of the stand-in send their forms to it; the form of a filter goes nowhere.
        forms = "'self'" if name in {"stand-in", "preview"} else "'none'"
        assert unescape(policy[1]) == f"default-src 'none'; {own}; base-uri 'none'; form-action {forms}", name


def test_the_same_report_is_the_same_page() -> None:
    command = [sys.executable, "-m", "assetpkg", "plan", str(SAMPLES / "order-center.zip"), "--format", "html"]
    pages = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
        pages.add(done.stdout)
    (page,) = pages
    assert b"What to do by hand" in page


def test_a_large_page_is_mostly_what_matters(browser: Browser, tmp_path: Path) -> None:
    sizes = {}
    for number in (200, 600):
        package, target = made.many(number)
        report, _ = made.plan(package, target, mode=Mode.MERGE)
        assert report.summary.keep == number
        text = render(report, "html", View())
        path = tmp_path / f"{number}.html"
        path.write_text(text, encoding="utf-8")
        with Tab(browser) as tab:
            tab.look()
            tab.open(path)
            sizes[number] = (len(text), tab.run("document.querySelectorAll('*').length"))
            assert tab.run("document.querySelectorAll('.node').length") <= MOST_NODES
            last = "document.querySelector('#table > tbody > tr:last-child')"
            assert tab.run(f"{last}.firstChild.firstChild.checkVisibility({{contentVisibilityAuto: true}})") is False
            listeners = tab.ask(
                "Runtime.evaluate",
                expression="[...document.querySelectorAll('tr, td, details')]"
                ".filter((row) => Object.keys(getEventListeners(row)).length).length",
                includeCommandLineAPI=True,
                returnByValue=True,
            )
            assert listeners["result"]["value"] == 0
    (bytes_before, elements_before), (bytes_after, elements_after) = sizes[200], sizes[600]
    assert (elements_after - elements_before) / 400 <= 10
    assert (bytes_after - bytes_before) / 400 <= 500

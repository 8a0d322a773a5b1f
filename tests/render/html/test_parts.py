"""What a page is made of: lines beside each other, a graph that stays small, bars whose parts are seen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import assetpkg
from assetpkg import Mode, Package
from assetpkg.render import html
from assetpkg.render.html import diff as diff_page
from assetpkg.render.html.graph import MOST_NODES, draw
from assetpkg.render.html.pictures import WIDTH, bar
from assetpkg.render.html.sides import differences
from assetpkg.render.screen import View, printable
from assetpkg.report.diff import report_diff
from assetpkg.report.plan import FieldReport
from assetpkg.report.show import report_show
from tests.build import APPLICATION, edited
from tests.render.html.pages import many, plan

TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d e", "\u8ba2"]), min_size=2, max_size=60).map("\n".join)


@given(TEXTS, TEXTS)
def test_each_line_of_both_sides_is_shown_or_counted_in_its_order(before: str, after: str) -> None:
    (found,), more = differences([FieldReport(pointer="/x", before=before, after=after, secret=False)])
    assert (more, found.left) == (0, 0)
    for side, text in (("before", before), ("after", after)):
        lines, at = text.split("\n"), 0
        for line in found.lines:
            if line.mark == "skipped":
                assert line.before is not None
                at += int(line.before.head.split()[0])
                continue
            piece = getattr(line, side)
            if piece is not None:
                assert "".join(piece) == printable(lines[at])
                at += 1
        assert at == len(lines)
    if before == after:
        assert {line.mark for line in found.lines} <= {"same", "skipped"}


def test_json_in_a_string_is_compared_by_its_members() -> None:
    field = FieldReport(pointer="/x", before='{"a":1,"b":2}', after='{"a":1,"b":3}', secret=False)
    (found,), _ = differences([field])
    told = [("".join(line.before or ()), "".join(line.after or ())) for line in found.lines if line.mark == "other"]
    assert told == [('  "b": 2', '  "b": 3')]


def test_a_long_text_is_shown_in_part_and_the_rest_counted() -> None:
    before, after = ("\n".join(f"{word} {number}" for number in range(20_000)) for word in ("old", "new"))
    (found,), _ = differences([FieldReport(pointer="/x", before=before, after=after, secret=False)])
    assert (len(found.lines), found.left) == (400, 19_600)
    many_fields = [FieldReport(pointer=f"/{number}", before=1, after=2, secret=False) for number in range(250)]
    assert [len(differences(many_fields)[0]), differences(many_fields)[1]] == [200, 50]


def test_of_a_large_plan_the_graph_has_what_is_in_conflict_first() -> None:
    report, _ = plan(*many(100), mode=Mode.ADD_NEW)
    assert report.summary.conflict == 100
    changes = [
        replace(change, action="keep" if number % 9 else "conflict") for number, change in enumerate(report.changes)
    ]
    graph = draw(replace(report, changes=changes), {change.address: number for number, change in enumerate(changes, 1)})
    assert len(graph.nodes) <= MOST_NODES
    assert len(graph.nodes) + graph.left == 100
    assert {node.address for node in graph.nodes} == {each.address for each in changes if each.action == "conflict"}
    spots = {(node.x, node.y) for node in graph.nodes}
    assert len(spots) == len(graph.nodes)
    assert all(node.x + node.width <= graph.width and node.y + node.height <= graph.height for node in graph.nodes)


def test_of_a_snapshot_no_asset_version_is_spoken_of() -> None:
    package = Package.new("shop", asset_version="1.0").with_resource("application", APPLICATION)
    report = report_show(package, [(resource, None) for resource in package.resources])
    assert "<p>Asset version 1.0.</p>" in html.render(report, View())
    assert "sset version" not in html.render(replace(report, asset_version=""), View())


def test_the_smallest_part_of_a_bar_is_seen() -> None:
    parts = bar([("create", 1), ("update", 0), ("keep", 100_000)])
    assert [part.word for part in parts] == ["create", "keep"]
    assert parts[0].width >= 8
    assert [parts[0].start, parts[1].start, parts[1].start + parts[1].width] == [0, parts[0].width, WIDTH]
    assert bar([("create", 0)]) == []


def test_a_page_of_a_diff_shows_all_that_differs_and_then_what_one_side_says_while_there_is_room() -> None:
    text = "\n".join(f"line {number}" for number in range(400))
    known = [
        edited(APPLICATION, id=f"app-{each}", name=f"App {each}", key=f"k{each}", remark=text) for each in range(60)
    ]
    new = Package.new("many").with_resources([("application", each) for each in known])
    old = Package.new("many").with_resource("application", edited(known[59], remark=text.replace("9", "x")))
    report = report_diff(assetpkg.diff(old, new), "old.zip", "new.zip")
    _, content = diff_page.prepare(report, View())
    rows = content["rows"]
    assert [row.report.address for row in rows] == [each.address for each in report.differences]
    (changed,) = [row for row in rows if row.report.action == "changed"]
    assert (changed.lines > 0, changed.left) == (True, 0)
    lines = [row.lines for row in rows if row.report.action == "added"]
    assert (lines[0] > 400, lines[-1], rows[-1].left) == (True, 0, 2)
    assert diff_page.MOST_LINES <= sum(row.lines for row in rows) <= diff_page.MOST_LINES + 500
    _, content = diff_page.prepare(report, View(only=("application/App 5*",)))
    assert (len(content["rows"]), content["hidden"]) == (11, 49)

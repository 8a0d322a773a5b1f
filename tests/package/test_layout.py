import pytest

from assetpkg.kinds import KINDS
from assetpkg.package.layout import OWN, describe_unknown, occupied_by, safe_name, unsafe_name
from tests.tables import every_row


@every_row(
    ("entry", "kind"),
    [
        ("applications/Shop.json", "application"),
        ("apis/Shop/orders/get-order.json", "api"),
        ("apis/get-order.json", "api"),
        ("composite_tasks/订单.json", "composite_task"),
        ("applications/Shop.JSON", None),
        ("applications/Shop.json.bak", None),
        ("application/Shop.json", None),
        ("Applications/Shop.json", None),
        ("other/applications/Shop.json", None),
        ("applications", None),
        ("manifest.json", None),
        (".json", None),
    ],
)
def test_the_folder_says_the_kind(entry: str, kind: str | None) -> None:
    assert OWN.kind_of(entry) is (KINDS[kind] if kind else None)


@every_row(
    ("name", "safe"),
    [
        ("Order Center", "Order Center"),
        ("订单中心", "订单中心"),
        ("get/order", "get%2Forder"),
        ("100%", "100%25"),
        ('a:b*c?d"e<f>g|h\\i', "a%3Ab%2Ac%3Fd%22e%3Cf%3Eg%7Ch%5Ci"),
        ("..", "%2E%2E"),
        (".hidden", "%2Ehidden"),
        (" a ", "%20a%20"),
        ("a.", "a%2E"),
        ("CON", "%43ON"),
        ("clock$", "%63lock$"),
        ("a\u3164b", "a%E3%85%A4b"),
        ("con.json", "%63on.json"),
        ("nul .tar", "%6Eul .tar"),
        ("com¹", "%63om¹"),
        ("console", "console"),
        ("x~1", "x%7E1"),
        ("x~y", "x~y"),
        ("e\u0301", "e%CC%81"),
        ("é", "é"),
        ("a\u200bb", "a%E2%80%8Bb"),
        ("a\u3000b", "a%E3%80%80b"),
        ("a\tb\n", "a%09b%0A"),
        ("\ud800", "%ED%A0%80"),
    ],
)
def test_names_are_made_safe_and_back(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert unsafe_name(safe) == name


def test_a_long_name_is_cut_with_a_mark_of_its_own() -> None:
    one, other = safe_name("订" * 100), safe_name("订" * 100 + "单")
    assert one != other
    assert one.startswith("订" * 50)
    assert max(len(one.encode()), len(other.encode())) <= 180


def test_what_no_safe_name_is_still_has_a_name() -> None:
    assert unsafe_name("a%FFb") == "a\ufffdb"
    assert unsafe_name("a%e8%ae%a2") == "a订"
    assert unsafe_name("100%") == "100%"


@every_row(
    ("names", "there", "entry"),
    [
        pytest.param(["x"], [], "apis/x.json", id="nothing is there"),
        pytest.param(["A", "b/c", "x"], [], "apis/A/b%2Fc/x.json", id="a folder for each parent"),
        pytest.param(["x"], ["apis/x.json"], "apis/%78.json", id="the file is there"),
        pytest.param(["Xy"], ["apis/xy.json"], "apis/%58y.json", id="another case is there"),
        pytest.param(["xy"], ["apis/Xy.json"], "apis/%78y.json", id="capitals are there"),
        pytest.param(["É"], ["apis/é.json"], "apis/%C3%89.json", id="the other case of a letter with an accent"),
        pytest.param(["a", "x"], ["apis/A/x.json"], "apis/%61/x.json", id="the parent is there in another case"),
        pytest.param(["A", "x"], ["apis/A/y.json"], "apis/A/x.json", id="the parent is there"),
        pytest.param(["a.json", "x"], ["apis/a.json"], "apis/%61.json/x.json", id="a file is called like the folder"),
        pytest.param(["a"], ["apis/a.json/x.json"], "apis/%61.json", id="a folder is called like the file"),
        pytest.param(["x"], ["apis/x.json", "apis/%78.json"], "apis/x-2.json", id="everything is there"),
    ],
)
def test_a_new_resource_gets_a_file_of_its_own(names: list[str], there: list[str], entry: str) -> None:
    assert OWN.entry_for(KINDS["api"], names, occupied_by(there)) == entry


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], "it is empty"),
        (["a.JSON"], "it holds 1 file (1 JSON): 'a.JSON'"),
        (["a.json", "b"], "it holds 2 files (1 JSON, 1 other): 'a.json', 'b'"),
        (list("abcdef"), "it holds 6 files (6 other): 'a', 'b', 'c', 'd', 'e' and 1 more"),
    ],
)
def test_another_layout_is_described(entries: list[str], told: str) -> None:
    assert describe_unknown(entries) == told

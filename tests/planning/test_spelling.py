"""Names in texts, as they are really written there."""

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetpkg.planning.spelling import Names, Way
from tests.laws.strategies import laws
from tests.tables import every_row

SHOP, CENTER, PLUS = "Shop Center", "订单中心", "A+B C"


def in_base64(text: str, encoding: str = "utf-8") -> str:
    return base64.b64encode(text.encode(encoding)).decode()


@every_row(
    ("text", "found"),
    [
        pytest.param("calls Shop Center", [(SHOP, ())], id="plain"),
        pytest.param("/apps/Shop%20Center/x", [(SHOP, (Way.PERCENT,))], id="a blank in a URL"),
        pytest.param("/q?app=Shop+Center", [(SHOP, (Way.PLUS,))], id="a blank in a query"),
        pytest.param("/q?url=%2Fapps%2FShop%2BCenter", [(SHOP, (Way.PERCENT, Way.PLUS))], id="encoded twice"),
        pytest.param("/q?u=Shop%2520Center", [(SHOP, (Way.PERCENT,))], id="percent signs encoded"),
        pytest.param("/apps/%E8%AE%A2%E5%8D%95%E4%B8%AD%E5%BF%83/x", [(CENTER, (Way.PERCENT,))], id="Chinese in a URL"),
        pytest.param("/%e8%ae%a2%e5%8d%95%e4%b8%ad%e5%bf%83", [(CENTER, (Way.PERCENT,))], id="in small letters"),
        pytest.param("/x%2F%E8%AE%A2%E5%8D%95%E4%B8%AD%E5%BF%83%2Fy", [(CENTER, (Way.PERCENT,))], id="in a longer run"),
        pytest.param("/%B6%A9%B5%A5%D6%D0%D0%C4", [(CENTER, (Way.PERCENT,))], id="Chinese in GBK"),
        pytest.param(r'{"app": "\u8ba2\u5355\u4e2d\u5fc3"}', [(CENTER, (Way.ESCAPED,))], id="escaped by JSON"),
        pytest.param(r"a\nShop Center", [(SHOP, ())], id="after an escaped line end"),
        pytest.param("<td>Shop&nbsp;Center</td>", [(SHOP, (Way.HTML,))], id="a blank in HTML"),
        pytest.param("&#35746;&#21333;&#x4E2D;&#x5FC3;", [(CENTER, (Way.HTML,))], id="Chinese in HTML"),
        pytest.param(in_base64("var app = 'Shop Center';"), [(SHOP, (Way.BASE64,))], id="a script in base64"),
        pytest.param(in_base64("/* 订单中心 */", "gb18030"), [(CENTER, (Way.BASE64,))], id="in base64 and GBK"),
        pytest.param(
            in_base64('get("/apps/Shop%20Center")'), [(SHOP, (Way.BASE64, Way.PERCENT))], id="a URL in a script"
        ),
        pytest.param(f"code={in_base64(CENTER)};", [(CENTER, (Way.BASE64,))], id="a word in base64"),
        pytest.param(f"/x/{in_base64(CENTER)}/y", [(CENTER, (Way.BASE64,))], id="base64 in a path"),
        pytest.param("Shop Center, Shop%20Center", [(SHOP, ()), (SHOP, (Way.PERCENT,))], id="in two ways"),
        pytest.param("A+B C and A+B+C", [(PLUS, ()), (PLUS, (Way.PLUS,))], id="a name with a plus"),
        pytest.param("/Workshop%20Center", [], id="in a longer word"),
        pytest.param("%5Shop", [], id="not the name"),
        pytest.param(in_base64("Workshop Centers"), [], id="a longer word in base64"),
    ],
)
def test_a_name_is_found_and_how_it_is_written(text: str, found: list[tuple[str, tuple[Way, ...]]]) -> None:
    assert sorted(Names([SHOP, CENTER, PLUS]).find(text)) == sorted((name, ways) for name, ways in found)


WRITERS = [
    quote,
    quote_plus,
    lambda name: quote(quote(name)),
    lambda name: quote(name, encoding="gb18030"),
    lambda name: json.dumps(name)[1:-1],
    lambda name: json.dumps(json.dumps(name)),
    html.escape,
    lambda name: "".join(f"&#{ord(each)};" for each in name),
    in_base64,
    lambda name: base64.urlsafe_b64encode(f"('{name}')".encode()).decode(),
]


@laws
@given(
    st.text("abXY09订单中心（）", min_size=1, max_size=4).map(lambda text: f"N{text} 号"),
    st.sampled_from(WRITERS),
    st.sampled_from(["{}", "a: {}", '"{}"', "/x/{}/y"]),
)
def test_whoever_writes_a_name_it_is_found(name: str, write: object, around: str) -> None:
    assert callable(write)
    written = write(name)
    # In a path, base64 has another sign for a slash.
    written = written.replace("/", "_") if write is in_base64 else written
    assert {found for found, _ in Names([name]).find(around.format(written))} == {name}

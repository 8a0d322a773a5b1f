"""The hosts in an address, and nothing else of it."""

from urllib.parse import urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from assetpkg.resource.endpoints import endpoints_of
from tests.tables import every_row

SECRET = "Hunter2x9"  # noqa: S105 - what must not be seen
ROWS = [
    ("db.example.com", "3306", "//db.example.com:3306"),
    ("db.example.com:1", "3306", "//db.example.com:1"),
    ("192.0.2.1", "", "//192.0.2.1"),
    ("[2001:db8::1]:80", "", "//[2001:db8::1]:80"),
    ("a:1, b:2,a:1", "", "//a:1 //b:2"),
    ("数据库.example", "", "//%E6%95%B0%E6%8D%AE%E5%BA%93.example"),
    ("https://a.example/path?x=1#f", "", "https://a.example"),
    ("HTTPS://a.example:8443", "1", "https://a.example:8443"),
    ("jdbc:mysql://db:3306/orders?useSSL=false", "", "mysql://db:3306"),
    ("jdbc:mysql://db1:3306,db2:3307/orders", "", "mysql://db1:3306 mysql://db2:3307"),
    ("jdbc:sqlserver://db:1433;databaseName=x", "", "sqlserver://db:1433"),
    ("jdbc:hive2://a:10000/default;principal=hive", "", "hive2://a:10000"),
    ("jdbc:oracle:thin:@db:1521:ORCL", "", "oracle://db:1521"),
    ("jdbc:oracle:thin:@//db:1521/orcl", "", "oracle://db:1521"),
    ("jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=db)(PORT=1521)))", "", "//db:1521"),
    ("mongodb://a:27017,b:27017/x", "", "mongodb://a:27017 mongodb://b:27017"),
    ("db", "99999", "//db"),
    ("db", "x", "//db"),
    # No host, or none that is certain.
    ("", "", ""),
    ("db:99999", "", ""),
    (f"Server=db;Password={SECRET}", "", ""),
    (f"db {SECRET}", "", ""),
    (f"db;{SECRET}", "", ""),
    ("a,b c", "", ""),
    ("//", "", ""),
    ("a" * 9_000, "", ""),
    # With credentials.
    (f"https://user:{SECRET}@a.example/x", "", "https://a.example"),
    (f"https://{SECRET}@a.example", "", "https://a.example"),
    (f"mysql://user:{SECRET}@db:3306/x?password={SECRET}", "", "mysql://db:3306"),
    (f"https://a.example/x?sig={SECRET}&u=a@b", "", ""),
    (f"user:1/{SECRET}@db:3306", "", ""),
    (f"https://user:1/{SECRET}@db:3306/", "", ""),
]


@every_row(("address", "port", "expected"), ROWS)
def test_what_is_taken_of_an_address(address: str, port: str, expected: str) -> None:
    found = endpoints_of(address, port)
    assert " ".join(found) == expected
    assert SECRET not in " ".join(found)


@given(st.text(max_size=40), st.text(max_size=6))
@example("//a#b:1", "")
@example("#host#:80", "")
def test_an_endpoint_is_an_address_by_itself_and_nothing_of_it_is_hidden(address: str, port: str) -> None:
    for endpoint in endpoints_of(address, port):
        parts = urlsplit(endpoint)
        assert endpoint.isascii()
        assert parts.hostname
        assert (parts.username, parts.password, parts.path, parts.query, parts.fragment) == (None, None, "", "", "")
        assert parts.port is None or 0 <= parts.port < 65_536


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), min_size=1, max_size=20))
def test_what_is_before_the_host_of_a_url_is_no_part_of_it(user: str) -> None:
    for endpoint in endpoints_of(f"https://{user}@a.example:1/"):
        assert endpoint == "https://a.example:1"

import pytest

from assetpkg.kinds import KINDS
from assetpkg.resource.naming import judge_prefixed, name_limits
from tests.tables import every_row

TASK_CHARACTERS = "may have only English letters, digits, '.', '_' and '-', beginning with a letter or digit"
APPLICATION_CHARACTERS = "may have only letters, digits, Chinese characters, '-', '_', '.', spaces and round brackets"


@every_row(
    ("kind", "longest"),
    [("application", 256), ("task", 100), ("composite_task", 100), ("datasource", 255), ("topic", 200)],
)
def test_limits_come_from_the_class_of_the_kind(kind: str, longest: int) -> None:
    limits = name_limits(KINDS[kind])
    assert limits.longest == longest
    assert limits.characters is not None


@every_row(
    ("kind", "prefix", "name"),
    [
        ("application", "", "Shop"),
        ("application", "dev_", "订单中心"),
        ("application", "（测试）", "a"),
        ("application", "x" * 255, "a"),
        ("task", "dev_", "sync"),
        ("task", "x" * 96, "sync"),
        ("application", "a ", "b"),
    ],
)
def test_names_that_a_prefix_may_make(kind: str, prefix: str, name: str) -> None:
    assert judge_prefixed(KINDS[kind], prefix, name) is None


@every_row(
    ("kind", "prefix", "name", "why", "longest"),
    [
        pytest.param(
            "application", "x" * 256, "a", "is 257 characters long; at most 256 are allowed", 255, id="too long"
        ),
        pytest.param(
            "application", "a", "订" * 256, "is 257 characters long; at most 256 are allowed", 0, id="no prefix fits"
        ),
        pytest.param(
            "application", "a", "订" * 300, "is 301 characters long; at most 256 are allowed", 0, id="too long already"
        ),
        pytest.param("task", "x" * 97, "sync", "is 101 characters long; at most 100 are allowed", 96, id="a task"),
        pytest.param("application", "dev/", "a", APPLICATION_CHARACTERS, None, id="a slash"),
        pytest.param("application", "dev\n", "a", APPLICATION_CHARACTERS, None, id="a line"),
        pytest.param("application", "a", "b\n", APPLICATION_CHARACTERS, None, id="a line at the end"),
        pytest.param("task", "测试", "sync", TASK_CHARACTERS, None, id="Chinese before a task"),
        pytest.param("task", "_", "sync", TASK_CHARACTERS, None, id="the wrong first character"),
        pytest.param("application", " dev", "a", "begins or ends with a blank", None, id="a blank at the beginning"),
    ],
)
def test_names_that_a_prefix_may_not_make(kind: str, prefix: str, name: str, why: str, longest: int | None) -> None:
    bad = judge_prefixed(KINDS[kind], prefix, name)
    assert bad is not None
    assert (bad.why, bad.longest_prefix) == (why, longest)


def test_the_longest_prefix_that_is_named_fits() -> None:
    bad = judge_prefixed(KINDS["task"], "x" * 200, "sync_orders")
    assert bad is not None
    assert bad.longest_prefix is not None
    assert judge_prefixed(KINDS["task"], "x" * bad.longest_prefix, "sync_orders") is None
    assert judge_prefixed(KINDS["task"], "x" * (bad.longest_prefix + 1), "sync_orders") is not None

"""Facts: objects without pydantic that hold what a document tells, and refuse what it may not."""

import copy
import pickle
from collections.abc import Mapping
from typing import Annotated, Any

import pytest
from pydantic_core import ValidationError

from assetpkg.kinds.fact import Fact
from assetpkg.kinds.part import Within


class Quota(Fact):
    """A fact as snapshots have them."""

    limit: Annotated[int, Within(ge=0)]
    used: int | None = None


ODD = {"limit": 2, "tell": 1, "_more": 2, "cls": 3, "self": 4, "__class__": 5}
TOLD: list[tuple[Mapping[str, Any], Mapping[str, Any]]] = [
    ({"used": 1, "limit": 2}, {"limit": 2, "used": 1}),
    ({"limit": 2, "used": None}, {"limit": 2}),
    ({"colour": "blue", "limit": 2}, {"limit": 2, "colour": "blue"}),
    (ODD, ODD),
]
"""What a fact is made of, and what it tells: what is declared first, nothing that is null, and all the rest."""


@pytest.mark.parametrize(("given", "expected"), TOLD)
def test_what_was_told_is_told_again(given: Mapping[str, Any], expected: Mapping[str, Any]) -> None:
    for fact in (Quota.of(given), Quota(**given)):
        assert list(fact.tell().items()) == list(expected.items())
        assert fact == Quota.of(expected) == copy.deepcopy(fact) == pickle.loads(pickle.dumps(fact))  # noqa: S301
        assert hash(fact) == hash(Quota.of(expected))
        assert fact.changed(limit=9).tell() == {**expected, "limit": 9}
        assert repr(fact) == "Quota()"


@pytest.mark.parametrize("members", [{}, {"limit": "2"}, {"limit": True}, {"limit": -1}, {"limit": 1, "used": "many"}])
def test_what_is_not_declared_so_is_refused(members: Mapping[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Quota(**members)
    with pytest.raises(ValidationError):
        Quota(limit=1).changed(**{"used": 0, **members, "limit": members.get("limit", "none")})


def test_two_facts_differ_by_any_member() -> None:
    fact = Quota(limit=2)
    assert fact.used is None
    assert fact not in (Quota(limit=3), Quota(limit=2, used=0), Quota.of({"limit": 2, "colour": "blue"}), {"limit": 2})


def test_a_fact_does_not_change() -> None:
    fact = Quota(limit=2)
    with pytest.raises(AttributeError, match=r"^Quota cannot be changed$"):
        setattr(fact, "limit", 3)  # noqa: B010 - type checkers refuse it otherwise
    with pytest.raises(AttributeError, match=r"^Quota cannot be changed$"):
        delattr(fact, "limit")
    assert fact.limit == 2

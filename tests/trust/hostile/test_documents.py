import pytest

from assetpkg.documents import InvalidDocument, parse
from tests.tables import every_row
from tests.trust.hostile.documents import HOSTILE, STRICT, Hostile


@every_row("hostile", HOSTILE, ids=lambda hostile: f"{hostile.slug}: {hostile.title}")
def test_a_hostile_document_is_refused_for_its_reason(hostile: Hostile) -> None:
    with pytest.raises(InvalidDocument) as caught:
        parse(hostile.content)
    assert {fault.slug for fault in caught.value.faults} == {hostile.slug}
    assert all(fault.message.isprintable() for fault in caught.value.faults)


@every_row("content", STRICT.values(), ids=STRICT.keys())
def test_a_document_that_only_looks_hostile_is_read(content: bytes) -> None:
    parse(content)


def test_the_set_is_large_and_no_document_stands_in_it_twice() -> None:
    assert len({hostile.content for hostile in HOSTILE}) == len(HOSTILE) >= 75

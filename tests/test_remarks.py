"""Remarks: typed values that show no credential."""

from assetpkg.planning.changes import IdTaken, Remark


def test_no_class_of_remarks_shows_a_credential() -> None:
    assert all(sort.__repr__ is Remark.__repr__ for sort in Remark.__subclasses__())
    shown = repr(IdTaken("x", "datasource:a/password=Tr0ub4dor&3xyz", same=False))
    assert shown.startswith("IdTaken(")
    assert "Tr0ub4dor" not in shown

"""What a part becomes when a document is read as one: an object of a pydantic model, which is of the part as well."""

import copy
import pickle
from typing import Annotated, Any, ClassVar, Literal

from pydantic import TypeAdapter

from assetpkg.kinds.application import Application
from assetpkg.kinds.part import Called, Part

MORE: dict[str, Any] = {"name": "Order Center", "colour": "blue"}


def test_what_a_document_is_read_as_is_of_its_kind() -> None:
    read = Application.model_validate(MORE)
    assert isinstance(read, Application)
    assert Application(**MORE) == read == copy.deepcopy(read)
    assert hash(Application(name="Order Center")) == hash(Application(name="Order Center"))
    assert TypeAdapter(list[Application]).validate_python([MORE]) == [read]


def test_what_was_read_goes_to_other_processes() -> None:
    read = Application.model_validate(MORE)
    again = pickle.loads(pickle.dumps(read))  # noqa: S301
    assert again == read
    assert type(again) is type(read)
    assert again.model_fields_set == {"name", "colour"}


def test_a_part_is_declared_with_the_fields_of_all_that_it_is_made_of() -> None:
    class Sized(Part):
        size: int = 3
        unit: Literal["m", "km"]

    class Marked(Part):
        mark: Annotated[str, Called("in")] = "x"
        count: ClassVar[int] = 0

    class Both(Marked, Sized):
        size: int = 4

    assert [(name, field.alias) for name, field in Both.declared.items()] == [
        ("size", "size"), ("unit", "unit"), ("mark", "in"),
    ]  # fmt: skip
    assert Both.declared["size"].default == 4
    assert [field.alias for field in Both.declared.values() if field.required] == ["unit"]
    assert Both.model_validate({"unit": "m", "in": "y"}).model_dump(by_alias=True) == {
        "size": 4,
        "unit": "m",
        "in": "y",
    }
    assert not hasattr(Both, "size")

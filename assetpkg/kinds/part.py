"""What kinds are declared with: classes of JSON objects, which need no pydantic until a document is read as one.

To import pydantic and to build its models would be a quarter of what checking a small package takes, and a check needs
neither: it asks a class for its fields, and pydantic-core for a validator of them (`kinds.validators`).
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel as _Declared
    from pydantic import GetCoreSchemaHandler
    from pydantic._internal._model_construction import ModelMetaclass as _DeclaredType
    from pydantic_core import CoreSchema
else:
    _Declared, _DeclaredType = object, type  # what a part is until it is read

REQUIRED: Any = object()
"""The default of a field that must be there."""


class Within:
    """The limits of a value, in the words of pydantic: `min_length`, `max_length`, `ge`, `le`, `pattern`."""

    def __init__(self, **limits: int | str) -> None:
        """Take the limits."""
        self.limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Hold the value to the limits."""
        return {**handler(source), **self.limits}


class Called(NamedTuple):
    """How a field is called in the document, where that is no name for it here."""

    name: str


class DeclaredField(NamedTuple):
    """One field as it is written in its class: its name in documents, and its annotation in two parts."""

    alias: str
    annotation: Any
    metadata: tuple[Any, ...]
    default: Any

    @property
    def required(self) -> bool:
        """Whether an object without it is refused."""
        return self.default is REQUIRED


class PartType(_DeclaredType):
    """What a part is beside a class: what only a pydantic model has comes from its model, which is made then."""

    def __call__(cls, **fields: Any) -> Any:  # noqa: N805 - of a metaclass
        """Return an object that has these fields, which is one of the model."""
        return model_of(cls)(**fields)

    def __getattr__(cls, name: str) -> Any:  # noqa: N805
        """Return what the model has under such a name as `model_validate`."""
        if not name.startswith("model_") or not hasattr(cls, "declared"):
            raise AttributeError(f"{cls.__name__} has no attribute {name}")
        return getattr(model_of(cls), name)


class Part(_Declared, metaclass=PartType):
    """A JSON object inside a resource: strict about the fields it knows, keeping those that it does not."""

    declared: ClassVar[Mapping[str, DeclaredField]] = {}
    """Its fields, by their names in the class."""
    model_config: ClassVar[Any] = {
        "extra": "allow",
        "strict": True,
        "frozen": True,
        "defer_build": True,
        "protected_namespaces": (),
        "hide_input_in_errors": True,
        "use_attribute_docstrings": False,
    }

    def __init_subclass__(cls, **_: Any) -> None:
        """Learn the fields of a subclass; their defaults are no attributes of the class."""
        if _is_model(cls):  # whose fields pydantic finds
            return
        known: dict[str, DeclaredField] = {}
        for base in reversed(cls.__bases__):
            known |= getattr(base, "declared", {})
        for name, annotation in cls.__annotations__.items():
            origin: Any = get_origin(annotation)
            if origin is not ClassVar:
                known[name] = _declared(name, annotation, origin, vars(cls).get(name, REQUIRED))
                if name in vars(cls):
                    delattr(cls, name)
        cls.declared = known

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Let pydantic see the model where it comes across the part."""
        del source
        return handler(model_of(cls))

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Show no value: a model is often printed, and many have credentials."""
        return []

    @classmethod
    def missing(cls, variant: str, document: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the fields that the part needs to do its work as `variant`, and that are blank or absent."""
        del variant, document
        return ()


@cache
def model_of(part: type[Part]) -> type[Part]:
    """Return the class of the objects that a part describes, a pydantic model and a subclass of it; or itself."""
    from pydantic import BaseModel, Field

    if _is_model(part):
        return part
    annotations: dict[str, Any] = {}
    for name, field in part.declared.items():
        metadata = (*field.metadata, *([Field(alias=field.alias)] if field.alias != name else ()))
        annotations[name] = Annotated[(field.annotation, *metadata)] if metadata else field.annotation
    members = {
        **{name: getattr(part, name) for name in ("__module__", "__qualname__", "__doc__")},
        **{name: field.default for name, field in part.declared.items() if not field.required},
        "__annotations__": annotations,
        "__reduce__": _reduced,
    }
    metaclass: Any = type(part)
    model: type[Part] = model_type(metaclass)(part.__name__, (part, BaseModel), members)
    return model


@cache
def model_type(of: Any) -> Any:
    """Return what makes a pydantic model of a part that `of` makes; such a class makes its own objects."""
    from pydantic import BaseModel

    return type("ModelType", (type(BaseModel), of), {"__call__": type.__call__})


def _is_model(part: type[Part]) -> bool:
    return hasattr(part, "__pydantic_validator__")


def _reduced(self: Part) -> Any:
    """Return how an object is made again in another process, which knows the part by its name, and not the model."""
    return _restored, (type(self).__mro__[1], self.__getstate__())


def _restored(part: type[Part], state: dict[Any, Any]) -> Part:
    model = model_of(part)
    found = model.__new__(model)
    found.__setstate__(state)
    return found


def _declared(name: str, annotation: Any, origin: Any, default: Any) -> DeclaredField:
    if origin is not Annotated:
        return DeclaredField(name, annotation, (), default)
    metadata = annotation.__metadata__
    called = next((item.name for item in metadata if isinstance(item, Called)), name)
    return DeclaredField(called, annotation.__origin__, metadata, default)

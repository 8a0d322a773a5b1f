"""Facts beside resources, such as those of a snapshot: parts whose objects, too, are made without pydantic."""

from collections.abc import Mapping
from typing import Any, NoReturn, Self

from assetpkg.kinds.part import Part, PartType
from assetpkg.kinds.validators import validator_of


class FactType(PartType):
    """What a fact is beside a part: it makes its objects itself."""

    def __call__(cls, /, **members: Any) -> Any:  # noqa: N805 - of a metaclass
        """Return an object with these members; raises a `ValidationError` where they are not what is declared."""
        validator_of(cls).validate_python(members)
        fact: type[Fact] = cls  # type: ignore[assignment]
        return fact.of(members)


class Fact(Part, metaclass=FactType):
    """A part whose objects have the members that they were made of, those that nobody declared among them."""

    @classmethod
    def of(cls, members: Mapping[str, Any]) -> Self:
        """Return an object with these members, which are known to be what is declared."""
        fact = cls.__new__(cls)
        vars(fact).update((name, members.get(name, field.default)) for name, field in cls.declared.items())
        vars(fact)["_more"] = {name: value for name, value in members.items() if name not in cls.declared}
        return fact

    def tell(self) -> dict[str, Any]:
        """Return its members as a document has them: those that are declared first, and none that is null."""
        members = {name: getattr(self, name) for name in self.declared} | vars(self)["_more"]
        return {name: value for name, value in members.items() if value is not None}

    def changed(self, /, **members: Any) -> Self:
        """Return the same fact with other values of some members."""
        return type(self)(**{**self.tell(), **members})

    def __eq__(self, other: object) -> bool:
        """Say whether `other` is the same fact."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Return what equal facts have in common; a fact that has a list has no such number."""
        return hash(tuple(getattr(self, name) for name in self.declared))

    def __repr__(self) -> str:
        """Show no value, as no part does."""
        return f"{type(self).__name__}()"

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        """Refuse: what is told does not change."""
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        """Refuse as well."""
        raise AttributeError(f"{type(self).__name__} cannot be changed")

"""The fields of a part whose class the value beside it chooses, and what the classes not chosen say about secrets.

The value may be misspelt, missing, or newer than this program, and keys may be one level off. So whatever is a
secret in one of the classes is one everywhere below such a part, as a foreign field: unknown, and hidden.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from assetpkg.kinds.kind import Field, fields_of
from assetpkg.kinds.markers import Secret, SecretUnless, Variant

Fields = Mapping[str, Field]


class Chosen(Mapping[str, Field]):
    """The fields that a class has, and those that it does not have, as foreign ones: all lead to further secrets."""

    def __init__(self, own: Fields, secrets: Iterable[str]) -> None:
        """Take the fields of the class, and the names of the secrets of all classes."""
        self._names = frozenset(secrets)
        self._own = {
            name: field._replace(parts=Chosen(field.parts, secrets)) if field.parts else field
            for name, field in own.items()
        }

    def __getitem__(self, name: str) -> Field:
        """Return the field of a name; there is one for every name."""
        own = self._own.get(name)
        if own is not None:
            return own
        if name in self._names:
            return Field(name, {Secret: Secret()}, {}, None, is_plain=False, foreign=True)
        return Field(name, {}, Chosen({}, self._names), None, is_plain=False, foreign=True)

    def __contains__(self, name: object) -> bool:
        """Say whether the class has a field."""
        return name in self._own

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the class's own fields."""
        return iter(self._own)

    def __len__(self) -> int:
        """Return how many of them there are."""
        return len(self._own)

    def united(self, other: "Chosen") -> "Chosen":
        """Return the fields of either class; what is a secret in one of them is one."""
        secret = {name: field for name, field in self.items() if is_declared_secret(field)}
        return Chosen({**self, **other, **secret}, self._names)


def is_declared_secret(field: Field | None) -> bool:
    """Say whether a field's class declares it to be a credential, if only in some cases."""
    return field is not None and (field.marker(Secret) is not None or field.marker(SecretUnless) is not None)


# A marker is compared by its class and its fields, of which there are few.
@lru_cache(maxsize=256)
def fields_chosen(variant: Variant, chosen: str) -> Chosen:
    """Return the fields of the part that is there where the value beside it is `chosen`."""
    part = variant.classes.get(chosen)
    secrets = {name for known in variant.classes.values() for name in _secrets_in(fields_of(known))}
    return Chosen(fields_of(part) if part else {}, secrets)


def leads_to_secrets(field: Field) -> bool:
    """Say whether an object is due at a field that has secrets, at any depth."""
    return field.marker(Variant) is not None or (bool(field.parts) and _have_secrets(field.parts))


def _have_secrets(fields: Fields) -> bool:
    return next(_secrets_in(fields), None) is not None


def _secrets_in(fields: Fields) -> Iterator[str]:
    for name, field in fields.items():
        if is_declared_secret(field):
            yield name
        yield from _secrets_in(field.parts)

"""The words of the format itself: a credential that is one of them cannot be told from their other uses."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Part, fields_of
from assetpkg.kinds.markers import JsonText, Variant
from assetpkg.package.layout import OWN
from assetpkg.package.manifest import Manifest
from assetpkg.target.snapshot import SNAPSHOT_FORMAT, Snapshot


def is_public_word(text: str) -> bool:
    """Say whether a text is a word of the format, or a part of one: a key, a kind, or a value that a field may have."""
    return text.casefold() in _vocabulary()


@cache
def _vocabulary() -> str:
    words = {OWN.manifest, OWN.format, SNAPSHOT_FORMAT, *KINDS, *(kind.folder for kind in KINDS.values())}
    seen: set[type[Part]] = set()
    parts: tuple[type[Part], ...] = (Manifest, Snapshot, *KINDS.values())
    for part in parts:
        words.update(_words(part, seen))
    return "\n".join(sorted(words)).casefold()


def _words(part: type[Part], seen: set[type[Part]]) -> Iterator[str]:
    if part in seen:
        return
    seen.add(part)
    for name, info in part.model_fields.items():
        yield info.alias or name
        for found in _leaves(info.annotation):
            if isinstance(found, str):
                yield found
            elif isinstance(found, type) and issubclass(found, Part):
                yield from _words(found, seen)
    for field in fields_of(part).values():
        variant, text = field.marker(Variant), field.marker(JsonText)
        for word, chosen in variant.classes.items() if variant else ():
            yield word
            yield from _words(chosen, seen)
        if text is not None and text.holds is not None:
            yield from _words(text.holds, seen)


def _leaves(annotation: Any) -> Iterator[Any]:
    """Yield the classes and the words of which an annotation is made."""
    if isinstance(annotation, type):
        yield annotation
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for inner in get_args(annotation):
            yield from _leaves(inner)

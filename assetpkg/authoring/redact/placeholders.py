"""The names that stand for credentials, made of the place where each was found first, and the words that cannot be one.

A credential that is a word of the format itself cannot be told from the other uses of that word.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from assetpkg.authoring.redact.encodings import (
    LEAST_MIXED,
    Found,
    Search,
    codes,
    forms,
    inner_codes,
    is_distinctive,
    spellings,
)
from assetpkg.credentials.escapes import views
from assetpkg.credentials.masking import mask_text
from assetpkg.credentials.words import CAPITAL, is_secret_word
from assetpkg.errors import CredentialRemains
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import JsonText, Variant
from assetpkg.kinds.part import Part
from assetpkg.limits import MOST_CREDENTIALS
from assetpkg.package.layout import OWN
from assetpkg.package.manifest import Manifest
from assetpkg.target.members import SNAPSHOT_FORMAT, Snapshot

PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
"""How a placeholder is written."""

_CODE = re.compile(r"[A-Za-z0-9+/]{10}")
"""What base64 has in it at least, where it holds a secret and more."""
_LONGEST = 64
"""How long a name may be, before a number makes it unique."""


@dataclass(eq=False)
class Secret:
    """A credential: what its name may be made of, in order of preference, and the place that this comes from.

    The lower its `rank`, the more that place has to do with it. `name` is empty until it is asked for; with `plain`, it
    is not named like a credential, since it is in keys and names, and so says what is beside it.
    """

    origins: tuple[tuple[str, ...], ...]
    place: str
    rank: int
    name: str = ""
    plain: bool = False


class Placeholders:
    """Every credential that is known so far, by its text."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Begin without any; the names in `taken` are other people's placeholders."""
        self._secrets: dict[str, Secret] = {}
        self._taken = {name.casefold() for name in taken}
        self._counts: dict[str, int] = {}
        self._sought: dict[str, None] = {}
        self._settled = 0
        self._search, self._coded, self._telling = Search(()), Search(()), Search(())

    @property
    def sought(self) -> Iterable[str]:
        """The texts that are looked for everywhere."""
        return self._sought.keys()

    def learn(self, text: str, secret: Secret, *, everywhere: bool) -> Secret:
        """Take note of a credential; returns what is known of it, which is not `secret` where it was met before.

        Raises `CredentialRemains` where they are more than can be looked for.
        """
        known = self._secrets.setdefault(text, secret)
        if len(self._secrets) > MOST_CREDENTIALS:
            raise CredentialRemains(
                f"more than {MOST_CREDENTIALS:,} different credentials must be replaced; divide the package into "
                "several packages"
            )
        if secret.rank < known.rank and not known.name:
            known.origins, known.place, known.rank = secret.origins, secret.place, secret.rank
        if everywhere and is_distinctive(text) and not is_public_word(text):
            self._sought.setdefault(text)
        return known

    def settle(self) -> bool:
        """Look for what has been learned from now on; return whether that is more than before."""
        if len(self._sought) == self._settled:
            return False
        self._settled = len(self._sought)
        self._search = Search(
            ((needle, text) for text in self._sought for form in forms(text) for needle in spellings(form)),
            words=((word, text) for text in self._sought for word in codes(text)),
        )
        self._coded = Search((code, text) for text in self._sought for code in inner_codes(text))
        self._telling = Search((squashed, "") for text in self._sought if len(squashed := _squash(text)) >= LEAST_MIXED)
        return True

    def keep_plain(self, text: str) -> str:
        """Give the credential `text`, which is in a key or in a name, a name that says nothing there; return it."""
        self._secrets[text].plain = True
        return text

    def placeholder(self, text: str) -> str | None:
        """Return what stands for a credential, named when this is asked first; `None` for what is not known as one."""
        secret = self._secrets.get(text)
        if secret is None:
            return None
        secret.name = secret.name or self._name(secret)
        return f"${{{secret.name}}}"

    def place(self, text: str) -> str:
        """Return where a credential was met: in which entry, at which pointer."""
        return self._secrets[text].place

    def find(self, text: str) -> Iterator[Found]:
        """Yield where known secrets are in a text; one inside somebody's placeholder takes all of that."""
        around: list[tuple[int, int]] | None = None
        for found in self._find_unescaped(text):
            if around is None:
                around = [each.span() for each in PLACEHOLDER.finditer(text)]
            number = bisect_right(around, (found.start, len(text))) - 1
            inside = number >= 0 and found.end <= around[number][1]
            yield Found(*around[number], found.secret) if inside else found

    def _find_unescaped(self, text: str) -> Iterator[Found]:
        """Yield where known secrets are in a text, as it is, and as it is unescaped once and again."""
        yield from self._search.find(text)
        for view in views(text) if self._sought else ():
            for start, end, secret in self._search.find(view.text):
                yield Found(*view.bounds(start, end), secret)

    def find_coded(self, text: str) -> Iterator[Found]:
        """Yield where known secrets are in the middle of base64."""
        return self._coded.find(text) if _CODE.search(text) else iter(())

    def _name(self, secret: Secret) -> str:
        for origin in secret.origins:
            words = "_".join(filter(None, map(_words, origin)))[:_LONGEST].rstrip("_")
            if secret.plain and is_secret_word(f"${{{words}}}"):
                continue
            if words and next(self._telling.find(_squash(words)), None) is None:
                return self._unique(words if words[0].isalpha() else f"X_{words}")
        return self._unique("X")

    def _unique(self, name: str) -> str:
        while True:
            number = self._counts[name] = self._counts.get(name, 0) + 1
            candidate = name if number == 1 else f"{name}_{number}"
            if candidate.casefold() not in self._taken:
                self._taken.add(candidate.casefold())
                return candidate


def _words(text: str) -> str:
    """Return the words of a text as the name of a variable has them: capitals, digits and lines."""
    return "_".join(re.findall(r"[A-Za-z0-9]+", CAPITAL.sub("_", mask_text(text)))).upper()


def _squash(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def is_public_word(text: str) -> bool:
    """Say whether a text is a word of the format, or a part of one: a key, a kind, or a value that a field may have."""
    return text.casefold() in _public_words()


@cache
def _public_words() -> str:
    return "\n".join(sorted(words_of_the_format())).casefold()


def words_of_the_format() -> set[str]:
    """Return the keys, kinds and values that the format itself has."""
    words = {OWN.manifest, OWN.format, SNAPSHOT_FORMAT, *KINDS, *(kind.folder for kind in KINDS.values())}
    seen: set[type[Part]] = set()
    parts: tuple[type[Part], ...] = (Manifest, Snapshot, *KINDS.values())
    for part in parts:
        words.update(_words_of(part, seen))
    return words


def _words_of(part: type[Part], seen: set[type[Part]]) -> Iterator[str]:
    if part in seen:
        return
    seen.add(part)
    for info in part.declared.values():
        yield info.alias
        for found in _leaves(info.annotation):
            if isinstance(found, str):
                yield found
            elif isinstance(found, type) and issubclass(found, Part):
                yield from _words_of(found, seen)
    for field in fields_of(part).values():
        variant, text = field.marker(Variant), field.marker(JsonText)
        for word, chosen in variant.classes.items() if variant else ():
            yield word
            yield from _words_of(chosen, seen)
        if text is not None and text.holds is not None:
            yield from _words_of(text.holds, seen)


def _leaves(annotation: Any) -> Iterator[Any]:
    """Yield the classes and the words of which an annotation is made."""
    if isinstance(annotation, type):
        yield annotation
    elif get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for inner in get_args(annotation):
            yield from _leaves(inner)

"""Globs for the names of entries, with what each star of them matched."""

import re
from collections.abc import Sequence
from functools import lru_cache

_STAR = re.compile(r"\*\*/|\*+")


class Glob:
    """A glob: `*` is any characters of one name, `**` any number of folders; everything else is itself."""

    def __init__(self, text: str) -> None:
        """Take the glob as it is written."""
        self.text = text
        self._literals = _STAR.split(text)
        self._stars: list[str] = _STAR.findall(text)
        self._pattern = re.compile(self._expression(), re.DOTALL)

    def match(self, name: str) -> tuple[str, ...] | None:
        """Return what the stars match in a name, or `None` where it does not fit."""
        found = self._pattern.fullmatch(name)
        return None if found is None else tuple(part or "" for part in found.groups())

    def fits(self, name: str) -> bool:
        """Say whether a name fits, which the truth of what `match` returns does not say: a glob may have no star."""
        return self._pattern.fullmatch(name) is not None

    def bind(self, parts: Sequence[str]) -> str:
        """Return the one name that the glob is with these parts in the place of its stars, from left to right."""
        bound = [self._literals[0]]
        for star, part, literal in zip(self._stars, parts, self._literals[1:], strict=False):
            bound += [part, "/" if star == "**/" and part and not part.endswith("/") else "", literal]
        return "".join(bound)

    def _expression(self) -> str:
        words = [re.escape(self._literals[0])]
        for number, star in enumerate(self._stars):
            literal = re.escape(self._literals[number + 1])
            if star == "**/":
                words.append(f"(?:(.*)/)?{literal}")
            elif star.startswith("**"):
                words.append(f"(.*){literal}")
            elif literal and "/" not in self._literals[number + 1] and number + 1 < len(self._stars):
                # The shortest match is as good as any, and nothing has to be tried again.
                words.append(f"(?>([^/]*?){literal})")
            else:
                words.append(f"([^/]*){literal}")
        return "".join(words)


def stars_in_glob(text: str) -> int:
    """Return how many stars a glob has; two in a row are one."""
    return len(_STAR.findall(text))


@lru_cache(maxsize=256)
def glob_of(text: str) -> Glob:
    """Return a glob as it is written, made ready once."""
    return Glob(text)

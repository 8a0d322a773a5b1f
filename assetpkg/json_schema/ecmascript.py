r"""Regular expressions of ECMAScript, as JSON Schema has them, read and written for an engine of linear time.

JSON Schema's patterns are those of ECMA-262, with the flag `u` or, for the web, without it (its Annex B): a pattern
that either accepts is one. The engine's own language is another: there a digit is any digit of Unicode, `&&` in a class
means what both sides have, and `[\w-.]` is not a class. What no engine of linear time can search for is said to be so;
of that, only what looks ahead at the beginning of a text (`^(?!test)…`) can be searched for in pieces.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assetpkg.json_schema.characters import DIGITS, Characters, NoExpression, literal

_DOT = r"[^\n\r\x{2028}\x{2029}]"
_MOST_DEPTH = 100
"""How deep groups may be in each other."""

_QUANTIFIER = re.compile(r"(?:[*+?]|\{(?P<least>[0-9]+)(?:,(?P<most>[0-9]*))?\})\??")
_GROUP_NAME = re.compile(r"\(\?<(?P<name>[A-Za-z_$\u0080-\U0010ffff][\w$]*)>")
_GROUPS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]?|(?P<group>\((?!\?)|\(\?<(?![=!]))", re.DOTALL)
_LOOK = re.compile(r"\(\?(?P<behind><?)(?P<sign>[=!])")
_FLAGS = re.compile(r"\?(?P<flags>[ims]*(?:-[ims]*)?):")
_KNOWN_NAME = re.compile(r"<(?P<name>[\w$]+)>")
_NUMBER = re.compile(r"[0-9]+")
_BAR = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]?|(?P<sign>[()|])", re.DOTALL)


class Beyond(Exception):
    """A regular expression with something that no engine of linear time has; its text says what."""


class Piece(NamedTuple):
    """A pattern for the engine, and whether a text has to have it or must not have it."""

    pattern: str
    wanted: bool = True


def translate(pattern: str) -> tuple[Piece, ...]:
    """Return the pieces that together search for what `pattern` does; raises `NoExpression` and `Beyond`."""
    try:
        return _Reader(pattern, unicode=True).read()
    except NoExpression:
        return _Reader(pattern, unicode=False).read()


class _Reader(Characters):
    """Reads one pattern from left to right, with the flag `u` or as Annex B has it without one."""

    def __init__(self, pattern: str, *, unicode: bool) -> None:
        self.names = frozenset(_GROUP_NAME.findall(pattern))
        self.groups = sum(found["group"] is not None for found in _GROUPS.finditer(pattern))
        self.depth = 0
        super().__init__(pattern, unicode=unicode, named=bool(self.names))

    def read(self) -> tuple[Piece, ...]:
        """Return the pieces of the whole pattern: what it looks ahead for at the beginning, and the rest."""
        ahead = self._looks_at_start()
        start, anchor = self.at, "^" if ahead else ""
        rest = self._alternatives()
        if self.at < len(self.text):
            raise NoExpression
        if ahead and self._has_choice(start):
            self.give_up("lookaround")
        if self.beyond:
            raise Beyond(self.beyond)
        return (*ahead, Piece(f"{anchor}(?:{rest})"))

    def _looks_at_start(self) -> list[Piece]:
        """Read `^` and what looks ahead beside it, before anything else; where that is not all, read nothing."""
        pieces, anchored = [], False
        while True:
            look = _LOOK.match(self.text, self.at)
            if self.take("^"):
                anchored = True
            elif look and not look["behind"]:
                self.at = look.end()
                inner = self._alternatives()
                self._close()
                pieces.append(Piece(f"^(?:{inner})", look["sign"] == "="))
            else:
                break
        if not (anchored and pieces) or _QUANTIFIER.match(self.text, self.at):
            self.at, self.beyond, pieces = 0, "", []
        return pieces

    def _has_choice(self, start: int) -> bool:
        """Say whether there is a bar outside all groups after `start`, so that what is before it is one choice only."""
        depth = 0
        for found in _BAR.finditer(self.text, start):
            depth += {"(": 1, ")": -1}.get(found["sign"], 0)
            if found["sign"] == "|" and depth == 0:
                return True
        return False

    def _alternatives(self) -> str:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise Beyond(f"more than {_MOST_DEPTH} groups in each other")
        choices = ["".join(self._terms())]
        while self.take("|"):
            choices.append("".join(self._terms()))
        self.depth -= 1
        return "|".join(choices)

    def _terms(self) -> Iterator[str]:
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            repeated = True
            look = _LOOK.match(self.text, self.at)
            if look:
                self.at, term = look.end(), ""
                self._alternatives()
                self._close()
                self.give_up("lookaround")
                repeated = not (look["behind"] or self.unicode)
            elif self.text[self.at] in "^$":
                term, repeated = self.next(), False
            elif self.text.startswith((r"\b", r"\B"), self.at):
                term, repeated = f"(?-u:{self.next()}{self.next()})", False
            else:
                term = self._atom()
            quantifier = self._quantifier()
            if quantifier and not repeated:
                raise NoExpression
            yield f"{term}{quantifier}"

    def _atom(self) -> str:
        if self._quantifier():
            raise NoExpression
        sign = self.next()
        if sign == ".":
            return _DOT
        if sign == "(":
            return self._group()
        if sign == "[":
            return self.read_class()
        if sign == "\\":
            return self._escape()
        if sign in "{}]" and self.unicode:
            raise NoExpression
        return literal(ord(sign))

    def _group(self) -> str:
        name = _GROUP_NAME.match(self.text, self.at - 1)
        if name:
            self.at = name.end()
        flags = _FLAGS.match(self.text, self.at)
        if flags:
            self.at = flags.end()
        elif not name and self.text.startswith("?", self.at):
            raise NoExpression
        inner = self._alternatives()
        self._close()
        chosen = flags["flags"] if flags else ""
        if set(chosen) - {"i", "-"}:
            self.give_up("flags within")
        return f"(?{chosen.rstrip('-')}:{inner})"

    def _close(self) -> None:
        if not self.take(")"):
            raise NoExpression

    def _quantifier(self) -> str:
        found = _QUANTIFIER.match(self.text, self.at)
        if found is None:
            return ""
        least, most = found["least"], found["most"]
        if least and most and int(most) < int(least):
            raise NoExpression
        self.at = found.end()
        return found[0]

    def _escape(self) -> str:
        """Return what an escape outside a class means; the backslash is read."""
        sign = self.next()
        if sign in DIGITS and sign != "0":
            self.at -= 1
            return self._back_reference()
        if sign == "k" and (self.names or self.unicode):
            name = _KNOWN_NAME.match(self.text, self.at)
            if name is None or name["name"] not in self.names:
                raise NoExpression
            self.at = name.end()
            self.give_up("a backreference")
            return ""
        self.at -= 1
        return self.write(self.read_escape())

    def _back_reference(self) -> str:
        number = _NUMBER.match(self.text, self.at)
        if number and int(number[0]) <= self.groups:
            self.at = number.end()
            self.give_up("a backreference")
            return ""
        if self.unicode:
            raise NoExpression
        return self.write(self.read_octal())

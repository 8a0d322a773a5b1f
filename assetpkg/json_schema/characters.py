"""The characters and classes of a regular expression of ECMAScript, as an engine of linear time writes them."""

import re

_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
DIGITS = frozenset("0123456789")
_CLASSES = {
    "d": "0-9",
    "w": "0-9A-Za-z_",
    "s": r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}",
}
_CONTROLS = {"f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "0": 0}
_BACKSPACE = 8
_ANYTHING = r"[\x{0}-\x{10ffff}]"
_NOTHING = r"[^\x{0}-\x{10ffff}]"
_SURROGATES = range(0xD800, 0xE000)
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_MOST = 0x10FFFF
_HALF = "half of a surrogate pair"

_OCTAL = re.compile(r"[0-3][0-7]{0,2}|[4-7][0-7]?")
_PROPERTY = re.compile(r"\{(?P<name>\w+)(?:=(?P<value>\w+))?\}")
_CODE = re.compile(r"x(?P<two>[0-9A-Fa-f]{2})|u(?P<four>[0-9A-Fa-f]{4})|u\{(?P<any>[0-9A-Fa-f]{1,8})\}")


class NoExpression(Exception):
    """A text that ECMAScript does not take for a regular expression."""


class Characters:
    """Reads characters and classes from left to right, with the flag `u` or as Annex B has it without one."""

    def __init__(self, text: str, *, unicode: bool, named: bool) -> None:
        """Begin at the start of `text`; `named` says that it has groups with names."""
        self.text = text
        self.at = 0
        self.unicode = unicode
        self.named = named
        self.beyond = ""
        """What it has that no engine of linear time has."""

    def next(self) -> str:
        """Return the next character, and go on."""
        if self.at >= len(self.text):
            raise NoExpression
        self.at += 1
        return self.text[self.at - 1]

    def take(self, sign: str) -> bool:
        """Say whether `sign` is next, and go on after it if so."""
        found = self.text.startswith(sign, self.at)
        self.at += len(sign) * found
        return found

    def _sees_digit(self) -> bool:
        return self.text[self.at : self.at + 1] in DIGITS

    def give_up(self, why: str) -> None:
        """Note that the pattern has something that no engine of linear time has; it may still be none at all."""
        self.beyond = self.beyond or why

    def read_class(self) -> str:
        """Return a class; the bracket before it is read."""
        negated = self.take("^")
        items: list[str] = []
        while not self.take("]"):
            first = self._class_atom()
            if self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
                self.at += 1
                last = self._class_atom()
                if isinstance(first, int) and isinstance(last, int):
                    items.append(self._range(first, last))
                    continue
                if self.unicode:
                    raise NoExpression
                items.extend((self.write(first), self.write(ord("-")), self.write(last)))
                continue
            items.append(self.write(first))
        if not items:
            return _ANYTHING if negated else _NOTHING
        return f"[{'^' * negated}{''.join(items)}]"

    def _range(self, first: int, last: int) -> str:
        if first > last:
            raise NoExpression
        if first in _SURROGATES or last in _SURROGATES:
            self.give_up(_HALF)
            return ""
        return f"{literal(first)}-{literal(last)}"

    def write(self, found: int | str) -> str:
        """Return a character, or a set of them, as the engine has it."""
        if isinstance(found, int) and found in _SURROGATES:
            self.give_up(_HALF)
            return ""
        return literal(found) if isinstance(found, int) else found

    def _class_atom(self) -> int | str:
        """Return a character by its number, or a set of them."""
        sign = self.next()
        if sign != "\\":
            return ord(sign)
        if self.take("b"):
            return _BACKSPACE
        if self.unicode and self.take("-"):
            return ord("-")
        if not self.unicode and self._sees_digit():
            return self.read_octal()
        return self.read_escape()

    def read_escape(self) -> int | str:
        """Return what an escape means both in a class and outside: a character by its number, or a set of them."""
        code = _CODE.match(self.text, self.at)
        if code and (self.unicode or not code["any"]):
            return self._code(code)
        sign = self.next()
        if sign.lower() in _CLASSES:
            return f"[{'^' * sign.isupper()}{_CLASSES[sign.lower()]}]"
        if sign in _CONTROLS and not (sign == "0" and self._sees_digit()):
            return _CONTROLS[sign]
        if sign in "pP" and self.unicode:
            return self._property(sign)
        if sign == "c":
            return self._control()
        if (self.unicode and sign not in _SYNTAX) or (sign == "k" and self.named):
            raise NoExpression
        self.at -= 1
        return self.read_octal()

    def _control(self) -> int:
        letter = self.text[self.at : self.at + 1]
        if letter.isascii() and letter.isalpha():
            self.at += 1
            return ord(letter) % 32
        if self.unicode:
            raise NoExpression
        self.at -= 1  # the backslash is a character, and what follows it another
        return ord("\\")

    def read_octal(self) -> int:
        """Return what Annex B makes of digits: a character by its octal number, or the digit itself."""
        found = _OCTAL.match(self.text, self.at)
        if found is None:
            return ord(self.next())
        self.at = found.end()
        return int(found[0], 8)

    def _code(self, found: "re.Match[str]") -> int:
        """Return the number of a character that is written as one; two halves of a pair are one character."""
        self.at = found.end()
        number = int(found["two"] or found["four"] or found["any"], 16)
        if number > _MOST:
            raise NoExpression
        low = _CODE.match(self.text, self.at + 1) if self.text.startswith("\\", self.at) else None
        if self.unicode and number in _HIGH and low and low["four"] and int(low["four"], 16) in _LOW:
            self.at = low.end()
            return 0x10000 + ((number - _HIGH.start) << 10) + int(low["four"], 16) - _LOW.start
        return number

    def _property(self, sign: str) -> str:
        found = _PROPERTY.match(self.text, self.at)
        if found is None:
            raise NoExpression
        self.at = found.end()
        return f"[\\{sign}{found[0]}]"


def literal(number: int) -> str:
    """Return one character as the engine has it."""
    return chr(number) if chr(number).isascii() and chr(number).isalnum() else f"\\x{{{number:x}}}"

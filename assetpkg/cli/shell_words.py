"""How shells divide a line into words, and how a word is written so that a shell takes it as it is."""

import re
from typing import NamedTuple

_PLAIN = re.compile(r"[\w@%+=:,./-]")
"""What means nothing to a shell, wherever it is."""
_PLAIN_IN_POWERSHELL = re.compile(r"[\w%+=:./\\*-]+")
_MEANT_IN_QUOTES = re.compile(r'[\\"$`]')
_ESCAPED_IN_QUOTES = '\\"$`\n'


class Line(NamedTuple):
    """A line up to the cursor: the words before the last one, the last one, which may be empty, and how it is quoted.

    Bash completes only what is after the last of the signs that end a word for it: `kept` says how many characters of
    the last word are before that. `quote` is the sign that is still open.
    """

    before: list[str]
    last: str
    kept: int
    quote: str


def split_line(line: str, breaks: str = "") -> Line:
    """Divide a line as Bash, Zsh and fish do; `breaks` are what ends a word for Bash's completion."""
    words: list[str] = []
    word, kept, quote, escaped, begun = "", 0, "", False, False
    for sign in line:
        if escaped:
            word += sign if quote != '"' or sign in _ESCAPED_IN_QUOTES else f"\\{sign}"
            escaped = False
        elif sign == "\\" and quote != "'":
            escaped = begun = True
        elif sign == quote or (not quote and sign in "'\""):
            quote, kept, begun = "" if quote else sign, len(word), True
        elif quote or not sign.isspace():
            word, begun = word + sign, True
            kept = kept if quote or sign not in breaks else len(word)
        elif begun:
            words.append(word)
            word, kept, begun = "", 0, False
    return Line(words, word, kept, quote)


def split_powershell(line: str) -> list[str]:
    """Divide a line as PowerShell does: a backtick escapes, a backslash is itself, a doubled quote in quotes is one."""
    words: list[str] = []
    word, quote, begun, at = "", "", False, 0
    while at < len(line):
        sign, following = line[at], line[at + 1 : at + 2]
        at += 1
        if (sign == "`" and quote != "'") or (quote and sign == quote == following):
            word, at, begun = word + following, at + 1, True
        elif sign == quote or (not quote and sign in "'\""):
            quote, begun = "" if quote else sign, True
        elif quote or not sign.isspace():
            word, begun = word + sign, True
        elif begun:
            words.append(word)
            word, begun = "", False
    return [*words, word] if begun else words


def quoted(word: str, quote: str) -> str:
    """Return what is written in Bash for a word, or for the rest of one in a quote that is still open."""
    if quote == "'":
        return word.replace("'", "'\\''")
    if quote:
        return _MEANT_IN_QUOTES.sub(r"\\\g<0>", word)
    return "".join(sign if _PLAIN.match(sign) else f"\\{sign}" for sign in word)


def quoted_powershell(word: str) -> str:
    """Return what is written in PowerShell for a word."""
    return word if _PLAIN_IN_POWERSHELL.fullmatch(word) else "'{}'".format(word.replace("'", "''"))

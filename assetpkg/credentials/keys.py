"""Keys after their names, where what is between them is no sign of anything: `SK …`, `Secret Access Key` above `…`.

Such a key is known by its look. It is long, and its letters and digits take turns as those of no word do.
"""

from collections.abc import Iterator

from assetpkg.credentials.spans import LazyPattern, Sort, Span

_GAP = r"[^A-Za-z0-9_/]{1,12}"
_KEY = r"[A-Za-z0-9+/]{20,512}+={0,2}(?![\w-])"
_NAMED = LazyPattern(
    r"(?:(?<![A-Za-z0-9])(?i:ak|sk)|(?i:secret|token|app[ _-]?code|(?:access|secret|api|app)[ _-]?key(?:[ _-]?id)?)"
    rf"|[密秘][钥鑰](?:\s?ID)?)(?:{_GAP}(?:is{_GAP})?)(?P<key>{_KEY})"
)
# The file of an access key has names in its first line, and a user before the key in the second one.
_IN_COLUMNS = LazyPattern(
    rf"(?i:secret[ _]?access[ _]?key)[\"']?[ \t]{{0,8}}\r?\n[\"']?[^\s,;\"']{{1,128}}[\"']?[,;\t][\"']?(?P<key>{_KEY})"
)
_NEXT = LazyPattern(rf"{_GAP}(?P<key>{_KEY})")
_LONG = LazyPattern(r"[A-Za-z0-9+/]{20}")
_TURN = LazyPattern(r"(?<=[a-z])[A-Z0-9]|(?<=[A-Z])[0-9]|(?<=[0-9])[A-Za-z]")
_RANDOM = 5
"""What is random takes a turn at every fifth character at least; random letters and digits do so at every second."""
_ACCESS_KEY = LazyPattern(r"(?:[A-Z]*[0-9]){2}[A-Z0-9]*")
_LENGTH_OF_ACCESS_KEY = 20


def in_keys(text: str) -> Iterator[Span]:
    """Find keys that follow their names, and those that follow such a key."""
    for pattern in (_NAMED, _IN_COLUMNS):
        for match in pattern.finditer(text):
            while match is not None and is_random(match["key"]):
                yield Span(match.start("key"), match.end("key"), Sort.ADDRESS)
                match = _NEXT.match(text, match.end())  # noqa: PLW2901 - the next of a row


def may_be_key(text: str) -> bool:
    """Say whether `in_keys` could find something."""
    return _LONG.search(text) is not None


def is_random(word: str) -> bool:
    """Say whether a word of letters and digits is made by chance: no name and no path takes turns so often."""
    if len(word) == _LENGTH_OF_ACCESS_KEY and _ACCESS_KEY.fullmatch(word):
        return True
    return len(_TURN.findall(word)) * _RANDOM >= len(word)

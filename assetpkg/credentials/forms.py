"""Credentials in values and texts: what is one, of which sort it is, and from where to where it stands.

Masking and detection both go by what is found here, so that nothing is hidden without a finding, and the other way
round. Every search takes time in proportion to the text: no pattern repeats a repetition, and where one pattern would
look at the same stretch again and again, code walks the text from left to right.
"""

import base64
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple


class _Pattern:
    """A regular expression, compiled when it is used first: few packages need most of them, and start-up counts."""

    def __init__(self, source: str | bytes, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Become the compiled pattern's methods."""
        compiled = re.compile(self._source, self._flags)
        self.__dict__[name] = found = getattr(compiled, name)
        return found


class Sort(Enum):
    """The sorts of credentials, each found by a rule of its own; of two in one place, the later one counts."""

    FIELD = "in a field"
    ADDRESS = "inside an address or a connection string"
    TOKEN = "a token, known by its form"  # noqa: S105 - a description
    FILE = "a file of keys"
    PRIVATE_KEY = "a private key"


class Span(NamedTuple):
    """A credential in a text: from where to where it stands, and of which sort it is."""

    start: int
    end: int
    sort: Sort


_GRAVITY = {sort: number for number, sort in enumerate(Sort)}

_HELD_OPEN = (
    r"\*+|[xX]{3,64}|\.{3,}|…|<[^<>]*>|#[^#]*#|\{\{[^{}]*\}\}|%[A-Z_][A-Z0-9_]*%|\$[A-Z][A-Z0-9]*_[A-Z0-9_]*"
    r"|(?:\$\{[^{}]*\}[-_.:]?)+"
)
_PLACEHOLDER = _Pattern(rf"(?:(?i:basic|bearer)\s+)?(?:{_HELD_OPEN}|)")
_NAMED_SO = r"\w*(?i:pass|pwd|secret|token|key|auth|credential)\w*"
# What a text has where a value would stand: the parameters of SQL and of formats, words of code and of samples.
_PARAMETER = (
    rf"\?|:[A-Za-z_]\w*|@{_NAMED_SO}|\$\d+|%s|%\(\w+\)s|#\{{[^{{}}]*\}}|\{{{_NAMED_SO}\}}"
    r"|(?i:true|false|null|none|nil|undefined|string|function)"
)
_NO_VALUE = _Pattern(_PARAMETER)
_NO_VALUE_IN_A_LIST = _Pattern(rf"(?:{_HELD_OPEN}|{_PARAMETER})[,)}}\]]")
_CODE = _Pattern(
    r"@\w+$|[A-Za-z_$][\w$]{0,63}\(|(?:req|request|res|response|params?|context|ctx|this|self|event|input|body|headers?"
    r"|config|env|process|args|data|result)[.\[]"
)


def is_credential(value: Any) -> bool:
    """Say whether a secret field's value gives something away: neither empty, nor a placeholder, nor yes or no."""
    if value is None or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return _PLACEHOLDER.fullmatch(value.strip()) is None
    if isinstance(value, dict):
        return any(is_credential(child) for child in value.values())
    return any(is_credential(child) for child in value) if isinstance(value, list) else True


def sort_of(value: Any) -> Sort:
    """Return the sort of a credential that is the value of a secret field."""
    spans = find_spans(value) if isinstance(value, str) else ()
    sorts = {span.sort for span in spans}
    return next((sort for sort in (Sort.PRIVATE_KEY, Sort.FILE) if sort in sorts), Sort.FIELD)


def find_spans(text: str) -> tuple[Span, ...]:
    """Return the credentials in a text, from left to right and without overlaps."""
    found: list[Span] = []
    # What follows is asked of every text of a package, and most texts have nothing of the kind.
    if "=" in text or ">" in text or ":" in text:
        if _has_key(text):
            found.extend(_in_parameters(text))
        if "@" in text:
            found.extend(_in_addresses(text))
    if len(text) >= _SHORTEST_FORM:
        found.extend(_by_form(text))
        found.extend(_in_base64(text))
    return _merged(found) if found else ()


def is_suspicious(text: str) -> bool:
    """Say whether `find_spans` could find something in a text, or in a line of it; cheap, and often wrong."""
    if _HINT.search(text) or _BASE64_LINE.search(text):
        return True
    return _has_key(text)


def _has_key(text: str) -> bool:
    """Say whether a text has a sign of an assignment, and something like a name of a credential."""
    if "=" not in text and "</" not in text and not (":" in text and ('"' in text or "'" in text)):
        return False
    small = text.lower()
    for word in _KEY_WORDS:  # noqa: SIM110 - a generator takes three times as long
        if word in small:
            return True
    return False


def _merged(found: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(found, key=lambda span: span[:2]):
        last = merged[-1] if merged else None
        if last is None or span.start >= last.end:
            merged.append(span)
        else:
            sort = max(last.sort, span.sort, key=_GRAVITY.__getitem__)
            merged[-1] = Span(last.start, max(last.end, span.end), sort)
    return tuple(merged)


# Addresses ------------------------------------------------------------------------------------------------------

_QUOTED_REST = _Pattern(r"(?:(?!://)[^\s\"'<>])*")
_REST = _Pattern(r"(?:(?!://)\S)*")
_NO_PASSWORD = _Pattern(r"(?:\d{1,5}|\$\{[^{}]*\}|#[^#]*#|\{\{?[^{}]*\}?\})(?=[/?#,;\s]|$)")
_AUTHORITY_END = _Pattern(r"[/?#]|$")
_ORACLE = _Pattern(r":(?:thin|oci8?):[^/@\s:]{1,128}/", re.IGNORECASE)
_SPACE = _Pattern(r"\s|$")
_BARE_ADDRESS = _Pattern(r"(?!mailto:|sip:|acct:)[^\s:@/]{1,128}:([^\s@/]{1,256})@[\w.-]{1,253}(?::\d{1,5}\b|/|$)")
_LONGEST_PASSWORD = 512
_SHORTEST_TOKEN = 16
"""How long a word with a digit must be to be taken for a token rather than for a name."""


def _in_addresses(text: str) -> Iterator[Span]:
    """Find `//user:…@host`, `//…@host`, `:thin:user/…@host` and `user:…@host:port`."""
    at = text.find("://")
    if at < 0:
        bare = _BARE_ADDRESS.match(text)
        if bare and is_credential(bare[1]):
            yield Span(bare.start(1), bare.end(1), Sort.ADDRESS)
    quote = min((place for place in (text.find('"'), text.find("'")) if place >= 0), default=len(text))
    while at >= 0:
        rest = (_QUOTED_REST if quote < at else _REST).match(text, at + 3)
        end = rest.end() if rest else at + 3
        span = _in_address(text, at, end)
        if span is not None:
            yield span
        at = text.find("://", end)
    for match in _ORACLE.finditer(text):
        stop = _SPACE.search(text, match.end(), match.end() + _LONGEST_PASSWORD)
        end = text.rfind("@", match.end(), stop.start() if stop else match.end() + _LONGEST_PASSWORD)
        if end >= 0 and is_credential(text[match.end() : end]):
            yield Span(match.end(), end, Sort.ADDRESS)


def _in_address(text: str, at: int, end: int) -> Span | None:
    """Find the credential of the address whose `://` stands at `at` and that ends at `end`."""
    start = at + 3
    closing = _AUTHORITY_END.search(text, start, end)
    authority = closing.start() if closing else end
    last, inside = text.rfind("@", start, end), text.rfind("@", start, authority)
    colon = text.find(":", start, authority)
    if last < 0 or (inside < 0 and (colon < 0 or text.startswith("[", start))):
        return None
    if 0 <= colon < (inside if inside >= 0 else authority):
        return _password(text, colon + 1, last, inside)
    web = text[max(0, at - 5) : at].lower().endswith(("http", "https"))
    name = text[start:inside]
    if is_credential(name) and not _NO_VALUE.fullmatch(name) and (web or _is_tokenlike(name)):
        return Span(start, inside, Sort.ADDRESS)
    return None


def _password(text: str, start: int, last: int, inside: int) -> Span | None:
    """Find what stands behind a user; people write `/` and `@` into passwords as they are, and a port is none."""
    user = text.rfind("/", 0, start - 1) + 1
    if inside >= 0 and _is_no_value(text[start:inside]):
        shown = text[user : start - 1]
        return Span(user, start - 1, Sort.ADDRESS) if _is_tokenlike(shown) and is_credential(shown) else None
    if inside < 0 and _NO_PASSWORD.match(text, start):
        return None
    tokenlike = _is_tokenlike(text[user : start - 1])
    return Span(user if tokenlike else start, last, Sort.ADDRESS)


def _is_tokenlike(word: str) -> bool:
    return len(word) >= _SHORTEST_TOKEN and any(each.isdigit() for each in word) and word.isascii()


def _is_no_value(text: str) -> bool:
    return not is_credential(text) or _NO_VALUE.fullmatch(text) is not None


# Parameters -----------------------------------------------------------------------------------------------------

_KEY = _Pattern(
    r"(?:passw(?:or)?d|passwd|pwd|pass[_-]?phrase|secret(?:[_-]?key)?|token|credentials?|authorization|signature"
    r"|(?:access|api|account|shared|private|auth|service|encryption|signing)[_-]?key"
    r"|(?<![a-z0-9])(?:sig|ak|sk|pass))"
    r"(?P<close>\\{0,8}[\"'])?\s{0,8}(?P<sign>=>?(?!=)|:|>)\s{0,8}(?:(?:basic|bearer)\s{1,8})?",
    re.IGNORECASE,
)
_KEY_WORDS = ("pass", "pwd", "secret", "token", "key", "authorization", "credential", "sig", "ak", "sk")
_OPENING = _Pattern(r"(?P<escape>\\{0,8})(?P<quote>[\"'])")
_IN_QUOTES = {quote: re.compile(rf"[^{quote}\\]*(?:\\.[^{quote}\\]*)*", re.DOTALL) for quote in "\"'"}
_IN_BRACES = _Pattern(r"\{[^{}]*(?:\}|$)|<[^<>]{0,64}>(?=[&;,\s\"')}\]]|$)")
_IN_ELEMENT = _Pattern(r"([^<>]*)</")
_NUMBER = _Pattern(r"\d{4,}")
_BARE = _Pattern(r"[^&;\s\"']+(?:[\"'][^&;\s\"',}\]]+)*")
_TO_SEMICOLON = _Pattern(r"[^;&=\n\"']*")


def _in_parameters(text: str) -> Iterator[Span]:
    """Find `password=…` as URLs and connection strings have it, `"password": "…"`, and `<password>…</password>`."""
    at = 0
    while match := _KEY.search(text, at):
        at = match.end()
        bounds = _bounds(text, match)
        if bounds is not None:
            start, end = bounds
            at = max(at, end)
            if not _is_left_open(text[start:end], text, match):
                yield Span(start, end, Sort.ADDRESS)


def _bounds(text: str, key: "re.Match[str]") -> tuple[int, int] | None:
    """Return from where to where the value behind `key` stands, if one does."""
    if key["sign"] == ">":
        element = None if key["close"] else _IN_ELEMENT.match(text, key.end())
        return element.span(1) if element else None
    if key["sign"] != "=" and not key["close"]:
        return None
    return _in_marks(text, key.end()) or (
        _bare(text, key.end()) if key["sign"] == "=" else _span(_NUMBER.match(text, key.end()))
    )


def _in_marks(text: str, at: int) -> tuple[int, int] | None:
    """Return from where to where the value in quotes, braces or pointed brackets at `at` stands."""
    opening = _OPENING.match(text, at)
    if opening and opening["escape"]:
        end = text.find(opening[0], opening.end())
        return opening.end(), end if end >= 0 else len(text)
    if opening:
        return _span(_IN_QUOTES[opening["quote"]].match(text, opening.end()))
    return _span(_IN_BRACES.match(text, at))


def _bare(text: str, at: int) -> tuple[int, int] | None:
    bare = _BARE.match(text, at)
    if bare is None:
        return None
    # In a connection string a value may have spaces: it ends at the next semicolon.
    further = _TO_SEMICOLON.match(text, bare.end())
    end = further.end() if further else bare.end()
    return at, end if text.startswith(";", end) else bare.end()


def _span(match: "re.Match[str] | None") -> tuple[int, int] | None:
    return match.span() if match else None


def _is_left_open(value: str, text: str, key: "re.Match[str]") -> bool:
    """Say whether a value behind a key is none: a placeholder, a parameter, or a piece of code."""
    plain = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    if _is_no_value(value) or not is_credential(plain):
        return True
    if key["sign"] != "=":
        return False
    spaced = text[key.end() - 1].isspace()
    return _NO_VALUE_IN_A_LIST.match(value) is not None or (spaced and _CODE.match(value) is not None)


# Forms ----------------------------------------------------------------------------------------------------------

_SHORTEST_FORM = 14
"""How many characters the shortest of them has: an authorization header."""
_PEM = _Pattern(r"-{4,5} ?(?P<word>BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z0-9 ]{0,10}-{0,5}")
_KEY_BODY = _Pattern(r"[A-Za-z0-9+/]{16}")
_FORMS = _Pattern(
    r"(?<![A-Za-z0-9])(?:"
    r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|gh[opsur]_[A-Za-z0-9]{20,255}"
    r"|github_pat_\w{22,255}"
    r"|glpat-[\w-]{20,255}"
    r"|xox[a-z]-[A-Za-z0-9-]{10,255}"
    r"|AIza[\w-]{35}"
    r"|[rs]k_live_[A-Za-z0-9]{16,255}"
    r"|eyJ[\w-]{8,}+(?P<rest>\.eyJ[\w-]{8,}+\.[\w-]{8,}+)?"
    r")"
)
_SCHEME = _Pattern(r"\b(?P<scheme>basic|bearer)\s{1,8}(?P<word>[A-Za-z0-9._~+/-]{6,4096}={0,2})", re.IGNORECASE)
_FORM_WORDS = (
    "eyJ", "AKIA", "ASIA", "AIza", "k_live_", "xox", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "hub_pat_", "glpat-",
)  # fmt: skip
_SCHEME_WORDS = ("asic ", "earer ", "ASIC ", "EARER ")
_HINT = _Pattern("|".join(("@", "PRIVATE KEY", *_FORM_WORDS, *_SCHEME_WORDS)))
_FORM_HINT = _Pattern("|".join(_FORM_WORDS))
_SCHEME_HINT = _Pattern("|".join(_SCHEME_WORDS))
_LEAST_LETTERS = 4
"""How many different characters a token has at least; one of fewer is a sample, such as `ghp_xxxx…`."""


def _by_form(text: str) -> Iterator[Span]:
    """Find private keys, tokens, and the values of authorization headers."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    if _FORM_HINT.search(text):
        for match in _FORMS.finditer(text):
            if (not match[0].startswith("eyJ") or match["rest"]) and _is_no_sample(match[0]):
                yield Span(match.start(), match.end(), Sort.TOKEN)
    if _SCHEME_HINT.search(text):
        for match in _SCHEME.finditer(text):
            if _is_authorization(match["scheme"].lower(), match["word"]):
                yield Span(match.start("word"), match.end("word"), Sort.TOKEN)


def _private_keys(text: str) -> Iterator[Span]:
    marks = list(_PEM.finditer(text))
    for number, mark in enumerate(marks):
        if mark["word"] == "END":
            continue
        following = marks[number + 1] if number + 1 < len(marks) else None
        end = following.start() if following else len(text)
        if _KEY_BODY.search(text, mark.end(), end):
            closed = following is not None and following["word"] == "END"
            yield Span(mark.start(), following.end() if closed and following else end, Sort.PRIVATE_KEY)


def _is_no_sample(token: str) -> bool:
    return "EXAMPLE" not in token and len(set(token[-16:])) >= _LEAST_LETTERS


def _is_authorization(scheme: str, word: str) -> bool:
    if scheme == "bearer":
        return len(word) >= _SHORTEST_TOKEN and any(each.isdigit() for each in word) and _is_no_sample(word)
    decoded = _decode(word)
    return decoded is not None and b":" in decoded[1:] and decoded.isascii() and decoded.decode().isprintable()


# Base64 ---------------------------------------------------------------------------------------------------------

_BASE64 = _Pattern(
    r"(?:data:[\w/+.-]{0,64};base64,)?(?P<code>(?![0-9a-f]{32}\s*$)[A-Za-z0-9+/]{20,}+[A-Za-z0-9+/\r\n]*+={0,2})\s*"
)
_BASE64_LINE = _Pattern(r"^(?:data:|(?![0-9a-f]{32}$)[A-Za-z0-9+/]{20,}={0,2}[ \t\r]*$)", re.MULTILINE)
_KEY_FILES = (b"PK\x03\x04", b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")
"""How a zip archive, a Java key store and a JCE key store begin."""
# ASN.1: a sequence that begins with version 3 is PKCS#12; 0 and an algorithm PKCS#8, 0 and a number PKCS#1, 1 SEC1.
_PKCS12 = _Pattern(rb"\x30(?:[\x00-\x7f]|\x80|\x81.|\x82..|\x83...)\x02\x01\x03\x30", re.DOTALL)
_DER_KEY = _Pattern(
    rb"\x30(?:[\x00-\x7f]|\x81.|\x82..)(?:\x02\x01\x00(?:\x30.{1,3}\x06|\x02\x81|\x02\x82)|\x02\x01\x01\x04)", re.DOTALL
)


def _in_base64(text: str) -> Iterator[Span]:
    """Find files of keys, private keys, and scripts and other texts with credentials, all in base64."""
    found = decode_base64(text)
    sort = sort_of_content(found[1]) if found else None
    if sort is not None:
        yield Span(0, len(text), sort)


def decode_base64(text: str) -> "tuple[re.Match[str], bytes] | None":
    """Return what all of a text is in base64, behind a match whose group `code` is the base64; `None` if it is none."""
    match = _BASE64.fullmatch(text)
    content = _decode(match["code"]) if match else None
    return (match, content) if match and content is not None else None


def sort_of_file(content: bytes) -> Sort | None:
    """Return the sort of a file that is a credential as a whole: a file of keys, or a private key in binary."""
    if content.startswith(_KEY_FILES) or _PKCS12.match(content):
        return Sort.FILE
    return Sort.PRIVATE_KEY if _DER_KEY.match(content) else None


def sort_of_content(content: bytes) -> Sort | None:
    """Return the gravest sort of credentials in the content of a file: of keys, or of text; a zip counts as one."""
    try:
        script = "" if sort_of_file(content) else content.decode()
    except UnicodeDecodeError:
        return None
    found = [*_in_parameters(script), *_in_addresses(script), *_by_form(script)]
    return max((span.sort for span in found), key=_GRAVITY.__getitem__, default=sort_of_file(content))


def _decode(code: str) -> bytes | None:
    code = code.replace("\r", "").replace("\n", "") if "\n" in code else code
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
    except ValueError:
        return None

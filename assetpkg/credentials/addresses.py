"""Credentials in addresses: `//user:…@host`, `//…@host`, `:thin:user/…@host`, `user:…@host:port`, and their like."""

import re
from collections.abc import Iterator

from assetpkg.credentials.blanks import is_credential, is_no_value
from assetpkg.credentials.spans import SHORTEST_TOKEN, LazyPattern, Sort, Span
from assetpkg.credentials.values import is_said_of_one, is_strong

_QUOTED_REST = LazyPattern(r"(?:(?!://)[^\s\"'<>])*+")
_REST = LazyPattern(r"(?:(?!://)\S)*+")
_NO_PASSWORD = LazyPattern(r"(?:\d{1,5}|\$\{[^{}]*\}|#[^#]*#|\{\{?[^{}]*\}?\})(?=[/?#,;\s]|$)")
_AUTHORITY_END = LazyPattern(r"[/?#]|$")
_ORACLE = LazyPattern(r":(?:thin|oci8?):[^/@\s:]{1,128}/", re.IGNORECASE)
_SPACE = LazyPattern(r"\s|$")
_BARE_ADDRESS = LazyPattern(
    r"(?!(?:mailto|sip|acct|urn|tel|cid|mid|xmpp|docker):)[^\s:@/{}]{1,128}:(?P<password>[^\s@/]{1,256})"
    r"@(?P<host>(?!sha256)[\w.-]{1,253})(?:(?P<port>:\d{1,5}\b)|/|$)"
)
_PORTS = LazyPattern(r"\d{1,5}(?:,[^,:]*:\d{1,5})*")
_TAGS = frozenset({"latest", "stable", "edge", "main", "master", "dev", "test", "prod", "group", "value", "action"})
# After the password of a DSN of Go's, and of an account of Oracle's: names of services are in capitals.
_BEHIND_PASSWORD = LazyPattern(
    r"@(?:(?P<network>(?:tcp|udp|unix)[46]?\()|//[\w.-]|[A-Z][A-Z0-9_]{2,29}(?![\w@/:.-])"
    r"|(?P<host>(?:\d{1,3}\.){3}\d{1,3}\b|[A-Za-z][\w.-]{0,252}(?::\d{2,5}\b)?))"
)
_WORD_BEFORE = LazyPattern(r"(?<![^ \t\r\n\"'=<>()（），。；：、])[^ \t\r\n\"'=<>()（），。；：、]++\Z")
_SERVER = LazyPattern(r"(?:\d{1,3}\.){3}\d{1,3}|.*:\d+", re.DOTALL)
_NO_PASSWORD_BEFORE_HOST = LazyPattern(r"[/:{}]|%[0-9A-Fa-f]{2}|~[01]")
_NAMED_ACCOUNT = LazyPattern(r"[A-Za-z][\w.-]{0,63}:(?!//)(?=[^:/\s]{4,128}$)")
_LIST = LazyPattern(r"@[^@]*[,;]")
_ACCOUNT = LazyPattern(r"[^:/@]{1,64}:(?!//)")
_ORACLE_ACCOUNT = LazyPattern(r"[A-Za-z][\w$#]{0,29}/(?!/)")
_LONGEST_PASSWORD = 256


def in_addresses(text: str) -> Iterator[Span]:
    """Find `//user:…@host`, `//…@host`, `:thin:user/…@host` and `user:…@host:port`."""
    at = text.find("://")
    if at < 0:
        bare = _BARE_ADDRESS.match(text)
        if bare and is_credential(bare["password"]) and not _is_no_address(bare):
            yield Span(bare.start("password"), bare.end("password"), Sort.ADDRESS)
    quote = min((place for place in (text.find('"'), text.find("'")) if place >= 0), default=len(text))
    while at >= 0:
        rest = (_QUOTED_REST if quote < at else _REST).match(text, at + 3)
        end = rest.end() if rest else at + 3
        span = _in_address(text, at, end)
        if span is not None:
            yield span
        at = text.find("://", end)
    for match in _ORACLE.finditer(text):
        if text.startswith('"', match.end()):
            end = text.find('"@', match.end() + 1, match.end() + _LONGEST_PASSWORD)
            if end >= 0:
                yield Span(match.end(), end + 1, Sort.ADDRESS)
                continue
        stop = _SPACE.search(text, match.end(), match.end() + _LONGEST_PASSWORD)
        end = text.rfind("@", match.end(), stop.start() if stop else match.end() + _LONGEST_PASSWORD)
        if end >= 0 and is_credential(text[match.end() : end]):
            yield Span(match.end(), end, Sort.ADDRESS)

    for match in _BEHIND_PASSWORD.finditer(text):
        yield from _before_at(text, match)


def _is_no_address(bare: "re.Match[str]") -> bool:
    """Say whether `a:b@c` is a port, a time, or a version of something, rather than an account of a host."""
    if "." in bare["host"] or bare["port"]:
        return False
    password = bare["password"]
    return len(password) == 1 or _PORTS.fullmatch(password) is not None or password.lower() in _TAGS


def _before_at(text: str, sign: "re.Match[str]") -> Iterator[Span]:
    """Find the password of `user:…@tcp(`, and of `user/…@` and `user:…@` before a server or a service of Oracle's."""
    end = sign.start()
    word = _WORD_BEFORE.search(text, max(0, end - _LONGEST_PASSWORD), end)
    if word is None:
        return
    start = word.start()
    if sign["host"]:
        yield from _before_host(text, start, end, sign["host"])
        return
    account = (_ACCOUNT if sign["network"] else _ORACLE_ACCOUNT).match(text, start, end)
    if account and not is_no_value(text[account.end() : end]):
        yield Span(account.end(), end, Sort.ADDRESS)


def _before_host(text: str, start: int, end: int, host: str) -> Iterator[Span]:
    """Find a password before a host, where the account is a word of its own; people send mail to `a/b@host`."""
    for pattern in (_ORACLE_ACCOUNT, _NAMED_ACCOUNT):
        account = pattern.match(text, start, end)
        password = text[account.end() : end] if account else ""
        if not account or _NO_PASSWORD_BEFORE_HOST.search(password) or is_said_of_one(password):
            continue
        if _LIST.search(password) and not _SERVER.fullmatch(host):
            continue  # people send mail to `a@host,b@host`, too
        if is_strong(password) or (pattern is _ORACLE_ACCOUNT and _SERVER.fullmatch(host)):
            yield Span(account.end(), end, Sort.ADDRESS)


def _in_address(text: str, at: int, end: int) -> Span | None:
    """Find the credential of the address whose `://` is at `at` and that ends at `end`."""
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
    if not is_no_value(name) and (web or _is_tokenlike(name)):
        return Span(start, inside, Sort.ADDRESS)
    return None


def _password(text: str, start: int, last: int, inside: int) -> Span | None:
    """Find what follows a user; people write `/` and `@` into passwords as they are, and a port is none."""
    user = text.rfind("/", 0, start - 1) + 1
    if inside >= 0 and is_no_value(text[start:inside]):
        shown = text[user : start - 1]
        return Span(user, start - 1, Sort.ADDRESS) if _is_tokenlike(shown) and is_credential(shown) else None
    if inside < 0 and _NO_PASSWORD.match(text, start):
        return None
    tokenlike = _is_tokenlike(text[user : start - 1])
    return Span(user if tokenlike else start, last, Sort.ADDRESS)


def _is_tokenlike(word: str) -> bool:
    return len(word) >= SHORTEST_TOKEN and any(each.isdigit() for each in word) and word.isascii()

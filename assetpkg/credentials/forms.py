"""Credentials that are known by their form: private keys, tokens, and the values of authorization headers."""

import base64
import re
from collections.abc import Iterator

from assetpkg.credentials.spans import SHORTEST_TOKEN, LazyPattern, Sort, Span

SHORTEST_FORM = 14
"""How many characters the shortest of them has: an authorization header."""
_PEM = LazyPattern(r"-{4,5} ?(?P<word>BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY[A-Z0-9 ]{0,10}-{0,5}")
_KEY_BODY = LazyPattern(r"[A-Za-z0-9+/]{16}")
_FORMS = LazyPattern(
    # Something may be before one: an import puts its prefix before names.
    r"(?:"
    r"(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"
    r"|gh[opsur]_[A-Za-z0-9]{20,255}"
    r"|github_pat_\w{22,255}"
    r"|glpat-[\w-]{20,255}"
    r"|xox[a-z]-[A-Za-z0-9-]{10,255}"
    r"|AIza[\w-]{35}"
    r"|[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}"
    r"|(?<![A-Za-z])sk-(?:proj|ant|svcacct)-[\w-]{16,255}"
    r"|(?:npm|hf)_[A-Za-z0-9]{20,255}"
    r"|ya29\.[\w-]{20,255}"
    r"|(?<![A-Za-z])SG\.[\w-]{16,64}\.[\w-]{16,64}"
    r"|hooks\.slack\.com/services/(?P<hook>T\w{1,32}/B\w{1,32}/\w{8,64})"
    r"|eyJ[\w-]{8,}+(?P<rest>\.eyJ[\w-]{8,}+\.[\w-]{8,}+)?"
    r")"
)
_SCHEME = LazyPattern(r"(?P<scheme>basic|bearer)\s{1,8}(?P<word>[A-Za-z0-9._~+/-]{6,4096}={0,2})", re.IGNORECASE)
_FORM_WORDS = (
    "eyJ", "AKIA", "ASIA", "AIza", "k_live_", "k_test_", "sk-", "npm_", "hf_", "ya29.", "SG.", "hooks.slack", "xox",
    "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "hub_pat_", "glpat-",
)  # fmt: skip
_SCHEME_WORDS = ("asic ", "earer ", "ASIC ", "EARER ")
FORM_HINTS = ("PRIVATE KEY", *_FORM_WORDS, *_SCHEME_WORDS)
"""One of these is in every text that has a credential of a known form."""
_FORM_HINT = LazyPattern("|".join(map(re.escape, _FORM_WORDS)))
_SCHEME_HINT = LazyPattern("|".join(_SCHEME_WORDS))
# Each begins with one character, and so is looked for at the speed of memory; most of these are rare.
_TELLTALES = (
    LazyPattern(r"_(?:(?<=k_live_)|(?<=k_test_)|(?<=npm_)|(?<=hf_)|(?<=gh[opsur]_)|(?<=hub_pat_))"),
    LazyPattern(r"-(?:(?<=sk-)|(?<=xox[a-z]-)|(?<=glpat-))"),
    LazyPattern(r"\.(?:(?<=ya29\.)|(?<=SG\.)|(?<=hooks\.))"),
    LazyPattern(r"I(?:A(?:(?<=AKIA)|(?<=ASIA))|za(?<=AIza))"),
    LazyPattern(r"J(?<=eyJ)"),
    LazyPattern(r"b(?i:asic|earer)\s"),
    LazyPattern(r"B(?i:asic|earer)\s"),
    LazyPattern(r"PRIVATE KEY"),
)
_LEAST_LETTERS = 4
"""How many different characters a token has at least; one of fewer is a sample, such as `ghp_xxxx…`."""


def may_have_form(text: str) -> bool:
    """Say whether `by_form` could find something in a long text, or in a piece of it."""
    return any(telltale.search(text) for telltale in _TELLTALES)


def by_form(text: str) -> Iterator[Span]:
    """Find private keys, tokens, and the values of authorization headers."""
    if "PRIVATE KEY" in text:
        yield from _private_keys(text)
    if _FORM_HINT.search(text):
        for match in _FORMS.finditer(text):
            if (not match[0].startswith("eyJ") or match["rest"]) and _is_no_sample(match[0]):
                what = "hook" if match["hook"] else 0
                yield Span(match.start(what), match.end(what), Sort.TOKEN)
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
        return len(word) >= SHORTEST_TOKEN and any(each.isdigit() for each in word) and _is_no_sample(word)
    decoded = decode(word)
    return decoded is not None and b":" in decoded[1:] and decoded.isascii() and decoded.decode().isprintable()


def decode(code: str) -> bytes | None:
    """Return what base64 says; `None` for what is none."""
    code = code.replace("\r", "").replace("\n", "") if "\n" in code else code
    try:
        return base64.b64decode(code + "=" * (-len(code) % 4), validate=True)
    except ValueError:
        return None

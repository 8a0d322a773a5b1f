"""What is in the place of a credential and is not one: placeholders, parameters, words of code."""

from typing import Any

from assetpkg.credentials.spans import LazyPattern

MASK = (
    r"\*+|\*{2,}\w{1,40}\*{2,}|[•●＊∗█]{2,}|[xX]{3,64}|\.{3,}|…+|[\[(]?(?i:redacted)[\])]?"
    r"|\[(?i:removed|masked|hidden|filtered)\]"
)
"""What programs show of a credential, and what people write who do not want to."""
_HELD_OPEN = (
    rf"{MASK}|<[^<>]*>|＜[^＜＞]*＞|【[^【】]*】|#[^#]*#|\$?\{{\{{[^{{}}]*\}}\}}|%[A-Z_][A-Z0-9_]*%|\$[A-Z][A-Z0-9]*_[A-Z0-9_]*"
    r"|\$\([A-Za-z_][\w.]{0,120}\)|@@[A-Za-z][\w.-]{0,120}@@|__[A-Z][A-Z0-9_]{1,120}?__"
    r"|(?:\$\{[^{}]*\}[-_.:]?){1,100}+"
)
_PLACEHOLDER = LazyPattern(rf"(?:(?i:basic|bearer)\s+)?(?:{_HELD_OPEN}|)")
# Longer names are none that somebody gives a parameter, and trying each place in one for the word takes too long.
_NAMED_SO = r"(?=\w{0,60}(?i:pass|pwd|secret|token|key|auth|credential))\w{1,120}+"
# What a text has where a value would be: the parameters of SQL and of formats, words of code and of samples.
_PARAMETER = (
    rf"\?|:[A-Za-z_]\w*|@{_NAMED_SO}|\$\d+|%s|%\(\w+\)s|#\{{[^{{}}]*\}}|\{{{_NAMED_SO}\}}"
    r"|(?i:true|false|null|none|nil|undefined|string|function)"
)
_NO_VALUE = LazyPattern(_PARAMETER)
_NO_VALUE_IN_A_LIST = LazyPattern(rf"(?:{_HELD_OPEN}|{_PARAMETER})[,)}}\]]")
_CODE = LazyPattern(
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


def is_no_value(text: str) -> bool:
    """Say whether what follows a key in a text is not a credential: a placeholder, a parameter, a word of code."""
    return not is_credential(text) or _NO_VALUE.fullmatch(text) is not None


def is_blank_in_list(text: str, at: int) -> bool:
    """Say whether a placeholder or a parameter is at `at`, and the end of a list after it."""
    return _NO_VALUE_IN_A_LIST.match(text, at) is not None


def is_code(text: str) -> bool:
    """Say whether a text goes on as an expression does."""
    return _CODE.match(text) is not None

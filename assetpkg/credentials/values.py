"""Which words people write as credentials, and which after the name of one only say something about it."""

import re

from assetpkg.credentials.blanks import is_no_value
from assetpkg.credentials.spans import LazyPattern
from assetpkg.credentials.words import is_secret_word, speaks_of_secret

_SIGNED = LazyPattern(r"[@#$%^&*!~+=?]")
_INNER = LazyPattern(r"\w[@#$%^&*!~+=?]+\w")
# What documents say after the name of a credential: how it is made, of what type and how long it is, where it is.
_SAID_OF_ONE = LazyPattern(
    r"(?:(?:md|sha|hmac|aes|3?des|rsa|ecdsa|ed|sm|bcrypt|scrypt|base|pbkdf|argon|utf|gbk|oauth|ldap|rfc|iso|tls|ssl|x\.?)-?"
    r"\d{0,5}(?:[-_/]\w+)*"
    r"|(?:n?varchar|char|str|string|text|int|integer|number|bool|boolean|bytes?|uuid|guid|blob|object|array)\d{0,3}(?:\(.*)?"
    r"|[<>≥≤~]?=?\d+(?:\.\d+)?(?:ms|s|secs?|seconds?|mins?|minutes?|h|hours?|d|days?|w|weeks?|months?|y|years?|bits?"
    r"|bytes?|[kmg]b|chars?|characters?|digits?|letters?|times?|x)?(?:[-_/]\w+)*"
    r"|\d+[-~–]\d+[a-z]*"
    r"|\w{1,12}://.*"
    r"|(?:[.~]{0,2}|[a-z]:)[/\\][\w.-]+[/\\].*|[\w./-]+\.(?:pem|key|json|txt|crt|cer|p12|pfx|jks|pub|ya?ml|env|conf|md|html?)"
    r"|(?:vault|env|file|ref|kms|secretsmanager|arn|urn|projects|ssm|nacos|apollo)[:/+].*"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}"
    r"|&(?:#|lt).*|#(?:[0-9a-f]{3}|[0-9a-f]{6})"
    r"|v?\d+(?:\.\d+)+|\d{4}-\d\d?-\d\d?.*|#/.*)",
    re.IGNORECASE,
)
_PROSE = """
    a above an and any are argument arguments as ask at auto be below by can change changed cleartext contact
    default deprecated disabled do does empty enabled encrypted error expired false field file flag flags for
    forgotten from generated has here hidden how if ignored in incorrect instead invalid is it its later lower
    mandatory masked may missing must na need needed new nil no none not null of off ok on only option optional
    options or our parameter parameters per plain plaintext please protected random read readonly required reset
    rotated same see sent set should shown some stored string tbd that the their this to todo true undefined
    unknown unset upper use used user username valid value via was when where which will with without write
    wrong yes you your
"""
_WORDS_OF_PROSE = frozenset(_PROSE.split())
_FEWEST_DIGITS = 6
_SHORTEST = 5
_LONG = 16


def is_said_of_one(word: str) -> bool:
    """Say whether a word after the name of a credential is none: a type, a length, a place, a reference, a sample."""
    plain = word.rstrip(".,;:?!")
    if is_no_value(plain) or plain.lower() in _WORDS_OF_PROSE or _SAID_OF_ONE.fullmatch(plain):
        return True
    return not any(each.isdigit() for each in plain) and _SIGNED.search(plain) is None and is_secret_word(plain)


def is_mixed(word: str) -> bool:
    """Say whether a word has letters and digits."""
    return any(each.isdigit() for each in word) and any(each.isalpha() for each in word)


def is_strong(word: str) -> bool:
    """Say whether a word can hardly be anything but a credential, also where no sign is between it and a name."""
    if len(word) <= _SHORTEST or not is_mixed(word) or is_said_of_one(word):
        return False
    if len(word) >= _LONG and word.isalnum():
        return True
    cases = any(each.islower() for each in word) and any(each.isupper() for each in word)
    return cases or _INNER.search(word) is not None


def is_password(word: str, *, freely: bool) -> bool:
    """Say whether a word after a name of a password is one; `freely` where nothing but one is likely to be there."""
    if len(word) < _SHORTEST - freely - freely:
        return False
    if word.isdecimal():
        return len(word) >= _FEWEST_DIGITS - freely - freely
    if is_said_of_one(word):
        return False
    return freely or is_mixed(word) or _INNER.search(word) is not None


def is_key(word: str) -> bool:
    """Say whether a word after the name of a key or a token is one."""
    if len(word) <= _SHORTEST or not is_mixed(word) or is_said_of_one(word):
        return False
    # A type or a variable is called like what it holds.
    return not (word.isidentifier() and speaks_of_secret(word))

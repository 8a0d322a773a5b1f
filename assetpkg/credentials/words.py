"""The words that name credentials, one vocabulary for fields, texts and copies, and what only speaks about one."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
"""Where a word begins inside a name like `apiKey`."""
_BETWEEN = re.compile(r"[-. \[\]]")
# Names are looked at in small letters, with a line between their words: clientSecret and X-Auth-Token are no others.
_SECRET = re.compile(
    r"pass_?w(?:or)?d|passw|pass_?phrase|pass_?code|pwd|secret(?!ar)|token(?!iz)|authorization|credential"
    r"|config_file_content|key_?store|trust_?store|app_?code|auth_?code|contrase[nñ]a|mot_de_passe|kennwort"
    r"|密码|口令|密钥|(?:key|store|db|user|my|root|admin)pass\d{0,2}$"
    r"|(?:^|_)(?:ak|sk|community|pass|pw|dbpw|dsn|jwt|bearer|cookie|signature|sig|otp)\d{0,2}$"
    r"|(?:access|account|aes|api|app|auth|client|cipher|crypt|db|decryption|des|encryption|hmac|license|master|priv"
    r"|private|rsa|secret|service|session|shared|sign|signing|ssh|storage|subscription)_?key"
)
_ABOUT_A_SECRET = re.compile(
    r"^(?:is|has|use|need|enable|max|min)_"
    r"|(?<!access_key)(?<!accesskey)(?<!secret)_ids?$"
    r"|_(?:url|uri|endpoint|name|type|file_name|file_type|enable|enabled|required|ttl|timeout|time|expires|expires_in"
    r"|expire_time|expiry|length|size|count|limit|version|format|alg|algorithm|method|mode|status|policy|location"
    r"|description|remark|alias|prefix|suffix|field|column|path|rule|rules|flag|provider|source|param|parameter|encoder"
    r"|changed_at|change_date)$"
    r"|(?:token|jwt|key|secret|passw(?:or)?d|pwd)_header$|(?:page|next|continuation|cursor)_token$"
)
_QUESTION = re.compile(r"^(?:is|has|use|need|enable)_(?:pass_?wo?r?d|pwd)$")
_ANSWERS = frozenset(
    {"", "true", "false", "yes", "no", "y", "n", "on", "off", "0", "1", "required", "optional", "none"}
)
_COUNTED = re.compile(r"tokens$")
_VALUE = re.compile(r"(?:value|val|content)$", re.IGNORECASE)
_NAMERS = ("name", "key", "keys", "field", "label")
_SCHEMA = frozenset(
    {"$ref", "description", "format", "maxLength", "minLength", "nullable", "pattern", "readOnly", "title", "type"}
)
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})

STEMS = (
    "pass", "pwd", "pw", "secret", "token", "key", "auth", "credential", "sig", "ak", "sk", "code", "cookie", "dsn",
    "jwt", "bearer", "communit", "config_file", "truststore", "trust_store", "otp", "contrase", "kennwort", "passe",
    "密", "口令",
)  # fmt: skip
"""One of these is in every word that names a credential, in small letters."""

ABSENT = object()
"""A value that is not known; it may be anything."""


@lru_cache(maxsize=4096)
def is_secret_word(key: str) -> bool:
    """Say whether a key that no class declares is named like a credential."""
    words = _words(key)
    return _SECRET.search(words) is not None and _ABOUT_A_SECRET.search(words) is None


def names_secret(key: str, value: Any = ABSENT) -> bool:
    """Say whether the member `key` with this value is named like a credential: neither a count, a schema, nor a yes."""
    if is_secret_word(key):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return not (is_number and _COUNTED.search(_words(key))) and not (isinstance(value, dict) and is_schema(value))
    # What is asked by a name such as use_password is answered with yes or no; another text is the thing itself.
    return isinstance(value, str) and _QUESTION.search(_words(key)) is not None and value.lower() not in _ANSWERS


def may_name_secret(key: str) -> bool:
    """Say whether a member with this key can be named like a credential, by the key or by what is beside it."""
    return is_secret_word(key) or bool(_QUESTION.search(_words(key)) or _VALUE.search(key))


def names_beside(key: str, parent: Mapping[str, Any]) -> Iterator[str]:
    """Yield what says what a value is: the texts at `name` or `key` for `value`, at `paramName` for `paramValue`."""
    match = _VALUE.search(key)
    if match is None:
        return
    stem, word = key[: match.start()], match[0]
    spelled = _NAMERS if word.islower() else [name.upper() if word.isupper() else name.title() for name in _NAMERS]
    places = [stem.rstrip("_-"), *(f"{stem}{name}" for name in spelled)] if stem else spelled
    for place in (*places, *(("name", "key") if stem.rstrip("_").lower() == "default" else ())):
        name = parent.get(place)
        if isinstance(name, str):
            yield name


def is_schema(value: Mapping[str, Any]) -> bool:
    """Say whether an object describes a value, as JSON Schema does, and gives none."""
    kind = value.get("type", "string" if "$ref" in value else None)
    return isinstance(kind, str) and kind in _TYPES and value.keys() <= _SCHEMA


@lru_cache(maxsize=4096)
def _words(key: str) -> str:
    return _BETWEEN.sub("_", CAPITAL.sub("_", key)).lower()

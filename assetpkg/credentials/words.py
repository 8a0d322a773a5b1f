"""The words that name credentials, one vocabulary for fields, texts and copies, and what only speaks about one."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from assetpkg.credentials.folding import fold
from assetpkg.credentials.spans import LazyPattern

CAPITAL = LazyPattern(r"(?<=[a-z0-9])(?=[A-Z])")
"""Where a word begins inside a name like `apiKey`."""
_BETWEEN = LazyPattern(r"[-. \[\]]")
# Names are looked at in small letters, with a line between their words: clientSecret and X-Auth-Token are no others.
SECRET = LazyPattern(
    r"pass_?w(?:or)?d|passw|pass_?phrase|pass_?code|pwd|secret(?!ar)|token(?!iz)|authorization|credential"
    r"|config_file_content|key_?store|trust_?store|app_?code|auth_?code|(?:key|store|db|user|my|root|admin)pass\d{0,2}$"
    r"|(?:^|_)(?:ak|sk|community|pass|pw|dbpw|dsn|jwt|bearer|cookie|signature|sig|otp)\d{0,2}$"
    r"|(?:access|account|aes|api|app|auth|client|cipher|crypt|db|decryption|des|encryption|hmac|license|master|priv"
    r"|private|rsa|secret|service|session|shared|sign|signing|ssh|storage|subscription)_?key"
    # Spanish, Portuguese, French, German
    r"|credencial|clave_(?:de_)?(?:acceso|api|secreta|privada)|contrasena|(?:^|_)secreto$|mot_?de_?passe|code_secret"
    r"|palavra_(?:de_)?passe|chave_(?:de_|da_)?(?:acesso|api|secreta|privada)|(?:^|_)(?:mdp|jeton|segredo|senhas?)(?:_|$)"
    r"|kenn?wort|zugangsdaten|zugangscode|(?:api|zugriffs|zugangs|geheim(?:er)?|privater)_?schluessel"
)
# Names with other letters: Chinese, Japanese, Russian, and those with accents, which may be characters of their own.
FAR_SECRET = LazyPattern(
    r"密[码碼钥鑰匙]|[秘私金][钥鑰]|口令|令牌|[权權]杖|通行[码碼]|[访訪][问問]凭[证據]|授[权權][码碼]"
    r"|パスワード|パスフレーズ|パスコード|暗証番号|秘密鍵|暗号鍵|トークン|シークレット|(?:api|アクセス|認証)キー|ﾊﾟｽﾜｰﾄﾞ"
    r"|парол|(?:секретн\w\w|закрыт\w\w|api|апи)_ключ|секрет(?!ар)|токен|ключ_(?:доступа|api|шифрования)|кодов\w\w_слов"
    r"|contrase(?:n\u0303|ñ)a|(?:api|zugriffs|zugangs|geheim(?:er)?|privater)_?schl(?:u\u0308|ü)ssel"
    r"|cl(?:e\u0301|é)_(?:d[_'’])?(?:api|acc(?:e\u0300?|è)s|secr(?:e\u0300?|è)te|priv(?:e\u0301?|é)e)"
)
_ABOUT_A_SECRET = LazyPattern(
    r"^(?:is|has|use|need|enable|max|min)_"
    r"|(?<!access_key)(?<!accesskey)(?<!secret)_ids?$"
    r"|_(?:url|uri|endpoint|name|type|file_name|file_type|enable|enabled|required|ttl|timeout|time|expires|expires_in"
    r"|expire_time|expiry|length|size|count|limit|version|format|alg|algorithm|method|mode|status|policy|location"
    r"|description|remark|alias|prefix|suffix|field|column|path|rule|rules|flag|provider|source|param|parameter|encoder"
    r"|changed_at|change_date)$"
    r"|(?:token|jwt|key|secret|passw(?:or)?d|pwd)_header$|(?:page|next|continuation|cursor)_token$"
)
_FAR_ABOUT = LazyPattern(
    r"(?:[长長]度|[类類]型|策略|[规規][则則]|有效期|次[数數]|[强強]度|字段|[说說]明|模式|方式|格式|算法|要求|复杂度|复杂性"
    r"|[过過]期|[时時][间間]|名[称稱]|地址|[编編][号號]|[数數]量|[状狀][态態]|[错錯][误誤]|不正确|不能为空|[为為]空|加密|[验驗][证證]"
    r"|必填|可[选選]|管理|服[务務]|保[护護]|登[录錄]|[重设設修]置|修改|找回|忘[记記]|提示|[問问][题題]|の長さ|変更|有効期限)$"
)
_QUESTION = LazyPattern(r"^(?:is|has|use|need|enable)_(?:pass_?wo?r?d|pwd)$")
_ANSWERS = frozenset(
    {"", "true", "false", "yes", "no", "y", "n", "on", "off", "0", "1", "required", "optional", "none"}
)
_GOES_ON = frozenset({"", "s", "_key", "_keys", "_access_key", "_value", "_string", "キー"})
_COUNTED = LazyPattern(r"tokens$")
_VALUE = LazyPattern(r"(?:value|val|content)$", re.IGNORECASE)
_NAMERS = ("name", "key", "keys", "field", "label")
_SCHEMA = frozenset(
    {"$ref", "description", "format", "maxLength", "minLength", "nullable", "pattern", "readOnly", "title", "type"}
)
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})

STEMS = (
    "pass", "pwd", "pw", "secret", "token", "key", "auth", "credenc", "credent", "sig", "ak", "sk", "code", "cookie",
    "dsn", "jwt", "bearer", "communit", "config_file", "truststore", "trust_store", "otp", "contrase", "kennwort",
    "kenwort", "senha", "segredo", "chave", "clave", "mdp", "jeton", "cle", "schl", "zugang", "identified",
    "getconnection", "obsclient",
)  # fmt: skip
FAR_STEMS = (
    "密", "钥", "鑰", "口令", "令牌", "权杖", "權杖", "通行码", "通行碼", "授权码", "授权碼", "授權码", "授權碼",
    "访问凭", "访問凭", "訪问凭", "訪問凭", "パス", "暗", "鍵", "トークン", "シークレット", "キー", "ﾊﾟｽ",
    "парол", "секрет", "токен", "ключ", "кодов", "clé", "cle\u0301", "schlü",
)  # fmt: skip
"""One of these is in every word that names a credential, in small letters; the second are those with other letters."""
NAMES = (
    "pass", "pwd", "pw", "secret", "token", "authoriz", "credenc", "credent", "config_file", "trust", "app_code",
    "auth_code", "communit", "cookie", "dsn", "jwt", "bearer", "otp", "signature", "basic", "getconnection",
    "contrase", "kennwort", "kenwort", "senha", "segredo", "chave", "clave", "mdp", "jeton", "schl", "zugang",
    "obsclient",
)  # fmt: skip
NAMES_ALONE = ("ak", "sk", "sig", "cle")
"""One of these is in every name of a credential without a far stem, or `key` and more than that.

They say more than stems do. `_` is whatever may separate two words; the second are names only as words of their own.
"""


def has_stem(text: str) -> bool:
    """Say whether a text has something like the name of a credential."""
    small = text.lower()
    for stem in STEMS:
        if stem in small:
            return True
    if small.isascii():
        return False
    small = fold(small)
    return any(stem in small for stem in (*FAR_STEMS, *STEMS))


ABSENT = object()
"""A value that is not known; it may be anything."""


@lru_cache(maxsize=4096)
def is_secret_word(key: str) -> bool:
    """Say whether a key that no class declares is named like a credential."""
    words = _words(key)
    return _end_of_secret(words) is not None and not _is_about(words)


def ends_as_secret(words: str) -> bool:
    """Say whether words in small letters, with lines between them, end with the name of a credential."""
    end = last = _end_of_secret(words)
    while last is not None:
        end, last = last, _end_of_secret(words, last)
    return end is not None and words[end:] in _GOES_ON and not _is_about(words)


def speaks_of_secret(word: str) -> bool:
    """Say whether the name of a credential is in a word, whatever the word says about it."""
    return _end_of_secret(_words(word)) is not None


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
    words: str = _BETWEEN.sub("_", CAPITAL.sub("_", fold(key)))
    return words.lower()


def _end_of_secret(words: str, start: int = 0) -> int | None:
    """Return where the first name of a credential ends."""
    found = SECRET.search(words, start)
    if found is None and not words.isascii():
        found = FAR_SECRET.search(words, start)
    return found.end() if found else None


def _is_about(words: str) -> bool:
    """Say whether words only speak about a credential."""
    if _ABOUT_A_SECRET.search(words) is not None:
        return True
    return not words.isascii() and _FAR_ABOUT.search(words) is not None

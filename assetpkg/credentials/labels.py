"""Credentials in what people write: `password: …, user: …`, `密码：…`, `AK/SK: …`, `mot de passe = …`, `password is …`.

A label is looked at from its sign backwards, so that a long text is read once, whatever is in it.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from assetpkg.credentials.spans import LazyPattern, Sort, Span
from assetpkg.credentials.values import is_key, is_mixed, is_password, is_said_of_one, is_strong
from assetpkg.credentials.words import ends_as_secret, is_secret_word

_LETTERS = r"[^\n\r\t:=,;|\"'<>{}\[\]，。；、！？\\]"
_LABEL = LazyPattern(
    rf"(?<!{_LETTERS})(?<!\w')(?P<label>(?:{_LETTERS}++|(?<=\w)'(?=\w))++)[\t ]{{0,8}}(?P<sign>:(?!//)=?|=>?(?!=)|\|)"
)
_BLANKS = LazyPattern(r"[ \t]{0,8}")
_LONGEST_LABEL = 80
_SCHEME = LazyPattern(
    r"(?:(?:basic|bearer|appcode|apikey|token|aws|obs)[ \t]{1,4}|sdk-hmac-sha256[ \t]{1,4}access=)(?=\S)", re.IGNORECASE
)
_BETWEEN = LazyPattern(r"[\s_.'’/&+*`#>-]+")
_NAMES_OF_PASSWORDS = (
    r"(?:pass_?w(?:or)?[dt]s?|passwd|pwd|pass_?phrase|pass_?code|(?<![a-z])(?:pass|pw|mdp|senhas?)|密[码碼]|口令|通行[码碼]"
    r"|パスワード|パスフレーズ|パスコード|暗証番号|ﾊﾟｽﾜｰﾄﾞ|contrase(?:n\u0303?|ñ)as?|palavra_(?:de_)?passe|mot_?de_?passe|kenn?wort"
    r"|парол[ьяюе]м?|кодовое_слово)"
)
NAME_OF_PASSWORD = LazyPattern(
    rf"{_NAMES_OF_PASSWORDS}"
    r"(?:_?[(（][^()（）]{1,32}[)）]|_(?:for|of|to|del?|da|do|für|fuer|von|vom|zum|zu|pour|du|der|от|для|к|на)_.{1,40}"
    r"|_?(?:如下|[是为為は])|_(?:is|es|est|ist|lautet))?$"
)
MAY_BE_A_KEY = LazyPattern(r"(?:^|_)(?:clave|chave|cl(?:e\u0301?|é)|ключ|schl(?:u\u0308?|ü|ue)ssel)$")
_OF_A_REQUEST = LazyPattern(r"sig(?:nature)?$")
_FAR = LazyPattern("[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_FAR_ACCOUNT = r"(?:[账帐]号|[账帐]户|帳[號戶]|用[户戶]名?|使用者(?:名稱)?|ユーザー?名?|アカウント)"
_ACCOUNT = (
    r"(?:user(?:[ _]?(?:name|id))?|login|account|usu[aá]rio|benutzer(?:name)?|utilisateur|identifiant"
    rf"|пользователь|логин|{_FAR_ACCOUNT})"
)
_BESIDE_ACCOUNT = LazyPattern(rf"{_ACCOUNT}\s?(?:[:：=是为/,、和与及&+]|\s(?:and|und|et|y|e|и)\s|\s)", re.IGNORECASE)
_BEFORE = 100
"""How many characters before a label an account may be named."""
_PAIR = LazyPattern(r"(?:ak|accesskey(?:id)?|access_key(?:_id)?)_*[、和与,]?_*(?:sk|secret\w*)$")
_NEXT = LazyPattern(r"[ \t]?[/,;|，、][ \t]?|[ \t]")
# Quotes and brackets that a value may be in, by the sign that opens them.
_CLOSING = {'"': '"', "'": "'", "`": "`", "「": "」", "『": "』", "【": "】", "《": "》"}
_WORD = LazyPattern(r"[^\s\"'`<>，。；、！？：（）「」『』【】《》…\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,512}")
_LONGEST_QUOTED = 256
_SIGN_IN_VALUE = LazyPattern(r"[,;()\[\]{}]|[/|](?=[^\x00-\x7f]{1,16}\s?[:=]|[A-Za-z][\w.-]{0,31}\s?[:=])")
_GOES_ON = LazyPattern(r"(?![\w.-]{1,32}\s?[:=])[!-+\--:<-~]")
_CALLED = LazyPattern(r"[A-Za-z_$][A-Za-z_$.]*[(\[]")
_PLAIN = LazyPattern(
    r"(?:[Pp]ass(?:wor[dt]|wd)|PASSW(?:OR)?D|(?P<far>密[码碼钥鑰]|口令|令牌|パスワード))"
    r"(?:(?P<said>\s{1,3}(?:is|ist|lautet)\s{1,3}|\s{0,3}(?:就?[是为為は]|改[为成]|设[为置]为?)\s{0,3})"
    r"|\s{0,3}(?:=>|->|→)\s{0,3}|\s{1,3}(?:[-–—]\s{1,3})?|(?<![A-Za-z]))"
    r"(?=[!-~「『])(?![:=|,.;/)\]?])"
)
_LAST_WORD = LazyPattern(r"[\w.\[\]-]{1,80}\Z")
_LOGIN = LazyPattern(rf"(?:{_ACCOUNT})\s{{1,3}}(?P<user>\S{{1,64}})\s{{1,3}}$", re.IGNORECASE)
_FAR_LOGIN = LazyPattern(rf"{_FAR_ACCOUNT}\s?[:：是为為は]?\s?[!-~]{{1,64}}[\s，,；;、/和]{{0,3}}$")
_END = LazyPattern(r"[\"'」』]?\s{0,8}(?:[，。；！、,;!】）)\]]|$)", re.MULTILINE)
"""A plain word is a value where a sentence ends after it; where it goes on, it is a word of the sentence."""
PLAIN_SIGNS = ("assw", "ASSW", "密", "令", "ワ")
"""One of these is in every text that has a credential after a name and no sign."""


class Meaning(IntEnum):
    """What a label says of the value after it; the higher, the surer."""

    NOTHING = 0
    MAY_BE_A_KEY = 1
    KEY = 2
    PASSWORD = 3


class _Value(NamedTuple):
    start: int
    end: int
    quoted: bool


def in_labels(text: str, original: str) -> Iterator[Span]:
    """Find the values after labels in a text whose wide letters are folded; `original` is the text before that."""
    done = 0
    for match in _LABEL.finditer(text):
        start, end = max(match.start(), done, match.end("label") - _LONGEST_LABEL), match.end("label")
        if start >= end:
            continue
        label = text[start:end]
        meaning = _meaning(label)
        if meaning is Meaning.NOTHING:
            continue
        if text[start - 1 : start] == ":" and " " not in label and not _is_far(label):
            continue  # as in `urn:token:…`
        if match["sign"] != ":" and match["sign"] != "|" and _names_alone(label):
            continue  # as `password=` in an address or a connection string
        blanks = _BLANKS.match(text, match.end())
        at = blanks.end() if blanks else match.end()
        value = _value(text, at)
        if value is None:
            continue
        near = match["sign"] == ":" and at == match.end() and original[end] == ":"
        if near and meaning is not Meaning.PASSWORD and not value.quoted:
            continue
        word, done = text[value.start : value.end], value.end
        account = _BESIDE_ACCOUNT.search(text, max(0, end - _BEFORE), end) is not None
        freely = account or value.quoted or _is_far(label)
        if _is_meant(meaning, word, freely=freely and match["sign"] != "|"):
            yield Span(value.start, value.end, Sort.ADDRESS)
            yield from _second(text, value, label)
        elif account and meaning is Meaning.PASSWORD:
            yield from _second(text, value, label)


def in_plain_words(text: str) -> Iterator[Span]:
    """Find passwords after `password is`, `密码为` and the like, and after nothing but a blank."""
    for match in _PLAIN.finditer(text):
        value = _value(text, match.end())
        if value is None:
            continue
        word = text[value.start : value.end]
        if is_strong(word) or (
            (match["said"] or _is_beside_login(text, match.start()))
            and is_password(word, freely=match["far"] is not None and _END.match(text, value.end) is not None)
        ):
            yield Span(value.start, value.end, Sort.ADDRESS)


def _is_beside_login(text: str, at: int) -> bool:
    """Say whether an account is named right before `at`; Chinese and Japanese need no blank around it."""
    start = max(0, at - _BEFORE)
    login = _LOGIN.search(text, start, at)
    if login is not None:
        return not is_said_of_one(login["user"])
    return _FAR_LOGIN.search(text, start, at) is not None


def may_be_plain(text: str) -> bool:
    """Say whether `in_plain_words` could find something."""
    return any(sign in text for sign in PLAIN_SIGNS)


def _is_meant(meaning: Meaning, word: str, *, freely: bool) -> bool:
    if _CALLED.match(word):
        return False
    if meaning is Meaning.PASSWORD:
        return is_password(word, freely=freely)
    return is_key(word) if meaning is Meaning.KEY else is_strong(word)


def _second(text: str, first: _Value, label: str) -> Iterator[Span]:
    """Find the second of two values: of `AK/SK: … …`, and of `user/password: … / …`."""
    names = _words(label)
    both = _PAIR.search(names) is not None
    if not both and "/" not in label:
        return
    between = _NEXT.match(text, first.end + (1 if first.quoted else 0))
    value = _value(text, between.end()) if between else None
    if value is None:
        return
    word = text[value.start : value.end]
    if is_key(word) if both else "/" in text[first.end : value.start] and is_password(word, freely=True):
        yield Span(value.start, value.end, Sort.ADDRESS)


@lru_cache(maxsize=4096)
def _meaning(label: str) -> Meaning:
    words = _words(label)
    if NAME_OF_PASSWORD.search(words):
        return Meaning.PASSWORD
    if ends_as_secret(words):
        return Meaning.NOTHING if _OF_A_REQUEST.search(words) else Meaning.KEY
    return Meaning.MAY_BE_A_KEY if MAY_BE_A_KEY.search(words) else Meaning.NOTHING


@lru_cache(maxsize=4096)
def _names_alone(label: str) -> bool:
    """Say whether the last word of a label is the name of a credential without those before it."""
    word = _LAST_WORD.search(label.strip())
    return word is not None and is_secret_word(word[0])


def _is_far(label: str) -> bool:
    """Say whether a label is in a language of the Far East; the pattern takes a millisecond to compile."""
    return not label.isascii() and _FAR.search(label) is not None


def _words(label: str) -> str:
    words: str = _BETWEEN.sub("_", label.lower()).strip("_")
    return words


def _value(text: str, at: int) -> _Value | None:
    """Return the bounds of the word at `at`: in quotes, or up to a blank, a comma, a full stop, a bracket."""
    scheme = _SCHEME.match(text, at)
    at = scheme.end() if scheme else at
    closing = _CLOSING.get(text[at : at + 1])
    if closing is not None:
        end = text.find(closing, at + 1, at + 1 + _LONGEST_QUOTED)
        if end > at + 1 and not any(each.isspace() for each in text[at + 1 : end]):
            return _Value(at + 1, end, quoted=True)
        at += 1
    word = _WORD.match(text, at)
    if word is None:
        return None
    end = _end_of_value(text, at, word.end())
    while end > at and text[end - 1] in ".,;:?\\":
        end -= 1
    return _Value(at, end, quoted=False) if end > at else None


def _end_of_value(text: str, at: int, end: int) -> int:
    """Return where a value ends that goes on to the next blank at most: at a comma or a bracket that is not its own."""
    opened: list[int] = []
    for sign in _SIGN_IN_VALUE.finditer(text, at, end + _LONGEST_LABEL):
        here: int = sign.start()
        if here >= end:
            break
        if sign[0] in "/|":
            return here
        if sign[0] in ",;":
            if not opened and _GOES_ON.match(text, here + 1, end + 1) is None:
                return here
        elif sign[0] in "([{":
            opened.append(here)
        elif opened:
            opened.pop()
        elif _GOES_ON.match(text, here + 1, end) is None:
            return here
    # What is said of a credential follows it in brackets.
    return opened[0] if opened and is_mixed(text[at : opened[0]]) else end

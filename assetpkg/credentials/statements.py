"""Credentials in SQL, in calls of code, and in pairs of a name and a value: `IDENTIFIED BY 'X'`, `setPassword("X")`."""

import re
from collections.abc import Iterator

from assetpkg.credentials.blanks import is_no_value
from assetpkg.credentials.spans import LazyPattern, Sort, Span
from assetpkg.credentials.values import is_key, is_said_of_one
from assetpkg.credentials.words import ends_as_secret, is_secret_word, speaks_of_secret

_QUOTED = LazyPattern(
    r"(?:\bidentified\s{1,8}(?:with\s{1,8}\S{1,64}\s{1,8})?(?:by|as)\s{1,8}(?:password\s{1,8}|values\s{1,8})?"
    r"|\b(?:with|login|encrypted|unencrypted)\s{1,8}password\s{1,8}(?=')|\b(?-i:PASSWORD)\s{1,8}(?='))(?P<quote>[\"'])(?P<value>[^\"'\s]{1,256})(?P=quote)",
    re.IGNORECASE,
)
_UNQUOTED = LazyPattern(
    r"(?:\bIDENTIFIED\s{1,8}BY|\b(?:user|role|to)\s{1,8}\S{1,128}\s{1,8}identified\s{1,8}by)\s{1,8}(?P<value>[^\s;\"'<>()]{1,128})"
)
_CALL = LazyPattern(
    r"(?<!\w)(?P<name>[A-Za-z_]\w{0,64})\(\s?(?P<quote>[\"'])(?P<value>[^\"'\\\n]{1,256})(?P=quote)\s?[).]"
)
_GETTER = LazyPattern(
    r"^(?:get|find|read|load|has|is|check|validate|verify|require|resolve|fetch|lookup|decrypt|encrypt|encode|decode|hash"
    r"|on|split|reset|to|generate|create|parse)_"
)
_SETTER = LazyPattern(r"^(?:set|with|use|put)_")
_ARGUMENTS = LazyPattern(
    r"\(\s?(?:\w{1,30},\s?)?(?P<quote>[\"'])(?P<name>[^\"'\\\n]{1,128})(?P=quote)\s?,\s?"
    r"(?P<again>[\"'])(?P<value>[^\"'\\\n]{1,256})(?P=again)\s?(?P<end>[),])"
)
_LOGIN = LazyPattern(
    r"(?:[Bb]asic_?[Aa]uth\w*|UsernamePassword\w*|Password(?:Authentication|Credential\w*)|auth\s?=\s?|httpBasic|getConnection"
    r"|O[Bb][Ss]Client|[Cc]redentials)$"
)
_LONGEST_CALL = 64
_SHORTEST = 3
_ATTRIBUTE = r"(?P<{0}>[\"'])(?P<{1}>[^\"'<>]{{1,{2}}})(?P={0})"
_NAMED = LazyPattern(
    rf"\b(?:name|key)\s?=\s?{_ATTRIBUTE.format('quote', 'name', 128)}(?P<rest>[^<>]{{0,256}})(?P<end>>?)"
)
_HAS_VALUE = LazyPattern(rf"\bvalue\s?=\s?{_ATTRIBUTE.format('quote', 'value', 256)}")
_VALUE_BEFORE = LazyPattern(rf"\bvalue\s?=\s?{_ATTRIBUTE.format('quote', 'value', 256)}[^<>\"']{{0,32}}$")
_CONTENT = LazyPattern(r"\s{0,32}(?:<value>\s{0,32})?(?P<value>[^<>\s]{1,256})\s{0,32}<")
_NAME_ELEMENT = LazyPattern(
    r"<(?:name|key)>\s{0,32}(?P<name>[\w.:-]{1,128})\s{0,32}</(?:name|key)>\s{0,64}<value>\s{0,32}(?P<value>[^<>\s]{1,256})"
)
_YAML_PAIR = LazyPattern(
    r"\bname:[ \t]{0,8}[\"']?(?P<name>[\w.-]{1,128})[\"']?[ \t]{0,8}\r?\n"
    r"[ \t]{0,64}value:[ \t]{0,8}[\"']?(?P<value>[^\s\"'#]{1,256})"
)


def in_statements(text: str) -> Iterator[Span]:
    """Find credentials in SQL, in calls of code, and beside their names in XML and YAML."""
    for pattern in (_QUOTED, _UNQUOTED):
        for match in pattern.finditer(text):
            if not is_no_value(match["value"]) and not match["value"].startswith("&"):
                yield _span(match)
    if "(" in text:
        yield from _in_calls(text)
    if "<" in text and ("name" in text or "key" in text):
        yield from _in_elements(text)
    if "name:" in text:
        for match in _YAML_PAIR.finditer(text):
            if is_secret_word(match["name"]) and not is_no_value(match["value"]):
                yield _span(match)


def _in_calls(text: str) -> Iterator[Span]:
    for match in _CALL.finditer(text):
        name, value = _snake(match["name"]), match["value"]
        sets = _SETTER.sub("", name)
        # `setToken("…")` gives one, `token("…")` perhaps the name of one.
        if (
            _GETTER.search(name) is None
            and ends_as_secret(sets)
            and (_is_given(value) if sets != name or "passw" in sets else is_key(value))
        ):
            yield _span(match)
    for match in _ARGUMENTS.finditer(text):
        start, name = match.start(), match["name"]
        named = (
            match["end"] == ")" and " " not in name and is_secret_word(name) and not speaks_of_secret(match["value"])
        )
        login = _LOGIN.search(text, max(0, start - _LONGEST_CALL), start) is not None
        if (named or login) and _is_given(match["value"]):
            yield _span(match)


def _in_elements(text: str) -> Iterator[Span]:
    for match in _NAMED.finditer(text):
        if not is_secret_word(match["name"]):
            continue
        value = _HAS_VALUE.search(match["rest"])
        if value is not None:
            found: tuple[int, int] | None = (
                match.start("rest") + value.start("value"),
                match.start("rest") + value.end("value"),
            )
        else:
            other = _CONTENT.match(text, match.end()) if match["end"] and not match["rest"].endswith("/") else None
            other = other or _VALUE_BEFORE.search(text, max(0, match.start() - 300), match.start())
            found = other.span("value") if other else None
        if found and not is_no_value(text[found[0] : found[1]]):
            yield Span(*found, Sort.ADDRESS)
    for match in _NAME_ELEMENT.finditer(text):
        if is_secret_word(match["name"]) and not is_no_value(match["value"]):
            yield _span(match)


def _is_given(value: str) -> bool:
    """Say whether a text in a call is a credential, and not the name of a field of one."""
    return (
        len(value) >= _SHORTEST
        and " " not in value
        and not is_no_value(value)
        and not is_said_of_one(value)
        and not is_secret_word(value)
    )


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _span(match: "re.Match[str]") -> Span:
    return Span(match.start("value"), match.end("value"), Sort.ADDRESS)

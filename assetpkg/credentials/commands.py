"""Credentials on command lines: `--password X`, `-p X` of known programs, `curl -u user:X`, `mysql -pX`."""

from collections.abc import Iterator

from assetpkg.credentials.blanks import is_no_value
from assetpkg.credentials.spans import LazyPattern, Sort, Span
from assetpkg.credentials.values import is_said_of_one
from assetpkg.credentials.words import is_secret_word

_MAY_BE_COMMAND = LazyPattern(
    r"-(?<![\w-]-)(?:[pPuUaAwWcXk]|-?[\w.-]{0,40}(?i:pass|pwd|secret|token|key|auth|user|credential|ak\b|sk\b))"
)
_OPTION = LazyPattern(
    r"(?<![\w-])--?(?P<name>[A-Za-z][\w.-]{1,64})"
    r"(?:[\"']\s?,\s?[\"']|[\"']?[ \t]{1,4}(?:\\\s{1,8})?[\"']?)(?=[^\s\"'-])"
)
_NO_OPTION = LazyPattern(
    r"^(?:deny|allow|forbid|refuse|check|scan|find|mask|redact|no|ask|prompt|without|skip|use|require|show|hide|list|rotate|reset|change|new)_"
    r"|_(?:stdin|file|files|prompt|command|cmd|env|var|dir|url|only|policy|manager|store|required|pass_?file|from\w*)$"
    r"|(?:secret|token|password|credential)s$"
)
_PART = r"[^\s\"'`<>|;，。；、！？（）「」『』【】《》\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,512}+"
# People write a password with a line or a semicolon inside without the quotation marks that a shell wants.
_VALUE = LazyPattern(rf"{_PART}(?:[|;]{{1,4}}+{_PART}){{0,16}}")
_PROSE_AFTER = LazyPattern(r"[.,]?[ \t]+[A-Za-z]")
_QUOTED = LazyPattern(r"[^\n]*")
_LONGEST_VALUE = 256
_CODE = LazyPattern(r"[$%@`(]|\w+\(")
# How a program takes a password; what is before an option is looked for on the line.
_PROGRAMS = (
    (r"mysql\w*|mariadb[\w-]*|7z[ar]?|rar|unrar", r"-p"),
    (r"sshpass", r"-p[ \t]?"),
    (r"(?:docker|podman|nerdctl|buildah|skopeo|oras|crane|helm(?:[ \t]registry)?|oc|az|cf)[ \t]login", r"-p[ \t=]"),
    (r"mongo\w*|cqlsh|beeline|influx|impala-shell|plink|pscp|putty", r"-(?:p|pw)[ \t=]"),
    (r"sqlcmd|isql|bcp|osql|tsql|mosquitto_(?:pub|sub)|zip|unzip|ipmitool|sqlldr|jmx\w*", r"-P[ \t]?"),
    (r"redis-(?:cli|benchmark)", r"-a[ \t]"),
    (r"ldap\w+|vsql|dsconf", r"-w[ \t]?"),
    (r"gsql|psql|zsql", r"-W[ \t]?"),
    (r"openssl", r"-(?:pass|passin|passout)[ \t]pass:|-k[ \t]"),
    (r"snmp\w+", r"-[cA][ \t]?"),
    (r"snmp\w+", r"-X[ \t]?"),
    (r"obsutil", r"-i[ \t=](?=\S{1,128}[ \t]{1,4}-k)"),
    (r"obsutil", r"-k[ \t=]"),
)
_USER_AND = (
    (r"curl|wget|http|https|xh|ab", r"(?:-[uUaA][ \t]?|--(?:user|proxy-user|auth)[ \t=])"),
    (r"smbclient|rpcclient|net", r"(?:-U[ \t]?|--user[ \t=])"),
    (r"lftp", r"-u[ \t]?"),
)
_REST = r"\b[^\n|;]{0,300}?[ \t]"
_AFTER_OPTION = tuple(
    LazyPattern(
        rf"(?<![\w./-])(?:[\w./-]{{0,64}}/)?(?:{programs})(?:\.exe)?{_REST}(?:{option})[\"']?(?P<value>)(?=[^\s\"'-])"
    )
    for programs, option in _PROGRAMS
)
_AFTER_USER = tuple(
    LazyPattern(
        rf"(?<![\w./-])(?:[\w./-]{{0,64}}/)?(?:{programs})(?:\.exe)?{_REST}{option}(?P<quote>[\"']?)[^\s\"':,%]{{1,128}}[:%,](?P<value>)(?=[^\s\"'])"
    )
    for programs, option in _USER_AND
)


def may_be_command(text: str) -> bool:
    """Say whether `in_commands` could find something."""
    return _MAY_BE_COMMAND.search(text) is not None


def in_commands(text: str) -> Iterator[Span]:
    """Find the values of options that are named like a credential, and of those that known programs have for one."""
    for match in _OPTION.finditer(text):
        name = match["name"].replace("-", "_").replace(".", "_").lower()
        if is_secret_word(name) and not _NO_OPTION.search(name):
            yield from _value(text, match.end(), text[match.end() - 1], plainly=False)
    for pattern in _AFTER_OPTION:
        for match in pattern.finditer(text):
            yield from _value(text, match.start("value"), text[match.start("value") - 1], plainly=True)
    for pattern in _AFTER_USER:
        for match in pattern.finditer(text):
            yield from _value(text, match.start("value"), match["quote"], plainly=True)


def _value(text: str, at: int, quote: str, *, plainly: bool) -> Iterator[Span]:
    closing = text.find(quote, at, at + _LONGEST_VALUE) if quote in {'"', "'"} else -1
    value = _QUOTED.match(text, at, closing) if closing > at else _VALUE.match(text, at)
    if value is None or _CODE.match(value[0]) or is_no_value(value[0]):
        return
    word = value[0].rstrip(",.")
    # A sentence about an option goes on with words of prose.
    prose = word.islower() and word.isalpha() and _PROSE_AFTER.match(text, at + len(word)) is not None
    if word and (plainly or not (prose or is_said_of_one(word))):
        yield Span(at, at + len(word), Sort.ADDRESS)

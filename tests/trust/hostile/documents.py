"""JSON documents that parsers disagree about, fail at, or choke on, and some that only look so."""

import json
from typing import NamedTuple

# What is promised, in numbers of its own: a test that took them from the program would follow it anywhere.
MAX_BYTES, MAX_DEPTH, MAX_DIGITS = 16 << 20, 100, 309


class Hostile(NamedTuple):
    """A document with one thing wrong, and the slug of the fault that says so."""

    title: str
    slug: str
    content: bytes


def _nested(opening: str, inner: str, closing: str, depth: int) -> bytes:
    return (opening * depth + inner + closing * depth).encode()


_PLAIN = '{"format": "assetpkg/1", "name": "订单"}'

ENCODINGS = (
    *(
        Hostile(f"{codec}{' with a mark' if mark else ''}", "not-utf8", mark + _PLAIN.encode(codec))
        for codec, mark in (
            ("utf-16-le", b""),
            ("utf-16-be", b""),
            ("utf-16-le", b"\xff\xfe"),
            ("utf-16-be", b"\xfe\xff"),
            ("utf-32-le", b"\xff\xfe\0\0"),
            ("utf-32-be", b"\0\0\xfe\xff"),
            ("gbk", b""),
            ("utf-8", b"\xef\xbb\xbf"),
            ("utf-8", b"\xef\xbb\xbf" * 2),
        )
    ),
    Hostile("UTF-32 of ASCII", "invalid-json", '{"a": 1}'.encode("utf-32-le")),
    Hostile("UTF-16 of ASCII", "invalid-json", '{"a": 1}'.encode("utf-16-le")),
    Hostile("only a mark", "not-utf8", b"\xef\xbb\xbf"),
    Hostile("half a mark", "not-utf8", b"\xef\xbb{}"),
    Hostile("a mark after a blank", "invalid-json", b" \xef\xbb\xbf{}"),
    *(
        Hostile(f"{title} in a string", "not-utf8", b'{"a": "' + raw + b'"}')
        for title, raw in {
            "Latin-1": b"caf\xe9",
            "a lone continuation": b"\x80",
            "an overlong quote": b"\xc0\xa2",
            "an overlong slash of three bytes": b"\xe0\x80\xaf",
            "an overlong NUL": b"\xc0\x80",
            "a surrogate": b"\xed\xa0\x80",
            "CESU-8": b"\xed\xa0\xbd\xed\xb8\x80",
            "a code point too high": b"\xf4\x90\x80\x80",
            "a byte that is never there": b"\xff",
            "a truncated character": b"\xe8\xae",
        }.items()
    ),
    Hostile("Latin-1 in a key", "not-utf8", b'{"caf\xe9": 1}'),
    Hostile("truncated in a character", "not-utf8", '{"a": "订'.encode()[:-1]),
    Hostile("no UTF-8 after the document", "not-utf8", b"{}\xff"),
)

SURROGATES = tuple(
    Hostile(title, "lone-surrogate", text.encode())
    for title, text in {
        "a high half": r'{"a": "\ud800"}',
        "a low half": r'{"a": "\udc00"}',
        "capital digits": r'{"a": "\uD834"}',
        "halves in the wrong order": r'{"a": "\ude00\ud83d"}',
        "two high halves": r'{"a": "\ud800\ud800"}',
        "a high half and a letter": r'{"a": "\ud800a"}',
        "a high half and another escape": r'{"a": "\ud800\u0061"}',
        "half in a key": r'{"\ud800": 1}',
        "half in a nested key": r'{"a": [{"b": {"\udfff": 1}}]}',
        "half in a list": r'["a", ["b", "\udbff"]]',
        "half at the end of a pair": r'{"a": "\ud83d\ude00\ud83d"}',
        "half as the document": r'"\udead"',
    }.items()
)

DUPLICATES = tuple(
    Hostile(title, "duplicate-key", text.encode())
    for title, text in {
        "a key twice": '{"name": "a", "name": "b"}',
        "a key twice with one value": '{"name": "a", "name": "a"}',
        "a key twice, once escaped": r'{"version": 1, "v\u0065rsion": 2}',
        "a key twice, both escaped": r'{"\u0061": 1, "\u0061": 2}',
        "a slash escaped": r'{"a/b": 1, "a\/b": 2}',
        "a pair escaped": '{"😀": 1, "\\ud83d\\ude00": 2}',
        "the empty key twice": '{"": 1, "": 2}',
        "a key twice below": '{"a": {"b": {"c": 1, "c": 2}}}',
        "a key twice in a list": '[[{"a": 1, "a": 2}]]',
        "a key twice in the first of two objects": '{"x": {"a": 1, "a": 2}, "y": {"a": 1}}',
        "a key a thousand times": "{" + ", ".join(['"a": 1'] * 1_000) + "}",
        "__proto__ twice": '{"__proto__": 1, "__proto__": 2}',
        "a key twice, far apart": '{"a": 1, ' + "".join(f'"k{n}": 1, ' for n in range(5_000)) + '"a": 2}',
    }.items()
)

NUMBERS = tuple(
    Hostile(title, "number-range", f'{{"a": {number}}}'.encode())
    for title, number in {
        "NaN": "NaN",
        "Infinity": "Infinity",
        "-Infinity": "-Infinity",
        "1e400": "1e400",
        "-1e400": "-1e400",
        "1e309": "1e309",
        "1E+400": "1E+400",
        "an enormous exponent": "1e999999999",
        "many digits before the point": "1" * 400 + ".0",
        "310 digits": "9" * (MAX_DIGITS + 1),
        "310 digits below zero": "-" + "9" * (MAX_DIGITS + 1),
        "4,301 digits": "1" * 4_301,
        "a million digits": "1" * 1_000_000,
    }.items()
)

DEPTHS = tuple(
    Hostile(title, "too-deep", content)
    for title, content in {
        "lists, one level too deep": _nested("[", "", "]", MAX_DEPTH + 1),
        "objects, one level too deep": _nested('{"a":', "1", "}", MAX_DEPTH + 1),
        "lists and objects": _nested('[{"a":', "1", "}]", MAX_DEPTH),
        "a thousand lists": _nested("[", "", "]", 1_000),
        "a thousand lists that do not end": b"[" * 1_000,
        "a hundred thousand lists": _nested("[", "", "]", 100_000),
        "a hundred thousand lists that do not end": b"[" * 100_000,
        "a hundred thousand objects that do not end": b'{"a":' * 100_000,
        "closing brackets between": _nested("[[],", "[]", "]", 5_000),
        "a deep list after many flat ones": b"[" + b"[]," * 5_000 + _nested("[", "", "]", 500) + b"]",
        "deep, and no JSON": b"[" * 500 + b"x",
    }.items()
)

_NO_JSON: dict[str, str | bytes] = {
    "nothing": "",
    "only blanks": " \n\t\r ",
    "16 MiB of blanks": b" " * MAX_BYTES,
    "only NUL": b"\0",
    "NULs": bytes(4_096),
    "NUL after the document": b"{}\0",
    "NUL before the document": b"\0{}",
    "NUL in a string": b'{"a": "\0"}',
    "a comma at the end of an object": '{"a": 1,}',
    "a comma at the end of a list": "[1,]",
    "two commas": "[1,,2]",
    "only a comma": "[,]",
    "a line comment": "// a\n{}",
    "a block comment": "/* a */ {}",
    "a comment inside": '{"a": /* one */ 1}',
    "a comment after a hash": "{} # a",
    "single quotes": "{'a': 1}",
    "a key without quotes": "{a: 1}",
    "a number as a key": "{1: 1}",
    "null as a key": "{null: 1}",
    "no colon": '{"a" 1}',
    "an equals sign": '{"a" = 1}',
    "no value": '{"a":}',
    "no comma": '{"a": 1 "b": 2}',
    "an object without end": '{"a": 1',
    "a list without end": "[1, 2",
    "a string without end": '{"a": "b',
    "a key without end": '{"a',
    "an escape without end": '{"a": "\\',
    "a list closed as an object": "[1}",
    "an object closed as a list": '{"a": 1]',
    "closed twice": "{}}",
    "only a closing bracket": "]",
    "two documents": "{} {}",
    "two documents on two lines": "{}\n{}\n",
    "two documents without a blank": "[][]",
    "bytes after the document": "{}x",
    "True": '{"a": True}',
    "None": '{"a": None}',
    "nul": '{"a": nul}',
    "TRUE": "TRUE",
    "undefined": '{"a": undefined}',
    "nan": '{"a": nan}',
    "+Infinity": '{"a": +Infinity}',
    "-NaN": '{"a": -NaN}',
    "a leading zero": '{"a": 01}',
    "a leading zero below zero": '{"a": -01}',
    "two zeros": '{"a": 00}',
    "a plus sign": '{"a": +1}',
    "a hexadecimal number": '{"a": 0x1F}',
    "an octal number": '{"a": 0o17}',
    "no digit before the point": '{"a": .5}',
    "no digit after the point": '{"a": 1.}',
    "no digit in the exponent": '{"a": 1e}',
    "a sign for an exponent": '{"a": 1e+}',
    "a lone minus": '{"a": -}',
    "two minuses": '{"a": --1}',
    "a point between": '{"a": 1.2.3}',
    "an underscore": '{"a": 1_000}',
    "a big integer of JavaScript": '{"a": 1n}',
    "full-width digits": '{"a": １２}',
    "a tab in a string": '{"a": "b\tc"}',
    "a line break in a string": '{"a": "b\nc"}',
    "an escape character in a string": '{"a": "\x1b[2J"}',
    "a control character in a key": '{"a\x01": 1}',
    "an unknown escape": r'{"a": "\x41"}',
    "an escaped quote of the other sort": r"""{"a": "\'"}""",
    "an escape of three digits": r'{"a": "\u123"}',
    "an escape of no digits": r'{"a": "\uZZZZ"}',
    "an escape with a sign": r'{"a": "\u+123"}',
    "an escape with blanks": r'{"a": "\u 123"}',
    "a capital escape": r'{"a": "\U0041"}',
    "a no-break space": "\xa0{}",
    "a form feed": "\f{}",
    "a zero-width space": "{\u200b}",
    "a line separator": "{}\u2028",
    "typographic quotes": "{“a”: 1}",
    "YAML": "format: assetpkg/1\nname: shop\n",
    "XML": '<?xml version="1.0"?><a/>',
    "TOML": 'format = "assetpkg/1"\n',
    "a backslash": "\\",
    "a record separator": "\x1e{}",
    "JSONP": 'callback({"a": 1})',
}

SYNTAX = tuple(
    Hostile(title, "invalid-json", content if isinstance(content, bytes) else content.encode())
    for title, content in _NO_JSON.items()
)

SIZES = (
    Hostile("a byte over the cap, blanks", "too-large", b"{}".ljust(MAX_BYTES + 1)),
    Hostile("a byte over the cap, no JSON", "too-large", b"x" * (MAX_BYTES + 1)),
    Hostile("twice the cap, no UTF-8", "too-large", b"\xff" * (2 * MAX_BYTES)),
)

HOSTILE: tuple[Hostile, ...] = (*ENCODINGS, *SURROGATES, *DUPLICATES, *NUMBERS, *DEPTHS, *SYNTAX, *SIZES)

STRICT: dict[str, bytes] = {
    "an object": b"{}",
    "a list": b"[]",
    "a string": b'"a"',
    "zero": b"0",
    "minus zero": b"-0",
    "null": b"null",
    "the deepest lists": _nested("[", "", "]", MAX_DEPTH),
    "the deepest objects": _nested('{"a":', "1", "}", MAX_DEPTH),
    "brackets in a string": json.dumps("[{" * 500).encode(),
    "quotes and brackets in a string": json.dumps('"[' * 500).encode(),
    "309 digits": b"9" * MAX_DIGITS,
    "the largest double": b"1.7976931348623157e308",
    "a number that is too small": b"1e-400",
    "many digits after the point": b"0." + b"1" * 4_000,
    "a whole pair": rb'"\ud83d\ude00"',
    "an escaped backslash before a u": rb'"\\ud800"',
    "NUL, escaped": rb'"\u0000"',
    "delete and C1": '"\x7f\x85"'.encode(),
    "a line separator in a string": '"\u2028"'.encode(),
    "a mark in a string": '"\ufeff"'.encode(),
    "a noncharacter": '"\uffff"'.encode(),
    "a key of objects in two objects": b'[{"a": 1}, {"a": 2}]',
    "keys that differ in case": b'{"a": 1, "A": 2}',
    "keys that differ in form": b'{"\xc3\xa9": 1, "e\xcc\x81": 2}',
    "the names of what objects have in JavaScript": b'{"__proto__": 1, "constructor": 2, "toString": 3}',
    "blanks around": b" \t\r\n{ } \t\r\n",
}
"""What only looks hostile, and is read."""

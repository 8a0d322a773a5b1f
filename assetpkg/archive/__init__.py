"""Entries, each a name and its bytes, read from zips and folders, and written whole or not at all."""

STANDARD_STREAM = "-"
"""What is written for standard input where something is read, and for standard output where something is written."""

STANDARD_INPUT = "standard input"
"""How messages call what was read from there."""

ZIP_BEGINNING = b"PK"
"""How every zip begins, also one that is damaged after that."""

NAMES_ENCODINGS = (
    "utf-8",
    "gbk",
    "gb18030",
    "big5",
    "shift-jis",
    "euc-kr",
    "cp437",
    "cp850",
    "cp866",
    "cp1251",
    "cp1252",
)
"""The encodings in which names in a zip may be read that do not say how they are encoded."""

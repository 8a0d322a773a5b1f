"""Which names an entry may have: those that mean the same path, and the same file, on every system."""

import re
from collections.abc import Callable

from assetpkg.archive.zip.codecs import decode_as
from assetpkg.archive.zip.faults import Complain
from assetpkg.credentials.spans import LazyPattern

NameFault = tuple[str, str]
"""A slug and its message."""

LEGACY = "name-legacy-encoding"
"""The slug of a name that nobody can be sure to read."""

_LONGEST_COMPONENT = 255  # bytes: ext4, APFS and NTFS agree on about this much
_LONGEST_PATH = 1_024  # bytes: macOS has the smallest limit
_DEEPEST = 32

# Most names are made of such components only, and need no other look; none of them is a device, nor long.
_HARMLESS = re.compile(
    r"(?:(?!con|prn|aux|nul|com|lpt)[A-Za-z0-9_\-](?:[A-Za-z0-9_\-. ]{0,99}[A-Za-z0-9_\-])?(?:/(?=.)|/?$)){1,31}",
    re.ASCII | re.IGNORECASE,
)
# In a name these, U+4E00 to U+9FFF, are as harmless: three bytes each, which are seen, have no case, and are composed
# already. The range of bytes is compiled at once; that of the characters takes a millisecond.
_IDEOGRAPH = LazyPattern(rb"\xe4[\xb8-\xbf][\x80-\xbf]|[\xe5-\xe9][\x80-\xbf]{2}")
# Made of such characters only, a name needs no look at single characters.
_PLAIN = LazyPattern(r"[A-Za-z0-9_\-+=@,.()/ ]*")
_CONTROL = LazyPattern(r"[\x00-\x1f\x7f-\x9f]")
# What Unicode lets a font leave out (zero width, bidirectional, fillers, byte order mark), line separators, and the
# code points that are not characters. Variation selectors are such, too, but belong to honest emoji and ideographs;
# and blanks other than the space, such as U+00A0, U+2003, U+2800 and U+3000, leave a gap that is seen.
_INVISIBLE = LazyPattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_WINDOWS = LazyPattern(r'[<>"|?*:]')
_DRIVE = LazyPattern(r"[A-Za-z]:")
# Windows takes superscript digits for digits here, and ignores an extension.
_DEVICE = LazyPattern(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE | re.DOTALL
)
# What Windows makes of a long name for old programs; such a name may already point to another file.
_SHORTNAME = LazyPattern(r"(?=[^.]{1,8}(?:\.|$))[^.~]{1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?", re.DOTALL)


def decode_name(raw: bytes, *, flagged: bool, encoding: str | None = None) -> tuple[str, NameFault | None]:
    """Return the name that `raw` spells, and what is odd about it; an odd name is for display only.

    What is not `flagged` as UTF-8 is read in the `encoding`, if one is given.
    """
    if raw.isascii():
        return raw.decode("ascii"), None
    display = raw.decode("utf-8", "replace")
    if not flagged:
        name = None if encoding is None else decode_as(raw, encoding)
        wrong = "is not marked as UTF-8" if encoding is None else f"is not {encoding}"
        return (display, (LEGACY, f"the name has non-ASCII characters and {wrong}")) if name is None else (name, None)
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        return display, ("name-bad-utf8", "the name is not valid UTF-8")


def check_path(name: str, complain: Complain) -> None:
    """Complain about every reason not to use `name` as a path; a final `/` marks a folder."""
    plain = name if name.isascii() else _IDEOGRAPH.sub(b"___", name.encode("utf-8", "surrogatepass")).decode("latin-1")
    if len(plain) < _LONGEST_PATH and _HARMLESS.fullmatch(plain):
        return
    if oversized := _length(name):
        # The other rules are meant for names of a bearable length.
        complain("path-too-long", oversized)
        return
    rules = _PATH_RULES if _PLAIN.fullmatch(name) is None else _PLAIN_PATH_RULES
    for slug, rule in rules:
        if message := rule(name):
            complain(slug, message)
    for component in name.removesuffix("/").removeprefix("/").split("/") if name.strip("/") else ():
        for slug, rule in _COMPONENT_RULES:
            if message := rule(component):
                complain(slug, message)


def is_invisible(text: str) -> bool:
    """Say whether `text` has a character that leaves no trace on a screen, or that is not one."""
    return _invisible(text) is not None


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _length(name: str) -> str | None:
    return f"the path has {_size(name)} bytes; {_LONGEST_PATH} are allowed" if _size(name) > _LONGEST_PATH else None


def _empty(name: str) -> str | None:
    return None if name else "the name is empty"


def _absolute(name: str) -> str | None:
    return "the path begins with `/`" if name.startswith("/") else None


def _depth(name: str) -> str | None:
    depth = name.removesuffix("/").count("/") + 1
    return f"the path has {depth} levels; {_DEEPEST} are allowed" if depth > _DEEPEST else None


def _drive(name: str) -> str | None:
    return f"the path begins with the Windows drive {name[:2]}" if _DRIVE.match(name) else None


def _backslash(name: str) -> str | None:
    return "the path has a backslash, which separates folders on Windows only" if "\\" in name else None


def _control(name: str) -> str | None:
    found = _CONTROL.search(name)
    return f"the path has the control character {_code(found[0])}" if found else None


def _invisible(name: str) -> str | None:
    found = _INVISIBLE.search(name)
    unseen = found[0] if found else next((each for each in name if ord(each) & 0xFFFE == 0xFFFE), None)  # noqa: PLR2004
    return f"the path has the invisible character {_code(unseen)}" if unseen else None


def _surrogate(name: str) -> str | None:
    lone = next((each for each in name if "\ud800" <= each <= "\udfff"), None)
    return f"the path has {_code(lone)}, which is not a character and cannot be written in UTF-8" if lone else None


def _windows_char(name: str) -> str | None:
    found = _WINDOWS.search(name, 2 if _DRIVE.match(name) else 0)
    return f"the path has the character {found[0]}, which Windows does not allow" if found else None


def _not_nfc(name: str) -> str | None:
    if name.isascii():
        return None
    import unicodedata

    return None if unicodedata.is_normalized("NFC", name) else "the path is not in composed form (NFC)"


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _component_empty(component: str) -> str | None:
    return None if component else "the path has an empty component"


def _dot(component: str) -> str | None:
    return "the path has a `.` component" if component == "." else None


def _parent(component: str) -> str | None:
    return "the path has a `..` component" if component == ".." else None


def _component_length(component: str) -> str | None:
    size = _size(component)
    return f"a component has {size} bytes; {_LONGEST_COMPONENT} are allowed" if size > _LONGEST_COMPONENT else None


def _trailing(component: str) -> str | None:
    ends = component.endswith((".", " ")) and component not in (".", "..")
    return f"{component!r} ends with a dot or space, which Windows removes" if ends else None


def _leading(component: str) -> str | None:
    return f"{component!r} begins with a space" if component.startswith(" ") else None


def _device(component: str) -> str | None:
    return f"{component!r} is a device on Windows" if is_device(component) else None


def is_device(component: str) -> bool:
    """Say whether Windows takes the name of a file or folder for a device, whatever its extension."""
    return _DEVICE.fullmatch(component) is not None


def _shortname(component: str) -> str | None:
    if "~" not in component:
        return None
    return (
        f"{component!r} may be the short name of another file on Windows" if _SHORTNAME.fullmatch(component) else None
    )


_Rule = tuple[str, Callable[[str], str | None]]

_PLAIN_PATH_RULES: tuple[_Rule, ...] = (
    ("path-empty", _empty),
    ("path-absolute", _absolute),
    ("path-too-deep", _depth),
)
_PATH_RULES: tuple[_Rule, ...] = (
    *_PLAIN_PATH_RULES,
    ("path-drive", _drive),
    ("path-backslash", _backslash),
    ("path-control-char", _control),
    ("path-invisible-char", _invisible),
    ("name-bad-utf8", _surrogate),
    ("path-windows-char", _windows_char),
    ("path-not-nfc", _not_nfc),
)
_COMPONENT_RULES: tuple[_Rule, ...] = (
    ("path-empty-component", _component_empty),
    ("path-dot-component", _dot),
    ("path-traversal", _parent),
    ("path-component-too-long", _component_length),
    ("path-trailing-dot-space", _trailing),
    ("path-leading-space", _leading),
    ("path-windows-device", _device),
    ("path-windows-shortname", _shortname),
)

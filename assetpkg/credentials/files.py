"""Files in base64, and files that are credentials as a whole: key stores, and private keys in binary."""

import re

from assetpkg.credentials.forms import decode
from assetpkg.credentials.spans import LazyPattern, Sort

_BASE64 = LazyPattern(
    r"(?:data:[\w/+.-]{0,64};base64,)?(?P<code>(?![0-9a-f]{32}\s*$)[A-Za-z0-9+/]{20,}+[A-Za-z0-9+/\r\n]*+={0,2})\s*"
)
BASE64_LINE = LazyPattern(r"^(?:data:|(?![0-9a-f]{32}$)[A-Za-z0-9+/]{20,}={0,2}[ \t\r]*$)", re.MULTILINE)
"""A line that may be base64 as a whole."""
BASE64_START = LazyPattern(r"data:|(?![0-9a-f]{32}\s*$)[A-Za-z0-9+/]{20}")
"""How a text begins that may be base64 as a whole."""
SHORTEST_BASE64 = 20
_KEY_FILES = (b"PK\x03\x04", b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")
"""How a zip archive, a Java key store and a JCE key store begin."""
# ASN.1: a sequence that begins with version 3 is PKCS#12; 0 and an algorithm PKCS#8, 0 and a number PKCS#1, 1 SEC1.
_PKCS12 = LazyPattern(rb"\x30(?:[\x00-\x7f]|\x80|\x81.|\x82..|\x83...)\x02\x01\x03\x30", re.DOTALL)
_DER_KEY = LazyPattern(
    rb"\x30(?:[\x00-\x7f]|\x81.|\x82..)(?:\x02\x01\x00(?:\x30.{1,3}\x06|\x02\x81|\x02\x82)|\x02\x01\x01\x04)", re.DOTALL
)


def decode_base64(text: str) -> "tuple[re.Match[str], bytes] | None":
    """Return what all of a text is in base64, after a match whose group `code` is the base64; `None` if it is none."""
    match = _BASE64.fullmatch(text)
    content = decode(match["code"]) if match else None
    return (match, content) if match and content is not None else None


def sort_of_file(content: bytes) -> Sort | None:
    """Return the sort of a file that is a credential as a whole: a file of keys, or a private key in binary."""
    if content.startswith(_KEY_FILES) or _PKCS12.match(content):
        return Sort.FILE
    return Sort.PRIVATE_KEY if _DER_KEY.match(content) else None

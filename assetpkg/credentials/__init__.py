"""Credentials in values and texts: what is one, of which sort it is, and where it begins and ends.

Masking and detection both go by what is found here, so that nothing is hidden without a finding, and the other way
round. Every search takes time in proportion to the text: no pattern repeats a repetition, and where one pattern would
look at the same stretch again and again, code walks the text from left to right.
"""

from assetpkg.credentials.blanks import is_credential
from assetpkg.credentials.files import decode_base64, sort_of_file
from assetpkg.credentials.finding import find_spans, sort_of, sort_of_content
from assetpkg.credentials.looks import find_suspects, is_suspicious
from assetpkg.credentials.spans import Sort, Span

__all__ = [
    "Sort",
    "Span",
    "decode_base64",
    "find_spans",
    "find_suspects",
    "is_credential",
    "is_suspicious",
    "sort_of",
    "sort_of_content",
    "sort_of_file",
]

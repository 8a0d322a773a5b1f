"""The file with the stand-ins, for a second copy with the same ones, and for reading what is written about a copy."""

import codecs
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assetpkg import documents
from assetpkg.archive.read_file import read_file
from assetpkg.authoring.redact.names.stand_ins import Names
from assetpkg.authoring.redact.names.words import ReplacedWord, WordSort
from assetpkg.documents import InvalidDocument
from assetpkg.documents.encodings import as_utf8
from assetpkg.errors import CannotRead, reason_of
from assetpkg.limits import DEFAULT_LIMITS

MAPPING_FORMAT = "assetpkg-names/1"
"""The marker of such a file."""
_LIMITS = DEFAULT_LIMITS.for_copies()


def dump_names(names: Names) -> bytes:
    """Return the file with the stand-ins of `names`: by sort, each word in small letters with what stands for it."""
    by_sort: dict[str, dict[str, str]] = {sort.value: {} for sort in WordSort}
    for word, found in names.items():
        by_sort[word.sort.value][word.key] = found
    document = {"format": MAPPING_FORMAT, "keep": sorted(names.keep), **by_sort}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def restore(content: bytes, names: Names) -> bytes:
    """Return a text about a copy with the words in the place of their stand-ins; all other bytes stay.

    Where a mark says that it is not in UTF-8 it becomes that, if a word is in it.
    """
    is_utf8 = content.startswith(codecs.BOM_UTF8)
    text = (content if is_utf8 else as_utf8(content)).decode("utf-8", "surrogateescape")
    restored = names.restore(text)
    return content if restored == text else restored.encode("utf-8", "surrogateescape")


def read_names(path: str, keep: Iterable[str] = ()) -> Names:
    """Return the stand-ins in the file at `path`, or none where it is not there yet; the words in `keep` stay, too.

    Raises `CannotRead` for a file that `dump_names` has not made.
    """
    try:
        is_there = Path(path).exists()
    except OSError as error:
        raise CannotRead(f"cannot read '{path}': {reason_of(error)}") from None
    return _parse(read_file(path, DEFAULT_LIMITS.file), f"'{path}'", keep) if is_there else Names(keep=keep)


def _parse(content: bytes, origin: str, keep: Iterable[str] = ()) -> Names:
    """Return the stand-ins in such a file; raises as `read_names` does."""
    try:
        found = documents.parse(content, _LIMITS)
    except InvalidDocument:
        found = None
    if not isinstance(found, dict) or found.get("format") != MAPPING_FORMAT:
        raise CannotRead(f"{origin} is not a file with stand-ins that 'assetpkg redact --mapping' has written")
    known = {ReplacedWord(sort, key): value for sort in WordSort for key, value in _pairs(found, sort, origin).items()}
    if len(set(known.values())) < len(known):
        raise CannotRead(f"{origin} is damaged: two words have the same stand-in")
    kept = found.get("keep", [])
    words = [word for word in kept if isinstance(word, str)] if isinstance(kept, list) else []
    return Names(known, keep=(*words, *keep))


def _pairs(found: Mapping[str, Any], sort: WordSort, origin: str) -> Mapping[str, str]:
    pairs = found.get(sort.value, {})
    if not isinstance(pairs, dict) or not all(isinstance(each, str) for each in pairs.values()):
        raise CannotRead(f"{origin} is damaged: '{sort.value}' does not have a stand-in for each word")
    if sort is not WordSort.ADDRESS and any(len(key) != len(value) for key, value in pairs.items()):
        raise CannotRead(f"{origin} is damaged: a stand-in in '{sort.value}' is not as long as its word")
    return pairs

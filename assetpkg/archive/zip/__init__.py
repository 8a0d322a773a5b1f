"""Zip archives that mean one thing only: a strict reader, and a writer whose output it accepts.

Zip programs disagree about damaged and crafted archives: one lists files that another never sees. So
the reader walks the end record (`records`), the central directory (`central`, `extras`, `headers`), the
types and names (`modes`, `names`, `clashes`), then the local headers and descriptors (`local`,
`descriptors`), and lays them side by side until every byte of the file is accounted for exactly once
(`tiling`). What has two readings is refused with a `ZipFault` that says what was found and how to repack;
what is merely odd becomes a warning. Only then are entries inflated, one at a time and never past their
declared size (`reading`, `inflating`). Every slug is declared in `assetpkg.diagnostics.catalogue`, with verdict,
page and hint.
"""

from assetpkg.archive.zip.faults import Limits, ZipFault, ZipRefused
from assetpkg.archive.zip.reading import ZipDirectory, ZipEntry, open_zip
from assetpkg.archive.zip.sources import BytesSource, FileSource, Source, StreamSource
from assetpkg.archive.zip.writing import write_zip

__all__ = [
    "BytesSource",
    "FileSource",
    "Limits",
    "Source",
    "StreamSource",
    "ZipDirectory",
    "ZipEntry",
    "ZipFault",
    "ZipRefused",
    "open_zip",
    "write_zip",
]

"""What the libraries take by themselves for the work of a command: `libraries.py check|plan|pack PACKAGE [TARGET]`.

Everything is done that one of them does for assetpkg, as quickly as a script can ask for it: importing, inflating,
CRC and SHA-256, jiter, the types of each class, one glance for credentials, deflating. Nothing is done with it. So this
is the least that the command could take without other libraries, and no program that would be of use.
"""

import hashlib
import importlib
import json
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_ENTRY = 30
_LENGTHS = slice(26, 30)


def main(command: str, path: str, other: str = "") -> None:
    """Do the work of a command; a package for `plan` is compared with another one by its packed bytes."""
    importlib.import_module("click")
    if command == "pack":
        _pack(Path(path))
        return
    packed = dict(_packed(path))
    kinds = _kinds(_inflated(packed["manifest.json"]))
    digests = {name: hashlib.sha256(data).digest() for name, data in packed.items()}
    for name, data in packed.items():
        _look(kinds.get(name, ""), _inflated(data))
    if command == "plan":
        others = dict(_packed(other))
        changed = [name for name, data in others.items() if digests.get(name) != hashlib.sha256(data).digest()]
        # Both sides of a difference are read to be compared.
        for name in changed:
            for data in filter(None, (others[name], packed.get(name))):
                _look(kinds.get(name, ""), _inflated(data))


def _kinds(manifest: bytes) -> dict[str, str]:
    """Return the kinds of the documents, by their paths."""
    return {asset["path"]: asset["kind"] for asset in json.loads(manifest)["assets"]}


def _packed(path: str) -> Iterator[tuple[str, bytes]]:
    """Yield the packed bytes of each entry."""
    with zipfile.ZipFile(path) as file:
        infos = file.infolist()
    with Path(path).open("rb") as file_:
        for info in infos:
            file_.seek(info.header_offset)
            header = file_.read(_ENTRY)
            lengths = header[_LENGTHS]
            file_.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
            yield info.filename, file_.read(info.compress_size)


def _inflated(packed: bytes) -> bytes:
    content = zlib.decompressobj(-15).decompress(packed)
    zlib.crc32(content)
    return content


def _look(kind: str, content: bytes) -> str:
    """Read a document, hold it against the types of its class and glance at it; return its digest."""
    from jiter import from_json

    from assetpkg.credentials.glance import DOCUMENTS
    from assetpkg.kinds import KINDS
    from assetpkg.kinds.validators import validator_of

    document = from_json(content, allow_inf_nan=False, catch_duplicate_keys=True)
    if kind:
        validator_of(KINDS[kind], briefly=True).isinstance_python(document)
    DOCUMENTS.sees_in(content)
    return hashlib.sha256(content).hexdigest()


def _pack(folder: Path) -> None:
    """Read all files of a folder, look at them, deflate them, write them, and inflate them again to hold them."""
    kinds = _kinds((folder / "manifest.json").read_bytes())
    written = []
    with Path("libraries.zip").open("wb") as file:
        for path in sorted(folder.rglob("*.json")):
            content = path.read_bytes()
            _look(kinds.get(path.relative_to(folder).as_posix(), ""), content)
            deflating = zlib.compressobj(6, zlib.DEFLATED, -15)
            data = deflating.compress(content) + deflating.flush()
            file.write(data)
            written.append(data)
    for data in written:
        hashlib.sha256(_inflated(data)).hexdigest()


if __name__ == "__main__":
    main(*sys.argv[1:])

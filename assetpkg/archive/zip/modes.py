"""What an entry is: a plain file or a folder, and nothing else."""

import stat

from assetpkg.archive.zip.central import Header
from assetpkg.archive.zip.extras import unix_mode
from assetpkg.archive.zip.faults import Complain
from assetpkg.archive.zip.format import EMPTY_DEFLATED

_DOS_FOLDER = 0x10
# Volume label, device, and reparse point, which 7-Zip turns into a link.
_DOS_SPECIAL = 0x08 | 0x40 | 0x400


def check_type(header: Header, complain: Complain) -> None:
    """Complain about whatever is neither a plain file nor a plain folder."""
    for mode in (header.mode, unix_mode(header.extras)):
        check_mode(mode, complain, is_dir=header.is_dir)
    if header.attributes & _DOS_SPECIAL:
        complain("special-file", "the DOS attributes make the entry a label, a device or a link")
    if header.attributes & _DOS_FOLDER and not header.is_dir:
        complain("type-conflict", "the DOS attributes say that the entry is a folder, but its name does not end in `/`")
    if header.is_dir and (header.size or header.crc or header.csize not in (0, len(EMPTY_DEFLATED))):
        complain("dir-with-data", "the entry is a folder, but it has content")


def check_mode(mode: int, complain: Complain, *, is_dir: bool) -> None:
    """Complain about a mode of anything but a plain file or folder, or one that disagrees with the name."""
    form = stat.S_IFMT(mode)
    if form not in (0, stat.S_IFREG, stat.S_IFDIR):
        complain("special-file", f"the entry is neither a file nor a folder (mode {mode:o})")
    elif form and (form == stat.S_IFDIR) != is_dir:
        complain("type-conflict", f"mode {mode:o} and the name disagree about whether the entry is a folder")
    elif mode & 0o7000:
        complain("mode-setid", f"mode {mode:o} sets a setuid, setgid or sticky bit")
    elif form == stat.S_IFREG and (mode & 0o111 or not mode & 0o777):
        complain("mode-setid", f"mode {mode:o} makes the file executable, or readable for nobody")

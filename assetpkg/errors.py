"""The exceptions that assetpkg raises; each message is one sentence for a person to act on."""

import os
from collections.abc import Collection, Iterable
from itertools import takewhile

A_FOLDER = "it is a folder; name a file"
"""Why a path is not that of a file."""
NO_REGULAR_FILE = "it is not a regular file"
"""The same of a pipe, a device or a socket."""
_FEW = 12
"""How many words are listed where none is near."""
_ALIKE = 0.6
"""How much like each other two words are, from 0 to 1, to be near."""
CLOSE = 0.75
"""The same where many words are neither known nor wrong, and few of them misspelled."""
_LONGEST = 200
"""In characters; a longer word is not compared, which takes time with the square of its length."""
_MOST = 1_000
"""How many words are compared in full."""
_MOST_LIKELY = 10_000
"""How many addresses are looked through for one that was meant."""


class AssetpkgError(Exception):
    """An error that stops the work; its text says what is wrong, where, and what to do, and shows no credential."""

    def __init__(self, *words: object) -> None:
        """Take the sentence of the error; credentials in it are replaced."""
        from assetpkg.credentials.masking import mask_line

        super().__init__(*(mask_line(word) if isinstance(word, str) else word for word in words))


class CannotRead(AssetpkgError):
    """A file or folder is missing, cannot be read, or is not of the expected kind."""


class CannotWrite(AssetpkgError):
    """A result could not be written; the file or folder is unchanged, unless the text says that it is written."""


class CredentialRemains(AssetpkgError):
    """A credential cannot be removed from a package, so no copy is made."""


class InvalidOption(AssetpkgError):
    """An option, assumption or rule code does not exist, or does not accept this value."""


class InvalidPackage(AssetpkgError):
    """A package, or a change to it, does not have a well-defined content."""


class NameRemains(AssetpkgError):
    """A name cannot be removed from a package, so no copy is made."""


class UnknownAddress(AssetpkgError):
    """No resource of the package has this address."""


def incomplete(what: str) -> CannotRead:
    """Return the error for a file or folder that every installation has, and this one has not."""
    return CannotRead(f"this installation of assetpkg is incomplete: its {what} is missing")


def refuse_not_utf8(what: str, text: str) -> None:
    """Raise `InvalidOption` for a text that is not UTF-8, so that no document can have it; `what` it is, in words."""
    shown = with_escapes(text)
    if shown != text:
        raise InvalidOption(f"{what}: '{shown}' is not UTF-8, as names and documents are; write it in UTF-8")


def with_escapes(text: str) -> str:
    """Return a text with what is not UTF-8 as escapes.

    What the system hands over has halves of surrogate pairs for it: arguments, names of files, and variables.
    """
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def reason_of(error: OSError | ValueError) -> str:
    """Return what the operating system says, as the end of a sentence; a `ValueError` is a path that none can have."""
    path = getattr(error, "filename", None)
    if path == "":
        return "the path is empty"
    if isinstance(error, IsADirectoryError):
        return A_FOLDER
    if isinstance(error, FileNotFoundError) and isinstance(path, str | os.PathLike) and os.path.islink(path):  # noqa: PTH114 - what the system names is a text
        return "it is a link, and what it leads to is not there"
    said = getattr(error, "strerror", None) or ("not a valid path" if isinstance(error, ValueError) else str(error))
    return str(said).lower()


def near(word: str, known: Iterable[str], lister: str = "") -> str:
    """Return `; did you mean '…'?` with the nearest of the `known` words, or a list of a few.

    Where they are many, the `lister` is named, a command that lists them.
    """
    words = sorted(known)
    listed = f"; there are {', '.join(words)}" if len(words) <= _FEW else f"; '{lister}' lists them" if lister else ""
    return meant(word, words) or listed


def meant(word: str, known: Iterable[str], alike: float = _ALIKE) -> str:
    """Return `; did you mean '…'?` with the nearest of the `known` words, and nothing where none is near."""
    found = nearest(word, known, alike)
    return "" if found is None else f"; did you mean '{found}'?"


def nearest(word: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    """Return the one of the `known` words that is most like `word`, in whatever case; `None` where none is near.

    `alike` is from which likeness on, from 0 to 1. A very long word is near to none, and of very many words only those
    are looked at that begin or end most like it.
    """
    if len(word) > _LONGEST:
        return None
    small = word.casefold()
    by_small = {each.casefold(): each for each in sorted(known, reverse=True) if len(each) <= _LONGEST}
    if len(by_small) > _MOST:
        first = sorted(by_small, key=lambda each: (-_shared_ends(small, each), each))[:_MOST]
        by_small = {each: by_small[each] for each in first}
    if small in by_small:
        return by_small[small]
    from difflib import get_close_matches

    matches = get_close_matches(small, by_small, n=1, cutoff=alike)
    return by_small[matches[0]] if matches else None


def near_address(word: str, addresses: Iterable[str], lister: str) -> str:
    """Return what `near` does for an address that is not there; where it is a name, the first address that ends in it.

    The `lister` is a command that lists the addresses.
    """
    known = sorted(addresses)
    named = next((address for address in known if word and address.endswith(f"/{word}")), None)
    return near(word, known, lister) if named is None else f"; did you mean '{named}'?"


def meant_address(glob: str, addresses: Collection[str]) -> str:
    """Return `; did you mean '…'?` for a glob that fits no address: one of them, or all that begins as one does."""
    if len(addresses) > _MOST_LIKELY:
        return meant(glob, {f"{address.partition('/')[0]}/*" for address in addresses})
    if "*" not in glob:
        return meant(glob, addresses)
    steps = (address.split("/")[:-1] for address in addresses)
    return meant(glob, {"/".join((*above[:depth], "*")) for above in steps for depth in range(1, len(above) + 1)})


def _shared_ends(one: str, other: str) -> int:
    """Return how many characters two words have in common at their beginnings and at their ends."""
    pairs = (zip(one, other, strict=False), zip(reversed(one), reversed(other), strict=False))
    return sum(sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], each)) for each in pairs)

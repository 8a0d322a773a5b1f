"""The exceptions that assetpkg raises; each message is one sentence for a person to act on."""

from collections.abc import Iterable

_FEW = 12
"""How many words are listed where none is near."""


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


class UnknownAddress(AssetpkgError):
    """No resource of the package has this address."""


def reason_of(error: OSError | ValueError) -> str:
    """Return what the operating system says, as the end of a sentence; a `ValueError` is a path that none can have."""
    said = getattr(error, "strerror", None) or ("not a valid path" if isinstance(error, ValueError) else str(error))
    return str(said).lower()


def near(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean '…'?` with the nearest of the `known` words, or a list of a few."""
    from difflib import get_close_matches

    words = sorted(known)
    if matches := get_close_matches(word, words, n=1):
        return f"; did you mean '{matches[0]}'?"
    return f"; there are {', '.join(words)}" if len(words) <= _FEW else ""

"""SEC: credentials that stand in a package. No message shows one, or any part of one."""

from collections.abc import Iterator

from assetpkg.diagnostics import Problem, Rule, Severity, rule
from assetpkg.package import Package

NON_ASSET_DATA = "User guide, Preparations: credentials are non-asset data"


@rule("SEC001", "credential", Severity.RISK, source=NON_ASSET_DATA)
def credential(package: Package) -> Iterator[Problem]:
    """A field holds a credential.

    Finds values other than placeholders in fields for passwords, keys, tokens and the like, declared or named so.

    An export carries no credentials and an import takes none: they are entered by hand afterwards. In a file they
    reach everybody who gets the package.

    Remove the value, and change the credential if the file has been passed on.
    """
    yield from _found(package, embedded=False, message="holds a credential")


@rule("SEC002", "embedded-credential", Severity.RISK, source=NON_ASSET_DATA)
def embedded_credential(package: Package) -> Iterator[Problem]:
    """An address or a connection string holds a credential.

    Finds `//user:…@host` and `password=…` in texts.

    Such a credential is overlooked easily, and shown wherever the address is.

    Remove it from the text, and change the credential if the file has been passed on.
    """
    yield from _found(package, embedded=True, message="holds a credential inside an address or connection string")


def _found(package: Package, *, embedded: bool, message: str) -> Iterator[Problem]:
    for resource in package.resources:
        for found in resource.credentials:
            if found.embedded is embedded:
                hint = "remove it, and change the credential if the file has been passed on"
                yield Problem(message=message, hint=hint, entry=resource.entry, pointer=found.pointer)


RULES: tuple[Rule, ...] = (credential, embedded_credential)

"""SEC: credentials that are in a package. No message shows one, or any part of one."""

from collections.abc import Iterator

from assetpkg.credentials import Sort
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited, standard
from assetpkg.package.package import Package
from assetpkg.resource.references import Holder

NON_ASSET_DATA = cited(f"{Page.PREPARATIONS}: credentials are non-asset data")
REMOVE = "remove it, and change the credential if the file has been passed on"


@rule("SEC001", "credential", Severity.RISK, source=NON_ASSET_DATA)
def credential(package: Package) -> Iterator[Problem]:
    """A field holds a credential.

    Finds values other than placeholders in fields for passwords, keys, tokens and the like, declared or named so,
    and in `value` beside such a name; also inside `task_detail` and other JSON texts. Placeholders are blanks,
    `******`, `xxx`, `${NAME}`, `{{name}}`, `<your key>` and `#name#`.

    An export carries no credentials and an import takes none: they are entered by hand afterwards. In a file they
    reach everybody who gets the package.

    Remove the value, and change the credential if the file has been passed on.
    """
    yield from _found(package, Sort.FIELD, "holds a credential")


@rule("SEC002", "embedded-credential", Severity.RISK, source=NON_ASSET_DATA)
def embedded_credential(package: Package) -> Iterator[Problem]:
    """An address, a connection string or another text holds a credential.

    Finds `https://user:…@host` and `https://…@host`, `password=…` in connection strings, `?token=…` and `&sig=…` in
    URLs, and `"password": "…"` or `<password>…</password>` in samples and mock results; also in scripts in base64, in
    keys, in the manifest, in the names of files, and in files of up to 1 MiB that are part of no resource.

    Such a credential is overlooked easily, and shown wherever the text is.

    Remove it from the text, and change the credential if the file has been passed on.
    """
    yield from _found(package, Sort.ADDRESS, "holds a credential inside an address or connection string")


@rule("SEC003", "private-key", Severity.RISK, source=NON_ASSET_DATA)
def private_key(package: Package) -> Iterator[Problem]:
    """A field or a text holds a private key.

    Finds `-----BEGIN … PRIVATE KEY-----` with a key after it, on many lines, on one, or with escapes for line ends,
    and keys in base64 without that frame. Certificates and public keys are none.

    Whoever has the key is taken for its owner, and it cannot be changed like a password.

    Remove it, and have a new key made if the file has been passed on.
    """
    hint = "remove it, and have a new key made if the file has been passed on"
    yield from _found(package, Sort.PRIVATE_KEY, "holds a private key", hint)


@rule(
    "SEC004",
    "token",
    Severity.RISK,
    source=standard("The issuers' public formats of their tokens; RFC 7519 and RFC 7617"),
)
def token(package: Package) -> Iterator[Problem]:
    """A text holds a token.

    Finds tokens by their form: access key ids of AWS (`AKIA…`), tokens of GitHub, GitLab, Slack, Google and Stripe,
    JSON Web Tokens (`eyJ….eyJ….…`), and the values of `Bearer` and `Basic` authorization.

    A token is as good as a password, and often lives longer.

    Remove it, and revoke it if the file has been passed on.
    """
    hint = "remove it, and revoke the token if the file has been passed on"
    yield from _found(package, Sort.TOKEN, "holds a token", hint)


@rule("SEC005", "key-file", Severity.RISK, source=NON_ASSET_DATA)
def key_file(package: Package) -> Iterator[Problem]:
    """A field holds a file of keys or accounts, in base64.

    Finds zip archives, Java key stores and PKCS#12 files in base64, in `config_file_content`, `key_store`,
    `trust_store` or any other field.

    Such a file is what the data source logs in with; its own password, if it has one, is often a known one.

    Remove it; it is uploaded again after the import.
    """
    hint = "remove it, and upload it again after the import"
    yield from _found(package, Sort.FILE, "holds a file of keys or accounts, in base64", hint)


def _found(package: Package, sort: Sort, message: str, hint: str = REMOVE) -> Iterator[Problem]:
    for entry, found in package.credentials:
        if found.sort is sort:
            yield Problem(
                message=f"{_WHERE[found.holder]}{message}",
                hint=hint,
                entry=entry,
                pointer=found.pointer,
                offset=found.offset,
                at_key=found.holder is Holder.KEY,
            )


_WHERE = {Holder.VALUE: "", Holder.KEY: "the key ", Holder.NAME: "the file's name ", Holder.FILE: "the file "}
"""What the message says holds the credential, where it is not a value."""


RULES: tuple[Rule, ...] = (credential, embedded_credential, private_key, token, key_file)

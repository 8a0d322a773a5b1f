"""SEC: credentials that are in a package. No message shows a credential or a part of one."""

from collections.abc import Iterator

from assetpkg.credentials import Sort
from assetpkg.diagnostics.model import AnsweredBy, Problem, Rule, Severity, rule
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import cited, standard
from assetpkg.package.package import Package
from assetpkg.resource.references import Holder

NON_ASSET_DATA = cited(f"{Page.MIGRATION_OVERVIEW}: credentials are non-asset data")
REMOVE = "remove it, and change the credential if other people have received the file"


@rule("SEC001", "credential", Severity.RISK, source=NON_ASSET_DATA)
def credential(package: Package) -> Iterator[Problem]:
    """A field contains a credential.

    Finds values other than placeholders in fields for passwords, keys, tokens and similar credentials. The field is
    declared as one, or has such a name, or is a `value` beside such a name. It looks also inside `task_detail` and
    other JSON texts. Placeholders are blanks, `******`, `xxx`, `${NAME}`, `{{name}}`, `<your key>` and `#name#`. SEC006
    reports those that are not blank.

    An export contains no credentials, and an import accepts none. Someone enters them by hand after the import. A
    credential in a file is visible to everybody who gets the package.

    Remove the value, and change the credential if other people have received the file.
    """
    yield from _found(package, Sort.FIELD, "contains a credential")


@rule("SEC002", "embedded-credential", Severity.RISK, source=NON_ASSET_DATA)
def embedded_credential(package: Package) -> Iterator[Problem]:
    """An address, a connection string or another text contains a credential.

    Finds `https://user:…@host` and `https://…@host`, `password=…` in connection strings, `?token=…` and `&sig=…` in
    URLs, and `"password": "…"` or `<password>…</password>` in samples and mock results. Finds also what people write in
    remarks, in nine languages: `password: …, user: root`, `密码：…`, `AK/SK: …`; and commands, code and SQL such as
    `curl -u user:…`, `--password …`, `setPassword("…")` and `IDENTIFIED BY '…'`. It looks also in scripts in base64, in
    keys, in the manifest, in file names, and in files of up to 1 MiB that do not belong to a resource.

    Such a credential is easy to overlook, and is visible wherever the text is shown.

    Remove it from the text, and change the credential if other people have received the file.
    """
    yield from _found(package, Sort.ADDRESS, "contains a credential inside an address or another text")


@rule("SEC003", "private-key", Severity.RISK, source=NON_ASSET_DATA)
def private_key(package: Package) -> Iterator[Problem]:
    """A field or a text contains a private key.

    Finds `-----BEGIN … PRIVATE KEY-----` with a key after it. The key may be on many lines, on one line, or have
    escapes for line ends. Finds also keys in base64 without these lines. Certificates and public keys are not private
    keys.

    Anybody who has the key can act as its owner, and a key cannot be changed like a password.

    Remove it, and create a new key if other people have received the file.
    """
    hint = "remove it, and create a new key if other people have received the file"
    yield from _found(package, Sort.PRIVATE_KEY, "contains a private key", hint)


@rule(
    "SEC004",
    "token",
    Severity.RISK,
    source=standard("the public token formats of the issuers; RFC 7519 and RFC 7617"),
)
def token(package: Package) -> Iterator[Problem]:
    """A text contains a token.

    Finds tokens by their form: access key ids of AWS (`AKIA…`), Alibaba Cloud and Tencent Cloud, tokens of GitHub,
    GitLab, Slack, Google, Stripe, OpenAI and many others, JSON Web Tokens (`eyJ….eyJ….…`), addresses of chat robots,
    and the values of `Bearer` and `Basic` authorization. The chapter `trust` of the manual names the issuers.

    A token gives the same access as a password, and is often valid for longer.

    Remove it, and revoke it if other people have received the file.
    """
    hint = "remove it, and revoke the token if other people have received the file"
    yield from _found(package, Sort.TOKEN, "contains a token", hint)


@rule("SEC005", "key-file", Severity.RISK, source=NON_ASSET_DATA)
def key_file(package: Package) -> Iterator[Problem]:
    """A field contains a file of keys or accounts, in base64.

    Finds zip archives, Java key stores and PKCS#12 files in base64, in `config_file_content`, `key_store`,
    `trust_store` or any other field.

    The data source logs in with such a file. If the file has a password, it is often a well-known one.

    Remove it, and upload it again after the import.
    """
    hint = "remove it, and upload it again after the import"
    yield from _found(package, Sort.FILE, "contains a file of keys or accounts, in base64", hint)


@rule("SEC006", "unfilled-credential", Severity.WARNING, source=NON_ASSET_DATA, answered_by=AnsweredBy.PLAN)
def unfilled_credential(package: Package) -> Iterator[Problem]:
    """A mask or a placeholder is in the place of a credential.

    Finds `******`, `xxx`, `[REDACTED]`, `${NAME}`, `{{name}}`, `<your key>`, `#name#` and the like in fields for
    passwords, keys and tokens. Finds also `password=***` and `//user:${NAME}@host` in connection strings and addresses.
    A plan finds it with IMP019 instead.

    A mask is not the credential, and an import does not know the placeholders of other tools. It is not documented what
    an import does with such a value: it may become the password.

    Leave the field empty and enter the credential by hand after the import, or fill it in immediately before.
    """
    for resource in package.resources:
        for place in resource.unfilled:
            yield Problem(
                message=f"has {place.sort.value} in the place of a credential",
                hint="leave it empty, or fill it in immediately before the import",
                place=resource.place,
                pointer=place.pointer,
            )


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


RULES: tuple[Rule, ...] = (credential, embedded_credential, private_key, token, key_file, unfilled_credential)

"""What a package says about itself: its format, its asset version, where it came from, and what it holds."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, NamedTuple

from assetpkg import documents
from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Fault, bound
from assetpkg.errors import nearest
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.part import Part, Within
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.layout import OWN
from assetpkg.package.versions import MAJOR, newest_minor, newest_version, parse_version
from assetpkg.resource.masking import hide_below_secrets
from assetpkg.resource.references import Credential, Mentions
from assetpkg.resource.walk import Node

_MANY = 400_000
"""Of how many values on the fields are judged briefly; the list of 65,536 entries has more, and is made by packing."""

_DIGEST = "^[0-9a-f]{64}$"


class Source(Part):
    """Where a package was exported; the more is known about it, the more of the plan is certain."""

    region: str | None = None
    """The region's id."""
    project_id: str | None = None
    """The project's id."""
    instance_id: str | None = None
    """The instance's id."""
    instance_version: str | None = None
    """The instance's version, as the platform shows it."""
    features: dict[str, Any] | None = None
    """The instance's configuration parameters, such as `app_route`, by name."""


class Asset(Part):
    """One item in the list of assets of a packed package."""

    kind: str
    """The kind of the resource."""
    name: str
    """Its name."""
    id: str | None = None
    """Its id."""
    path: str
    """The entry that holds it."""
    sha256: Annotated[str, Within(pattern=_DIGEST)]
    """The SHA-256 of that entry's bytes, in hexadecimal."""


class Manifest(Part):
    """The document `manifest.json`."""

    format: str
    """The marker of the layout, `assetpkg/1`."""
    asset_version: Annotated[str, Within(pattern=r"^[0-9]{1,9}\.[0-9]{1,9}$")]
    """The version of the asset format, MAJOR.MINOR."""
    name: Annotated[str, Within(min_length=1)]
    """The name of the package."""
    source: Source | None = None
    """Where it was exported."""
    assets: list[Asset] | None = None
    """Its resources; created by packing; missing in a folder, where the files themselves count."""


class PackageManifest(NamedTuple):
    """The manifest as it was found: its text, its document (empty where there is none), and what is wrong with it.

    The text is without the table of contents, which is by far the most of it. `credentials` are the places in the
    manifest that hold one; `None` where nobody has looked for them yet.
    """

    text: str
    document: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    credentials: tuple[Credential, ...] | None = ()

    def __repr__(self) -> str:
        """Show the name."""
        return f"PackageManifest({self.name!r})"

    @property
    def name(self) -> str:
        """What the package is called, or nothing."""
        return mask_line(str(self.document.get("name") or ""))

    @property
    def asset_version(self) -> str:
        """The asset version, verbatim, or nothing."""
        return mask_line(str(self.document.get("asset_version") or ""))

    @property
    def source(self) -> dict[str, Any]:
        """Where the package was exported, as far as it says so."""
        source = self.document.get("source")
        return source if isinstance(source, dict) else {}

    @property
    def assets(self) -> list[dict[str, Any]] | None:
        """The well-formed lines of the table of contents, or `None` where there is no table."""
        assets = self.document.get("assets")
        if not isinstance(assets, list):
            return None
        return [asset for asset in assets if isinstance(asset, dict) and isinstance(asset.get("path"), str)]


def read_manifest(content: bytes, limits: Limits = DEFAULT_LIMITS, *, faults_wanted: bool = True) -> PackageManifest:
    """Read `manifest.json`; never raises for bad content, which becomes faults.

    Where no `faults_wanted`, one of our own format has none but those of its version, and its credentials are left for
    who asks for them.
    """
    from assetpkg.resource.validation import find_faults

    try:
        document = documents.parse(content, limits)
        text = documents.decode(content)
    except documents.InvalidDocument as error:
        fields = fields_of(Manifest)
        faults = [_unreadable(hide_below_secrets(fields, fault)) for fault in error.faults]
        return PackageManifest("", {}, tuple(faults))
    if not isinstance(document, dict):
        return PackageManifest(
            text,
            {},
            (Fault(slug="unreadable-manifest", message="the manifest is not an object", hint="write one, { … }"),),
        )
    if not faults_wanted and document.get("format") == OWN.format:
        known = tuple(_version_faults(document.get("asset_version")))
        return PackageManifest(without_assets(text), document, known, credentials=None)
    notable: list[Node] = []
    mentions = _mentions(document, limits, notable)
    faults = [
        Fault(
            slug="manifest-field",
            message=fault.message,
            hint=_spelling(document, fault) or fault.hint,
            pointer=fault.pointer,
            at_key=fault.at_key,
        )
        for fault in find_faults(Manifest, document, notable, briefly=documents.has_many_values(content, _MANY))
        if fault.slug != "unknown-field"
    ]
    faults.extend(_version_faults(document.get("asset_version")))
    return PackageManifest(without_assets(text), document, bound(faults), tuple(mentions.all_credentials()))


def find_credentials(document: dict[str, Any], limits: Limits) -> tuple[Credential, ...]:
    """Return the places in the document of a manifest that hold a credential."""
    return tuple(_mentions(document, limits).all_credentials())


def _mentions(document: dict[str, Any], limits: Limits, notable: list[Node] | None = None) -> Mentions:
    mentions = Mentions(limits)
    mentions.take(fields_of(Manifest), _without_digests(document), notable=notable)
    return mentions


def _without_digests(document: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest without the digests of its assets: each looks like a text in base64, and is known not to be."""
    assets = document.get("assets")
    if not isinstance(assets, list):
        return document
    is_digest = re.compile(_DIGEST).fullmatch
    kept = [
        {
            key: value
            for key, value in asset.items()
            if key != "sha256" or type(value) is not str or not is_digest(value)
        }
        if isinstance(asset, dict)
        else asset
        for asset in assets
    ]
    return {**document, "assets": kept}


def _spelling(document: Mapping[str, Any], fault: Fault) -> str:
    """Return how to fix a missing member where one that means nothing is almost called so."""
    name, known = fault.pointer.removeprefix("/"), fields_of(Manifest)
    if fault.slug != "missing-field" or name not in known:
        return ""
    strange = nearest(name, (member for member in document if member not in known))
    return f"rename '{strange}' to '{name}'" if strange else ""


def with_assets(text: str, assets: Iterable[dict[str, Any]]) -> str:
    """Return a manifest's text with this table of contents after its last member, and no other byte changed."""
    text = without_assets(text)
    end = _last_member_end(text)
    lines = ",\n".join(f"    {json.dumps(asset, ensure_ascii=False)}" for asset in assets)
    table = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{text[:end]},\n  "assets": {table}{text[end:]}'


def without_assets(text: str) -> str:
    """Return a manifest's text without its table of contents, and no other byte changed."""
    previous_end = None
    for key, key_at, value_at in documents.iterate_members(text, documents.skip_space(text, 0)):
        end = documents.value_end(text, value_at)
        if key == "assets":
            if previous_end is not None:
                return text[:previous_end] + text[end:]
            rest = documents.skip_space(text, documents.skip_space(text, end) + 1)
            return text[:key_at] + text[rest:]
        previous_end = end
    return text


def new_manifest(name: str, asset_version: str | None = None) -> bytes:
    """Return the manifest of a package that holds nothing yet, of the newest asset version or of another one."""
    return documents.dump({"format": OWN.format, "asset_version": asset_version or newest_version(), "name": name})


def _last_member_end(text: str) -> int:
    start = documents.skip_space(text, 0)
    return max(documents.value_end(text, value_at) for _, _, value_at in documents.iterate_members(text, start))


def _unreadable(fault: Fault) -> Fault:
    return Fault(
        slug="unreadable-manifest",
        message=f"the manifest cannot be read: {_said(fault)}",
        hint=fault.hint,
        pointer=fault.pointer,
        offset=fault.offset,
        more=fault.more,
    )


def _said(fault: Fault) -> str:
    """Return the message of a fault without the key that it is about: nobody knows what is in a broken manifest."""
    return "a key occurs for the second time in one object" if fault.slug == "duplicate-key" else fault.message


def _version_faults(version: object) -> Iterator[Fault]:
    known = parse_version(version)
    if known is None:
        return
    major, minor = known
    if major != MAJOR:
        yield Fault(
            slug="unknown-asset-version",
            message=f"asset version {version} is unknown; this assetpkg knows {newest_version()}",
            hint="use a version of assetpkg that knows this asset version",
            pointer="/asset_version",
        )
    elif minor > newest_minor():
        yield Fault(
            slug="newer-asset-version",
            message=f"asset version {version} is newer than {newest_version()}, the newest that this assetpkg knows",
            hint="use a newer version of assetpkg, which can check the new parts",
            pointer="/asset_version",
        )

"""The target of an import as it was before: a snapshot document, or another package taken for one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, TypeVar

from assetpkg.credentials.masking import mask_line
from assetpkg.documents import join_pointer, parse
from assetpkg.errors import InvalidPackage
from assetpkg.kinds import KINDS, no_kind
from assetpkg.kinds.fact import Fact
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.part import Within
from assetpkg.package.editing import encode
from assetpkg.package.index import Index, Path, Resource
from assetpkg.package.package import Package, read_document, read_inspected
from assetpkg.resource.inspection import Inspection
from assetpkg.resource.meaning import canonical, digest_meaning
from assetpkg.resource.references import Reference
from assetpkg.target.paths import is_path, lacks
from assetpkg.target.repeats import Repeat, find_repeats
from assetpkg.target.undetermined import KnownAs, Uncertainty, Undetermined

F = TypeVar("F", Undetermined, KnownAs)


class InstanceFacts(Fact):
    """The instance of which a snapshot was taken."""

    id: str | None = None
    """Its id."""
    project_id: str | None = None
    """The project that it belongs to."""
    region: str | None = None
    """Its region."""
    version: str | None = None
    """Its version, as the platform shows it."""
    features: dict[str, Any] | None = None
    """Its configuration parameters, such as `app_route`, by name."""


class QuotaState(Fact):
    """A live quota: the allowed number, and the current number."""

    limit: Annotated[int, Within(ge=0)]
    """The largest number that the instance allows."""
    used: Annotated[int, Within(ge=0)]
    """The current number."""


class Function(Fact):
    """A function that a function backend can call."""

    urn: str
    """Its URN, without version."""
    version: str | None = None
    """The version."""
    alias: str | None = None
    """An alias of the version."""


class AssetJob(Fact):
    """An asset import, export or deletion."""

    type: str | None = None
    """The type of the job: importAsset, exportAsset, …"""
    status: str
    """Its state: RUNNING, SUCCEEDED, FAILED, or an older spelling of these."""
    user: str | None = None
    """Who started it."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Instance:
    """A target. `covers` has the kinds of which all resources are known; `document` reads a resource again.

    `content_digest` is that of a package that is taken for the target. `taken` is when a snapshot was taken.
    `partial` has, by kind or address, the fields that were not looked at, those within others as paths, and `unlisted`
    the kinds that are covered and of which a snapshot says nothing at all. `repeats` are what it lists more than once;
    each is counted once. `undetermined` and `known_as` are for a target that was predicted and not read from an
    instance.
    """

    name: str
    index: Index = field(repr=False)
    covers: frozenset[str]
    document: Callable[[Resource], dict[str, Any]] = field(repr=False)
    is_package: bool = False
    content_digest: str | None = field(default=None, repr=False)
    taken: str | None = None
    partial: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unlisted: frozenset[str] = frozenset()
    facts: InstanceFacts = field(default_factory=InstanceFacts)
    quotas: Mapping[str, QuotaState] = field(default_factory=dict)
    functions: tuple[Function, ...] | None = None
    user: str | None = None
    jobs: tuple[AssetJob, ...] | None = None
    repeats: tuple[Repeat, ...] = ()
    undetermined: tuple[Undetermined, ...] = ()
    known_as: tuple[KnownAs, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        """Show the name."""
        return f"Instance({mask_line(self.name)!r})"

    @classmethod
    def from_package(cls, package: Package, *, complete: bool = True, beside: Package | None = None) -> "Instance":
        """Use a package as a target; `complete` if everything on the instance is assumed to be in it.

        It shares addresses with a package that it is read `beside`.
        """
        index = package.index if beside is None else Index.build(package.inspections.values(), beside.index)
        own = [resource.inspection for resource in index.resources]
        # Of the package nothing is held but this: neither its table of contents nor what it knows of each entry.
        archive = package.archive
        kept, repeats = find_repeats(own, lambda found: read_inspected(archive, found))
        return cls(
            name=package.name,
            content_digest=package.digest,
            index=index if len(kept) == len(own) else Index.build(kept),
            repeats=repeats,
            covers=frozenset(_carried() if complete else ()),
            document=lambda resource: read_document(archive, resource),
            is_package=True,
            facts=_facts_of(package),
        )

    @classmethod
    def from_documents(
        cls,
        resources: Mapping[str, Iterable[Mapping[str, Any]]],
        *,
        covers: Iterable[str] | None = None,
        name: str = "target",
    ) -> "Instance":
        """Create a target from documents by kind.

        `covers` has the kinds of which all resources of the instance are given; without it, all kinds in `resources`,
        also those without a document. Raises `InvalidPackage` for an unknown kind, and for a document that is not JSON
        or has no name.
        """
        contents: dict[str, bytes] = {}
        inspections: list[Inspection] = []
        for kind, documents in resources.items():
            for number, document in enumerate(documents):
                pointer = join_pointer(["resources", kind, number])
                contents[pointer], inspection = encode(kind, document)
                inspections.append(inspection._replace(pointer=pointer))
        known = frozenset(resources if covers is None else covers)
        for kind in known - KINDS.keys():
            raise InvalidPackage(no_kind(kind))
        kept, repeats = find_repeats(inspections, lambda found: parse(contents[found.pointer]))
        return cls(
            name=name,
            index=Index.build(kept),
            repeats=repeats,
            covers=known,
            document=lambda resource: parse(contents[resource.place.pointer]),
        )

    def taken_for(self, *, complete: bool) -> "Instance":
        """Return the same target with its package used as everything there, or not; a snapshot stays unchanged."""
        return replace(self, covers=frozenset(_carried() if complete else ())) if self.is_package else self

    def resolve(self, reference: Reference) -> Resource | None:
        """Return the resource that a package's `reference` leads to, also by what earlier packages call it."""
        found = self.index.resolve(reference)
        if found is not None or not self.known_as:
            return found
        calls = (self._called.get((reference.kind, by, reference.value)) for by in reference.by)
        return next((known for known in calls if known is not None), None)

    def called(self, path: Path) -> Resource | None:
        """Return the resource that an earlier package calls so, and that has another name here."""
        if not self.known_as or len(path.names) > 1:
            return None
        return self._called.get((path.kind, "name", path.names[0]))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of a package that is taken for the target, or of what a snapshot means."""
        return self.content_digest or sha256(canonical(dict(self.parts))).hexdigest()

    @cached_property
    def parts(self) -> Mapping[str, str]:
        """The digests of what is known of the target by what it is about: a kind, or a member of a snapshot.

        When it was looked at, in which order, and what the server makes of its own accord, are in none of them. Of a
        package that is taken for the target, there are none.
        """
        if self.content_digest is not None:
            return {}
        known: dict[str, Any] = {
            "name": self.name,
            "covers": sorted(self.covers),
            "instance": self.facts.tell(),
            "quotas": {kind: quota.tell() for kind, quota in self.quotas.items()},
            "functions": None if self.functions is None else sorted(str(known.tell()) for known in self.functions),
            "user": self.user,
            "partial": {name: sorted(fields) for name, fields in self.partial.items()},
            "undetermined": [fact.tell() for fact in self.undetermined],
            "known_as": [fact.tell() for fact in self.known_as],
        }
        for kind in KINDS:
            found = [self.known[resource.address][0] for resource in self.index.resources_of(kind)]
            if found:
                known[kind] = sorted(found)
        return {name: sha256(canonical(value)).hexdigest() for name, value in known.items() if value}

    @cached_property
    def known(self) -> Mapping[str, tuple[str, bool]]:
        """The digest of what each resource means, by its address, and whether some fields were not looked at."""
        return {resource.address: self._known(resource) for resource in self.index.resources}

    def was_not_looked_at(self, resource: Resource, document: Mapping[str, Any], name: str) -> bool:
        """Say whether a field that the `document` of a resource does not have may be there all the same.

        A document without a field that it must have, and that only a detail call answers, is an item of a list.
        """
        if name in document:
            return False
        kind = resource.kind
        if name in kind.only_in_detail and any(
            field not in document and field in kind.declared and kind.declared[field].required
            for field in kind.only_in_detail
        ):
            return True
        known = (self.partial.get(key) for key in (resource.address, kind.kind))
        return any(fields is not None and (not fields or name in fields) for fields in known)

    def unseen(self, resource: Resource, document: Mapping[str, Any], other: Iterable[str]) -> Iterator[str]:
        """Yield the fields of the `other` document that may be there all the same, and the paths of others.

        A field within another is not known where the `document` of the resource has it in no place where it could be.
        """
        missing = [name for name in other if name not in document]
        yield from (name for name in missing if self.was_not_looked_at(resource, document, name))
        yield from self.unseen_within(resource, document)

    def unseen_within(self, resource: Resource, document: Mapping[str, Any]) -> Iterator[str]:
        """Yield the paths of the fields within the fields of a `document` that may be there all the same."""
        for key in (resource.address, resource.kind.kind) if self.partial else ():
            for name in self.partial.get(key, ()):
                if is_path(name) and lacks(document, name):
                    yield name

    def _known(self, resource: Resource) -> tuple[str, bool]:
        document = self.document(resource)
        places = (place.pointer for place in resource.credentials)
        fields = {*resource.kind.only_in_detail, *self._unseen_fields(resource)}
        in_part = any(True for _ in self.unseen(resource, document, fields))
        return digest_meaning(resource.kind, document, places), in_part

    def _unseen_fields(self, resource: Resource) -> Iterator[str]:
        """Yield the fields that a snapshot says were not looked at; all fields where it says that of the whole."""
        for key in (resource.address, resource.kind.kind) if self.partial else ():
            fields = self.partial.get(key)
            if fields is not None:
                yield from (name for name in fields or fields_of(resource.kind) if not is_path(name))

    @property
    def is_foreseen(self) -> bool:
        """Whether it is the predicted result of an import, and not what an instance was seen to have."""
        return bool(self.undetermined or self.known_as)

    def is_uncertain(self, reference: Reference, found: Resource) -> bool:
        """Say whether only packages have what `reference` says, so that it is not settled that it leads there."""
        if self.index.resolve(reference) is None:
            return True
        return reference.value == found.id and "id" in reference.by and Uncertainty.NEW_ID in self.uncertainties(found)

    def uncertainties(self, resource: Resource) -> frozenset[Uncertainty]:
        """Return what is not settled about a resource."""
        return self._uncertainties.get(resource.address, frozenset())

    @cached_property
    def _uncertainties(self) -> Mapping[str, frozenset[Uncertainty]]:
        words = {doubt.value: doubt for doubt in Uncertainty}
        found: dict[str, set[Uncertainty]] = {}
        for fact in self.undetermined:
            if fact.why in words:
                found.setdefault(fact.address, set()).add(words[fact.why])
        return {address: frozenset(uncertainties) for address, uncertainties in found.items()}

    @cached_property
    def _called(self) -> Mapping[tuple[str, str, str], Resource]:
        found = ((self.index.by_address.get(known.address), known) for known in self.known_as)
        return {(there.path.kind, known.by, known.value): there for there, known in found if there is not None}

    @cached_property
    def features(self) -> Mapping[str, Any]:
        """The instance's configuration parameters, as far as they are known."""
        return self.facts.features or {}


def with_index(instance: Instance, index: Index, there: Mapping[str, str]) -> Instance:
    """Return a target with another index, and what it says of resources under the addresses that these have now.

    `there` has the addresses in the new index by those in the old one; of what is not in it, nothing is said.
    """
    partial = {
        there.get(name, name): fields for name, fields in instance.partial.items() if name in KINDS or name in there
    }
    return replace(
        instance,
        content_digest=None,
        taken=None,
        index=index,
        repeats=(),
        partial=partial,
        undetermined=tuple(_followed(instance.undetermined, there)),
        known_as=tuple(_followed(instance.known_as, there)),
    )


def _followed(facts: Iterable[F], there: Mapping[str, str]) -> Iterator[F]:
    """Yield what is known of resources at the addresses that they have `there`."""
    for fact in facts:
        if fact.address in there:
            yield fact.changed(address=there[fact.address])


def _carried() -> Iterator[str]:
    """Yield the kinds of which a package can say what an instance has: those that an export is known to carry."""
    return (word for word, kind in KINDS.items() if kind.imported and kind.evidenced)


def _facts_of(package: Package) -> InstanceFacts:
    source = package.manifest.source
    features = source.get("features")

    def word(name: str) -> str | None:
        value = source.get(name)
        return value if isinstance(value, str) else None

    return InstanceFacts(
        id=word("instance_id"),
        project_id=word("project_id"),
        region=word("region"),
        version=word("instance_version"),
        features=features if isinstance(features, dict) else None,
    )

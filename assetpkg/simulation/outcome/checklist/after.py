"""What is left to do by hand after an import, each found by what in the package asks for it."""

from collections.abc import Iterator
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds import KINDS
from assetpkg.kinds.apic import RELEASE, RELEASE_ID
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.kinds.kind import Done, LeftToDo
from assetpkg.kinds.notes import Variables
from assetpkg.package.index import Path, Resource
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.changes import Change, Changes
from assetpkg.planning.remarks import Reason
from assetpkg.resource.references import Holder
from assetpkg.rules.imports.variables import VARIABLE, known_variables
from assetpkg.simulation.outcome.checklist.found import Finder, Found, is_new, is_spared

ENVIRONMENT, DOMAIN, KEY = "environment", "domain", "signature_key"
OWN_ITEMS = frozenset({"application", "app_config", "datasource"})
"""The imported kinds whose credentials have items of their own."""
_ACCOUNTS = ("user_name", "username")


def declared(word: str) -> Finder:
    """Return how that is found which the kinds themselves leave to people, in items of this word."""

    def find(planned: Changes) -> Iterator[Found]:
        for change, resource in planned.of():
            for left in resource.kind.by_hand:
                if left.word == word:
                    meant = left.where(planned.package.document(resource.address)) if left.where else ()
                    if meant is not None and not (left.done is Done.KEPT and is_spared(change, resource)):
                        text, there = _state(planned, change, left)
                        pointers = tuple(f"/{field}" for field in meant)
                        yield Found(left.subject or resource.address, text, pointers, there)

    return find


def _state(planned: Changes, change: Change, left: LeftToDo) -> tuple[str, bool]:
    """Return the sentence about a resource, and whether what it says is done already."""
    known = bool(planned.context.matching.met_by(planned.package.resource(change.address)))
    if left.done is Done.BOUND and known:
        return "It is on the target. Check that it is bound as on the source instance.", False
    return left.text, left.done is Done.THERE and known


def application_secrets(planned: Changes) -> Iterator[Found]:
    """Yield the applications, whose secrets are new."""
    for change, resource in planned.of("application"):
        text = (
            "Give its callers the new secret."
            if is_new(change)
            else "Check whether its secret has changed: it is not documented for an application that already existed."
            " If it has changed, give its callers the new secret."
        )
        yield Found(resource.address, text)


def users_to_authorise(text: str) -> Finder:
    """Return how the applications are found whose users have to be authorised, as `text` says."""
    return lambda planned: (Found(resource.address, text) for _, resource in planned.of("application"))


def connections(planned: Changes) -> Iterator[Found]:
    """Yield the data sources, for all their connection data: those of another instance are others."""
    text = "Enter address, user and password, then test the connection."
    for change, resource in planned.of("datasource"):
        if not is_spared(change, resource):
            pointers = tuple(place.pointer for place in credentials_of(planned.package, resource))
            yield Found(resource.address, text, pointers)


def passwords(planned: Changes) -> Iterator[Found]:
    """Yield the data sources that have credentials beside a user, or may have some."""
    text = "Enter the password again, then test the connection."
    for found in connections(planned):
        pointers = tuple(pointer for pointer in found.names if not pointer.endswith(_ACCOUNTS))
        family = planned.package.document(found.subject).get("datasource_type")
        known = isinstance(family, str) and family in CONTENT_CLASSES
        if pointers or not known:
            yield found._replace(text=text, names=pointers)


def other_credentials(planned: Changes) -> Iterator[Found]:
    """Yield what else holds credentials in the package; an import brings none."""
    for change, resource in planned.arriving():
        held = [found.pointer for found in resource.credentials if found.holder is Holder.VALUE]
        pointers = tuple(dict.fromkeys((*held, *(place.pointer for place in resource.unfilled))))
        if pointers and resource.path.kind not in OWN_ITEMS and not is_spared(change, resource):
            yield Found(resource.address, "Enter its credentials: an import does not carry them.", pointers)


def environments(planned: Changes) -> Iterator[Found]:
    """Yield the environments other than RELEASE that the package holds or speaks of."""
    yield from declared("environment")(planned)
    text = KINDS[ENVIRONMENT].by_hand[0].text
    for _, resource in planned.arriving():
        for used in resource.references:
            if used.kind == ENVIRONMENT and used.value != RELEASE_ID and not planned.package.index.resolve(used):
                there = planned.context.target_index.resolve(used) is not None
                yield Found(f"{ENVIRONMENT}:{mask_line(used.value)}", text, (resource.address,), there=there)
    for _, resource in planned.of("api"):
        for name in _published_in(planned, resource):
            if name != RELEASE:
                path = Path(ENVIRONMENT, (name,))
                yield Found(str(path), text, there=path in planned.context.target_index.by_path)


def variables(planned: Changes) -> Iterator[Found]:
    """Yield the environment variables that the package holds, and those that its backends use."""
    yield from declared("environment-variable")(planned)
    inside = {(group, name) for group, name, _ in known_variables(resource for _, resource in planned.of(VARIABLE))}
    there = known_variables(planned.context.target_index.resources_of(VARIABLE))
    for change, _, note in planned.notes(Variables):
        resource = planned.package.resource(change.address)
        group, after = resource.parent, planned.context.matching.parent_path(resource)
        for name in note.values:
            path = Path(VARIABLE, (*(group.names if group else ()), str(name)))
            if (path.names[:-1], str(name)) not in inside:
                known = (after.names if after else (), str(name), RELEASE_ID) in there
                text = "Add it to its API group, in each environment: backends use it."
                yield Found(str(path), text, (resource.address,), there=known)


def domains(planned: Changes) -> Iterator[Found]:
    """Yield the customer's own domains that the package holds, or that its groups and APIs name."""
    for _, resource in planned.of(DOMAIN):
        group = next((planned.context.matching.lands(used) for used in resource.references), None)
        yield _domain(planned, resource.name, group)
    for _, resource in planned.of("api_group", "api"):
        document = planned.package.document(resource.address)
        is_group = resource.path.kind == "api_group"
        above = resource if is_group else planned.package.index.parent_of(resource)
        there = planned.context.matching.parent_before(resource) if above is None else None
        known = None if there is None else there.address
        own = known if above is None else planned.context.matching.address_after(above)
        bound_here = document.get("url_domains")
        members = bound_here if isinstance(bound_here, list) else []
        names = [member.get("domain") for member in members if isinstance(member, dict)]
        for name in (document.get("domain_name"), *names):
            if isinstance(name, str) and name:
                yield _domain(planned, name, own)._replace(names=(resource.address,))


def _domain(planned: Changes, name: str, group: str | None) -> Found:
    """Return what to do about a domain; it is there where the target has it bound to the same group."""
    path = Path(DOMAIN, (name,))
    known = planned.context.target_index.by_path.get(path)
    groups = [planned.context.resolving.leads_before(used) for used in known.references] if known else []
    return Found(str(path), KINDS[DOMAIN].by_hand[0].text, there=group is not None and group in groups)


def signature_keys(planned: Changes) -> Iterator[Found]:
    """Yield the signature keys that the package holds or refers to."""
    yield from declared("signature-key")(planned)
    for _, resource in planned.arriving():
        for used in resource.references:
            if used.kind == KEY and planned.package.index.resolve(used) is None:
                yield Found(f"{KEY}:{mask_line(used.value)}", KINDS[KEY].by_hand[0].text, (resource.address,))


def app_codes(planned: Changes) -> Iterator[Found]:
    """Yield the AppCodes, and the APIs that accept some."""
    yield from declared("app-code")(planned)
    for _, resource in planned.of("api"):
        opened = planned.package.document(resource.address).get("auth_opt")
        if isinstance(opened, dict) and opened.get("app_code_auth_type") == "HEADER":
            text = "Create AppCodes for the callers that send one, and give them to the callers."
            yield Found("apis", text, (resource.address,))


def publications(planned: Changes) -> Iterator[Found]:
    """Yield the API groups with the APIs that should be published, one item for each group."""
    for change, resource in planned.of("api"):
        text = "Check that these APIs are published in RELEASE: it is not documented that an import publishes APIs."
        if not is_spared(change, resource):
            yield Found(str(resource.parent or "apis"), text, (resource.name,))


def other_publications(planned: Changes) -> Iterator[Found]:
    """Yield the APIs that are published elsewhere than in RELEASE; only what is in RELEASE is carried over."""
    for _, resource in planned.of("api"):
        names = _published_in(planned, resource)
        others = tuple(name for name in names if name != RELEASE)
        if names and RELEASE not in names:
            text = "Create it again and publish it: an import does not carry what is not published in RELEASE."
            yield Found(resource.address, text, others)
        elif others:
            yield Found(resource.address, "Publish it in these environments again.", others)


def _published_in(planned: Changes, resource: Resource) -> tuple[str, ...]:
    names: Any = planned.package.document(resource.address).get("run_env_name")
    words = names.split("|") if isinstance(names, str) else ()
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def renamed(planned: Changes) -> Iterator[Found]:
    """Yield what has a name that is taken, and gets another one."""
    for change in planned.changes:
        if change.reason is Reason.RENAMED:
            yield Found(
                change.address, "Find its new name: the platform adds random characters to a name that is taken."
            )

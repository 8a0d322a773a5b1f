"""What is left to do by hand after an import, each found by what in the package asks for it."""

from collections.abc import Callable, Iterator
from typing import Any

from assetpkg.credentials.masking import mask_line
from assetpkg.kinds import KINDS
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.kinds.notes import CipherEntry, Variables
from assetpkg.outcome.checklist.context import Found, Occasion, is_kept, is_new
from assetpkg.package.index import Path, Resource
from assetpkg.package.secrets import credentials_of
from assetpkg.planning.changes import Reason
from assetpkg.resource.references import Holder

RELEASE = "RELEASE"
RELEASE_ID = "DEFAULT_ENVIRONMENT_RELEASE_ID"
ENVIRONMENT, VARIABLE, DOMAIN, KEY = "environment", "environment_variable", "domain", "signature_key"
OWN_ITEMS = frozenset({"application", "app_config", "datasource"})
"""The imported kinds whose credentials have items of their own."""
_ACCOUNTS = ("user_name", "username")
_FROM_REGISTRY = 3
"""The type of load channels that take their servers from a registry of micro-services."""

Finder = Callable[[Occasion], Iterator[Found]]


def application_secrets(occasion: Occasion) -> Iterator[Found]:
    """Yield the applications, whose secrets are new."""
    for resource, change in occasion.of("application"):
        text = (
            "Tell its callers the new secret."
            if is_new(change)
            else "Look whether its secret is a new one, which no page says of an application that was there; tell its"
            " callers if so."
        )
        yield Found(resource.address, text)


def application_users(occasion: Occasion) -> Iterator[Found]:
    """Yield the applications, whose users have to be authorised."""
    text = "Authorise its users, as far as needed." if occasion.migrates else "Authorise its users again."
    for resource, _ in occasion.of("application"):
        yield Found(resource.address, text)


def datasource_credentials(occasion: Occasion) -> Iterator[Found]:
    """Yield the data sources; in a migration for all connection data, in a recovery for the credentials alone."""
    for resource, change in occasion.of("datasource"):
        pointers = [place.pointer for place in credentials_of(occasion.package, resource)]
        if occasion.migrates:
            text = "Enter address, user and password, then test the connection."
        else:
            text = "Enter the password again, then test the connection."
            pointers = [pointer for pointer in pointers if not pointer.endswith(_ACCOUNTS)]
        family = occasion.package.document(resource.address).get("datasource_type")
        known = isinstance(family, str) and family in CONTENT_CLASSES
        if occasion.migrates or pointers or not known:
            yield Found(resource.address, text, tuple(pointers), there=is_kept(change))


def other_credentials(occasion: Occasion) -> Iterator[Found]:
    """Yield what else holds credentials in the package; an import brings none."""
    for resource, change in occasion.arriving():
        held = (found for found in resource.credentials if found.holder is Holder.VALUE)
        pointers = tuple(dict.fromkeys(found.pointer for found in held))
        if pointers and resource.path.kind not in OWN_ITEMS:
            yield Found(resource.address, "Enter its credentials: no import brings them.", pointers, is_kept(change))


def ciphers(occasion: Occasion) -> Iterator[Found]:
    """Yield the application configurations of the types password and certificate."""
    changes = {change.address: change for change in occasion.plan.changes}
    for resource, _ in occasion.notes(CipherEntry):
        kept = is_kept(changes[resource.address])
        yield Found(resource.address, "Enter its value again: no import brings it.", there=kept)


def environments(occasion: Occasion) -> Iterator[Found]:
    """Yield the environments other than RELEASE that the package holds or speaks of."""
    yield from held(ENVIRONMENT)(occasion)
    text = KINDS[ENVIRONMENT].by_hand
    for resource, _ in occasion.arriving():
        for used in resource.references:
            if used.kind == ENVIRONMENT and used.value != RELEASE_ID and not occasion.package.index.resolve(used):
                there = occasion.target.resolve(used) is not None
                yield Found(f"{ENVIRONMENT}:{mask_line(used.value)}", text, (resource.address,), there=there)
    for resource, _ in occasion.of("api"):
        for name in _published_in(occasion, resource):
            if name != RELEASE:
                path = Path(ENVIRONMENT, (name,))
                yield Found(str(path), text, there=path in occasion.target.by_path)


def variables(occasion: Occasion) -> Iterator[Found]:
    """Yield the environment variables that the package holds, and those that its backends use."""
    yield from held(VARIABLE)(occasion)
    inside = {_variable(resource) for resource, _ in occasion.of(VARIABLE)}
    there = {
        (*_variable(resource), resource.name.partition(" ")[2]) for resource in occasion.target.resources_of(VARIABLE)
    }
    for resource, note in occasion.notes(Variables):
        group, after = resource.parent, occasion.context.target_parent(resource)
        for name in note.values:
            path = Path(VARIABLE, (*(group.names if group else ()), str(name)))
            if (path.names[:-1], str(name)) not in inside:
                known = (after.names if after else (), str(name), RELEASE_ID) in there
                text = "Add it to its API group, in each environment: backends use it."
                yield Found(str(path), text, (resource.address,), there=known)


def _variable(resource: Resource) -> tuple[tuple[str, ...], str]:
    """Return group and name of an environment variable, whose own name ends with the environment."""
    return resource.path.names[:-1], resource.name.partition(" ")[0]


def domains(occasion: Occasion) -> Iterator[Found]:
    """Yield the customer's own domains that the package holds, or that its groups and APIs name."""
    for resource, _ in occasion.of(DOMAIN):
        group = next((occasion.context.resolve_after(used) for used in resource.references), None)
        yield _domain(occasion, resource.name, group)
    for resource, _ in occasion.of("api_group", "api"):
        document = occasion.package.document(resource.address)
        is_group = resource.path.kind == "api_group"
        after = occasion.context
        own = after.target_path(resource, renamed=False) if is_group else after.target_parent(resource)
        bound_here = document.get("url_domains")
        members = bound_here if isinstance(bound_here, list) else []
        names = [member.get("domain") for member in members if isinstance(member, dict)]
        for name in (document.get("domain_name"), *names):
            if isinstance(name, str) and name:
                yield _domain(occasion, name, own)._replace(names=(resource.address,))


def _domain(occasion: Occasion, name: str, group: Path | None) -> Found:
    """Return what to do about a domain; it is there where the target has it bound to the same group."""
    path = Path(DOMAIN, (name,))
    known = occasion.target.by_path.get(path)
    groups = [occasion.context.resolve_before(used) for used in known.references] if known else []
    return Found(str(path), KINDS[DOMAIN].by_hand, there=group is not None and group in groups)


def channel_servers(occasion: Occasion) -> Iterator[Found]:
    """Yield the load channels whose servers are listed and not taken from a registry."""
    for resource, change in occasion.of("load_channel"):
        if occasion.package.document(resource.address).get("type") != _FROM_REGISTRY:
            yield Found(resource.address, "Add the servers of the target's network to it.", there=is_kept(change))


def api_policies(occasion: Occasion) -> Iterator[Found]:
    """Yield that policies may be bound to the APIs, which no package says."""
    if any(occasion.of("api")):
        text = (
            "Look at the source which throttling, access control and signature policies are bound to the APIs, and"
            " bind them again: no export says so."
        )
        yield Found("apis", text)


def signature_keys(occasion: Occasion) -> Iterator[Found]:
    """Yield the signature keys that the package holds or refers to."""
    yield from bound(KEY)(occasion)
    for resource, _ in occasion.arriving():
        for used in resource.references:
            if used.kind == KEY and occasion.package.index.resolve(used) is None:
                yield Found(f"{KEY}:{mask_line(used.value)}", KINDS[KEY].by_hand, (resource.address,))


def app_codes(occasion: Occasion) -> Iterator[Found]:
    """Yield the AppCodes, and the APIs that accept some."""
    yield from (found._replace(there=False) for found in held("app_code")(occasion))
    for resource, _ in occasion.of("api"):
        opened = occasion.package.document(resource.address).get("auth_opt")
        if isinstance(opened, dict) and opened.get("app_code_auth_type") == "HEADER":
            text = "Create AppCodes for the callers that send some, and tell them."
            yield Found("apis", text, (resource.address,))


def authorisation_lists(occasion: Occasion) -> Iterator[Found]:
    """Yield the authorisations that have a black or a white list, or let listed addresses in."""
    for resource, change in occasion.of("app_authorization"):
        document = occasion.package.document(resource.address)
        lists = [field for field in ("auth_whitelist", "auth_blacklist") if document.get(field)]
        if lists or document.get("auth_tunnel") == "GREEN":
            pointers = tuple(f"/{field}" for field in lists or ["auth_whitelist"])
            yield Found(resource.address, "Set its lists again: no import brings them.", pointers, is_kept(change))


def publications(occasion: Occasion) -> Iterator[Found]:
    """Yield the API groups with the APIs that should be published, one item for each group."""
    for resource, change in occasion.of("api"):
        text = "Look whether these APIs are published in RELEASE: no page says that an import publishes."
        yield Found(str(resource.parent or "apis"), text, (resource.name,), there=is_kept(change))


def other_publications(occasion: Occasion) -> Iterator[Found]:
    """Yield the APIs that are published elsewhere than in RELEASE; only what is in RELEASE is carried over."""
    for resource, _ in occasion.of("api"):
        names = _published_in(occasion, resource)
        others = tuple(name for name in names if name != RELEASE)
        if names and RELEASE not in names:
            text = "Create it again and publish it: what is not published in RELEASE is not carried over."
            yield Found(resource.address, text, others)
        elif others:
            yield Found(resource.address, "Publish it in these environments again.", others)


def _published_in(occasion: Occasion, resource: Resource) -> tuple[str, ...]:
    names: Any = occasion.package.document(resource.address).get("run_env_name")
    words = names.split("|") if isinstance(names, str) else ()
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def deployments(occasion: Occasion) -> Iterator[Found]:
    """Yield the custom backends."""
    for resource, change in occasion.of("backend_api"):
        text = "Look whether it is deployed: no page says that an import deploys."
        yield Found(resource.address, text, there=is_kept(change))


def renamed_authorizers(occasion: Occasion) -> Iterator[Found]:
    """Yield the custom authorizers whose name is taken."""
    for resource, change in occasion.of("authorizer"):
        if change.reason is Reason.RENAMED:
            yield Found(resource.address, "Look for its new name: random characters follow the one that is taken.")


def tasks(occasion: Occasion) -> Iterator[Found]:
    """Yield the tasks, which are taken to be stopped."""
    for resource, change in occasion.of("task", "composite_task", "scheduled_api_task"):
        text = "Start it, when what it uses is ready: no page says that an import starts tasks."
        yield Found(resource.address, text, there=is_kept(change))


def devices_of_products(occasion: Occasion) -> Iterator[Found]:
    """Yield the products, whose devices and rules no package has."""
    for resource, _ in occasion.of("product"):
        text = "Import or register its devices, then import or create their rules: no export has them."
        yield Found(resource.address, text)


def callers(occasion: Occasion) -> Iterator[Found]:
    """Yield what callers reach at another address."""
    for kind, subject, text in (
        ("api", "apis", "Give the callers of the APIs the new address, and test them."),
        ("topic", "topics", "Give producers and consumers of the topics the new address, and test them."),
        ("product", "devices", "Give the devices the new address and their new accounts, and test them."),
    ):
        if any(occasion.of(kind)):
            yield Found(subject, text)


def held(kind: str) -> Finder:
    """Return how the resources of a kind are found that no import brings."""

    def find(occasion: Occasion) -> Iterator[Found]:
        for resource, change in occasion.of(kind):
            there = change.target_address in occasion.target.by_address
            yield Found(resource.address, KINDS[kind].by_hand, there=there)

    return find


def bound(kind: str) -> Finder:
    """Return how the resources of a kind are found that have to be bound to others, also where they are there."""

    def find(occasion: Occasion) -> Iterator[Found]:
        for found in held(kind)(occasion):
            text = "Is on the target; look whether it is bound as at the source."
            yield found._replace(text=text, there=False) if found.there else found

    return find

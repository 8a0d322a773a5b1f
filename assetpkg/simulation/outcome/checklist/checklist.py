"""What people must do for an import by hand: what to prepare before it and what to do after it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.pages import Page
from assetpkg.errors import InvalidOption
from assetpkg.package.package import refuse_damaged
from assetpkg.planning.changes import Action, Changes
from assetpkg.planning.environment import is_same_instance
from assetpkg.planning.options import ImportOptions, Mode
from assetpkg.simulation.outcome.checklist import after, before
from assetpkg.simulation.outcome.checklist.found import Finder, Found, Scenario, join

GUIDE = Page.IMPORT_GUIDE
PREPARATIONS = Page.PREPARATIONS
INSTANCE = Page.MODIFYING_INSTANCE_CONFIGURATIONS
DATASOURCES = Page.MODIFYING_DATA_SOURCE_CONFIGURATIONS
SERVICES = Page.MODIFYING_API_CONFIGURATIONS
TASKS = Page.CREATING_A_COMMON_TASK
DEVICES = Page.MODIFYING_DEVICE_CONFIGURATIONS

BOTH = frozenset(Scenario)
MIGRATION = frozenset({Scenario.MIGRATION})

_DIGITS = 10
"""How many hexadecimal digits tell the items of one type apart."""


class Phase(StrEnum):
    """When something is to be done."""

    BEFORE = "before"
    AFTER = "after"


class ItemType(NamedTuple):
    """One sort of thing to do: the word that its ids begin with, when, what it is called, the page, and what asks.

    `in_recovery` is what asks for it in a recovery, where that is another; without any, the kinds declare it.
    """

    word: str
    phase: Phase
    title: str
    page: Page
    find: Finder | None = None
    in_recovery: Finder | None = None
    scenarios: frozenset[Scenario] = BOTH

    def finder(self, scenario: Scenario) -> Finder:
        """Return what asks for it in a scenario; without any of its own, it is what the kinds declare."""
        own = self.in_recovery if scenario is Scenario.RECOVERY else None
        return own or self.find or after.declared(self.word)


BEFORE, AFTER = Phase.BEFORE, Phase.AFTER

ITEM_TYPES: tuple[ItemType, ...] = (
    ItemType("parameter", BEFORE, "Configuration parameters", INSTANCE, before.parameters),
    ItemType("network", BEFORE, "Security group and routes", INSTANCE, before.network),
    ItemType("dictionary", BEFORE, "Data dictionaries", INSTANCE, before.dictionaries),
    ItemType("function", BEFORE, "Functions", GUIDE, before.functions),
    ItemType("import-first", BEFORE, "Imported first", GUIDE, before.imported_first),
    ItemType("application-secret", AFTER, "Application secrets", PREPARATIONS, after.application_secrets),
    ItemType(
        "application-users",
        AFTER,
        "Application users",
        Page.MIGRATION_OVERVIEW,
        after.users_to_authorise("Authorise its users, as far as needed."),
        after.users_to_authorise("Authorise its users again."),
    ),
    ItemType("datasource", AFTER, "Data sources", DATASOURCES, after.connections, after.passwords),
    ItemType("credential", AFTER, "Other credentials", PREPARATIONS, after.other_credentials),
    ItemType("app-config", AFTER, "Passwords and certificates of applications", SERVICES),
    ItemType("app-code", AFTER, "AppCodes", SERVICES, after.app_codes),
    ItemType("environment", AFTER, "Environments", SERVICES, after.environments),
    ItemType("environment-variable", AFTER, "Environment variables", SERVICES, after.variables),
    ItemType("domain", AFTER, "Independent domains", SERVICES, after.domains),
    ItemType("load-channel-servers", AFTER, "Servers of load channels", SERVICES),
    ItemType("throttling-policy", AFTER, "Request throttling policies", GUIDE),
    ItemType("access-control-policy", AFTER, "Access control policies", GUIDE),
    ItemType("signature-key", AFTER, "Signature keys", GUIDE, after.signature_keys),
    ItemType("api-policies", AFTER, "Policies bound to APIs", GUIDE),
    ItemType("client-access-control", AFTER, "Client access controls", SERVICES),
    ItemType("client-quota", AFTER, "Client quota policies", SERVICES),
    ItemType("authorisation-lists", AFTER, "Black and white lists", SERVICES),
    ItemType("authorizer-name", AFTER, "Renamed custom authorizers", GUIDE, after.renamed),
    ItemType("deployment", AFTER, "Custom backends", SERVICES),
    ItemType("publication", AFTER, "Publication of APIs", SERVICES, after.publications),
    ItemType("other-publication", AFTER, "Publication elsewhere", SERVICES, after.other_publications),
    ItemType("task", AFTER, "Tasks", TASKS),
    ItemType("product-devices", AFTER, "Devices of products", DEVICES),
    ItemType("device", AFTER, "Devices", DEVICES),
    ItemType("rule", AFTER, "Rules of devices", DEVICES),
    ItemType("callers", AFTER, "Callers", Page.MIGRATION_OVERVIEW, scenarios=MIGRATION),
)
"""Everything that a list may have, in its order."""


class Because(StrEnum):
    """Why a list is for one scenario and not for the other."""

    ASKED = "asked"
    """Somebody has chosen it."""
    INSTANCES = "instances"
    """The manifest's source and the target are the same instance, or are not."""
    MODE = "mode"
    """The user guide chooses the mode of the import for it."""


class Item(NamedTuple):
    """One thing to do; `subject`, `text` and `names` are the values of `Found`, without any credential.

    The `id` depends only on the type and the subject, so the same thing always has the same id.
    """

    id: str
    type: ItemType
    subject: str
    text: str
    names: tuple[str, ...]
    there: bool

    @property
    def phase(self) -> Phase:
        """Whether it is to be done before or after the import."""
        return self.type.phase

    @property
    def title(self) -> str:
        """What its sort is called."""
        return self.type.title

    @property
    def page(self) -> str:
        """The page of the documents that it comes from."""
        return self.type.page


@dataclass(frozen=True, kw_only=True, repr=False)
class Checklist:
    """What to do before and after one import; `because` says why it is this scenario.

    `blocked` says that the import cannot be done as it is planned. `planned` is what it follows from, for assetpkg
    itself.
    """

    scenario: Scenario
    because: Because
    options: ImportOptions
    items: tuple[Item, ...]
    planned: Changes = field(compare=False)
    blocked: bool = False

    @property
    def assumed(self) -> bool:
        """Whether the scenario follows from the mode alone."""
        return self.because is Because.MODE

    def __repr__(self) -> str:
        """Show the scenario, and how much there is to do."""
        return f"Checklist({self.scenario}, {len(self.of(Phase.BEFORE))} before, {len(self.of(Phase.AFTER))} after)"

    def of(self, phase: Phase) -> tuple[Item, ...]:
        """Return what is to be done before or after."""
        return tuple(item for item in self.items if item.type.phase is phase)


def checklist(planned: Changes, scenario: Scenario | None = None, *, blocked: bool = False) -> Checklist:
    """Return what people must do for an import that does what is `planned`, and which of it is already there.

    Without a `scenario`, it is a migration if the manifest's source and the target are different instances, and a
    recovery if they are the same. If that is not known, AddNew means a migration and Merge means a recovery. Raises
    `InvalidPackage` if the package is damaged or not a package.
    """
    refuse_damaged(planned.package)
    taken, because = (scenario, Because.ASKED) if scenario is not None else _scenario_of(planned)
    return Checklist(
        scenario=taken,
        because=because,
        options=planned.options,
        items=tuple(_items(planned, taken)),
        planned=planned,
        blocked=blocked or planned.count(Action.CONFLICT) > 0,
    )


def _scenario_of(planned: Changes) -> tuple[Scenario, Because]:
    same = is_same_instance(planned.context)
    if same is None:
        return usual_scenario(planned.options.mode), Because.MODE
    return Scenario.RECOVERY if same else Scenario.MIGRATION, Because.INSTANCES


def parse_scenario(word: str) -> Scenario:
    """Read a scenario by its word; raises `InvalidOption`."""
    if word not in list(Scenario):
        raise InvalidOption(f"the scenario is migration or recovery, not '{word}'")
    return Scenario(word)


def usual_scenario(mode: Mode) -> Scenario:
    """Return the scenario for which the user guide chooses a mode (User guide, Importing Integration Assets)."""
    return Scenario.MIGRATION if mode is Mode.ADD_NEW else Scenario.RECOVERY


def _items(planned: Changes, scenario: Scenario) -> Iterator[Item]:
    for kind in ITEM_TYPES:
        if scenario in kind.scenarios:
            # Masked first: an id is a hash, and none may be made of a credential.
            for found in join(map(_masked, kind.finder(scenario)(planned))):
                yield Item(
                    id=_identify(kind.word, found.subject),
                    type=kind,
                    subject=found.subject,
                    text=found.text,
                    names=found.names,
                    there=found.there,
                )


def _masked(found: Found) -> Found:
    return found._replace(subject=_mask(found.subject), names=tuple(map(_mask, found.names)))


def _mask(text: str) -> str:
    """Return text without credentials, also where it is an address, whose names have `/` as `~1`."""
    plain = text.replace("~1", "/").replace("~0", "~")
    masked = mask_line(plain)
    return text if masked == plain else masked


def _identify(word: str, subject: str) -> str:
    digest = hashlib.sha256(f"{word}\n{subject}".encode()).hexdigest()
    return f"{word}-{digest[:_DIGITS]}"

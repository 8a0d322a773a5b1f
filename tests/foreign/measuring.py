"""How well a layout is learnt from an archive of which the truth is known."""

from typing import NamedTuple

from assetpkg.archive.archive import Archive, parse_archive
from assetpkg.authoring.convert import convert, put_back
from assetpkg.documents import INSIDE, join_pointer
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.layouts.forms import CODED
from assetpkg.layouts.learning.proposal import learn
from assetpkg.layouts.learning.proposed_text import proposal_text
from assetpkg.layouts.reading import parse_layout
from assetpkg.package.foreign import ForeignLayout
from assetpkg.package.package import Package, load
from assetpkg.planning.options import ImportOptions, parse_mode
from assetpkg.simulation.plan import plan
from assetpkg.target.instance import Instance
from tests.build import make_instance
from tests.conftest import THOROUGH
from tests.foreign.drafting import Foreign


class Measured(NamedTuple):
    """What was learnt from an archive: of its `resources`, so many were found with the right kind, and so many wrong.

    `same_plan` says whether the plan under the layout is that of the same resources in the own layout; `same_back`,
    whether the archive is converted there and back byte for byte.
    """

    resources: int
    found: int
    wrong: int
    same_plan: bool
    same_back: bool


def learnt(made: Foreign) -> LayoutFile:
    """Return the layout that is learnt from an archive, read from the file that would be written."""
    text = proposal_text(learn([made.archive()], made.name))
    return parse_layout(text.encode(), f"{made.name}.toml")


def measure(made: Foreign) -> Measured:
    """Learn a layout from an archive, and hold what it finds against the truth."""
    package = load(parse_archive(made.zip(), origin=made.name), layouts=[learnt(made)])
    right, wrong = compare(made, package)
    native, target = load(Archive.from_contents(made.native())), target_of(made)
    same_plan = planned(package, target) == planned(native, target)
    return Measured(len(made.truth), right, wrong, same_plan, comes_back(package))


def comes_back(package: Package) -> bool:
    """Say whether what is converted to the own layout, and put back unchanged, is the archive that it came from."""
    assert isinstance(package.layout, ForeignLayout)
    found = put_back(convert(package).package, package)
    before, after = package.layout.view.archive.entries, found.archive.entries
    return not found.changed and {name: each.read() for name, each in after.items()} == {
        name: each.read() for name, each in before.items()
    }


def compare(made: Foreign, package: Package) -> tuple[int, int]:
    """Return how many resources of an archive are found with their kind, and how many are found that are none."""
    layout = package.layout
    assert isinstance(layout, ForeignLayout)
    right: set[tuple[str, str]] = set()
    wrong = 0
    for found in layout.view.found.values():
        steps = [step for step in found.steps if step not in {INSIDE, CODED}]
        places = [(found.entry, join_pointer(steps[:length])) for length in range(len(steps), -1, -1)]
        place = next((each for each in places if each in made.truth), None)
        if place is not None and made.truth[place][0] == found.kind:
            right.add(place)
        else:
            wrong += 1
    return len(right), wrong


def target_of(made: Foreign) -> Instance:
    """Return an instance that has two in three of the resources, some of them otherwise."""
    resources: dict[str, list[dict[str, object]]] = {}
    for number, (kind, document) in enumerate(made.truth.values()):
        if number % 3:
            changed = {**document, "remark": "of the target"} if number % 4 == 0 and "remark" in document else document
            resources.setdefault(kind, []).append(changed)
    return make_instance(resources)


def planned(package: Package, target: Instance) -> list[tuple[object, ...]]:
    """Return what the plans do to which resource, and why; daily, only in the mode that compares the most."""
    return [
        (mode, change.address, change.action, change.reason)
        for mode in (("AddNew", "Merge") if THOROUGH else ("Merge",))
        for change in plan(package, target, ImportOptions(mode=parse_mode(mode))).changes
    ]

"""What a stand-in for an instance shows of itself: the resources, the jobs, and an import before it is made."""

from collections.abc import Mapping, Sequence
from typing import Any

from assetpkg.planning.options import ImportOptions
from assetpkg.report.shape import shape
from assetpkg.target.instance import Instance

_FEW = 500
"""How many names of a kind are shown."""


@shape
class KindReport:
    """The resources of a kind."""

    kind: str
    """The kind."""
    count: int
    """How many there are."""
    names: Sequence[str]
    """The addresses of the first of them."""


@shape
class JobRow:
    """A job."""

    id: str
    """Its id."""
    type: str
    """What it does."""
    status: str
    """Its status."""
    began: str
    """When it began."""
    file: str | None
    """What the client called the file."""
    asked: str
    """How it was asked for, in words."""
    outcome: str
    """What it has done."""
    reasons: Sequence[str]
    """Its reasons, each in a line."""
    has_plan: bool
    """Whether there is a plan of it."""


@shape
class StandInReport:
    """The instance that a stand-in is, as it is now."""

    name: str
    """Its name."""
    kinds: Sequence[KindReport]
    """What there is, by kind."""
    jobs: Sequence[JobRow]
    """The jobs, the last one first."""
    mode: str
    """The mode that an import has where nothing else is said."""
    prefix: str
    """The prefix that it has then."""
    datasource_overwrite: bool
    """Whether data sources that are there are overwritten then."""


@shape
class PreviewReport:
    """An import that nobody has made yet."""

    id: str
    """By what it is known until then."""
    name: str
    """The name of the instance."""
    file: str
    """What the client calls the file."""
    asked: str
    """How it is asked for, in words."""
    verdict: str
    """The word for its plan."""
    summary: Mapping[str, int]
    """How many changes there are of each action."""


@shape
class RefusedReport:
    """A call of somebody at the page that the stand-in refuses."""

    name: str
    """The name of the instance."""
    code: str
    """The code that a program gets."""
    message: str
    """What the code says."""
    details: str
    """What exactly is in the way."""


def report_stand_in(instance: Instance, jobs: Sequence[JobRow], usual: ImportOptions) -> StandInReport:
    """Return the report of a stand-in whose imports are as `usual` where nothing else is said."""
    kinds = [
        KindReport(kind=kind, count=len(members), names=[each.address for each in members[:_FEW]])
        for kind, members in instance.index.by_kind.items()
    ]
    return StandInReport(
        name=instance.name,
        kinds=kinds,
        jobs=jobs,
        mode=usual.mode.value,
        prefix=usual.prefix,
        datasource_overwrite=usual.datasource_overwrite,
    )


def words_of(request: Mapping[str, Any]) -> str:
    """Return how an import is asked for, in words; empty for another job."""
    if "type" not in request:
        return ""
    prefix = f", prefix {request['prefix']}" if request["prefix"] else ""
    return f"{request['type']}{prefix}" + (", data sources overwritten" if request["datasource_overwrite"] else "")

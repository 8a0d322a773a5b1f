"""The stand-in in a test of somebody's own: beside the test, on a free port, gone after it."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from assetpkg.errors import InvalidOption
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.reading import LayoutLike, layouts_of
from assetpkg.planning.options import Mode, options_of
from assetpkg.simulator.bounds import LINES
from assetpkg.target.instance import Instance
from assetpkg.target.reading import TargetLike, target_of

if TYPE_CHECKING:
    from assetpkg.simulator.server import Listening

NEEDED = "the stand-in needs more packages: pip install 'assetpkg[simulator]'"
"""What to do where the extra is not installed."""
_ANY_PROJECT = "0" * 32


@dataclass(frozen=True, repr=False)
class Endpoint:
    """Where a stand-in answers; `project_id` and `instance_id` are those that its paths are to have."""

    url: str
    project_id: str
    instance_id: str
    listening: "Listening" = field(compare=False)
    lines: Collection[str] = field(compare=False)

    def __repr__(self) -> str:
        """Show the address."""
        return f"Endpoint({self.url!r})"

    @property
    def assets(self) -> str:
        """The address that the paths of the asset calls begin with, such as `{assets}/import`."""
        return f"{self.url}/v2/{self.project_id}/instances/{self.instance_id}/assets"

    @property
    def instance(self) -> Instance:
        """What is on the instance now; a plan takes it for a target."""
        return self.listening.service.store.state.instance

    @property
    def log(self) -> Sequence[str]:
        """The last lines of the log: every call with its status, every job with its end."""
        return tuple(self.lines)

    def jobs(self) -> Sequence[Mapping[str, Any]]:
        """Return what is answered about every job that is remembered, the last one first."""
        return [job.answer() for job in self.listening.service.store.jobs()]

    def fail(self, **faults: Any) -> None:
        """Switch failures: `slow_jobs=3`, `fail_halfway=True`, `status=429, times=2`, `cut=1`, `expired_token=True`.

        Without any, all are switched off. Raises `InvalidOption` for another name or value.
        """
        if faults:
            self.listening.service.switches.switch(faults)
        else:
            self.listening.service.switches.clear()


@contextmanager
def emulator(  # noqa: PLR0913 - how an import is meant that does not say, and how packages are read
    target: TargetLike,
    *,
    mode: Mode | str = Mode.ADD_NEW,
    prefix: str = "",
    datasource_overwrite: bool = False,
    assumptions: Mapping[str, str] | None = None,
    partial: bool = False,
    layouts: Sequence[LayoutLike] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Endpoint]:
    """Serve a stand-in for `target` on a free port of this machine during the block, and yield where it answers.

    It does what `assetpkg serve` does, and remembers nothing. `mode`, `prefix` and `datasource_overwrite` are for
    imports that do not say; `assumptions` are as for `plan`. With `partial`, an import that fails does what has no
    conflict. Raises `CannotRead` for a path where there is no target, and `InvalidOption` where the extra `simulator`
    is not installed, or for what cannot be asked for.
    """
    usual = options_of(
        None, mode=mode, prefix=prefix, datasource_overwrite=datasource_overwrite, assumptions=assumptions
    )
    try:
        from assetpkg.simulator.server import Arrangement, beside
        from assetpkg.simulator.service import Conditions
    except ImportError:
        raise InvalidOption(NEEDED) from None
    instance = target_of(target, complete=usual.complete)
    conditions = Conditions(usual=usual, partial=partial, limits=limits, layouts=layouts_of(layouts))
    lines = deque[str](maxlen=LINES)
    with beside(Arrangement(target=instance, conditions=conditions), lines.append) as where:
        facts = instance.facts
        yield Endpoint(where.url, facts.project_id or _ANY_PROJECT, facts.id or _ANY_PROJECT, where, lines)

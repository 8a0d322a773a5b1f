"""The state of the stand-in: an instance and what it is called, changed by whole steps, and as bytes for the disk."""

from dataclasses import dataclass, replace

from assetpkg.limits import Limits
from assetpkg.simulator.importing import Imported
from assetpkg.target.instance import Instance
from assetpkg.target.snapshot import dump_snapshot, parse_snapshot

_WIDE = Limits().for_copies()._replace(entries=1 << 40, file=1 << 40)
"""What was read within the limits once may have grown since."""


@dataclass(frozen=True)
class State:
    """An instance as it is now; every change makes another state, and each can be read again from its bytes."""

    instance: Instance

    @classmethod
    def of(cls, instance: Instance) -> "State":
        """Return the state that a target is; its own list of jobs is of another time, so that none of them runs."""
        return cls(replace(instance, jobs=()))

    @classmethod
    def parse(cls, content: bytes) -> "State":
        """Read a state again; raises `CannotRead` for what is not the bytes of one."""
        return cls(parse_snapshot(content, "the state", _WIDE))

    def dump(self) -> bytes:
        """Return the state as a snapshot."""
        return b"".join(dump_snapshot(self.instance))

    def with_import(self, done: Imported) -> "State":
        """Return the state after an import; one that has failed, and has done nothing, leaves it as it is."""
        return self if done.outcome is None else State(done.outcome.instance)

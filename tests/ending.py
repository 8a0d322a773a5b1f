"""What must come to its end: tried in a process that is killed where it computes a hundred times as long as it needs.

No time is compared: what ends, ends on any machine, and what does not, or takes the square of what is given, is killed.
"""

import signal

from tests.starting import Starter

LONG = 500_000
"""In characters; in proportion, most is over in a tenth of a second, and the square takes minutes."""
SECONDS = 60
"""Of processor, after which it is said not to end."""


def ends(starter: Starter, code: str) -> bool:
    """Return whether code of Python ends by itself, where `LONG` is known; raises `AssertionError` where it fails."""
    done = starter.run(code=f"LONG = {LONG}\n{code}", limits={"RLIMIT_CPU": SECONDS})
    assert done.returncode in {0, -signal.SIGXCPU, -signal.SIGALRM}, done.stderr.decode()
    return done.returncode == 0

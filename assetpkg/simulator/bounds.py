"""How much a stand-in takes at once, and how much it remembers: all its numbers, as the manual has them."""

CONNECTIONS = 500
"""How many connections there may be at once; one more is answered that there are too many."""
RUNNING = 100
"""How many jobs may run, or wait for their turn, at once; one more is refused."""
JOBS = 1_000
"""How many jobs are remembered; those that ended first are forgotten."""
PLANS = 256 * 2**20
"""How many bytes the plans of jobs may have together; that of the last job is kept whatever it has."""
ARCHIVES = 512 * 2**20
"""How many bytes the archives may have together that were not fetched; the last one is kept whatever it has."""
PACKAGES = 10
"""How many packages that the page was sent wait for somebody to decide."""
LINES = 10_000
"""How many lines of its log an `emulator` keeps, the last ones."""
SECONDS = 300
"""For how many seconds all of a request is waited for, and the end of its head."""

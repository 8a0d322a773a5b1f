"""Fuzzing guided by coverage: `python -m tests.trust.fuzz TARGET --seconds N`.

The targets are parsers (container and json), container, paths, json, manifest, resource, openapi and command. The run
begins with the tables of the tests and ends when the time is over (or, with `--runs`, after so many inputs more than
those), or with what it was that failed: an exception, and the input in a file `crash-…` in `--keep` (a temporary
folder, else). Exit status: 0 nothing failed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-untyped]


def _main() -> None:
    from .targets import LONGEST, TARGETS

    options = argparse.ArgumentParser(prog="python -m tests.trust.fuzz", description=__doc__)
    options.add_argument("target", choices=TARGETS)
    options.add_argument("--seconds", type=int, default=60)
    options.add_argument("--runs", type=int)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path)
    given = options.parse_args()
    target = TARGETS[given.target]
    place = given.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus = place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    seeds = [seed for seed in target.seeds() if len(seed) <= LONGEST]
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number:04}").write_bytes(seed)
    length = {"max_total_time": given.seconds} if given.runs is None else {"runs": len(seeds) + given.runs}
    flags = {
        **length,
        "seed": given.seed,
        "max_len": LONGEST,
        "rss_limit_mb": 1024,
        "timeout": 20,
        "artifact_prefix": f"{place}/",
        "print_final_stats": 1,
    }
    atheris.Setup([sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), str(corpus)], target.run)
    atheris.Fuzz()


# What is imported only when it is used is followed as well.
with atheris.instrument_imports(include=["assetpkg"]):
    _main()

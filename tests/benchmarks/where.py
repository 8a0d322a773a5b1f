"""Where the time of a command goes: a profile, with the time of each function counted to the part that it is of.

A profile makes calls more expensive than they are, so that code of many small functions looks worse than it is.
"""

import json
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

COMMANDS = (
    "assetpkg check --jobs 1 M.zip",
    "assetpkg plan --jobs 1 M.zip --mode Merge --target Ms.zip",
    "assetpkg plan --jobs 1 M.zip --mode Merge --target Mb.json",
)
"""What is looked at."""

PARTS: Mapping[str, str] = {
    "archive": "container",
    "documents": "JSON",
    "json": "JSON",
    "kinds": "validation",
    "json_schema": "validation",
    "jsonschema": "validation",
    "referencing": "validation",
    "pydantic": "validation",
    "pydantic_core": "validation",
    "resource.validation": "validation",
    "resource.constraints": "validation",
    "resource.type_errors": "validation",
    "resource": "references",
    "resource.masking": "credentials",
    "credentials": "credentials",
    "resource.diff": "comparing",
    "resource.merge": "comparing",
    "planning": "comparing",
    "target": "comparing",
    "simulation": "comparing",
    "outcome": "comparing",
    "package": "index",
    "rules": "rules",
    "diagnostics": "rules",
    "settings": "output",
    "render": "output",
    "report": "output",
    "cli": "output",
    "click": "output",
    "importlib": "imports",
    "authoring": "output",
}
"""What the modules of assetpkg, by room or by name, and those of others count to."""

_PROFILE = """
import cProfile, json, pstats, sys
from assetpkg.__main__ import main
profile = cProfile.Profile()
try:
    profile.runcall(main)
except SystemExit:
    pass
stats = pstats.Stats(profile).stats
rows = [[list(known), found[2], [[list(caller), each[2]] for caller, each in found[4].items()]]
        for known, found in stats.items()]
with open("profile.json", "w") as file:
    json.dump(rows, file)
"""

Known = tuple[str, int, str]


def where(command: str, place: Path, environment: Mapping[str, str]) -> str:
    """Return a table in Markdown: each part with its seconds and its share, the greatest first."""
    words = ["python", "-c", _PROFILE, *shlex.split(command)[1:]]
    subprocess.run(words, cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)
    rows = json.loads((place / "profile.json").read_text(encoding="utf-8"))
    spent = _by_part(
        {
            (file, line, name): (own, {(above[0], above[1], above[2]): part for above, part in callers})
            for (file, line, name), own, callers in rows
        }
    )
    total = sum(spent.values())
    lines = [
        f"| {part} | {seconds:.2f} | {seconds / total:.0%} |"
        for part, seconds in sorted(spent.items(), key=lambda each: -each[1])
    ]
    return "\n".join(["| part | s under the profiler | share |", "|---|---|---|", *lines, f"| all | {total:.2f} | |"])


def _by_part(rows: Mapping[Known, tuple[float, Mapping[Known, float]]]) -> dict[str, float]:
    """Add the functions' own times up; those of nobody in particular, such as `isinstance`, are their callers'."""
    found: dict[str, float] = {}

    def add(known: Known, seconds: float, depth: int) -> None:
        part = part_of(known)
        callers = rows[known][1] if known in rows else {}
        total = sum(callers.values())
        if part is not None or not callers or not depth or not total:
            found[part or "other"] = found.get(part or "other", 0.0) + seconds
            return
        for caller, own in callers.items():
            add(caller, seconds * own / total, depth - 1)

    for known, (own, _) in rows.items():
        if own:
            add(known, own, 6)
    return found


def part_of(known: Known) -> str | None:
    """Return what a function counts to; `None` for one that works for its caller."""
    file, _, name = known
    if "sha256" in name or "digest" in name:
        return "digests"
    if "/assetpkg/" in file:
        module = file.rpartition("/assetpkg/")[2].removesuffix(".py").replace("/", ".")
        while module and module not in PARTS:
            module = module.rpartition(".")[0]
        return PARTS.get(module, "output")
    if "importlib" in file or name in {"<built-in method marshal.loads>", "<built-in method builtins.__build_class__>"}:
        return "imports"
    steps = Path(file).parts
    return next((PARTS[step] for step in reversed(steps) if step in PARTS), None)

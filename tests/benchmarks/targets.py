"""The targets: what is held against what, and the ratio that is aimed at."""

from collections.abc import Mapping
from typing import NamedTuple

from tests.benchmarks.packages import FAULTY


class Target(NamedTuple):
    """Two commands; the ratio of their times that is aimed at first and then; `size` is the package that they need.

    `pairs` is how many pairs are run, where it is not what is usual for the size.
    """

    first: str
    second: str
    most: float | None = None
    then: float | None = None
    size: str = ""
    pairs: int | None = None


_BARE = """python -c 'import click; from pydantic import BaseModel'"""
_ONE_BY_ONE = """python -c '
import glob, assetpkg
for path in sorted(glob.glob("many/*.zip")): assetpkg.check(path)'"""
_BY_HAND = "rm -rf a b; unzip -q {0}.zip -d a; unzip -q {0}s.zip -d b; diff -r a b > diff.txt; true"
_SORTED = (
    "rm -rf a b; unzip -q S.zip -d a; unzip -q Ss.zip -d b; find a b -name '*.json' | while read -r each; do jq -S ."
    ' "$each" > "$each.sorted" && mv "$each.sorted" "$each"; done; diff -r a b > diff.txt; true'
)
_DEEP = """python -c '
import json, zipfile
from deepdiff import DeepDiff
one, other = ({name: json.loads(file.read(name)) for name in file.namelist()} for file in
              (zipfile.ZipFile("S.zip"), zipfile.ZipFile("Ss.zip")))
DeepDiff(one, other, ignore_order=True)'"""

# What the libraries take by themselves for the same work.
_ALONE = "python libraries.py"

TARGETS: Mapping[str, Target] = {
    "1": Target("assetpkg --version", "python -c pass", 2),
    "2": Target("assetpkg check S.zip", _BARE, 1.8, 1.5, "S"),
    "2f": Target("assetpkg check S.zip", f"{_ALONE} check S.zip", 1.5, None, "S"),
    "3": Target(
        "assetpkg check S.zip", "check-jsonschema --schemafile manifest-schema.json manifest.json", 0.9, 0.9, "S"
    ),
    "3a": Target("assetpkg check --jobs 1 many/*.zip", _ONE_BY_ONE, 1.2, 1.1, "S", 3),
    "3d": Target("assetpkg check many/*.zip", "assetpkg check --jobs 1 many/*.zip", None, None, "S", 3),
    "3b": Target("assetpkg plan S.zip --mode Merge --target Ss.zip", _SORTED, 1.5, 1, "S"),
    "3c": Target("assetpkg plan S.zip --mode Merge --target Ss.zip", _DEEP, 1, 0.5, "S"),
    "4": Target("assetpkg check --jobs 1 M.zip", "unzip -tq M.zip", 6, 4.5, "M"),
    "4f": Target("assetpkg check --jobs 1 M.zip", f"{_ALONE} check M.zip", 1.5, None, "M"),
    "4a": Target("assetpkg check M.zip", "unzip -tq M.zip", None, None, "M"),
    "5": Target("assetpkg check L.zip", "unzip -tq L.zip", 5, 2.5, "L"),
    "5a": Target("assetpkg check --jobs 1 L.zip", "unzip -tq L.zip", None, None, "L"),
    "6": Target("assetpkg plan L.zip --mode Merge --target Ls.zip", "unzip -tq L.zip", 6, 2, "L"),
    "6a": Target("assetpkg plan L.zip --mode Merge --target Lb.json", "unzip -tq L.zip", None, None, "L"),
    "7": Target("assetpkg plan M.zip --mode Merge --target Ms.zip", _BY_HAND.format("M"), 0.8, 0.5, "M"),
    "7f": Target(
        "assetpkg plan --jobs 1 M.zip --mode Merge --target Ms.zip", f"{_ALONE} plan M.zip Ms.zip", 1.5, None, "M"
    ),
    "7a": Target("assetpkg plan M.zip --mode Merge --target Mb.json", _BY_HAND.format("M"), None, None, "M"),
    "10": Target(
        "assetpkg pack M -o packed.zip", "cd M; rm -f ../zipped.zip; zip -qr -6 ../zipped.zip .", 2.5, 1.3, "M"
    ),
    "10f": Target("assetpkg pack M -o packed.zip", f"{_ALONE} pack M", 1.5, None, "M"),
    "12": Target("assetpkg check N.zip", "unzip -tq N.zip", None, None, "N"),
    "12a": Target("assetpkg plan N.zip --mode Merge --target Nb.json", "unzip -tq N.zip", None, None, "N"),
    "12b": Target("assetpkg plan N.zip --target Nb.json", "unzip -tq N.zip", None, None, "N"),
    "13": Target("assetpkg check B.zip", "unzip -tq B.zip", None, None, "B"),
    "14": Target(f"assetpkg check {FAULTY}", "assetpkg check F.zip", 2, None, "F"),
}
"""The pairs by their numbers; those with a letter beside a number have no target of their own, or a softer one.

Those with an `f` are held against the floor: the libraries by themselves.
"""

PAIRS = {"": 11, "S": 11, "M": 9, "N": 5, "L": 3, "B": 3, "F": 3}
"""How many pairs of each size are run; odd, so that the median is one of them."""

GROWTH = (("check", "5a", "4"), ("plan", "6", "7"), ("plan, other ids", "6a", "7a"))
"""What should grow with the number of resources and no faster: the pairs of L and of M whose first commands agree."""
RESOURCES = {"L": 20_000, "M": 1_000}
MEMORY = (("check L", "5a", 100.0), ("plan L", "6", 200.0), ("plan L, other ids", "6a", 200.0))
"""The most memory, in MB, that the first command of a pair should need."""
FINDINGS = "14"
"""The pair whose first command has 10,000 findings of one cause."""
MOST_SECONDS, MOST_KILOBYTES = 3, 1_000
"""What it should take, and write."""

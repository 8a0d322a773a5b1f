"""For every archive that assetpkg accepts, every other reader that accepts it shows the same names and bytes."""

import random
from pathlib import Path

from tests.archive.zip.forge import Member, forge
from tests.conftest import THOROUGH
from tests.trust.fuzz.differential import SEED, Disagreement, accepted, disagreements, seeds
from tests.trust.fuzz.readers import our_view, their_views
from tests.trust.fuzz.shapes import take_apart

MUTANTS = 4_000 if THOROUGH else 1_000
EVERYWHERE = 150 if THOROUGH else 30
"""How many of those accepted are also read by the programs that need a process for each archive."""


def told(found: list[Disagreement]) -> str:
    return "\n".join(f"{each.reader}: {each.theirs}, not {each.ours}; {each.archive.hex()}" for each in found[:5])


def test_an_archive_taken_apart_is_put_together_again() -> None:
    for shape in seeds():
        assert take_apart(shape.forge()).forge() == shape.forge()


def test_every_other_reader_sees_what_we_see(tmp_path: Path) -> None:
    found = list(accepted(random.Random(SEED), MUTANTS))  # noqa: S311 - to be repeated, not to be secret
    assert len(found) > MUTANTS // 5
    wrong = list(disagreements(found, tmp_path / "archives", tools=EVERYWHERE))
    assert not wrong, told(wrong)


def test_a_disagreement_would_be_found(tmp_path: Path) -> None:
    hidden = forge(Member(b"a", b"true"))
    (views,) = their_views([forge(Member(b"a", b"fake"))], tmp_path / "archives", tools=1)
    assert len(views) == 14
    assert None not in views.values()
    assert our_view(hidden) not in views.values()

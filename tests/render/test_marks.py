"""Texts of packages in Markdown: what is cut has no part of a credential left."""

from assetpkg.render.markdown.marks import LONGEST, code, shorten, words
from assetpkg.render.markdown.plan import tell_value
from tests.tables import every_row

TOKEN = "ghp_" + "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"


@every_row("inside", range(5, len(TOKEN), 5))
def test_a_credential_at_the_cut_leaves_nothing(inside: int) -> None:
    text = f"{'x ' * (LONGEST // 2)}"[: LONGEST - inside] + TOKEN
    for told in (shorten(text), code(shorten(text)), words(text)):
        assert "ghp_A" not in told

    assert "ghp_A" not in tell_value(f"{'x ' * 40}"[: 78 - inside] + TOKEN)

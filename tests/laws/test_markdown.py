"""A sentence in Markdown says what it says elsewhere."""

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assetpkg.render.markdown.marks import shorten, words
from tests.laws.strategies import laws

SENTENCES = st.text("aé订 '\"()[]<>:;,.!?`*_/@#&\\|~-–…5", max_size=40)


def signs(text: str) -> str:
    """Return a text without blanks, also those that a code span shows, and without what such a span stands for."""
    return "".join(text.split()).replace("'", "").replace("\\x20", "")


@laws
@given(SENTENCES)
@example("('x')")
@example("'a''b'")
@example("'`'.")
@example('"a b!" : . x')
@example("< :")
def test_nothing_of_a_sentence_is_lost(sentence: str) -> None:
    inline = MarkdownIt("gfm-like").parseInline(words(sentence))
    parts = [child for token in inline for child in token.children or ()]
    assert {part.type for part in parts} <= {"text", "code_inline"}
    assert signs("".join(part.content for part in parts)) == signs(shorten(sentence))

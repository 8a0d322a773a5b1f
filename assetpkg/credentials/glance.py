"""One glance at texts, which says that there is nothing in them, or that they have to be looked at.

A text is read once and in linear time, by an engine of regular expressions that is ten times as fast as Python's: the
one that pydantic validates with. A glance sees whatever is found later, and is often wrong the other way round.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from assetpkg.credentials import signs

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator


class Glance:
    """Several patterns that are looked for in a text at once, in the language of Rust's regular expressions."""

    def __init__(self, *patterns: str) -> None:
        """Take the patterns, which are compiled when they are used first."""
        self._patterns = patterns

    @cached_property
    def _validator(self) -> "SchemaValidator":
        from pydantic_core import SchemaValidator
        from pydantic_core.core_schema import str_schema

        return SchemaValidator(str_schema(pattern="|".join(self._patterns), regex_engine="rust-regex"))

    def sees(self, text: str) -> bool:
        """Say whether one of the patterns is anywhere in a text, or the text cannot be written as UTF-8."""
        try:
            content = text.encode()
        except UnicodeEncodeError:
            return True
        return self.sees_in(content)

    def sees_in(self, content: bytes) -> bool:
        """Say whether one of the patterns is anywhere in a text in UTF-8."""
        return self._validator.isinstance_python(content)


CREDENTIALS = Glance(*signs.credentials(signs.PLAINLY))
"""Signs of credentials; those in base64 have none."""
PLACEHOLDERS = Glance(signs.PLACEHOLDERS)
"""Signs of masks and placeholders."""
DOCUMENTS = Glance(*signs.credentials(signs.IN_JSON), signs.base64(), signs.PLACEHOLDERS)
"""Signs of any of these in a text of a document, its keys included, in the JSON of all of it.

What JSON may escape and need not, a slash and any character by its number, is such a sign, too. So is every escape in
a document that is in a text, since the backslash of it has another one before it: what stands in the texts of that
document is seen as well.
"""

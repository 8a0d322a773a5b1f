"""What the sentences of findings are put together of."""

from collections.abc import Sequence


def first_few(words: Sequence[str], most: int) -> str:
    """Return the first words of a list, at most so many, and how many more there are."""
    more = f" and {len(words) - most:,} more" if len(words) > most else ""
    return f"{', '.join(words[:most])}{more}"

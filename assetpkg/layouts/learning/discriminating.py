"""Where objects of several kinds stand together: what stands beside each and says its kind."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assetpkg.credentials.masking import mask_line
from assetpkg.credentials.words import is_secret_word
from assetpkg.layouts.inheriting import STAR
from assetpkg.layouts.learning.judging import Judgement, Part
from assetpkg.layouts.learning.scoring import STRONG
from assetpkg.layouts.learning.sightings import Item
from assetpkg.layouts.learning.vocabulary import fold, nearness, vocabulary, words_of

_TELLING = frozenset({"type", "kind", "category", "class", "resource", "object", "component", "entity", "sort", "类型"})
_PURE, _EVERYWHERE = 0.97, 0.98
_MOST_VALUES = 60
"""How many different words say what kinds are meant, at most: there are about thirty kinds."""
_LONGEST_WORD = 100
_MOST_MEMBERS = 30


class Discriminator(NamedTuple):
    """What says the kind: `at` are the steps to the thing that is read, `pointer` and `document` the steps from there.

    `parts` are the objects by the word that stands beside them; those of a word that says no kind have none.
    """

    at: tuple[str, ...]
    pointer: tuple[str, ...]
    document: tuple[str, ...]
    parts: Mapping[str, Part]


def discriminate(parts: Sequence[Part], judgement: Judgement) -> Discriminator | None:
    """Return what says which kind objects are that stand together, or `None` where nothing does."""
    sighting = parts[0].sighting
    steps = sighting.steps
    last = max((index for index, step in enumerate(steps) if step == STAR), default=-1)
    at, document = steps[: last + 1], steps[last + 1 :]
    known = [(item, part.kind) for part in parts if part.score >= STRONG for item in part.items]
    best: tuple[float, tuple[str, ...]] | None = None
    fields = {name for _, kind in known for name in vocabulary()[kind].fields}
    for pointer, number in _pointers(known, document, inside=sighting.encoding is None).items():
        if pointer[:-1] == document and fold(pointer[-1]) in fields:
            continue  # It is a field of the kind, and says what it says there.
        said = _score(known, document, pointer) if number >= _EVERYWHERE * len(known) else 0.0
        if said and (best is None or said > best[0]):
            best = said, pointer
    if best is None:
        return None
    by_word: dict[str, list[Item]] = defaultdict(list)
    for part in parts:
        for item in part.items:
            word = _word_at(item, document, best[1])
            if word is not None:
                by_word[word].append(item)
    judged = {word: judgement.pool(sighting, items, word) for word, items in list(by_word.items())[:_MOST_VALUES]}
    return Discriminator(at, best[1], document, judged)


def around(item: Item, document: Sequence[str]) -> Any:
    """Return the thing that a document is in, so many steps above it."""
    value = item.observed.content
    for step in item.steps[: len(item.steps) - len(document)]:
        value = value[step]
    return value


def _pointers(
    known: Sequence[tuple[Item, str]], document: tuple[str, ...], *, inside: bool
) -> Counter[tuple[str, ...]]:
    """Return where words stand on the way from the thing that is read to the document, and in how many."""
    found: Counter[tuple[str, ...]] = Counter()
    for item, _ in known:
        for above, value in _levels(item, document, inside=inside):
            found.update((*above, *steps) for steps in _words_in(value, document[len(above) : len(above) + 1]))
    return found


def _words_in(value: Mapping[str, Any], document: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the steps to words in an object, and in the objects in it other than the way to the document."""
    for key, word in value.items():
        if is_secret_word(key) or mask_line(key) != key:
            continue
        if _is_word(word):
            yield (key,)
        elif isinstance(word, dict) and len(word) <= _MOST_MEMBERS and key not in document:
            yield from (
                (key, inner)
                for inner, each in word.items()
                if _is_word(each) and not is_secret_word(inner) and mask_line(inner) == inner
            )


def _levels(
    item: Item, document: tuple[str, ...], *, inside: bool
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    value = around(item, document)
    for depth in range(len(document) + 1):
        if isinstance(value, dict):
            yield document[:depth], value
        if depth == len(document) or not isinstance(value, dict):
            return
        if depth == len(document) - 1 and not inside:
            return
        value = value[document[depth]]


def _score(known: Sequence[tuple[Item, str]], document: tuple[str, ...], pointer: tuple[str, ...]) -> float:
    """Say how well the words at a pointer tell the kinds apart; nothing where they do not."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for item, kind in known:
        word = _word_at(item, document, pointer)
        if word is not None:
            kinds[word][kind] += 1
            if len(kinds) > _MOST_VALUES:
                return 0.0
    number = sum(map(Counter.total, kinds.values()))
    pure = sum(max(found.values()) for found in kinds.values()) / number
    several = len({kind for _, kind in known})
    telling = bool(_TELLING & set(words_of(pointer[-1])))
    if pure < _PURE or (len(kinds) > 2 * several and not telling):
        return 0.0
    near = sum(nearness(word, max(found, key=lambda kind: (found[kind], kind))) for word, found in kinds.items())
    if not telling and not near and len(kinds) >= number:
        return 0.0
    return pure + 0.5 * telling + near / len(kinds) - 0.05 * len(kinds) / several - 0.02 * len(pointer)


def _word_at(item: Item, document: tuple[str, ...], pointer: tuple[str, ...]) -> str | None:
    value = around(item, document)
    for step in pointer:
        value = value.get(step) if isinstance(value, dict) else None
    return str(value) if _is_word(value) else None


def _is_word(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return False
    word = str(value)
    return 0 < len(word) <= _LONGEST_WORD and mask_line(word) == word

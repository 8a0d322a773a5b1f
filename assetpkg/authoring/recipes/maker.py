"""What documents of made-up resources are put together from: names, ids, texts, and who refers to whom."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

Document = dict[str, Any]
LONGEST_TEXT = 3_000_000
"""In bytes; 4 Mi characters of one text are read."""
AUTHORISED = 2
"""How many APIs an authorisation opens."""
_OWNED = ("app_config", "api_group", "api", "backend_api", "scheduled_api_task")
"""The kinds whose names are below that of an application."""
WORDS = (
    "order", "stock", "price", "invoice", "customer", "shipment", "warehouse", "payment", "return", "supplier",
    "contract", "delivery", "batch", "region", "currency", "quantity", "status", "created", "updated", "reference",
)  # fmt: skip
_CHINESE = ("订单中心", "库存服务", "客户主数据", "发票", "物流跟踪", "采购", "支付网关", "售后")
_ROWS, _SENTENCES = 1_009, 499
"""How many rows and sentences the texts are put together from; making each anew would take most of the time."""


class Maker:
    """Makes the document of any resource by its kind and number, whatever was made before.

    `counts` are the resources of each kind, and `content` about how many bytes a large document has. Documents with
    another `salt` differ in their ids, and in nothing else.
    """

    def __init__(self, counts: Mapping[str, int], content: int, seed: int, salt: str = "") -> None:
        """Prepare what the texts are made of."""
        self.counts, self.content = counts, content
        self._seed, self._salt = seed, salt
        random = self.random("texts")
        self._rows = [_row(random, number) for number in range(_ROWS)]
        self._row_length = len(json.dumps(", ".join(self._rows), ensure_ascii=False).encode()) // _ROWS
        self._sentences = [_sentence(random) for _ in range(_SENTENCES)]

    def salted(self, salt: str) -> "Maker":
        """Return a maker of the same documents with other ids."""
        return Maker(self.counts, self.content, self._seed, salt)

    def random(self, *words: object) -> Random:
        """Return the source of chance for something."""
        return Random("/".join(map(str, (self._seed, *words))))  # noqa: S311 - repeatable on purpose

    def identity(self, kind: str, number: int) -> str:
        """Return the id of a resource of a kind that has texts for ids."""
        return hashlib.sha256(f"{self._salt}/{self._seed}/{kind}/{number}".encode()).hexdigest()[:32]

    def numeral(self, number: int) -> int:
        """Return the id of a resource of a kind that has numbers for ids."""
        return number + (500_001 if self._salt else 1)

    def owner(self, kind: str, number: int) -> int:
        """Return the number of the application that a resource belongs to."""
        if kind == "scheduled_api_task":
            return self.owner("api", number % self.counts["api"])
        return (number % self.counts["api_group"] if kind == "api" else number) % self.counts["application"]

    def parents(self, kind: str, number: int) -> Iterator[tuple[str, int]]:
        """Yield kind and number of the resources that the name of one is below, the topmost first."""
        if kind in _OWNED:
            yield "application", self.owner(kind, number)
        if kind == "api":
            yield "api_group", number % self.counts["api_group"]

    def belongs(self, kind: str, number: int) -> str:
        """Return the id of the application that a resource belongs to."""
        return self.identity("application", self.owner(kind, number))

    def any(self, kind: str, number: int) -> str:
        """Return the id of the resource of `kind` that the one with this number of another kind refers to."""
        return self.identity(kind, number % self.counts[kind])

    def used_apis(self) -> int:
        """Return how many APIs, the first ones, are called by scheduled tasks or opened by authorisations."""
        return max(AUTHORISED * self.counts.get("app_authorization", 0), self.counts.get("scheduled_api_task", 0))

    def has(self, kind: str) -> bool:
        """Say whether there are any of this kind."""
        return self.counts.get(kind, 0) > 0

    def rows(self, length: int, random: Random) -> str:
        """Return a JSON list that has about this many bytes where it is written as a string."""
        return f"[{', '.join(random.choices(self._rows, k=max(1, length // self._row_length)))}]"

    def sentences(self, count: int, random: Random) -> str:
        """Return a text of this many sentences of about sixty bytes."""
        return " ".join(random.choices(self._sentences, k=count))


def name(number: int) -> str:
    """Return a name; every third one is Chinese."""
    if number % 3 == 1:
        return f"{_CHINESE[number % len(_CHINESE)]}{number}"
    return f"{word(number)}-{number}"


def word(number: int) -> str:
    """Return an English word."""
    return WORDS[number % len(WORDS)]


def name_of(kind: str, number: int) -> str:
    """Return the name of a resource, or what its file is called where it has none of its own."""
    return _NAMES[kind].format(name=name(number), word=word(number), number=number)


_NAMES: Mapping[str, str] = {
    "application": "{name}",
    "app_config": "{word}.limit.{number}",
    "datasource": "{name}-source",
    "task": "sync_{word}_{number}",
    "composite_task": "replicate_{word}_{number}",
    "api_group": "{name}-group",
    "api": "{name}-api",
    "backend_api": "{name}-backend",
    "load_channel": "channel-{name}",
    "authorizer": "authorizer_{word}_{number}",
    "app_authorization": "authorisation-{number}",
    "scheduled_api_task": "nightly-{name}",
    "plugin": "plugin_{word}_{number}",
    "topic": "{word}-events-{number}",
    "product": "{name}-product",
    "product_template": "{name}-template",
}


def _row(random: Random, number: int) -> str:
    row = {key: random.randrange(10**6) for key in random.sample(WORDS, 4)}
    return json.dumps({"id": number, "name": random.choice(_CHINESE), **row}, ensure_ascii=False)


def _sentence(random: Random) -> str:
    words = random.sample(WORDS, 7)
    words[random.randrange(7)] = random.choice(_CHINESE)
    return f"{' '.join(words)}."


Recipe = Callable[[Maker, int], Document]
"""Makes the document of the resource with a number."""

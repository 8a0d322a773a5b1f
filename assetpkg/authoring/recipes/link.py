"""Made-up products, and the templates that they are made from."""

from collections.abc import Mapping
from random import Random

from assetpkg.authoring.recipes.maker import WORDS, Document, Maker, Recipe, name_of, word


def _services(maker: Maker, random: Random) -> list[Document]:
    def properties(count: int) -> list[Document]:
        return [
            {
                "property_name": f"{known}-{each}", "description": maker.sentences(1, random), "data_type": "number",
                "required": 0, "min": "0", "max": "100", "step": "1", "unit": "kg", "method": "RW",
            }
            for each, known in enumerate(random.sample(WORDS, count))
        ]  # fmt: skip

    command = {"name": "restart", "requests": properties(2), "responses": properties(1)}
    return [
        {"service_name": f"service-{each}", "status": 0, "properties": properties(3), "commands": [command]}
        for each in range(2)
    ]


def _product(maker: Maker, number: int) -> Document:
    return {
        "id": maker.numeral(number),
        "name": name_of("product", number),
        "app_id": maker.belongs("product", number),
        "manufacturer_id": "maker-1",
        "manufacturer_name": "Maker",
        "model": f"model-{number}",
        "product_type": 0,
        "protocol_type": 0,
        "template_id": maker.numeral(number % maker.counts["product_template"]),
        "description": maker.sentences(1, maker.random("product", number)),
        "services": _services(maker, maker.random("services", number)),
        "topics": [{"name": word(number), "permission": 0, "version": "v1.0"}],
    }


def _product_template(maker: Maker, number: int) -> Document:
    return {
        "id": maker.numeral(number),
        "name": name_of("product_template", number),
        "status": 0,
        "description": maker.sentences(1, maker.random("product_template", number)),
        "services": _services(maker, maker.random("template services", number)),
    }


RECIPES: Mapping[str, Recipe] = {"product": _product, "product_template": _product_template}

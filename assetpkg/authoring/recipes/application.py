"""Made-up applications, their configurations, and the topics that belong to them."""

from collections.abc import Mapping

from assetpkg.authoring.recipes.maker import Document, Maker, Recipe, name_of, word


def _application(maker: Maker, number: int) -> Document:
    return {
        "id": maker.identity("application", number),
        "name": name_of("application", number),
        "key": application_key(number),
        "remark": maker.sentences(2, maker.random("application", number)),
        "roles": ["read", "access", "modify", "delete", "admin"],
        "owner": True,
        "create_time": "2026-03-02T01:14:27Z",
    }


def application_key(number: int) -> str:
    """Return what topics call an application by."""
    return f"{word(number)}-key-{number}"


def _app_config(maker: Maker, number: int) -> Document:
    return {
        "id": maker.identity("app_config", number),
        "app_id": maker.belongs("app_config", number),
        "config_name": name_of("app_config", number),
        "config_type": "variable",
        "config_value": str(20 + number),
        "description": maker.sentences(2, maker.random("app_config", number)),
    }


def _topic(maker: Maker, number: int) -> Document:
    return {
        "name": name_of("topic", number),
        "app_id": application_key(maker.owner("topic", number)),
        "access_policy": ("all", "pub", "sub")[number % 3],
        "partition": 3,
        "retention_time": 72,
        "description": maker.sentences(2, maker.random("topic", number)),
    }


RECIPES: Mapping[str, Recipe] = {"application": _application, "app_config": _app_config, "topic": _topic}

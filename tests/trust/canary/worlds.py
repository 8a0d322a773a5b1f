"""Packages and snapshots with a canary in every place: each field of each kind, in right and in wrong shapes."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from assetpkg.credentials.masking import mask_text
from assetpkg.kinds import KINDS
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES
from assetpkg.kinds.kind import Field, fields_of, name_fields
from assetpkg.package.layout import safe_name
from assetpkg.package.manifest import Manifest
from assetpkg.resource.walk import is_secret
from tests.build import make_snapshot
from tests.trust.canary.birds import CARRIERS, Flock, sightings

Documents = dict[str, list[dict[str, Any]]]
"""Documents by kind."""
Shape = Callable[[str], Any]

SHAPES: Mapping[str, Shape] = {
    "a text": lambda text: text,
    "a list": lambda text: [text],
    "deep inside": lambda text: {"a": [{"b": {"c": [text]}}]},
    "a key": lambda text: {text: 1},
    "a key of a key": lambda text: {text: {text: [0]}},
    "JSON in a text": lambda text: json.dumps({"a": {"b": [text]}}, ensure_ascii=True),
    "a key in JSON in a text": lambda text: json.dumps({text: 1}),
    "no JSON in a text": lambda text: f'{{"a": {json.dumps(text)}, }}',
    "a long text": lambda text: f"{text} {'and so on ' * 400}",
    "after another": lambda text: f"see {text}",
}
"""What may be in a field, with a text in it."""


class Planter:
    """Puts canaries into documents; of forms and shapes, each place gets the next ones."""

    def __init__(self, flock: Flock, first: int = 0) -> None:
        """Begin with the form and the shape of the number `first`."""
        self.flock = flock
        self._forms, self._shapes = cycle(CARRIERS), cycle(SHAPES)
        for _ in range(first):
            next(self._forms)
            next(self._shapes)

    def text(self, place: str) -> str:
        """Return a text with a canary."""
        return self.flock.text(place, next(self._forms))

    def value(self, place: str, shape: str) -> Any:
        """Return a value of a shape; where its text would not be recognised any more, another form is taken."""
        for _ in CARRIERS:
            value = SHAPES[shape](self.text(f"{place} as {shape}"))
            if not isinstance(value, str) or not list(sightings(mask_text(value))):
                return value
        raise AssertionError(f"no form is recognised as {shape}")

    def fields(self, fields: Mapping[str, Field], place: str) -> dict[str, Any]:
        """Return an object with a canary in each of its fields, those of the objects below included."""
        document: dict[str, Any] = {}
        for name, field in fields.items():
            below, shape = f"{place}.{name}", next(self._shapes)
            if field.parts and name not in place.split("."):
                part = self.fields(field.parts, below)
                document[name] = [part] if shape == "a list" else part
            else:
                document[name] = self.value(below, shape)
        document["x"] = self.value(f"{place}, an unknown field", next(self._shapes))
        return document


def documents(flock: Flock, first: int) -> Documents:
    """Return documents of every kind, with a text that holds a canary in every field and every sort of name."""
    planter = Planter(flock, first)
    found: Documents = {}
    forms = cycle(CARRIERS)
    for word, kind in KINDS.items():
        document = planter.fields(fields_of(kind), word)
        found[word] = [{**document, **_names(word, f"a {word}")}]
        for form in islice(forms, 3):
            named = {field.name: flock.text(f"the name of a {word}", form) for field in name_fields(kind)}
            found[word].append(named)
    return found


def secrets(flock: Flock, shape: Callable[[str], Any]) -> Documents:
    """Return documents with a bare canary in every declared secret, and in unknown fields with such names."""

    def planted(fields: Mapping[str, Field], place: str) -> dict[str, Any]:
        document: dict[str, Any] = {"x_password": shape(flock.bird(f"{place}.x_password"))}
        for name, field in fields.items():
            if is_secret(field, name, {}):
                document[name] = shape(flock.bird(f"{place}.{name}"))
            elif field.parts and name not in place.split("."):
                document[name] = planted(field.parts, f"{place}.{name}")
        return document

    found: Documents = {}
    for word, kind in KINDS.items():
        found[word] = [{**planted(fields_of(kind), word), **_names(word, f"a {word}")}]
    for number, (word, part) in enumerate(CONTENT_CLASSES.items()):
        content = planted(fields_of(part), f"datasource {word}")
        found["datasource"].append(
            {"datasource_name": f"ds-{number}", "datasource_type": word, "app_id": "a", "content": content}
        )
    # What one type has for a secret is one of every type, of unknown ones too, wherever it is.
    everything = {key: value for document in found["datasource"] for key, value in document.get("content", {}).items()}
    for number, odd in enumerate(("api", "Kafka ", "MYSQL", None)):
        content = {**everything, "x": [everything], "api_auth_detail": [everything]}
        found["datasource"].append(
            {"datasource_name": f"odd-{number}", "datasource_type": odd, "app_id": "a", "content": content}
        )
    hidden = {"writer": {"password": shape(flock.bird("task_detail"))}, "accessToken": shape(flock.bird("a token"))}
    found["task"].append({"task_name": "hidden", "task_detail": json.dumps(hidden)})
    header = [{"key": "password", "value": shape(flock.bird("a header of a mock"))}]
    found["api"].append({"name": "mock", "mock_info": {"header": json.dumps(header)}, "backend_api": hidden})
    return found


def _names(word: str, name: str) -> dict[str, str]:
    return {field.name: name for field in name_fields(KINDS[word])}


def manifest(flock: Flock, shape: str) -> dict[str, Any]:
    """Return a manifest with a canary in every field but those that make it one."""
    planter = Planter(flock)
    document = planter.fields(fields_of(Manifest), "manifest")
    source = {**document["source"], "instance_version": planter.text("the source's version")}
    source["features"] = {name: planter.text("a feature") for name in ("app_route", planter.text("a feature's name"))}
    assets = [{"path": planter.text("a path"), "sha256": planter.text("a sum"), "id": planter.text("an id")}]
    name = planter.text("the name of the package") if shape == "a text" else planter.value("manifest.name", shape)
    return {**document, "format": "assetpkg/1", "source": source, "assets": assets, "name": name}


def contents(found: Documents, head: Any, others: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """Return the files of a package with these documents, each named after its resource where that is possible."""
    files = {"manifest.json": _encoded(head), **(others or {})}
    for word, members in found.items():
        for number, document in enumerate(members):
            named = safe_name(str(document.get(name_fields(KINDS[word])[0].name)))
            files[f"{KINDS[word].folder}/{number}/{named}.json"] = _encoded(document)
    return files


def named_files(flock: Flock) -> Iterator[tuple[str, bytes]]:
    """Yield files that no kind has, with canaries in their names, their folders' names, and their contents."""
    for number, form in enumerate(CARRIERS):
        yield f"notes/{number}/{safe_name(flock.text('the name of a file', form))}.txt", b"nothing"
        yield f"notes/{safe_name(flock.text('the name of a folder', form))}/{number}.txt", b"nothing"
        yield f"notes/{number}.env", f"{flock.text('a file', form)}\n".encode()


def snapshot(found: Documents, **members: Any) -> bytes:
    """Return a snapshot with these documents."""
    return _encoded(make_snapshot(found, **members))


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode()

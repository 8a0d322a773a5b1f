"""The published contract: JSON Schemas of what assetpkg reads and writes, made from the classes that do it.

`python -m assetpkg.report.schemas schemas` writes them again; a test fails when they are not what the classes say.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Union

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from assetpkg import documents
from assetpkg.archive.write_file import write_file
from assetpkg.authoring.adapt.declaration import ADAPT_FORMAT, AdaptFile
from assetpkg.json_schema import published
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import Kind, fields_of
from assetpkg.kinds.markers import Variant
from assetpkg.kinds.part import Part, model_of
from assetpkg.layouts.declaration import LAYOUT_FORMAT, LayoutFile
from assetpkg.layouts.origins import ORIGINS_FORMAT, Origins
from assetpkg.package.layout import OWN
from assetpkg.package.manifest import Manifest
from assetpkg.report.adapt import AdaptReport
from assetpkg.report.authoring import RedactReport, SplitReport
from assetpkg.report.calls import CallsReport
from assetpkg.report.check import CheckReport, FailureReport, PackagesReport, RulesReport
from assetpkg.report.compare import CompareReport, PlansReport
from assetpkg.report.convert import ConvertReport
from assetpkg.report.diff import DiffReport
from assetpkg.report.docstrings import field_docstrings, one_line
from assetpkg.report.explain import ExplainReport
from assetpkg.report.fmt import FmtReport
from assetpkg.report.job import ReconcileReport
from assetpkg.report.learn import LearnReport
from assetpkg.report.merge import MergeReport
from assetpkg.report.new import NewReport
from assetpkg.report.openapi import OpenApiReport
from assetpkg.report.outcome import ApplyReport, ChecklistReport, UndoReport
from assetpkg.report.plan import PlanReport
from assetpkg.report.saved import VerifyReport
from assetpkg.report.settings_schema import settings_form
from assetpkg.report.show import ShowReport
from assetpkg.report.snapshot import SnapshotReport
from assetpkg.report.subset import SubsetReport
from assetpkg.report.summary import SummaryReport
from assetpkg.rules.baseline import BASELINE_FORMAT, Baseline
from assetpkg.target.members import SNAPSHOT_FORMAT, Snapshot

BASE = published.BASE
ANNOTATION = "x-assetpkg-"
"""What the keywords begin with that say what the classes know and JSON Schema has no word for."""

INPUTS: Mapping[str, tuple[str, type[Part]]] = {
    "adapt": (f"adapt file, {ADAPT_FORMAT}", AdaptFile),
    "baseline": (f"file of accepted findings, {BASELINE_FORMAT}", Baseline),
    "layout": (f"layout file, {LAYOUT_FORMAT}", LayoutFile),
    "manifest": (f"manifest of an asset package, {OWN.format}", Manifest),
    "origins": (f"record in a converted folder of where everything came from, {ORIGINS_FORMAT}", Origins),
    "snapshot": (f"snapshot of an instance, {SNAPSHOT_FORMAT}", Snapshot),
}
"""What assetpkg reads beside the resources: title and class by the name of the schema."""
OUTPUTS: Mapping[str, tuple[str, type[Any]]] = {
    "adapt-report": ("output of assetpkg adapt --format json", AdaptReport),
    "apply": ("output of assetpkg apply --format json", ApplyReport),
    "calls": ("output of assetpkg snapshot --calls --as json", CallsReport),
    "check": ("output of assetpkg check --format json", CheckReport),
    "checklist": ("output of assetpkg checklist --format json", ChecklistReport),
    "compare": ("output of assetpkg compare --format json", CompareReport),
    "convert": ("output of assetpkg convert --format json", ConvertReport),
    "diff": ("output of assetpkg diff --format json", DiffReport),
    "explain": ("output of assetpkg explain --format json", ExplainReport),
    "failure": ("output of a command with --format json that could not run", FailureReport),
    "fmt": ("output of assetpkg fmt --format json", FmtReport),
    "learn": ("output of assetpkg learn --format json", LearnReport),
    "new": ("output of assetpkg new --format json", NewReport),
    "openapi": ("output of assetpkg convert --format json of an OpenAPI file", OpenApiReport),
    "packages": ("output of assetpkg check --list --format json", PackagesReport),
    "plan": ("output of assetpkg plan --format json", PlanReport),
    "merge": ("output of assetpkg merge --format json", MergeReport),
    "redact": ("output of assetpkg redact --format json", RedactReport),
    "plans": ("output of assetpkg plan --format json of several packages", PlansReport),
    "reconcile": ("output of assetpkg reconcile --format json", ReconcileReport),
    "rules": ("output of assetpkg rules --format json", RulesReport),
    "show": ("output of assetpkg show --format json", ShowReport),
    "snapshot-report": ("output of assetpkg snapshot --format json", SnapshotReport),
    "split": ("output of assetpkg split --format json", SplitReport),
    "subset": ("output of assetpkg subset --format json", SubsetReport),
    "summary": ("output of a command with --summary --format json", SummaryReport),
    "undo": ("output of assetpkg undo --format json", UndoReport),
    "verify": ("output of assetpkg verify --format json", VerifyReport),
}
"""What assetpkg writes: title and class by the name of the schema, which is the word of the document."""
_ALSO: Mapping[str, Sequence[str]] = {
    "check": ("packages", "summary"),
    "convert": ("openapi",),
    "plan": ("plans", "summary"),
    "show": ("plan", "plans"),
    "snapshot-report": ("calls",),
}
"""What else the command of an output writes in its place; why it could not run is written in the place of any."""
_FAILURE = "failure"
SETTINGS_NAME = "settings"
_OF_SETTINGS = (
    "settings of assetpkg, assetpkg.toml or [tool.assetpkg] of pyproject.toml",
    "What a project settles once for all calls.",
)
"""The title and the description of the schema of the settings, which is made of the table of them."""

_PLAIN = frozenset({"string", "integer", "number", "boolean", "array", "object"})


def schemas() -> dict[str, dict[str, Any]]:
    """Return every published schema by its name, the kinds first."""
    kinds = {word: _schema(word, kind.title, kind, _facts(kind)) for word, kind in KINDS.items()}
    inputs = {name: _schema(name, title, known, {}) for name, (title, known) in INPUTS.items()}
    outputs = {name: _schema(name, title, cls, {}, _documents_of(name)) for name, (title, cls) in OUTPUTS.items()}
    return {**kinds, **inputs, SETTINGS_NAME: _headed(SETTINGS_NAME, *_OF_SETTINGS, settings_form()), **outputs}


def _documents_of(name: str) -> Any:
    """Return the classes of the documents that a command with this output may write; `document` tells them apart."""
    names = dict.fromkeys((name, *_ALSO.get(name, ()), _FAILURE))
    return Union[tuple(OUTPUTS[each][1] for each in names)]  # noqa: UP007 - made of a list


def files() -> dict[str, bytes]:
    """Return the content of the folder `schemas` by file name."""
    return {f"{name}.json": documents.dump(_sorted(schema)) for name, schema in schemas().items()}


def main(arguments: Iterable[str]) -> None:
    """Write the schemas into the folder that is named, `schemas` by default."""
    folder = Path(next(iter(arguments), "schemas"))
    made = files()
    for name, content in made.items():
        write_file(folder / name, [content])
    sys.stdout.write(f"{folder}: {len(made)} schemas\n")


class _Generator(GenerateJsonSchema):
    """pydantic's own schemas with what it cannot know, and without what says nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Leave out titles that only repeat the name of the field."""
        del schema
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe the fields of a class, and choose the class of its variants."""
        part: type[Part] = schema["cls"]
        found = super().model_schema(schema)
        names = {name: field.alias for name, field in part.declared.items()}
        described = _described(found, part, names)
        choices = [choice for field in fields_of(part).values() for choice in self._choices(field.name, part)]
        return {**described, "allOf": choices} if choices else described

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Describe the fields of a part of a report, which has all of them whether they have a default or not."""
        known: type[Any] = schema["cls"]
        found = super().dataclass_schema(schema)
        for field in found["properties"].values():
            field.pop("default", None)
        return _described(found, known, {name: name for name in found["properties"]})

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001
        """Say that a report has all its fields: none of them is left out because it has a default."""
        return field["type"] == "dataclass-field" or super().field_is_required(field, total)

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out the default of what is simply absent."""
        found = super().default_schema(schema)
        return {key: value for key, value in found.items() if key != "default" or value is not None}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Say "or null" in one line where the value has one type, and keep the markers where the field is."""
        inner = self.generate_inner(schema["schema"])
        markers = {key: value for key, value in inner.items() if key.startswith(ANNOTATION)}
        plain = {key: value for key, value in inner.items() if key not in markers}
        return {**_or_null(plain), **markers}

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        """Say "one or the other" in one line where both are plain types."""
        return _joined(super().union_schema(schema))

    def _choices(self, name: str, part: type[Part]) -> Iterable[JsonSchemaValue]:
        variant = fields_of(part)[name].marker(Variant)
        words: dict[type[Part], list[str]] = {}
        for word, chosen in variant.classes.items() if variant else ():
            words.setdefault(chosen, []).append(word)
        for chosen, values in words.items():
            model = model_of(chosen)
            model.model_rebuild()
            reference = self.generate_inner(model.__pydantic_core_schema__)
            yield {
                "if": {"properties": {variant.on: {"enum": values}}, "required": [variant.on]} if variant else {},
                "then": {"properties": {name: reference}},
            }


def _schema(name: str, title: str, described: type[Any], facts: Mapping[str, Any], known: Any = None) -> dict[str, Any]:
    """Return the schema of a class, or of what is `known` to be written in the place of it, too."""
    known = described if known is None else known
    generated = TypeAdapter(known).json_schema(schema_generator=_Generator)
    annotated = {**generated, **{f"{ANNOTATION}{key}": value for key, value in facts.items()}}
    return _headed(name, title, one_line(described.__doc__ or ""), annotated)


def _headed(name: str, title: str, text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema with its name, its title and what it describes."""
    dialect = {"$schema": _Generator.schema_dialect, "$id": f"{BASE}{name}.json"}
    return {**schema, **dialect, "description": text, "title": title}


def _facts(kind: type[Kind]) -> dict[str, Any]:
    """Return what holds for a whole kind."""
    return {
        "kind": kind.kind,
        "folder": kind.folder,
        "platform": kind.platform(),
        "page": kind.page,
        "imported": kind.imported,
        "prefixed": kind.prefixed.value,
    }


def _described(schema: JsonSchemaValue, known: type[Any], names: Mapping[str, str]) -> JsonSchemaValue:
    """Return the schema of a class with its docstring and those of its fields, whose JSON names are `names`."""
    docstrings = field_docstrings(known)
    properties = dict(schema.get("properties", {}))
    for name, shown in names.items():
        text = docstrings.get(name)
        properties[shown] = {**properties[shown], **({"description": text} if text else {})}
    kept = {key: value for key, value in schema.items() if key != "title"}
    return {**kept, "description": one_line(known.__doc__ or ""), "properties": properties}


def _or_null(schema: JsonSchemaValue) -> JsonSchemaValue:
    known = schema.get("type")
    if known is None or "const" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    types = known if isinstance(known, list) else [known]
    choices = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [*types, "null"], **choices}


def _joined(schema: JsonSchemaValue) -> JsonSchemaValue:
    branches = schema.get("anyOf", [])
    if branches and all(branch.keys() == {"type"} and branch["type"] in _PLAIN for branch in branches):
        return {"type": [branch["type"] for branch in branches]}
    return schema


def _sorted(value: Any) -> Any:
    """Return a JSON value with the members of all its objects in the order of their names."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main(sys.argv[1:])

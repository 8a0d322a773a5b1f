"""The JSON Schema of a file with settings: of each row of their table, what its value is in a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from assetpkg.archive import NAMES_ENCODINGS
from assetpkg.diagnostics.model import Severity
from assetpkg.kinds import KINDS
from assetpkg.limits import LIMITS
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.planning.changes import Action
from assetpkg.planning.options import Mode
from assetpkg.settings import table
from assetpkg.settings.settings import SETTINGS

Form = dict[str, Any]

_TOML = r"\.[Tt][Oo][Mm][Ll]$"
"""The pattern of the name of a TOML file."""
_TEXT: Form = {"type": "string"}
_SWITCH: Form = {"type": "boolean"}
_DAY: Form = {"type": "string", "format": "date"}
"""A date of TOML, which a checker of TOML hands over so."""


def settings_form() -> Form:
    """Return the schema of the table of settings, without what every schema has beside."""
    rows = {
        row.key: {**_FORMS[row.read], "description": row.title.partition("  [")[0], "examples": [row.example]}
        for row in SETTINGS.values()
    }
    return _table(rows)


def _one_of(words: Iterable[str]) -> Form:
    return {"type": "string", "enum": [str(word) for word in words]}


def _list(items: Form) -> Form:
    return {"type": "array", "items": items}


def _by(names: Iterable[str], value: Form) -> Form:
    """Return the form of a table whose keys are among `names`."""
    return {"type": "object", "propertyNames": {"enum": list(names)}, "additionalProperties": value}


def _by_any(value: Form) -> Form:
    return {"type": "object", "additionalProperties": value}


def _table(members: Mapping[str, Form], required: Sequence[str] = ()) -> Form:
    found: Form = {"type": "object", "properties": dict(members), "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def _described(form: Form, text: str) -> Form:
    return {**form, "description": text}


_CODES = _list(_TEXT)
_ALLOW = _table(
    {
        "code": _described(_TEXT, "The code of a rule, or the beginning of several."),
        "address": _described(_TEXT, "A pattern for the address of a resource, or for the name of an entry."),
        "reason": _described(_TEXT, "Why it is accepted."),
        "pointer": _described(_TEXT, "A pattern for the JSON pointer inside."),
        "until": _described({"anyOf": [_DAY, _TEXT]}, "The last day on which it is accepted."),
        "package": _described(_TEXT, "A pattern for the name of the package."),
        "target": _described(_TEXT, "A pattern for the name of the target."),
    },
    ["code", "address", "reason"],
)
_PLAN_RULE = _table(
    {
        "name": _described(_TEXT, "What the rule is called in a finding."),
        "targets": _described(_list(_TEXT), "Patterns for the names of targets."),
        "kinds": _described(_list(_one_of(KINDS)), "The kinds that it is about."),
        "actions": _described(_list(_one_of(Action)), "The actions that it is about."),
        "addresses": _described(_list(_TEXT), "Patterns for addresses on the target."),
        "names": _described(_list(_TEXT), "Patterns, of which one has to fit the name."),
        "at-most": _described({"type": "integer", "minimum": 0}, "How many such changes there may be."),
    },
    ["name"],
)
_TARGET = _table(
    {
        "snapshot": _described(_TEXT, "The snapshot of the instance, or another target."),
        "mode": _described(_one_of(Mode), "The mode of the import."),
        "prefix": _described(_TEXT, "The prefix of the import."),
        "datasource-overwrite": _described(_SWITCH, "Whether the import updates data sources that exist."),
        "adapt": _described({"type": "string", "pattern": _TOML}, "The adapt file by which a package is planned."),
    },
    ["snapshot"],
)

_FORMS: Mapping[Callable[[Any], Any], Form] = {
    table.read_codes: _CODES,
    table.read_threshold: _one_of(table.FAIL_ON),
    table.read_severities: _by_any(_one_of(Severity)),
    table.read_kinds: _by(KINDS, _CODES),
    table.read_patterns: _by_any(_CODES),
    table.read_allows: _list(_ALLOW),
    table.read_baseline_file: _TEXT,
    table.read_assumptions: {
        "type": "object",
        "properties": {
            name: _described(_one_of(known.values), f"The answer to: {known.question}.")
            for name, known in ASSUMPTIONS.items()
        },
        "additionalProperties": False,
    },
    table.read_schema_files: _by(KINDS, _TEXT),
    table.read_layout_files: _by_any({"type": "string", "pattern": _TOML}),
    table.read_limits: _by(LIMITS, {"type": ["integer", "string"]}),
    table.read_switch: _SWITCH,
    table.read_encoding: _one_of(NAMES_ENCODINGS),
    table.read_jobs: {"type": "integer", "minimum": 1, "maximum": table.MOST_JOBS},
    table.read_plan_rules: _list(_PLAN_RULE),
    table.read_named_targets: _by_any(_TARGET),
    table.read_plugins: _list({"type": "string", "pattern": r"^[^\W\d]\w*(\.[^\W\d]\w*)*$"}),
}
"""What a value is in a file, by what reads it; a row that nothing here is known of is an error."""

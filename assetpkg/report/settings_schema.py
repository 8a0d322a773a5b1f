"""The JSON Schema of a file with settings: of each row of their table, what its value is in a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from assetpkg.archive import NAMES_ENCODINGS
from assetpkg.diagnostics.model import Severity
from assetpkg.kinds import KINDS
from assetpkg.limits import LIMITS
from assetpkg.planning.assumptions import ASSUMPTIONS
from assetpkg.rules.allows import ALLOW_KEYS
from assetpkg.rules.tables import TOML_FILE, Key
from assetpkg.rules.team_plan import PLAN_RULE_KEYS
from assetpkg.settings import table
from assetpkg.settings.settings import SETTINGS
from assetpkg.settings.targets import TARGET_KEYS

Form = dict[str, Any]

_TEXT: Form = {"type": "string"}
_SWITCH: Form = {"type": "boolean"}


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


def _of_keys(keys: Mapping[str, Key]) -> Form:
    """Return the form of a table with these keys."""
    forms = {name: row.form() if callable(row.form) else row.form for name, row in keys.items()}
    members = {name: _described(dict(forms[name]), row.title) for name, row in keys.items()}
    return _table(members, [name for name, row in keys.items() if row.needed])


_FORMS: Mapping[Callable[[Any], Any], Form] = {
    table.read_codes: _CODES,
    table.read_threshold: _one_of(table.FAIL_ON),
    table.read_severities: _by_any(_one_of(Severity)),
    table.read_kinds: _by(KINDS, _CODES),
    table.read_patterns: _by_any(_CODES),
    table.read_allows: _list(_of_keys(ALLOW_KEYS)),
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
    table.read_layout_files: _by_any(dict(TOML_FILE)),
    table.read_limits: _by(LIMITS, {"type": ["integer", "string"]}),
    table.read_switch: _SWITCH,
    table.read_encoding: _one_of(NAMES_ENCODINGS),
    table.read_jobs: {"type": "integer", "minimum": 1, "maximum": table.MOST_JOBS},
    table.read_plan_rules: _list(_of_keys(PLAN_RULE_KEYS)),
    table.read_named_targets: _by_any(_of_keys(TARGET_KEYS)),
    table.read_plugins: _list({"type": "string", "pattern": r"^[^\W\d]\w*(\.[^\W\d]\w*)*$"}),
}
"""What a value is in a file, by what reads it; a row that nothing here is known of is an error."""

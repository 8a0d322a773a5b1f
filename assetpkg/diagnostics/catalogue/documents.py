"""RSC001 to RSC009 and RSC020 to RSC029: the JSON of a resource, and the JSON and the JSON Schemas inside of it."""

from assetpkg.diagnostics.catalogue.entry import DeclaredFault
from assetpkg.diagnostics.model import Severity
from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import own, standard

_STRICT_JSON = standard("RFC 8259 and RFC 7493 (I-JSON)")
_EXHAUSTING = own("limits against documents made to exhaust a parser")
_JSON_SCHEMA = standard(f"JSON Schema; {Page.CREATING_AN_API}")

FAULTS = (
    DeclaredFault(
        "RSC001",
        "invalid-json",
        "A resource file is not JSON.",
        "Finds files that no JSON parser can read.",
        "A resource that cannot be read cannot be imported. Nothing else in it was checked.",
        "fix the JSON at the reported place",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC002",
        "not-utf8",
        "A resource file is not UTF-8, or begins with a byte order mark.",
        "Finds bytes that are not UTF-8, and the byte order mark (BOM) that some editors write.",
        "Different programs read such files in different ways.",
        "save the file as UTF-8 without BOM",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC003",
        "duplicate-key",
        "An object has the same key twice.",
        "Finds keys that occur more than once in one object. A key that is written with escapes counts as the same "
        "key.",
        "Some programs use the first value, some the last. The value that was checked may not be the value that is "
        "imported.",
        "keep one of them",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC004",
        "number-range",
        "A number is not read in the same way by every program.",
        "Finds NaN and Infinity, numbers beyond a double, and integers of hundreds of digits.",
        "JSON has no such numbers, or programs read them differently.",
        "write a string, a smaller number, or null",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC005",
        "lone-surrogate",
        "A text contains half of a character.",
        "Finds an escape such as `\\ud800` without its other half.",
        "It is not a complete character. Most programs fail when they write it.",
        "write the whole character",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC006",
        "too-deep",
        "A document is nested deeper than assetpkg reads.",
        "Finds more than a hundred objects and lists inside each other, unless the limit `depth` was raised.",
        "No real resource is nested so deeply, and deep nesting can crash a parser.",
        "flatten the document",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC007",
        "too-large",
        "A document is larger than assetpkg reads.",
        "Finds resource files of more than 16 MiB, unless the limit `document` was raised.",
        "No real resource is so large.",
        "check where the file came from",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC008",
        "too-many-values",
        "A document has more values than assetpkg reads.",
        "Finds resource files with more than a million values and member names, unless the limit `values` was raised.",
        "No real resource has so many, and each value takes a hundred times its size in memory.",
        "check where the file came from",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC009",
        "too-long-text",
        "A text in a document is longer than assetpkg reads.",
        "Finds texts of more than 4,194,304 characters, unless the limit `text` was raised. Finds also a value when "
        "the member names on the way to it have more than 4,096 characters together.",
        "No real resource has such a text. The longest text that a public page allows has 65,535 characters.",
        "check where the file came from",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC020",
        "invalid-json-schema",
        "A JSON Schema inside a resource is not valid.",
        "Finds `json_schema` texts that are not JSON, are not a valid JSON Schema, or refer to something outside "
        "themselves.",
        "A parameter that is validated with such a schema is always refused, or never.",
        "fix the schema",
        severity=Severity.WARNING,
        source=_JSON_SCHEMA,
    ),
    DeclaredFault(
        "RSC021",
        "breaks-json-schema",
        "A parameter's default or sample does not satisfy the parameter's own JSON Schema.",
        "Finds default and sample values that the parameter's schema refuses.",
        "A call that uses the default value fails the validation.",
        "change the value or the schema",
        severity=Severity.WARNING,
        source=_JSON_SCHEMA,
    ),
    DeclaredFault(
        "RSC022",
        "invalid-json-text",
        "A field should hold JSON in a string, but does not.",
        "Finds a `task_detail`, the headers of a mock backend, and similar fields that are not JSON. The rules are "
        "the same as for resource files.",
        "The platform cannot read it, or reads it differently. Its content and its references were not checked.",
        "fix the JSON at the reported place, inside the string",
        severity=Severity.WARNING,
        source=Page.JSON_TEXTS,
    ),
    DeclaredFault(
        "RSC023",
        "unjudged-json-schema",
        "A JSON Schema inside a resource was not used to check anything.",
        "Finds `json_schema` texts with a pattern for a default or a sample that has lookaround elsewhere than at the "
        "beginning, or a backreference. Finds also those that take too much work, or refer to themselves without end.",
        "The schema may be valid, and default and sample may satisfy it. assetpkg does not know. It uses a pattern "
        "engine that needs linear time, and no such engine supports these patterns.",
        "simplify the schema, or leave it",
        severity=Severity.INFO,
        source=_JSON_SCHEMA,
    ),
)

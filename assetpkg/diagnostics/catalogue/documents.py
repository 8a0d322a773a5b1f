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
        "Finds files that no JSON parser reads.",
        "A resource that cannot be read cannot be imported, and nothing else of it was checked.",
        "fix the JSON at the place that is named",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC002",
        "not-utf8",
        "A resource file is not UTF-8, or begins with a byte order mark.",
        "Finds bytes that are not UTF-8, and the mark that some editors write.",
        "Programs differ in what they make of such files.",
        "save the file as UTF-8 without BOM",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC003",
        "duplicate-key",
        "An object has the same key twice.",
        "Finds keys that are in one object more than once, also where they are spelled with escapes.",
        "Some programs believe the first, some the last: what was checked need not be what is imported.",
        "keep one of them",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC004",
        "number-range",
        "A number is none that every program reads alike.",
        "Finds NaN and Infinity, numbers beyond a double, and integers of hundreds of digits.",
        "JSON has no such numbers, and programs differ in what they do with them.",
        "write a string, a smaller number, or null",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC005",
        "lone-surrogate",
        "A text has half of a character.",
        "Finds an escape such as `\\ud800` without its other half.",
        "It is not a character; most programs fail when they write it.",
        "write the whole character",
        source=_STRICT_JSON,
    ),
    DeclaredFault(
        "RSC006",
        "too-deep",
        "A document is nested deeper than assetpkg reads.",
        "Finds more than a hundred objects and lists within each other, unless the limit `depth` was raised.",
        "No resource is anywhere near, and deep nesting brings parsers down.",
        "flatten the document",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC007",
        "too-large",
        "A document is larger than assetpkg reads.",
        "Finds resource files of more than 16 MiB, unless the limit `document` was raised.",
        "No resource is anywhere near.",
        "look at where the file came from",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC008",
        "too-many-values",
        "A document has more values than assetpkg reads.",
        "Finds resource files with more than a million values and names of members, unless the limit `values` was "
        "raised.",
        "No resource is anywhere near, and each of them takes a hundred times its size in memory.",
        "look at where the file came from",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC009",
        "too-long-text",
        "A text in a document is longer than assetpkg reads.",
        "Finds texts of more than 4 MiB of characters, unless the limit `text` was raised, and names of members that "
        "lead to a value with more than 4,096 characters together.",
        "No resource is anywhere near: the longest text that a page allows has 65,535.",
        "look at where the file came from",
        source=_EXHAUSTING,
    ),
    DeclaredFault(
        "RSC020",
        "invalid-json-schema",
        "A JSON Schema inside a resource is none.",
        "Finds `json_schema` texts that are not JSON, no valid JSON Schema, or refer to something outside themselves.",
        "A parameter that is validated with it is refused always, or never.",
        "fix the schema",
        severity=Severity.WARNING,
        source=_JSON_SCHEMA,
    ),
    DeclaredFault(
        "RSC021",
        "breaks-json-schema",
        "A parameter's default or sample does not satisfy the parameter's own JSON Schema.",
        "Finds default and sample values that the schema beside them refuses.",
        "A call that relies on the default fails its validation.",
        "change the value or the schema",
        severity=Severity.WARNING,
        source=_JSON_SCHEMA,
    ),
    DeclaredFault(
        "RSC022",
        "invalid-json-text",
        "A field for JSON in a string holds none.",
        "Finds a `task_detail`, a header of a mock backend and the like that are not JSON by the rules for resource "
        "files.",
        "The platform cannot read it, or reads it as something else; what it refers to and holds was not checked.",
        "fix the JSON at the place that is named, inside the string",
        severity=Severity.WARNING,
        source=Page.JSON_TEXTS,
    ),
    DeclaredFault(
        "RSC023",
        "unjudged-json-schema",
        "A JSON Schema inside a resource was not held against anything.",
        "Finds `json_schema` texts with patterns that look around or back, and schemas that take too much work, or "
        "refer to themselves without end.",
        "It may be valid, and default and sample may satisfy it: assetpkg does not say so. Patterns are only searched "
        "for by an engine that takes linear time, which no engine does for these.",
        "simplify the schema, or leave it",
        severity=Severity.INFO,
        source=_JSON_SCHEMA,
    ),
)

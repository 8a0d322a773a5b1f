"""What was made of an OpenAPI file, and what is to be said about it."""

from collections.abc import Iterable, Sequence
from typing import Literal

from assetpkg.authoring.from_openapi import FromOpenApi
from assetpkg.credentials.masking import mask_line
from assetpkg.package.openapi.source import Note
from assetpkg.report.authoring import ReplacementReport
from assetpkg.report.shape import Report, report_as, shape, shape_of


@shape
class MadeReport:
    """A resource that was made."""

    address: str
    """The address of the resource."""
    path: str
    """Its file in the folder."""
    pointer: str
    """The JSON pointer to what it was made of, in the OpenAPI file."""


@shape_of(Note)
class NoteReport:
    """Something to be said about a place of the file."""

    sort: Literal["credential", "left-out", "unresolved", "assumed", "unknown", "unused"]
    """What it is about: a credential that is not taken over, an operation of which nothing is made, a name that is not
    known, a value that the file does not say, what is not understood, or what no document has a field for."""
    message: str
    """What there is to say."""
    pointer: str
    """The JSON pointer to the place."""
    line: int
    """Its line, counted from one."""
    column: int
    """Its column, counted from one."""
    more: int
    """How many others like it are not listed."""


@shape
class OpenApiReport(Report):
    """A folder in the own layout that was made of an OpenAPI (Swagger) file."""

    document: Literal["openapi"] = "openapi"
    output: str
    """The folder, as it was named."""
    source: str
    """The file, as it was named."""
    form: Literal["Swagger 2.0", "OpenAPI 3.0"]
    """What the file is."""
    name: str
    """The name of the package."""
    resources: Sequence[MadeReport]
    """What was made."""
    notes: Sequence[NoteReport]
    """What is to be said about the file, in its order."""
    replaced: Sequence[ReplacementReport]
    """Where a placeholder is in the place of a credential."""


def report_openapi(output: str, source: str, made: FromOpenApi) -> OpenApiReport:
    """Return the report of a folder that was made of a file."""
    return OpenApiReport(
        output=output,
        source=source,
        form="Swagger 2.0" if made.file.form == "Swagger 2.0" else "OpenAPI 3.0",
        name=mask_line(made.package.name),
        resources=[
            MadeReport(
                address=found.address,
                path=mask_line(found.entry),
                pointer=mask_line(made.pointers.get(found.entry, "")),
            )
            for found in made.package.resources
        ],
        notes=list(report_notes(made.file.notes)),
        replaced=[report_as(ReplacementReport, found, address=found.address or None) for found in made.replaced],
    )


def report_notes(notes: Iterable[Note]) -> Iterable[NoteReport]:
    """Return what there is to say about a file."""
    return (report_as(NoteReport, note) for note in notes)

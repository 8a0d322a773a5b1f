"""REF: what one resource needs of another."""

from collections.abc import Iterator

from assetpkg.credentials.masking import mask_line
from assetpkg.diagnostics.model import Problem, Rule, Severity, rule
from assetpkg.package.package import Package


@rule(
    "REF001",
    "dangling-reference",
    Severity.RISK,
    source="API reference: the fields that name another resource",
    judged_by_plan=True,
)
def dangling_reference(package: Package) -> Iterator[Problem]:
    """A resource refers to one that the package does not hold.

    Finds ids, and keys of applications, that no resource of the package has, in fields and in the JSON text of
    `task_detail`.

    An import needs it on the target, under this very id. A package alone cannot tell; `assetpkg plan` with a target
    can, and judges these references itself.

    Add the resource to the package, correct the reference, or plan against the target.
    """
    for resource in package.resources:
        for reference in resource.references:
            if reference.certain and package.index.resolve(reference) is None:
                named = mask_line(reference.value)
                yield Problem(
                    message=f"refers to {reference.kind} '{named}', which this package does not hold",
                    hint="add it, or plan against a target that has it",
                    entry=resource.entry,
                    pointer=reference.pointer,
                )


RULES: tuple[Rule, ...] = (dangling_reference,)

"""REF: what one resource needs from another."""

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
    """A resource refers to a resource that is not in the package.

    Finds ids, and keys of applications, that no resource of the package has. It looks in fields and in the JSON text of
    `task_detail`.

    An import needs the resource on the target, with exactly this id. The package alone cannot show whether it is there.
    `assetpkg plan` with a target can, and checks these references itself.

    Add the resource to the package, correct the reference, or make a plan with the target.
    """
    for resource in package.resources:
        for reference in resource.references:
            if reference.certain and package.index.resolve(reference) is None:
                named = mask_line(reference.value)
                yield Problem(
                    message=f"refers to {reference.kind} '{named}', which is not in this package",
                    hint="add it, or make a plan with a target that has it",
                    place=resource.place,
                    pointer=reference.pointer,
                )


RULES: tuple[Rule, ...] = (dangling_reference,)

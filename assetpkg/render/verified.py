"""What every format says of a saved plan that was held against the same import planned anew."""

from collections.abc import Mapping

CHANGED: Mapping[str, str] = {
    "package": "the package has changed",
    "target": "the target has changed",
    "options": "the options have changed",
    "assumptions": "the assumptions have changed",
    "rules": "the rules have changed",
    "verdict": "the verdict has changed",
    "changes": "another change would be made",
    "findings": "another finding is reported",
    "rest": "the plan is different when it is planned again",
}
"""What is wrong with a saved plan, by what a difference is about, in the order in which it is reported."""
HOLDS = "Package, target, options, assumptions and rules have not changed, and planning again gives the same plan."
"""What is said of a plan that still holds."""


def heading_of(subject: str) -> str:
    """Return what is wrong with a saved plan, as a heading."""
    return f"{CHANGED[subject][:1].upper()}{CHANGED[subject][1:]}"

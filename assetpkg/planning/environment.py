"""Whether an import goes to another instance than the one that the package comes from."""

from assetpkg.planning.context import ImportContext


def is_same_instance(context: ImportContext) -> bool | None:
    """Say whether the source that the manifest names is the target; `None` where too little is known of them.

    The id of an instance decides. Without one, another project or another region shows that it is another instance.
    """
    source, facts = context.package.manifest.source, context.instance.facts if context.instance else None
    if facts is None:
        return None
    here, there = _word(source.get("instance_id")), _word(facts.id)
    if here and there:
        return here == there
    beside = (
        (_word(source.get("project_id")), _word(facts.project_id)),
        (_word(source.get("region")), _word(facts.region)),
    )
    return False if any(one and other and one != other for one, other in beside) else None


def _word(value: object) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""

"""Resources of the target that go on referring to what an import has changed: by its key, which is another now."""

from collections.abc import Iterator, Mapping

from assetpkg import documents
from assetpkg.documents import split_pointer
from assetpkg.index import Resource
from assetpkg.inspection import Reference, inspect
from assetpkg.instance import Instance
from assetpkg.planning.places import put

Moved = Mapping[tuple[str, str, str], tuple[Resource, str]]
"""By kind, field and value before: the resource, and the value after."""


def follow(instance: Instance, replaced: dict[str, bytes]) -> None:
    """Have those of the target that refer to a resource in `replaced` by a value that it has lost refer to the new one.

    `replaced` has the documents after the import by address, and gets those of the followers.
    """
    moved = _moved(instance, replaced)
    for resource in instance.index.resources if moved else ():
        for reference, value in _followed(instance, resource, moved):
            content = replaced.get(resource.address)
            document = documents.parse(content) if content is not None else instance.document(resource)
            put(document, split_pointer(reference.pointer), value)
            replaced[resource.address] = documents.dump(document)


def _moved(instance: Instance, replaced: Mapping[str, bytes]) -> Moved:
    moved = {}
    for address, content in replaced.items():
        before = instance.index.by_address[address]
        after = inspect(before.kind, before.entry, content)
        for unique, old, new in zip(before.kind.unique, before.inspection.keys, after.keys, strict=True):
            if len(unique.fields) == 1 and old is not None and new is not None and old != new:
                moved[before.path.kind, unique.fields[0], old[0]] = (before, new[0])
    return moved


def _followed(instance: Instance, resource: Resource, moved: Moved) -> Iterator[tuple[Reference, str]]:
    for reference in resource.references:
        for by in reference.by:
            found, value = moved.get((reference.kind, by, reference.value), (None, ""))
            if found is not None and instance.index.resolve(reference) is found:
                yield reference, value

"""Resources of the target that go on referring to what an import has changed: by its key, which is another now."""

from collections.abc import Iterator, Mapping

from assetpkg import documents
from assetpkg.documents import split_pointer
from assetpkg.package.index import Resource
from assetpkg.resource.inspection import inspect
from assetpkg.simulation.outcome.placement import put
from assetpkg.target.instance import Instance


def follow(instance: Instance, replaced: dict[str, bytes]) -> None:
    """Have those of the target that refer to a resource in `replaced` by a value that it has lost refer to the new one.

    `replaced` has the documents after the import by address, and gets those of the followers.
    """
    for before, by, old, new in list(_moved(instance, replaced)):
        for user, reference in instance.index.users_by(before, by, old):
            content = replaced.get(user.address)
            document = documents.parse(content) if content is not None else instance.document(user)
            put(document, split_pointer(reference.pointer), new)
            replaced[user.address] = documents.dump(document)


def _moved(instance: Instance, replaced: Mapping[str, bytes]) -> Iterator[tuple[Resource, str, str, str]]:
    """Yield the resources whose values that others refer by are replaced: the field, and the value before and after."""
    for address, content in replaced.items():
        before = instance.index.by_address[address]
        after = inspect(before.kind, before.entry, content)
        for unique, old, new in zip(before.kind.unique, before.inspection.keys, after.keys, strict=True):
            if len(unique.fields) == 1 and old is not None and new is not None and old != new:
                yield before, unique.fields[0], old[0], new[0]

"""Resources that an OpenAPI file names, since it has no ids: looked up among those that are given beside it."""

from collections.abc import Sequence

from assetpkg.kinds import KINDS
from assetpkg.package.index import Index, Resource
from assetpkg.package.openapi.source import Part, Sort


class Names:
    """The resources by kind and name."""

    def __init__(self, index: Index | None) -> None:
        """Look into this index; without one, nothing is known."""
        self._index = index
        self._tables: dict[str, dict[str, list[Resource]]] = {}

    def find(self, part: Part, member: str, kind: str, name: str) -> str | None:
        """Return the id of the resource that a member names; where there is not one, that is noted."""
        found = self.named(kind, name)
        if len(found) == 1:
            return found[0].id
        title = KINDS[kind].title
        if found:
            why = f"{len(found)} resources of this kind are given that have this name"
        elif self._index is None:
            why = "a file of this kind has no ids, and no package is given that has it"
        else:
            why = "what is given beside the file has none of this name"
        part.note(Sort.UNRESOLVED, member, f"the {title} '{name}' is not known: {why}", f"{kind}/{name}")
        return None

    def named(self, kind: str, name: str) -> Sequence[Resource]:
        """Return the resources of this kind and name."""
        if kind not in self._tables:
            table: dict[str, list[Resource]] = {}
            for resource in self._index.resources_of(kind) if self._index else ():
                table.setdefault(resource.name, []).append(resource)
            self._tables[kind] = table
        return self._tables[kind].get(name, [])

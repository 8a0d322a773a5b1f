"""Resources that an OpenAPI file names, since it has no ids: looked up among those that are known beside it."""

from collections.abc import Callable, Iterable, Sequence

from assetpkg.kinds import KINDS
from assetpkg.package.index import Index, Path, derive_id
from assetpkg.package.openapi.source import Part, Sort

Known = Callable[[str], Iterable[tuple[str, str]]]
"""What is known of a kind: name and id of each of its resources."""


class Names:
    """The ids of resources by kind and name."""

    def __init__(self, known: Known | None = None) -> None:
        """Look into what is `known`; without it, nothing is."""
        self._known = known
        self._tables: dict[str, dict[str, list[str]]] = {}

    def find(self, part: Part, member: str, kind: str, name: str) -> tuple[str, bool]:
        """Return the id of the resource that a member names, and whether it is known.

        Where it is not, that is noted, and the id is the one that a resource of this name has if it has none itself.
        """
        found = self.named(kind, name)
        if len(found) == 1:
            return found[0], True
        title = KINDS[kind].title
        why = f"{len(found)} of this name are given" if found else "none of this name is given beside the file"
        message = f"the {title} '{name}' is not known: {why}"
        part.note(Sort.UNRESOLVED, member, message, f"{kind}/{name}")
        return derive_id(Path(kind, (name,))), False

    def learn(self, kind: str, name: str, known_id: str) -> None:
        """Know one more."""
        found = self.named(kind, name)
        if known_id not in found:
            self._tables[kind][name] = [*found, known_id]

    def named(self, kind: str, name: str) -> Sequence[str]:
        """Return the ids of the resources of this kind and name."""
        if kind not in self._tables:
            table: dict[str, list[str]] = {}
            for each, known_id in self._known(kind) if self._known else ():
                table.setdefault(each, []).append(known_id)
            self._tables[kind] = table
        return self._tables[kind].get(name, [])


def names_in(index: Index) -> Names:
    """Return the names of the resources of a package, or of a target."""
    return Names(lambda kind: ((resource.name, resource.id) for resource in index.resources_of(kind)))

"""PKG05: archives of other layouts, and what a layout file says of them that is not so."""

import json
from pathlib import Path
from typing import Any

import pytest

from assetpkg.archive.archive import Archive
from assetpkg.diagnostics.model import Diagnostic
from assetpkg.layouts.declaration import LayoutFile
from assetpkg.limits import DEFAULT_LIMITS, Limits
from assetpkg.package.package import load
from assetpkg.rules.runner import check
from tests.build import make_contents
from tests.layouts.worlds import layout
from tests.layouts.worlds import zipped as zip_of
from tests.rules.rows import Make, Row, Table, parameters, row

_HEAD = 'name = "{}"\n[marks]\nentries = ["{}"]\n'
_TABLE = '[[resources]]\nentries = ["{}"]\nkind = "{}"\n'


def taught(*texts: str) -> list[LayoutFile]:
    return [layout(text) for text in texts]


def lists(at: str, kind: str = "application", more: str = "", entry: str = "all.json") -> str:
    return f'[[resources]]\nentries = ["{entry}"]\nat = "{at}"\nkind = "{kind}"\n{more}'


def seen(layouts: list[LayoutFile], limits: Limits | None = None, **documents: Any) -> Make:
    """Check documents, by their names with `.json` after them; bytes have names of their own."""

    def make(_: Path) -> list[Diagnostic]:
        contents = {
            name.replace("__", "/") + ("" if isinstance(value, bytes) else ".json"): value
            if isinstance(value, bytes)
            else json.dumps(value).encode()
            for name, value in documents.items()
        }
        archive = Archive.from_contents(contents)
        limited = Archive(origin="export", entries=archive.entries, is_folder=True, limits=limits or DEFAULT_LIMITS)
        return check(load(limited, layouts=layouts))

    return make


def nested(depth: int) -> bytes:
    content = zip_of({"app.json": b'{"name": "Shop"}'})
    for _ in range(depth):
        content = zip_of({"in.zip": content})
    return content


ALL = _HEAD.format("all", "all.json")
SHOP = {"id": "app-1", "name": "Shop"}
GROUP = {"id": "g-1", "name": "orders"}

FAILING: Table = {
    "PKG050": (
        row(
            "two layouts fit",
            seen(taught(ALL + lists("/a/*"), _HEAD.format("other", "*.json") + lists("/a/*")), all={"a": [SHOP]}),
            "PKG050: the layouts 'all' and 'other' both fit, so nobody knows what its entries are -> give one of the "
            "layouts a mark that only its archives have",
        ),
        row(
            "a package of the own layout",
            lambda _: check(
                load(
                    Archive.from_contents(make_contents()),
                    layouts=taught(_HEAD.format("other", "manifest.json") + lists("/a/*")),
                )
            ),
            "PKG050: the layouts 'assetpkg/1' and 'other' both fit, so nobody knows what its entries are",
        ),
    ),
    "PKG051": (
        row(
            "two tables for one document",
            seen(taught(ALL + lists("/a/*") + lists("/*/0", "topic")), all={"a": [SHOP]}),
            "PKG051: layout 'all': resources[1] and resources[2] both cover '/a/0' of 'all.json', so nobody knows what "
            "it is -> change the globs or the pointers of one of the two tables",
        ),
        row(
            "one entry in two forms",
            seen(taught(ALL + lists("/a/*") + lists("/*", more='form = "json-lines"\n')), all={"a": [SHOP]}),
            "PKG051: layout 'all': resources[1] and resources[2] both cover 'all.json' in two forms, so nobody knows "
            "what it is",
        ),
    ),
    "PKG052": (
        row(
            "a pointer that leads to more places than are read",
            seen(
                taught(ALL + lists("/a/*")), DEFAULT_LIMITS._replace(entries=2), all={"a": [{"name": n} for n in "abc"]}
            ),
            "PKG052: layout 'all': with resources[1], at '/a/*' of 'all.json', there are more than 2 resources -> make "
            "the pointer more exact, or split the archive; to read it anyway, use --limit entries=4",
        ),
    ),
    "PKG053": (
        row(
            "five archives in each other",
            seen(
                taught(
                    'archives = ["*.zip", "**/*.zip"]\n'
                    + ALL
                    + lists("/a/*")
                    + _TABLE.format("**/app.json", "application")
                ),
                **{"in.zip": nested(4)},  # type: ignore[arg-type]
                all={"a": [SHOP]},
            ),
            "PKG030 in.zip!/in.zip!/in.zip!/in.zip!/in.zip: the layout covers nothing in this file; it is kept, and "
            "it is not known what an import does with it",
            "PKG053 in.zip!/in.zip!/in.zip!/in.zip!/in.zip: archives are in archives more than 4 deep -> unpack it, "
            "and use what is inside",
        ),
    ),
    "PKG054": (
        row(
            "a thing without its document",
            seen(
                taught(ALL + lists("/a/*", more='document = "/content"\n')),
                all={"a": [{"content": SHOP}, {"contents": SHOP}]},
            ),
            "PKG054 all.json#/a/1 1:54: there is no document at '/content' of what should be a resource -> correct the "
            "layout file, or fix the archive",
        ),
    ),
    "PKG055": (
        row(
            "nothing to inherit",
            seen(
                taught(
                    ALL
                    + lists("/a/*")
                    + lists("/a/*/groups/*", "api_group", '[resources.inherited]\nroma_app_id = "/a/*/code"\n')
                ),
                all={"a": [{**SHOP, "groups": [GROUP]}]},
            ),
            "PKG055 all.json#/a/0/groups/0 1:51: 'roma_app_id' is inherited from /a/*/code, and there is no value; it "
            "is left out -> correct the layout file, or fix the archive",
        ),
        row(
            "no version",
            seen(taught(ALL + '[version]\nentry = "all.json"\npointer = "/v"\n' + lists("/a/*")), all={"a": [SHOP]}),
            "PKG055: the asset version should be at '/v' of 'all.json', and is not there",
        ),
    ),
    "PKG056": (
        row(
            "two members that are one field",
            seen(
                taught(ALL + lists("/a/*", more='[resources.fields]\n"/label" = "name"\n')),
                all={"a": [{"name": "old", "label": "Shop"}]},
            ),
            "PKG056 all.json#/a/0/label 1:33: '/name' would be the field 'name', which something else is already; it "
            "was left out -> name one of the members in `fields` or in `unused`",
        ),
    ),
}

PASSING: Table = {
    "PKG050": (
        row(
            "one layout of two",
            seen(taught(ALL + lists("/a/*"), _HEAD.format("other", "x.json") + lists("/a/*")), all={"a": [SHOP]}),
        ),
    ),
    "PKG051": (
        row(
            "a resource inside of another one",
            seen(
                taught(
                    ALL
                    + lists("/a/*")
                    + lists("/a/*/groups/*", "api_group", '[resources.inherited]\nroma_app_id = "/a/*/id"\n')
                ),
                all={"a": [{**SHOP, "groups": [GROUP]}, {"id": "app-2", "name": "Other", "groups": []}]},
            ),
        ),
    ),
    "PKG052": (
        row(
            "as many places as are read",
            seen(taught(ALL + lists("/a/*")), DEFAULT_LIMITS._replace(entries=1), all={"a": [SHOP]}),
        ),
    ),
    "PKG053": (
        row(
            "four archives in each other",
            seen(
                taught(
                    'archives = ["*.zip", "**/*.zip"]\n'
                    + ALL
                    + lists("/a/*")
                    + _TABLE.format("**/app.json", "application")
                ),
                **{"in.zip": nested(3)},  # type: ignore[arg-type]
                all={"a": []},
            ),
        ),
    ),
    "PKG054": (
        row(
            "a thing of another kind, which needs no document",
            seen(
                taught(
                    ALL
                    + '[[resources]]\nentries = ["all.json"]\nat = "/a/*"\nkind_at = "/type"\n'
                    + 'document = "/content"\nkinds = { APP = "application" }\n'
                ),
                all={"a": [{"type": "APP", "content": SHOP}, {"type": "OTHER"}]},
            ),
        ),
    ),
    "PKG055": (
        row(
            "nothing to inherit where the document has the field itself",
            seen(taught(ALL + lists("/a/*", more='[resources.inherited]\nname = "/nowhere"\n')), all={"a": [SHOP]}),
        ),
    ),
    "PKG056": (
        row(
            "the other member is known to be nothing",
            seen(
                taught(ALL + lists("/a/*", more='unused = ["/name"]\n[resources.fields]\n"/label" = "name"\n')),
                all={"a": [{"name": "old", "label": "Shop"}]},
            ),
        ),
    ),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)

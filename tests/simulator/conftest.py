"""Stand-ins for the tests here, each with what it was made of."""

from collections.abc import Iterator

import pytest

import assetpkg
from assetpkg import Endpoint
from assetpkg.archive.zip import write_zip
from assetpkg.package.package import Package
from assetpkg.package.packing import dump
from tests.build import APPLICATION, edited, make_instance, make_package

HERE = {"instance": {"id": "i-1", "project_id": "p-1"}}
"""What the target says of itself."""


def zipped(package: Package) -> bytes:
    return b"".join(write_zip((name, entry.read()) for name, entry in dump(package).entries.items()))


SHOP = zipped(make_package())
"""A package that can be imported into what is there."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """Yield a stand-in for an instance with one application of another name."""
    billing = edited(APPLICATION, id="app-2", name="Billing", key="billing-key")
    with assetpkg.emulator(make_instance({"application": [billing]}, **HERE)) as found:
        yield found

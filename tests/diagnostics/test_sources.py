"""Sources: what rules rest on."""

import copy
import pickle

from assetpkg.diagnostics.pages import Page
from assetpkg.diagnostics.sources import Authority, Source, own
from assetpkg.planning.assumptions import LIMIT_OF_100


def test_a_source_is_printed_as_its_words_and_knows_whose_they_are() -> None:
    assert f"{own('one view')}" == "assetpkg: one view"
    assert own("one view").authority is Authority.ASSETPKG
    assert LIMIT_OF_100.source.authority is Authority.ASSUMPTION
    assert Page.ERROR_CODES.authority is Authority.PAGE


def test_a_copy_of_a_source_is_the_same() -> None:
    source = own("one view")
    for made in (copy.deepcopy(source), pickle.loads(pickle.dumps(source))):  # noqa: S301 - made right here
        assert isinstance(made, Source)
        assert (made, made.authority) == (source, source.authority)

"""Which calls tell what an instance has: everything that is needed, in order, and nothing else."""

import huaweicloudsdkroma.v2.model as models  # type: ignore[import-untyped]
import pytest

import assetpkg
from assetpkg.errors import InvalidOption
from assetpkg.kinds import KINDS
from assetpkg.kinds.operations import OPERATIONS, Role
from assetpkg.target.calls import Call, choose_calls, kinds_for
from tests.build import make_package
from tests.conftest import SAMPLES
from tests.tables import every_row

EVERYTHING = choose_calls().calls
ABOUT = ["ShowDetailsOfInstanceV2", "ListFeaturesV2", "ListProjectCofigsV2", "ListLiveDataQuotaV2"]


def names(*kinds: str) -> list[str]:
    """Return the calls for some kinds, without those that are always made."""
    found = [call.operation.name for call in choose_calls(kinds).calls]
    assert set(ABOUT) <= set(found)
    return [name for name in found if name not in ABOUT]


@every_row(
    ("kinds", "calls"),
    [
        pytest.param(["api_group"], ["ListApiGroupsV2"], id="a list is enough"),
        pytest.param(["domain"], ["ListApiGroupsV2"], id="what is inside of another list"),
        pytest.param(["api"], ["ListApisV2", "ShowDetailsOfApiV2"], id="a list that leaves fields out"),
        pytest.param(["topic"], ["ListMqsInstanceTopics", "ShowMqsInstanceTopicAccessPolicy"], id="policies"),
        pytest.param(["task"], ["ListTasks", "ShowTask", "ShowDispatches"], id="a part of each"),
        pytest.param(["environment_variable"], ["ListApiGroupsV2", "ListEnvironmentVariablesV2"], id="of each"),
        pytest.param(["app_code"], ["ListRomaApp", "ListAppCodesV2"], id="of each application"),
        pytest.param(["dictionary"], ["ListDictionary"], id="a list below its own items"),
        pytest.param(["product_template"], ["ListProductTemplates", "ListServices", "ListProperties", "ListCommands",
                                            "ListRequestProperties", "ListResponseProperties"], id="parts of parts"),
        pytest.param(["functions"], ["ListFunctions", "ListFunctionVersions", "ListVersionAliases"], id="functions"),
        pytest.param(["scheduled_api_task"], [], id="no list at all"),
    ],
)  # fmt: skip
def test_the_calls_for_a_kind(kinds: list[str], calls: list[str]) -> None:
    assert names(*kinds) == calls


def test_what_a_package_needs_follows_from_what_its_kinds_refer_to() -> None:
    sample = kinds_for(assetpkg.read(SAMPLES / "order-center"))
    assert {"application", "api_group", "api", "authorizer", "load_channel", "datasource"} <= set(sample)
    assert {"environment_variable", "functions"} <= set(sample), "backends may use these"
    assert not {"product", "plugin", "device", "throttling_policy"} & set(sample)
    lone = {
        name: None
        for name in make_package().archive.entries
        if name not in ("manifest.json", "topics/order-events.json")
    }
    assert set(kinds_for(make_package(lone))) == {"application", "topic"}


def test_everything_is_asked_for_once() -> None:
    found = [call.operation.name for call in EVERYTHING]
    assert len(found) == len(set(found))
    listed = {kind for call in EVERYTHING for kind in (call.operation.subject, *call.operation.also)}
    listed |= {inside.kind for call in EVERYTHING for inside in call.operation.inside}
    assert KINDS.keys() - listed == set(choose_calls().unlisted) == {"scheduled_api_task"}
    parts = {name for name, known in OPERATIONS.items() if known.role is Role.PART and not known.spare}
    assert parts <= set(found)
    assert not [name for name in found if OPERATIONS[name].subject == "jobs"], "nothing lists them"


@every_row("call", EVERYTHING, ids=lambda call: call.operation.name)
def test_a_call_has_what_it_needs_from_an_earlier_one(call: Call) -> None:
    before = [each.operation.name for each in EVERYTHING[: EVERYTHING.index(call) + 1]]
    for each in call.each:
        assert each.operation.name in before
        assert {filled.field for filled in each.filled} <= set(each.operation.fields)
    given = {filled.parameter for each in call.each for filled in each.filled}
    assert given == {given.name for given in call.operation.given}
    assert set(call.operation.path_parameters) <= given
    assert call.operation.method == "GET"


@every_row("call", [call for call in EVERYTHING if call.operation.in_sdk], ids=lambda c: c.operation.name)
def test_the_sdk_takes_every_parameter(call: Call) -> None:
    known = getattr(models, call.operation.request_class).attribute_map
    paging = call.operation.paging
    wanted = {filled.parameter for each in call.each for filled in each.filled} | {"instance_id"}
    wanted |= {paging.limit, paging.offset} if paging else set()
    assert wanted <= known.keys()


def test_a_word_that_is_no_kind_is_refused() -> None:
    with pytest.raises(InvalidOption, match="no kind is named 'apis'; did you mean 'api'"):
        choose_calls(["apis"])

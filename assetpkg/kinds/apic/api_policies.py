"""The policies of an API: backends that answer instead of the default backend, under conditions."""

from typing import Annotated, Literal

from assetpkg.kinds.apic.api_parts import (
    POLICY_NAME,
    BackendParameters,
    FunctionBackend,
    MockBackend,
    Timeout,
    WebService,
)
from assetpkg.kinds.laws import InPath, NameIn, Requires
from assetpkg.kinds.markers import Computed, Unordered
from assetpkg.kinds.part import Part, Within


class Condition(Part):
    """A condition on a request."""

    id: Annotated[str, Computed()] | None = None
    """The condition's id."""
    condition_origin: Annotated[
        Literal["param", "source", "system", "cookie"],
        Requires(
            needs={
                "PARAM": ("req_param_name", "condition_type"),
                "COOKIE": ("cookie_param_name", "condition_type"),
                "SYSTEM": ("sys_param_name",),
            }
        ),
    ]
    """What it checks: a request parameter, the caller's address, a system parameter, or a cookie."""
    condition_type: Literal["exact", "enum", "pattern"] | None = None
    """How the value is compared: as a whole, with a list, or with a regular expression."""
    condition_value: str
    """The value that it is compared with."""
    req_param_name: Annotated[str, NameIn("req_params")] | None = None
    """The request parameter."""
    req_param_id: Annotated[str, Computed()] | None = None
    """The request parameter's id."""
    req_param_location: Annotated[str, Computed()] | None = None
    """The place of that parameter in the request."""
    sys_param_name: Literal["req_path", "req_method", "reqPath", "reqMethod"] | None = None
    """The system parameter; the last two names are old."""
    cookie_param_name: str | None = None
    """The cookie."""


class Policy(Part):
    """The fields of all policies."""

    name: Annotated[str, Within(min_length=3, max_length=64), POLICY_NAME]
    """The policy's name."""
    effect_mode: Literal["ALL", "ANY"]
    """Whether all conditions must be true, or only one."""
    conditions: Annotated[list[Condition], Unordered()]
    """The conditions under which the policy answers."""
    backend_params: Annotated[BackendParameters, InPath(("req_uri",))] | None = None
    """The parameters that are sent to its backend."""


class WebPolicy(Policy, WebService):
    """A web service that answers under conditions."""

    timeout: Timeout | None = None
    """How many milliseconds it may take."""


class FunctionPolicy(Policy, FunctionBackend):
    """A function that answers under conditions."""


class MockPolicy(Policy, MockBackend):
    """A fixed answer that is given under conditions."""

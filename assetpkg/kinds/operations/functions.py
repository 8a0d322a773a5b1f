"""FunctionGraph: what reads the functions of a project, which function backends call."""

from assetpkg.kinds.operations.operation import WHOLE, Given, Operation, Paging, Role, words

BY_MARKER = Paging(
    least=1, most=400, default=400, offset="marker", limit="maxitems", marker="next_marker", as_text=True
)
_AT = "/v2/{project_id}/fgs/functions"

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "ListFunctions",
        _AT,
        "functions",
        Role.INSTANCE,
        words(
            "func_urn func_name package runtime timeout handler memory_size code_type user_data "
            "encrypted_user_data version description last_modified"
        ),
        items="functions",
        total="count",
        size=None,
        paging=BY_MARKER,
        secret=words("user_data encrypted_user_data"),
        in_sdk=False,
    ),
    Operation(
        "ListFunctionVersions",
        f"{_AT}/{{function_urn}}/versions",
        "functions.versions",
        Role.INSTANCE,
        words(
            "func_urn func_name package runtime timeout handler memory_size code_type user_data "
            "encrypted_user_data version last_modified"
        ),
        items="versions",
        total="count",
        size=None,
        paging=BY_MARKER,
        given=(Given("function_urn", "functions", by="func_urn"),),
        secret=words("user_data encrypted_user_data"),
        in_sdk=False,
    ),
    Operation(
        "ListVersionAliases",
        f"{_AT}/{{function_urn}}/aliases",
        "functions.aliases",
        Role.INSTANCE,
        words("name version description last_modified alias_urn additional_version_weights"),
        items=WHOLE,
        total=None,
        size=None,
        given=(Given("function_urn", "functions", by="func_urn"),),
        in_sdk=False,
    ),
)

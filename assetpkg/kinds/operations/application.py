"""Applications, data dictionaries and asset jobs: what reads them."""

from assetpkg.kinds.operations.operation import Given, Operation, Paging, Role, with_detail, words

PAGES = Paging(least=1, most=500, farthest=10_000)
_TEXTS = Paging(least=None, most=None, default=10, as_text=True)
_AT = "/v2/{project_id}/instances/{instance_id}"

OPERATIONS: tuple[Operation, ...] = (
    *with_detail(
        Operation(
            "ListRomaApp",
            f"{_AT}/apps",
            "application",
            Role.LIST,
            words("id name remark roles create_time update_time created_user last_updated_user owner key favorite"),
            items="apps",
            paging=PAGES,
            needs_word=True,
        ),
        "CheckRomaAppDetails",
        "app_id",
    ),
    *with_detail(
        Operation(
            "ListDictionary",
            f"{_AT}/dictionaries",
            "dictionary",
            Role.LIST,
            words("id name remark code extend_one extend_two parent_code type create_time update_time"),
            items="dictionaries",
            paging=PAGES,
            given=(Given("parent_code", "dictionary", by="code", in_item="parent_code", in_query=True, optional=True),),
        ),
        "CheckDictionary",
        "dict_id",
    ),
    Operation(
        "CheckAssetJobStatus",
        f"{_AT}/assets/jobs/{{job_id}}",
        "jobs",
        Role.INSTANCE,
        words("id type status reasons progress_percent archive_id begin_time end_time"),
        given=(Given("job_id", "jobs"),),
    ),
)

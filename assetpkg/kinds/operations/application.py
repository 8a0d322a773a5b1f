"""Applications, data dictionaries, asset jobs and the instances of a project: what reads them."""

from assetpkg.kinds.operations.operation import Given, Operation, Paging, Role, with_detail, words

PAGES = Paging(least=1, most=500, farthest=10_000)
_TEXTS = Paging(least=None, most=None, default=10, as_text=True)
_OF_INSTANCES = Paging(least=0, most=100, farthest=100)
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
    Operation(
        "CheckRomaInstanceListV2",
        "/v2/{project_id}/instances",
        "instances",
        Role.BESIDE,
        words(
            "id name description flavor_id flavor_type cpu_arch vpc_id subnet_id security_group_id publicip_enable "
            "publicip_id publicip_address status error_code error_msg charge_type project_id create_time update_time "
            "maintain_begin maintain_end available_zone_ids enterprise_project_id"
        ),
        items="instances",
        paging=_OF_INSTANCES,
    ),
)

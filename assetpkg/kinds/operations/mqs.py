"""Message queue service (MQS): what reads topics."""

from assetpkg.kinds.operations.operation import Given, Operation, Paging, Role, words

PAGES = Paging(least=None, most=None, everything=True, as_text=True)
_AT = "/v2/{project_id}/mqs/instances/{instance_id}"

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "ListMqsInstanceTopics",
        f"{_AT}/topics",
        "topic",
        Role.LIST,
        words(
            "policiesOnly name replication partition retention_time sync_message_flush sync_replication "
            "app_id app_name permissions external_configs description sensitive_word topic_type"
        ),
        items="topics",
        paging=PAGES,
    ),
    Operation(
        "ShowMqsInstanceTopicAccessPolicy",
        f"{_AT}/topics/{{topic_name}}/accesspolicy",
        "topic",
        Role.DETAIL,
        words("owner user_name access_policy app_name tag"),
        items="policies",
        given=(Given("topic_name", "topic", by="name"),),
        chosen="owner",
    ),
)

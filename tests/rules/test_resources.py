"""RSC: one resource and its document."""

from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field

from assetpkg.diagnostics.model import Diagnostic
from assetpkg.json_schema.team import TeamSchemas
from assetpkg.kinds.fdi.datasource_content import UNDESCRIBED_TYPES
from assetpkg.kinds.markers import Characters, Disputed
from assetpkg.kinds.part import Part
from assetpkg.limits import Limits
from assetpkg.resource.validation import find_faults
from assetpkg.rules.runner import check
from tests.build import API, APPLICATION, DATASOURCE, GROUP, TASK, TOPIC, edited, encode, make_contents, make_package
from tests.rules.rows import (
    DATABASE,
    EVENTS,
    GET_ORDER,
    SHOP,
    SYNC,
    Make,
    Row,
    Table,
    checked,
    from_folder,
    limited,
    parameters,
    row,
)

COMPOSITE = {"task_name": "mirror", "operation_types": ["INSERT"], "mappings": []}


TWO = edited(DATASOURCE, datasource_id="ds-2", app_id="app-2")
TWO_SOURCES = {
    "applications/Stock.json": {"id": "app-2", "name": "Stock", "key": "stock-key"},
    "datasources/two.json": TWO,
}
"""Two data sources of one name, in two applications."""
NEAR_TOPIC = edited(TOPIC, name="ORDER-events")


def application(**changes: Any) -> Make:
    return checked({SHOP: edited(APPLICATION, **changes)})


def datasource(**changes: Any) -> Make:
    return checked({DATABASE: edited(DATASOURCE, **changes)})


def content(**changes: Any) -> Make:
    return datasource(content={**DATASOURCE["content"], **changes})


def task(**changes: Any) -> Make:
    return checked({SYNC: edited(TASK, **changes)})


def api(**changes: Any) -> Make:
    return checked({GET_ORDER: edited(API, **changes)})


def topic(**changes: Any) -> Make:
    return checked({EVENTS: edited(TOPIC, **changes)})


def raw(content: bytes) -> Make:
    return checked({EVENTS: content})


def stored(content: bytes) -> Make:
    """The same in a folder on the disk."""
    return from_folder(make_contents({EVENTS: content}))


def filled(number: int) -> bytes:
    """Return a topic with so many values and names of members: its own, the document, and a list with its name."""
    return encode({**TOPIC, "x": [0] * (number - 2 * len(TOPIC) - 3)})


def schema(text: str, **changes: Any) -> Make:
    parameter = {"name": "id", "location": "PATH", "type": "STRING", "json_schema": text}
    return api(req_params=[{**parameter, **changes}])


CHOICES = {"properties": {"x": {"items": {"enum": list(range(1_000))}}}}


def governed(schema: Any, **changes: Any) -> Make:
    """The minimal package, whose team has a schema for topics."""

    def make(folder: Path) -> list[Diagnostic]:
        (folder / "topic.json").write_bytes(encode(schema))
        package = make_package({EVENTS: edited(TOPIC, **changes)})
        return check(package, schemas=TeamSchemas.read({"topic": "topic.json"}, folder))

    return make


DEEP = b'{"a":' * 101 + b"1" + b"}" * 101
FLAT = encode(edited(TOPIC, policies=None)).replace(b"null", b"[" * 98 + b"]" * 98)

UNKNOWN = 'RSC016 topics/order-events.json#/x 5:3: field "x" is not known for this kind; it is kept unchanged'

FAILING: Table = {
    "RSC001": (
        row(
            "a comma missing",
            raw(b'{\n  "name": "events"\n  "tag": ""\n}'),
            "RSC001 topics/order-events.json 3:3: not JSON: a comma or a closing bracket is expected -> fix the JSON "
            "at this place; an editor with JSON support also shows it",
        ),
        row("nothing", raw(b""), "RSC001 topics/order-events.json 1:1: not JSON: it is empty"),
        row(
            "zero bytes",
            raw(b"\0" * 20),
            "RSC001 topics/order-events.json 1:1: not JSON: it has nothing but zero bytes",
        ),
        row(
            "two documents",
            raw(b"{}\n{}"),
            "RSC001 topics/order-events.json 2:1: not JSON: something follows after the end of the document",
        ),
        row(
            "UTF-16",
            raw('{"name": "events"}'.encode("utf-16-le")),
            "RSC001 topics/order-events.json 1:2: not JSON: it is in UTF-16, and not in UTF-8",
        ),
        row("a comment", raw(b"// events\n{}"), "RSC001 topics/order-events.json 1:1: not JSON: JSON has no comments"),
    ),
    "RSC002": (
        row(
            "Latin-1",
            raw('{\n  "name": "café"\n}'.encode("latin-1")),
            "RSC002 topics/order-events.json 2:15: not UTF-8 at byte 16 -> save the file as UTF-8",
        ),
        row(
            "UTF-16 with its mark",
            raw('{"name": "events"}'.encode("utf-16")),
            "RSC002 topics/order-events.json 1:1: it is in UTF-16, and not in UTF-8 -> save the file as UTF-8",
        ),
        row(
            "UTF-16 without a mark, and a name in Chinese",
            raw('{"name": "订单"}'.encode("utf-16-le")),
            "RSC002 topics/order-events.json 1:1: it is in UTF-16, and not in UTF-8 -> save the file as UTF-8",
        ),
        row(
            "UTF-32",
            raw('{"name": "events"}'.encode("utf-32")),
            "RSC002 topics/order-events.json 1:1: it is in UTF-32, and not in UTF-8 -> save the file as UTF-8",
        ),
        row(
            "a mark of UTF-16 before what is none",
            raw(b"\xff\xfe\xff"),
            "RSC002 topics/order-events.json 1:1: not UTF-8 at byte 0 -> save the file as UTF-8",
        ),
        row(
            "a byte order mark",
            raw(b"\xef\xbb\xbf{}"),
            "RSC002 topics/order-events.json 1:1: begins with a byte order mark",
        ),
    ),
    "RSC003": (
        row(
            "a key twice",
            raw(b'{"name": "events",\n "name": "others"}'),
            "RSC003 topics/order-events.json#/name 2:2: key 'name' occurs for the second time in one object -> keep "
            "one of them; some parsers use the first, others the last",
        ),
        row(
            "a key twice, once with an escape",
            raw(b'{"name": "events",\n "n\\u0061me": "others"}'),
            "RSC003 topics/order-events.json#/name 2:2: key 'name' occurs for the second time in one object",
        ),
        row(
            "keys twice in deeper objects",
            raw(b'{"a": [{"b": 1, "b": 2}],\n "c": {"d": 1, "d": 2, "d": 3}}'),
            "RSC003 topics/order-events.json#/a/0/b 1:17: key 'b' occurs for the second time in one object",
            "RSC003 topics/order-events.json#/c/d 2:16: key 'd' occurs for the second time in one object",
            "RSC003 topics/order-events.json#/c/d 2:24: key 'd' occurs for the second time in one object",
        ),
    ),
    "RSC004": (
        row(
            "NaN",
            raw(b'{"name": "events",\n "partition": NaN}'),
            "RSC004 topics/order-events.json 2:15: NaN is not allowed in JSON -> write a smaller number, a string, "
            "or null",
        ),
        row(
            "beyond a double",
            raw(b'{"partition": [1, 1e999]}'),
            "RSC004 topics/order-events.json 1:19: a number too large for a double",
        ),
        row(
            "too many digits",
            raw(b'{"partition": ' + b"9" * 310 + b"}"),
            "RSC004 topics/order-events.json 1:15: an integer of 310 digits; at most 309 are read",
        ),
    ),
    "RSC005": (
        row(
            "half of a character",
            raw(b'{"name": "events",\n "tag": "\\ud83d"}'),
            "RSC005 topics/order-events.json#/tag 2:9: half of a surrogate pair, which is not a complete character "
            "-> write the whole character, or remove it",
        ),
        row(
            "in a list",
            raw(b'{"name": ["a", "\\udc00"]}'),
            "RSC005 topics/order-events.json#/name/1 1:16: half of a surrogate pair, which is not a complete character",
        ),
        row(
            "in a key",
            raw(b'{"a": {"\\ud800": 1}}'),
            "RSC005 topics/order-events.json#/a 1:7: half of a surrogate pair, which is not a complete character",
        ),
    ),
    "RSC006": (
        row(
            "a hundred and one levels",
            raw(DEEP),
            "RSC006 topics/order-events.json 1:1: nested more than 100 levels deep -> flatten the document; to read "
            "it anyway, use --limit depth=101",
        ),
    ),
    "RSC007": (
        row(
            "more than 16 MiB",
            raw(b'"' + bytes(16 * 2**20)),
            "RSC007 topics/order-events.json: 16,777,217 bytes long; at most 16,777,216 are read -> make it "
            "smaller; to read it anyway, use --limit document=17MiB",
        ),
    ),
    "RSC008": (
        row(
            "a value too much",
            limited(Limits(values=200), stored(filled(201))),
            "RSC008 topics/order-events.json 1:1: 201 values and member names; at most 200 are read -> make it "
            "smaller; to read it anyway, use --limit values=201",
        ),
    ),
    "RSC009": (
        row(
            "a character too much",
            limited(Limits(text=500), stored(b'{"name":\n"' + b"x" * 501 + b'"}')),
            "RSC009 topics/order-events.json 2:1: a text of 501 characters; at most 500 are read -> make it shorter; "
            "to read it anyway, use --limit text=501",
        ),
        row(
            "long names on the way to a value",
            raw(b'{"name": "x", "' + b"y" * 4_000 + b'": {"' + b"z" * 97 + b'": 1}}'),
            "RSC009 topics/order-events.json 1:1: the member names on the way to a value have more than 4,096 "
            "characters together -> make the names shorter",
        ),
    ),
    "RSC010": (
        row(
            "no application",
            datasource(app_id=...),
            "RSC010 datasources/orders-db.json#/app_id 1:1: field 'app_id' is missing -> add 'app_id'",
        ),
        row(
            "no name, and so no resource",
            topic(name=...),
            "RSC010 topics/order-events.json#/name 1:1: field 'name' is missing",
        ),
        row(
            "in a list",
            api(req_params=[{"location": "PATH", "type": "STRING"}]),
            "RSC010 apis/Shop/orders/get-order.json#/req_params/0/name 15:5: field 'name' is missing",
        ),
        row(
            "several at once",
            checked({"tasks/other.json": {"task_name": "other"}}),
            "RSC010 tasks/other.json#/source_datasource_id 1:1: field 'source_datasource_id' is missing",
            "RSC010 tasks/other.json#/target_datasource_id 1:1: field 'target_datasource_id' is missing",
            "RSC010 tasks/other.json#/task_type 1:1: field 'task_type' is missing",
        ),
    ),
    "RSC011": (
        row(
            "null",
            topic(app_id=None),
            "RSC011 topics/order-events.json#/app_id 3:13: app_id is null, but must be a string -> write a string",
        ),
        row(
            "a number for a text",
            topic(tag=7),
            "RSC011 topics/order-events.json#/tag 5:10: tag is an integer, but must be a string",
        ),
        row(
            "a text for a number",
            topic(partition="3"),
            "RSC011 topics/order-events.json#/partition 5:16: partition is a string, but must be an integer",
        ),
        row(
            "a fraction for an integer",
            topic(partition=3.5),
            "RSC011 topics/order-events.json#/partition 5:16: partition is a number, but must be an integer",
        ),
        row(
            "a text for yes or no",
            topic(sync_replication="yes"),
            "RSC011 topics/order-events.json#/sync_replication 5:23: sync_replication is a string, but must be "
            "true or false",
        ),
        row(
            "yes for a number",
            api(type=True),
            "RSC011 apis/Shop/orders/get-order.json#/type 5:11: type is true or false, but must be an integer",
        ),
        row(
            "a text for an object",
            datasource(content="jdbc:mysql://db"),
            "RSC011 datasources/orders-db.json#/content 6:14: content is a string, but must be an object",
            "SEC001 datasources/orders-db.json#/content 6:14: contains a credential",
        ),
        row(
            "a list for an object",
            application(created_user=[]),
            "RSC011 applications/Shop.json#/created_user 5:19: created_user is a list, but must be an object",
        ),
        row(
            "an object for a list",
            api(tags={}),
            "RSC011 apis/Shop/orders/get-order.json#/tags 14:11: tags is an object, but must be a list",
        ),
        row(
            "a list for a number or a text",
            task(status=[]),
            "RSC011 tasks/sync_orders.json#/status 7:13: status is a list, but must be an integer or a string",
        ),
        row(
            "an item of a list",
            api(tags=["fine", 3]),
            "RSC011 apis/Shop/orders/get-order.json#/tags/1 16:5: tags[1] is an integer, but must be a string",
        ),
        row(
            "in the class that a type chooses",
            content(port=3306),
            "RSC011 datasources/orders-db.json#/content/port 8:13: port is an integer, but must be a string",
        ),
        row(
            "a document that is a list",
            raw(b"[]"),
            "RSC011 topics/order-events.json 1:1: the document is not an object",
        ),
    ),
    "RSC012": (
        row(
            "too short",
            topic(name="ab"),
            'RSC012 topics/order-events.json#/name 2:11: name "ab" is 2 characters long; at least 3 are needed -> '
            "make it longer",
        ),
        row(
            "too long",
            application(remark="x" * 256),
            "RSC012 applications/Shop.json#/remark 5:13: remark "
            '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is 256 characters long; at most '
            "255 are allowed",
        ),
        row(
            "too many items",
            checked({"composite_tasks/mirror.json": {**COMPOSITE, "operation_types": ["INSERT"] * 4}}),
            "RSC012 composite_tasks/mirror.json#/operation_types 3:22: operation_types (a list) has 4 items; "
            "at most 3 are allowed",
        ),
        row(
            "too few items",
            checked({"composite_tasks/mirror.json": {**COMPOSITE, "operation_types": []}}),
            "RSC012 composite_tasks/mirror.json#/operation_types 3:22: operation_types (a list) has 0 items; "
            "at least 1 is needed",
        ),
        row(
            "characters, not bytes",
            application(remark="é" * 256),
            "RSC012 applications/Shop.json#/remark 5:13: remark "
            '"ééééééééééééééééééééééééééééééééééééééééééééééééééééééééé…" '
            "is 256 characters long; at most 255 are allowed",
        ),
        row(
            "in the class that a type chooses",
            content(encoding="x" * 11),
            'RSC012 datasources/orders-db.json#/content/encoding 10:17: encoding "xxxxxxxxxxx" is 11 '
            "characters long; at most 10 are allowed",
        ),
    ),
    "RSC013": (
        row(
            "a slash in a name",
            application(name="Shop/2"),
            'RSC013 applications/Shop.json#/name 3:11: name "Shop/2" may have only letters, digits, Chinese '
            "characters, '-', '_', '.', spaces and round brackets -> change the text",
        ),
        row(
            "a digit first",
            topic(name="1-events"),
            "RSC013 topics/order-events.json#/name 2:11: name \"1-events\" may have only English letters, digits, '.', "
            "'_' and '-', beginning with a letter",
        ),
        row(
            "an item of a list",
            api(tags=["fine", "7th"]),
            'RSC013 apis/Shop/orders/get-order.json#/tags/1 16:5: tags[1] "7th" may have only letters, digits, '
            "Chinese characters and - * # % . : _, beginning with a letter or Chinese character",
        ),
        row(
            "letters in a port",
            content(port="33o6"),
            'RSC013 datasources/orders-db.json#/content/port 8:13: port "33o6" may have only digits, five at most',
        ),
        row(
            "a line break after a name",
            topic(name="order-events\n"),
            'RSC013 topics/order-events.json#/name 2:11: name "order-events\\n" may have only English letters, digits, '
            "'.', '_' and '-', beginning with a letter",
            "RSC035 topics/order-events.json#/name 2:11: the name 'order-events\\n' ends with a blank",
        ),
    ),
    "RSC014": (
        row(
            "a method that is not one",
            api(req_method="FETCH"),
            'RSC014 apis/Shop/orders/get-order.json#/req_method 7:17: req_method "FETCH" is not one of GET, '
            "POST, PUT, DELETE, HEAD, PATCH, OPTIONS, ANY -> use one of GET, POST, PUT, DELETE, HEAD, PATCH, "
            "OPTIONS, ANY",
        ),
        row(
            "a number that is not one",
            api(type=3),
            "RSC014 apis/Shop/orders/get-order.json#/type 5:11: type 3 is not one of 1, 2",
        ),
        row(
            "where blank is allowed as well",
            content(mode="expert"),
            'RSC014 datasources/orders-db.json#/content/mode 10:13: mode "expert" is not one of default, professional',
        ),
    ),
    "RSC015": (
        row(
            "too small",
            topic(partition=0),
            "RSC015 topics/order-events.json#/partition 5:16: partition 0 is less than 1 -> use 1 or more",
        ),
        row(
            "too large",
            topic(retention_time=721),
            "RSC015 topics/order-events.json#/retention_time 5:21: retention_time 721 is more than 720",
        ),
        row(
            "far too large",
            topic(partition=10**300),
            "RSC015 topics/order-events.json#/partition 5:16: partition "
            "10000000000000000000000000000000000000000000000000000000000… is more than 100",
        ),
    ),
    "RSC016": (
        row(
            "a misspelling",
            topic(acces_policy="all"),
            'RSC016 topics/order-events.json#/acces_policy 5:3: field "acces_policy" is not known for this kind; it '
            "is kept unchanged -> check the spelling",
        ),
        row(
            "an unknown object, once",
            topic(policies={"a": {"b": 1}, "c": [{"d": 2}]}),
            'RSC016 topics/order-events.json#/policies 5:3: field "policies" is not known for this kind; it is kept '
            "unchanged",
        ),
        row(
            "in an object of a list",
            api(req_params=[{"name": "id", "location": "PATH", "type": "STRING", "typ": 1}]),
            'RSC016 apis/Shop/orders/get-order.json#/req_params/0/typ 19:7: field "typ" is not known for this kind; '
            "it is kept unchanged",
        ),
        row(
            "in the class that a type chooses",
            content(hots="db.example.com"),
            'RSC016 datasources/orders-db.json#/content/hots 10:5: field "hots" is not known for this kind; it is '
            "kept unchanged",
        ),
        row(
            "a long one",
            topic(**{"x" * 59: 1}),
            "RSC016 topics/order-events.json#/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 5:3: field "
            '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is not known for this kind; it is kept '
            "unchanged",
        ),
    ),
    "RSC017": (
        row(
            "the right word in other letters",
            topic(access_policy="ALL"),
            'RSC017 topics/order-events.json#/access_policy 4:20: access_policy "ALL" is "all" in the published list; '
            'the platform\'s examples write some words of lists in other letters -> write "all" to be safe',
        ),
        row(
            "shorter than an older page asks",
            datasource(datasource_name="db1"),
            'RSC017 datasources/orders-db.json#/datasource_name 3:22: datasource_name "db1" is 3 characters long; '
            "at least 4 may be required, according to an older edition of API reference, Creating Data Sources; "
            "other sources disagree -> follow the stricter limit to be safe",
        ),
        row(
            "longer than an older page allows",
            datasource(
                datasource_type="RABBITMQ", content={"key_store": "x" * 1025, "host": "mq.example.com", "port": "5672"}
            ),
            "RSC017 datasources/orders-db.json#/content/key_store 7:18: key_store *** is too long; at most 1,024 "
            "may be allowed, according to an older edition of API reference, Creating Data Sources; other "
            "sources disagree",
            "SEC001 datasources/orders-db.json#/content/key_store 7:18: contains a credential",
        ),
    ),
    "RSC018": (
        row(
            "a type that no page lists",
            datasource(datasource_type="MARIADB"),
            'RSC018 datasources/orders-db.json#/datasource_type 4:22: datasource_type "MARIADB" is not in any '
            "published list, so its fields were not checked -> check the spelling",
        ),
        row(
            "a type in small letters",
            datasource(datasource_type="mysql"),
            'RSC018 datasources/orders-db.json#/datasource_type 4:22: datasource_type "mysql" is not in any '
            "published list, so its fields were not checked",
        ),
        row(
            "an orchestrated task, which has no data sources",
            checked({SYNC: edited(TASK, task_mode="FLOW", source_datasource_id=..., target_datasource_id=...)}),
            'RSC018 tasks/sync_orders.json#/task_mode 5:16: task_mode "FLOW" is a sort whose fields are not published, '
            "so source_datasource_id and target_datasource_id may be missing -> check on the target that the import "
            "brings all of it",
        ),
    ),
    "RSC019": (
        row(
            "what an export leaves out",
            datasource(content={"port": ""}),
            "RSC019 datasources/orders-db.json#/content 6:3: MYSQL needs host, port, database_name to connect, but "
            "these fields are blank or missing -> enter it on the target after the import",
        ),
    ),
    "RSC070": (
        row(
            "an address",
            checked({EVENTS: edited(TOPIC, description="orders.${STAGE}.example.com")}),
            "RSC070 topics/order-events.json#/description 5:18: has a placeholder, which an import takes as it is -> "
            "fill it in before the import",
        ),
        *(
            row(
                text,
                checked({EVENTS: edited(TOPIC, description=text)}),
                "RSC070 topics/order-events.json#/description 5:18: has a placeholder, which an import takes as it is",
            )
            for text in (
                "{{team}}",
                "<your team>",
                "@@TEAM@@",
                "__TEAM__",
                "%TEAM_NAME%",
                "$(team)",
                "https://<host>/x",
            )
        ),
    ),
    "RSC020": (
        row(
            "a type that is not one",
            schema('{"properties": {"a": {"type": "strin"}}}'),
            "RSC020 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: not a valid JSON Schema, at "
            "/properties/a/type of the schema -> fix the schema, or remove it",
        ),
        row(
            "no JSON",
            schema("{"),
            "RSC020 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: the schema cannot be "
            "read: not JSON: it ends too early, before the last bracket is closed",
        ),
        row(
            "a key twice",
            schema('{"type": "string", "type": "number"}'),
            "RSC020 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: the schema cannot be read: key "
            "'type' occurs for the second time in one object",
        ),
        row(
            "a list",
            schema("[]"),
            "RSC020 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: the schema is neither an "
            "object nor true or false",
        ),
        row(
            "a reference that leads out",
            schema('{"$ref": "https://example.com/s"}', default_value="1"),
            "RSC020 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: the schema cannot be applied: a "
            "reference leads outside the schema",
        ),
        row(
            "far too long",
            schema(" " * 65_537),
            "RSC020 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: a schema of 65,537 "
            "characters; at most 65,536 are read",
        ),
    ),
    "RSC022": (
        row(
            "no JSON",
            checked({SYNC: edited(TASK, task_detail="{'mappingTable': []}")}),
            "RSC022 tasks/sync_orders.json#/task_detail/# 7:20: task_detail does not contain a JSON document: not "
            "JSON: a text is in double quotes, and not in single ones -> fix the JSON at this place; an editor with "
            "JSON support also shows it",
        ),
        row(
            "a key twice, after escapes",
            checked({SYNC: edited(TASK, task_detail='{"é": "\\n", "a": 1, "a": 2}')}),
            "RSC022 tasks/sync_orders.json#/task_detail/# 7:46: task_detail does not contain a JSON document: key "
            "'a' occurs for the second time in one object",
        ),
    ),
    "RSC021": (
        row(
            "a default of another type",
            schema('{"type": "integer"}', default_value="one"),
            "RSC021 apis/Shop/orders/get-order.json#/req_params/0/default_value 20:24: default_value does not "
            "satisfy the parameter's schema, at /type of the schema -> change default_value or the schema",
        ),
        row(
            "a sample of another type",
            schema('{"type": "string"}', sample_value="1"),
            "RSC021 apis/Shop/orders/get-order.json#/req_params/0/sample_value 20:23: sample_value does not "
            "satisfy the parameter's schema, at /type of the schema",
        ),
        row(
            "nothing satisfies it",
            schema("false", default_value="1"),
            "RSC021 apis/Shop/orders/get-order.json#/req_params/0/default_value 20:24: default_value does not "
            "satisfy the parameter's schema",
        ),
    ),
    "RSC023": (
        row(
            "a pattern that looks ahead",
            schema('{"pattern": "(?=a)"}', sample_value="b"),
            "RSC023 apis/Shop/orders/get-order.json#/req_params/0/json_schema 19:22: nothing was checked with the "
            "schema: it has a pattern with lookaround, which no linear-time "
            "engine supports -> simplify the schema",
        ),
    ),
    "RSC059": (
        row(
            "a word that the list does not have, in an API with the time of its creation",
            api(req_protocol="HTTP3", register_time="2026-05-04T03:02:01Z"),
            'RSC059 apis/Shop/orders/get-order.json#/req_protocol 6:19: req_protocol "HTTP3" is not one of HTTP, HTTPS,'
            " BOTH, GRPC, GRPCS; the document was read from an instance, whose list may be newer than the published"
            " one -> leave it if the source instance has it; if not, use one of HTTP, HTTPS, BOTH, GRPC, GRPCS;"
            " did you mean 'HTTP'?",
        ),
        row(
            "a topic without its access policy, as lists have it",
            topic(access_policy=..., app_name="Shop"),
            "RSC059 topics/order-events.json#/access_policy 1:1: field 'access_policy' is missing; the document was "
            "read from an instance, and some answers leave it out -> leave it if the source instance has it; if not, "
            "add 'access_policy'",
        ),
        row(
            "a number as a text",
            topic(partition="3", app_name="Shop"),
            "RSC059 topics/order-events.json#/partition 5:16: partition is a string, but must be an integer; the"
            " document was read from an instance, and some answers have numbers as texts, and texts as numbers",
        ),
    ),
    "RSC030": (
        row(
            "a name twice",
            checked({"topics/again.json": TOPIC}),
            "RSC030 topics/order-events.json#/name 2:11: the name 'order-events' is also used in "
            "'topics/again.json' -> rename one of them",
        ),
        row(
            "a common and a composite task, which share their names",
            checked({"composite_tasks/sync.json": edited(COMPOSITE, task_name="sync_orders")}),
            "RSC030 composite_tasks/sync.json#/task_name 2:16: the name 'sync_orders' is also used in "
            "'tasks/sync_orders.json'",
        ),
        row(
            "a name twice in one group",
            checked({"apis/again.json": edited(API, id="api-2", req_uri="/other")}),
            "RSC030 apis/again.json#/name 4:11: the name 'get-order' in 'Shop/orders' is also used in "
            "'apis/Shop/orders/get-order.json' [APIG.3202]",
        ),
        row(
            "a name twice in one application",
            checked({"api_groups/again.json": edited(GROUP, id="group-2")}),
            "RSC030 api_groups/again.json#/name 3:11: the name 'orders' in 'Shop' is also used in "
            "'api_groups/Shop/orders.json' [APIG.3201]",
        ),
    ),
    "RSC031": (
        row(
            "an id twice",
            checked({"applications/Zoo.json": edited(APPLICATION, name="Zoo", key="zoo-key")}),
            "RSC031 applications/Zoo.json#/id 2:9: the id 'app-1' is also the id of application/Shop -> remove the "
            "id of the copy",
        ),
    ),
    "RSC036": (
        row(
            "a point and a line",
            checked(
                {
                    "topics/a.json": edited(TOPIC, name="order.events"),
                    "topics/b.json": edited(TOPIC, name="order_events"),
                }
            ),
            "RSC017 topics/a.json#/name 2:11: name \"order.events\" may have only characters other than '.', according"
            " to the official SDK; other sources disagree -> follow the stricter limit to be safe",
            "RSC036 topics/b.json#/name 2:11: the name 'order_events' is the same as 'order.events' of 'topics/a.json':"
            " '.' and '_' do not distinguish names -> rename one of them",
        ),
    ),
    "RSC032": (
        row(
            "an API that is called alike",
            checked({"apis/list.json": edited(API, id="api-2", name="list")}),
            "RSC032 apis/list.json#/req_uri 8:14: req_method + req_uri + match_mode 'GET /orders/{id} NORMAL' is "
            "also used by api/Shop/orders/get-order -> change one of them [APIG.3301]",
        ),
        row(
            "the default named",
            checked({"apis/list.json": edited(API, id="api-2", name="list", match_mode="NORMAL")}),
            "RSC032 apis/list.json#/req_uri 8:14: req_method + req_uri + match_mode 'GET /orders/{id} NORMAL' is "
            "also used by api/Shop/orders/get-order [APIG.3301]",
        ),
        row(
            "a key twice",
            checked({"applications/Zoo.json": edited(APPLICATION, name="Zoo", id="app-2")}),
            "RSC032 applications/Zoo.json#/key 4:10: key 'shop-key' is also used by application/Shop [APIG.3310]",
        ),
    ),
    "RSC033": (
        row(
            "two of a name in two applications",
            checked(TWO_SOURCES),
            "RSC033 datasources/two.json#/datasource_name 3:22: the name 'orders-db' is also used in "
            "'datasources/orders-db.json'; assumed: datasource-names=instance -> rename one of them, or --assume "
            "datasource-names=… when you know",
        ),
    ),
    "RSC034": (
        row(
            "another case",
            checked({"topics/ORDERS.json": NEAR_TOPIC}),
            "RSC034 topics/order-events.json#/name 2:11: the name 'order-events' is almost 'ORDER-events' in "
            "'topics/ORDERS.json'; it is not documented whether they are one name -> rename one of them, or --assume "
            "names-differ-by=… when you know",
        ),
        row(
            "brackets of another width, and a task of another sort",
            checked(
                {
                    SHOP: edited(APPLICATION, name="Shop (a)"),
                    "applications/wide.json": {"id": "app-2", "name": "Shop （a）"},
                    "composite_tasks/sync.json": edited(COMPOSITE, task_name="SYNC_orders"),
                }
            ),
            "RSC034 applications/wide.json#/name 3:11: the name 'Shop （a）' is almost 'Shop (a)' in "
            "'applications/Shop.json'; it is not documented whether they are one name",
            "RSC034 composite_tasks/sync.json#/task_name 2:16: the name 'SYNC_orders' is almost 'sync_orders' in "
            "'tasks/sync_orders.json'; it is not documented whether they are one name",
        ),
        row(
            "another Unicode form",
            checked(
                {
                    DATABASE: edited(DATASOURCE, datasource_name="caf\u00e9"),
                    "datasources/two.json": edited(DATASOURCE, datasource_id="ds-2", datasource_name="cafe\u0301"),
                }
            ),
            "RSC034 datasources/orders-db.json#/datasource_name 3:22: the name 'café' is almost 'cafe\\u0301' in "
            "'datasources/two.json'; it is not documented whether they are one name",
        ),
        row(
            "almost the same in one application, where names are one in each",
            checked(
                {**TWO_SOURCES, "datasources/Two.json": edited(TWO, datasource_id="ds-3", datasource_name="Orders-DB")},
                assumptions={"datasource-names": "application"},
            ),
            "RSC034 datasources/two.json#/datasource_name 3:22: the name 'orders-db' is almost 'Orders-DB' in "
            "'datasources/Two.json'; it is not documented whether they are one name",
        ),
    ),
    "RSC035": (
        row(
            "a blank after a name",
            application(name="Shop "),
            "RSC035 applications/Shop.json#/name 3:11: the name 'Shop ' ends with a blank -> remove the blank",
        ),
        row(
            "a wide blank before a name",
            application(name="\u3000Shop"),
            'RSC013 applications/Shop.json#/name 3:11: name "\u3000Shop" may have only letters, digits, Chinese '
            "characters, '-', '_', '.', spaces and round brackets",
            "RSC035 applications/Shop.json#/name 3:11: the name '\\u3000Shop' begins with a blank",
        ),
    ),
    "RSC037": (
        row(
            "another case, where that is one name",
            checked({"topics/ORDERS.json": NEAR_TOPIC}, assumptions={"names-differ-by": "letters"}),
            "RSC037 topics/order-events.json#/name 2:11: the name 'order-events' is almost 'ORDER-events' in "
            "'topics/ORDERS.json'; assumed: names-differ-by=letters -> rename one of them",
        ),
    ),
    "RSC040": (
        row(
            "a name that the team does not allow",
            governed({"properties": {"name": {"pattern": "^dev_"}}}),
            "RSC040 topics/order-events.json#/name 2:11: breaks topic.json at /properties/name/pattern: "
            '"order-events" does not satisfy pattern "^dev_" -> change the resource, or topic.json',
        ),
        row(
            "a field that the team wants",
            governed({"required": ["tag"]}),
            "RSC040 topics/order-events.json 1:1: breaks topic.json at /required: 'tag' is missing",
        ),
    ),
    "RSC041": (
        row(
            "a topic that is too large to be judged",
            governed(CHOICES, x=[1] * 20_000),
            "RSC041 topics/order-events.json 1:1: was not checked with topic.json: that takes too much work -> check "
            "where it came from, or simplify the schema",
            UNKNOWN,
        ),
    ),
}

MINIMAL = row("the minimal package", checked())

PASSING: Table = {
    "RSC022": (
        row("a document", checked({SYNC: edited(TASK, task_detail='{"mappingTable": []}')})),
        row("none at all", checked({SYNC: edited(TASK, task_detail=None)})),
    ),
    "RSC001": (MINIMAL, row("no blank at all", raw(b'{"name":"events","app_id":"shop-key","access_policy":"all"}'))),
    "RSC002": (row("Chinese", application(remark="订单中心")),),
    "RSC003": (
        row("a key in two objects", api(req_params=[{"name": n, "location": "QUERY", "type": "STRING"} for n in "ab"])),
    ),
    "RSC004": (
        row(
            "the largest integer that is read",
            topic(unknown=10**308),
            'RSC016 topics/order-events.json#/unknown 5:3: field "unknown" is not known for this kind; it is kept '
            "unchanged",
        ),
    ),
    "RSC005": (
        row(
            "a whole character, escaped",
            raw(b'{"name": "events", "app_id": "shop-key", "access_policy": "all", "tag": "\\ud83d\\ude00"}'),
        ),
    ),
    "RSC006": (
        row(
            "ninety-nine levels",
            raw(FLAT),
            'RSC016 topics/order-events.json#/policies 5:3: field "policies" is not known for this kind; it is kept '
            "unchanged",
        ),
    ),
    "RSC007": (row("a hundred thousand blanks", raw(encode(TOPIC) + b" " * 100_000)),),
    "RSC008": (row("as many values as are read", limited(Limits(values=200), stored(filled(200))), UNKNOWN),),
    "RSC009": (
        row(
            "a text as long as is read",
            limited(Limits(text=500), stored(encode(edited(TOPIC, x="x" * 500)))),
            UNKNOWN,
        ),
        row(
            "long names beside each other",
            topic(x=[{"y" * 4_000: 1}, {"z" * 4_000: 1}]),
            UNKNOWN,
        ),
    ),
    "RSC010": (
        row(
            "what an export leaves out",
            datasource(content={}),
            "RSC019 datasources/orders-db.json#/content 6:3: MYSQL needs host, port, database_name to connect, but "
            "these fields are blank or missing",
        ),
    ),
    "RSC011": (
        row("null for what may be absent", topic(tag=None, partition=None)),
        row("either of two types", task(status="RUNNING")),
        row("the other of two types", task(status=1)),
    ),
    "RSC012": (
        row("exactly the shortest", topic(name="abc")),
        row("exactly the longest", application(remark="订" * 255)),
    ),
    "RSC013": (row("every sign that there is", application(name="Shop_订单 (v1.0)-（2）")),),
    "RSC014": (row("blank where it is allowed", content(mode="")),),
    "RSC015": (row("both ends", topic(partition=100, retention_time=1)),),
    "RSC016": (
        row("the schema of an editor", topic(**{"$schema": "../schemas/topic.json"})),
        row(
            "whatever a connector asks for",
            datasource(datasource_type="CUSTOMIZED", content={"connector_params": {"region": {"id": 1}}}),
            "SEC001 datasources/orders-db.json#/content/connector_params 7:25: contains a credential",
        ),
        row("whatever the platform adds", topic(external_configs={"a": {"b": [{"c": 1}]}})),
    ),
    "RSC017": (row("as long as the older page asks", datasource(datasource_name="db12")),),
    "RSC018": (
        row("another type that is listed", datasource(datasource_type="POSTGRESQL")),
        *(
            row(f"a type whose fields are not published: {word}", datasource(datasource_type=word))
            for word in UNDESCRIBED_TYPES
        ),
        row("a common task", checked({SYNC: edited(TASK, task_mode="NORMAL")})),
    ),
    "RSC019": (
        row("all that it needs", checked()),
        row("an address instead", datasource(content={"mode": "professional", "url": "jdbc:mysql://db.example.com/x"})),
    ),
    "RSC070": (
        row("nothing of the sort", checked()),
        *(
            row(text, checked({EVENTS: edited(TOPIC, description=text)}))
            for text in (
                *("100 %", "a <b> c", "List<String>", "see <a@example.com>", "where t > ${t}", "#host#", "__init__"),
                *("/v1/${deviceId}/up", "#{id}", "{id}", "$id", "<p>text</p>", 'x = "${x}"', "<" * 50),
            )
        ),
    ),
    "RSC020": (
        row("a schema", schema('{"type": "string"}')),
        row("a reference within it", schema('{"$ref": "#/$defs/a", "$defs": {"a": true}}', default_value="1")),
        row("a blank text", schema("")),
    ),
    "RSC021": (
        row("a default that is JSON", schema('{"type": "integer"}', default_value="1")),
        row("a default that is plain text", schema('{"type": "string"}', default_value="one")),
    ),
    "RSC023": (row("a pattern that could backtrack", schema('{"pattern": "^(a+)+$"}', sample_value="aa")),),
    "RSC059": (
        row("blank for not set", api(content_type="", register_time="2026-05-04T03:02:01Z")),
        row("zero for not set", topic(partition=0, app_name="Shop")),
    ),
    "RSC030": (
        row(
            "one name in two groups",
            checked(
                {
                    "api_groups/more.json": edited(GROUP, id="group-2", name="more"),
                    "apis/more.json": edited(API, id="api-2", group_id="group-2"),
                }
            ),
        ),
        row("one name of two kinds", topic(name="sync_orders")),
    ),
    "RSC031": (
        row("no ids at all", checked({"topics/more.json": edited(TOPIC, name="more")})),
        row("one id of two kinds", checked({GET_ORDER: edited(API, id="group-1")})),
    ),
    "RSC036": (row("a line and a dash", checked({"topics/more.json": edited(TOPIC, name="order_events")})),),
    "RSC032": (
        row("another method", checked({"apis/put.json": edited(API, id="api-2", name="put-order", req_method="PUT")})),
        row("another match mode", checked({"apis/any.json": edited(API, id="api-2", name="any", match_mode="SWA")})),
        row("no key", checked({"applications/Zoo.json": {"id": "app-2", "name": "Zoo"}})),
    ),
    "RSC033": (
        row(
            "two of a name in two applications, where that is a name each",
            checked(TWO_SOURCES, assumptions={"datasource-names": "application"}),
        ),
    ),
    "RSC034": (
        row(
            "names that are told apart by every character",
            checked({"topics/ORDERS.json": NEAR_TOPIC}, assumptions={"names-differ-by": "every-character"}),
        ),
        row(
            "almost the same in two groups",
            checked(
                {
                    "api_groups/more.json": edited(GROUP, id="group-2", name="more"),
                    "apis/more.json": edited(API, id="api-2", group_id="group-2", name="GET-order"),
                }
            ),
        ),
    ),
    "RSC035": (row("a blank in the middle", application(name="Shop 2")),),
    "RSC037": (row("names that are not alike", checked({"topics/other.json": edited(TOPIC, name="other")})),),
    "RSC040": (row("a schema that is satisfied", governed({"required": ["name"]})),),
    "RSC041": (row("a schema for a large topic", governed(CHOICES, x=[1] * 100), UNKNOWN),),
}


@pytest.mark.parametrize("row", parameters(FAILING, PASSING))
def test_all_that_is_found_is_expected(row: Row, tmp_path: Path) -> None:
    assert row.told(tmp_path) == list(row.found)


class Measured(Part):
    """What no kind has yet."""

    size: Annotated[int, Field(gt=3)]
    tag: Annotated[str, Disputed(source="an old page", characters=Characters("^[a-z]*$", "small letters"))] = ""


def test_a_limit_that_nobody_has_put_in_words_is_told_all_the_same() -> None:
    (fault,) = find_faults(Measured, {"size": 3})
    assert (fault.slug, fault.pointer) == ("out-of-range", "/size")
    assert fault.message == "size 3: input should be greater than 3"


def test_characters_may_be_disputed_too() -> None:
    (fault,) = find_faults(Measured, {"size": 4, "tag": "A"})
    assert (fault.slug, fault.pointer) == ("disputed-limit", "/tag")
    assert fault.message == 'tag "A" may have only small letters, according to an old page; other sources disagree'

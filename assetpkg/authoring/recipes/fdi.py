"""Made-up data sources, and tasks between them."""

import json
from collections.abc import Mapping

from assetpkg.authoring.recipes.maker import LONGEST_TEXT, WORDS, Document, Maker, Recipe, name_of

_MOST_COLUMNS = 9_000
"""How many a table has at most; 9,999 are allowed."""

_CONTENTS: tuple[tuple[str, Document], ...] = (
    ("MYSQL", {"mode": "default", "host": "db.example.com", "port": "3306", "database_name": "orders"}),
    ("ORACLE", {"mode": "multiAddress", "multi_oracle_address": [{"oracle_address": "o.example.com"}]}),
    ("KAFKA", {"broker": "192.0.2.41:9093,192.0.2.42:9093", "ssl_enable": True}),
    ("API", {"url": "https://crm.example.com/v1", "api_method": "GET", "api_auth_detail": {"auth_method": "none"}}),
    ("OBS", {"address": "obs.example.com", "port": "443", "bucket_name": "archive", "https": True}),
    ("FTP", {"host": "ftp.example.com", "port": "22", "ftp_protocol": "sftp"}),
)


def datasource_type(number: int) -> str:
    """Return the type of a data source."""
    return _CONTENTS[number % len(_CONTENTS)][0]


def _datasource(maker: Maker, number: int) -> Document:
    kind, content = _CONTENTS[number % len(_CONTENTS)]
    return {
        "datasource_id": maker.identity("datasource", number),
        "datasource_name": name_of("datasource", number),
        "datasource_type": kind,
        "app_id": maker.belongs("datasource", number),
        "app_name": name_of("application", maker.owner("datasource", number)),
        "description": maker.sentences(3, maker.random("datasource", number)),
        "content": content,
        "create_time": 1_775_097_000_000,
    }


def _task(maker: Maker, number: int) -> Document:
    source, target = maker.any("datasource", number), maker.any("datasource", number + 1)
    rows = maker.rows(min(max(200, maker.content - 900), LONGEST_TEXT), maker.random("task", number))
    ends = json.dumps({"source_ds_id": source, "target_ds_id": target, "error_handler": [{"id": source}]})
    return {
        "task_id": maker.identity("task", number),
        "task_name": name_of("task", number),
        "task_type": "TIMING",
        "source_datasource_id": source,
        "target_datasource_id": target,
        "task_detail": f'{ends[:-1]}, "mapping": {rows}}}',
        "description": maker.sentences(2, maker.random("description", number)),
        "dispatch": {"use_quartz_cron": False, "period": "MIN", "dispatch_interval": 1 + number % 59},
        "status": "running",
    }


def _composite_task(maker: Maker, number: int) -> Document:
    random = maker.random("composite_task", number)
    columns = [
        {"field_name": f"{known}_{column}", "field_type": "VARCHAR", "field_length": str(column)}
        for column, known in enumerate(random.choices(WORDS, k=min(_MOST_COLUMNS, max(2, maker.content // 575))))
    ]
    pairs = [
        {"source_column": known["field_name"], "source_column_type": "VARCHAR2", "target_column": known["field_name"]}
        for known in columns
    ]
    return {
        "task_id": maker.identity("composite_task", number),
        "task_name": name_of("composite_task", number),
        "task_type": "REALTIME",
        "operation_types": ["INSERT", "UPDATE", "DELETE"],
        "source_app_id": maker.belongs("composite_task", number),
        "description": maker.sentences(2, random),
        "mappings": [
            {
                "source_datasource_id": maker.any("datasource", number),
                "target_datasource_id": maker.any("datasource", number + 1),
                "source_table": f"ERP.T{table}",
                "target_table": f"public.t{table}",
                "source_columns": columns,
                "mapping_columns": pairs,
                "ext_info": {"server_id": str(5_000 + number)},
            }
            for table in range(2)
        ],
    }


RECIPES: Mapping[str, Recipe] = {"datasource": _datasource, "task": _task, "composite_task": _composite_task}

"""Make 60 applications and 50 tasks: 110 files that nobody needs to read."""

import json
from pathlib import Path

for folder, field, count, more in (
    ("applications", "name", 60, {}),
    (
        "tasks",
        "task_name",
        50,
        {"task_type": "REALTIME", "source_datasource_id": "ds-1", "target_datasource_id": "ds-1"},
    ),
):
    for number in range(1, count + 1):
        file = Path("package", folder, f"{folder[:-1]}_{number:02}.json")
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({field: file.stem, **more}), "utf-8")

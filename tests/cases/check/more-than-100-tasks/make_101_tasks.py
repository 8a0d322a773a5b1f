"""Make 101 tasks, one more than an import takes."""

import json
from pathlib import Path

for number in range(101):
    name = f"task_{number:03}"
    document = {
        "task_name": name,
        "task_type": "REALTIME",
        "source_datasource_id": "ds-orders",
        "target_datasource_id": "ds-orders",
    }
    file = Path("package", "tasks", f"{name}.json")
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(document), "utf-8")

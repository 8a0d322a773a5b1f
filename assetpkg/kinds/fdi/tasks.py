"""Fast data integration (FDI): data sources, and the tasks that copy data from one to another."""

from typing import Annotated, Any, ClassVar, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.fdi.content_parts import AT_LEAST_FOUR
from assetpkg.kinds.fdi.datasource_content import CONTENT_CLASSES, UNDESCRIBED_TYPES
from assetpkg.kinds.fdi.parts import CompositeMapping, DatasourceId, Made, TaskDispatch
from assetpkg.kinds.fdi.task_detail import TaskDetail
from assetpkg.kinds.kind import STARTED, Kind, LeftToDo
from assetpkg.kinds.laws import AnyOf, Requires, Sorts, Unsupported
from assetpkg.kinds.markers import (
    LONG_JSON,
    Characters,
    Computed,
    Disputed,
    FreeText,
    Id,
    JsonText,
    Name,
    Prefixed,
    Quota,
    Ref,
    Unordered,
    Variant,
)
from assetpkg.kinds.part import Within

OLDER_TASK_PAGE = f"an older edition of {Page.CREATING_A_COMMON_TASK}"

DATASOURCE_NAME = Characters(
    r"""^[ \t\u3000]*[^&<>"'() \t\u3000][^&<>"'()]*$""",
    "characters other than & < > \" ' ( ), not all of them blank",
)
TASK_NAME = Characters(
    r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$", "English letters, digits, '.', '_' and '-', beginning with a letter or digit"
)
TASK_TAG = Characters(r"^[a-zA-Z0-9_-]*$", "English letters, digits, '-' and '_'")

TaskName = Annotated[str, Name(), Within(min_length=3, max_length=100), TASK_NAME]
TaskType = Literal["REALTIME", "TIMING", "realtime", "timing"]
"""In capital letters when a task is created, in small letters when the platform describes one."""
TaskTag = Annotated[str, Within(max_length=64), TASK_TAG, Disputed(min_length=4, source=OLDER_TASK_PAGE)]
Description = Annotated[str, Within(max_length=1024)]
ApplicationId = Annotated[str, Ref("application"), Within(max_length=64)]


class DataSource(Kind):
    """A data source: tasks read from it and write to it."""

    kind: ClassVar[str] = "datasource"
    title: ClassVar[str] = "data source"
    folder: ClassVar[str] = "datasources"
    page: ClassVar[Page] = Page.CREATING_DATA_SOURCES
    name_scope: ClassVar[tuple[str, str, str] | None] = ("datasource-names", "application", "app_id")
    fresh_id: ClassVar[bool] = True
    overwritten_by: ClassVar[str | None] = "datasource_overwrite"
    quota: ClassVar[Quota | None] = Quota(limit=500, page=Page.QUOTAS, of="project")

    datasource_id: Annotated[str, Id()] | None = None
    """The data source's id, unique in all instances."""
    datasource_name: Annotated[str, Name(), Within(min_length=1, max_length=255), DATASOURCE_NAME, AT_LEAST_FOUR]
    """The name by which an import recognises it."""
    datasource_type: Annotated[str, Within(min_length=1, max_length=32)]
    """The type of system that it connects to; newer versions of the platform have more types."""
    app_id: Annotated[str, Ref("application"), Within(min_length=1, max_length=255), AT_LEAST_FOUR]
    """The integration application that it belongs to."""
    content: Annotated[dict[str, Any], Variant("datasource_type", CONTENT_CLASSES, UNDESCRIBED_TYPES)]
    """The connection data; `datasource_type` decides which fields it has."""
    description: Annotated[Description, AT_LEAST_FOUR, FreeText()] | None = None
    """A description."""
    custom_plugin_id: Annotated[str, Within(max_length=64), AT_LEAST_FOUR] | None = None
    """The connector of a customized data source; no package contains connectors."""
    app_name: Annotated[str, Computed()] | None = None
    """The name of its integration application."""
    app_permission: Annotated[list[str], Computed(), Unordered()] | None = None
    """What the user who read it may do with its integration application."""
    instance_id: Annotated[str, Computed()] | None = None
    """The instance from which it was read."""
    vpc_id: Annotated[str, Computed()] | None = None
    """The virtual private cloud in which it is reached."""
    create_time: Made | None = None
    """When it was created."""
    update_time: Made | None = None
    """When it was changed last."""


class Task(Kind):
    """A common data integration task: it copies data from one data source to another."""

    kind: ClassVar[str] = "task"
    only_in_detail: ClassVar[tuple[str, ...]] = (
        "source_datasource_id",
        "target_datasource_id",
        "description",
        "task_detail",
    )
    title: ClassVar[str] = "data integration task"
    folder: ClassVar[str] = "tasks"
    page: ClassVar[Page] = Page.CREATING_A_COMMON_TASK
    prefixed: ClassVar[Prefixed] = Prefixed.MAYBE
    namespace: ClassVar[str | None] = "data integration tasks"
    counted_as: ClassVar[str | None] = "tasks"
    quota: ClassVar[Quota | None] = Quota(limit=1000, page=Page.QUOTAS, shared_with=("composite_task",))
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (STARTED,)

    task_id: Annotated[str, Id()] | None = None
    """The task's id."""
    task_name: TaskName
    """Unique among the common and composite tasks of the instance."""
    task_type: Annotated[
        TaskType, Requires(needs={"TIMING": ("dispatch",)}, slug="no-schedule", platform_code="FDI.3083")
    ]
    """Whether it copies every change immediately, or runs on its schedule."""
    source_datasource_id: DatasourceId
    """The data source that it reads from."""
    target_datasource_id: DatasourceId
    """The data source that it writes to."""
    task_detail: (
        Annotated[str, JsonText(holds=TaskDetail, mentions="datasource"), LONG_JSON, Within(min_length=1)] | None
    ) = None
    """What is read, mapped and written, and where failed records go: a JSON document in a string."""
    description: Annotated[Description, FreeText()] | None = None
    """A description."""
    task_tag: TaskTag | None = None
    """A tag that helps to find it."""
    dispatch: Annotated[TaskDispatch, AnyOf(("cron", "period"), slug="no-schedule")] | None = None
    """The schedule; a `TIMING` task without one cannot be started."""
    status: Annotated[int | str, Computed()] | None = None
    """Whether it is stopped or running."""
    execute_status: Annotated[str, Computed()] | None = None
    """The result of the last run."""
    version: Annotated[str, Computed()] | None = None
    """Its version."""
    task_mode: (
        Annotated[str, Computed(), Sorts(("NORMAL", "CDC"), waived=("source_datasource_id", "target_datasource_id"))]
        | None
    ) = None
    """The sort of task: NORMAL, CDC, or FLOW (orchestrated), which has no data sources of its own."""
    ext_type: Annotated[str, Computed()] | None = None
    """The type of task that the console shows."""
    project_id: Annotated[str, Computed()] | None = None
    """The project from which it was read."""
    enterprise_project_id: Annotated[str, Computed()] | None = None
    """The enterprise project from which it was read."""
    source_instance_id: Annotated[str, Computed()] | None = None
    """The instance of `source_datasource_id`."""
    target_instance_id: Annotated[str, Computed()] | None = None
    """The instance of `target_datasource_id`."""
    source_datasource_name: Annotated[str, Computed()] | None = None
    """The name of the data source that it reads from."""
    target_datasource_name: Annotated[str, Computed()] | None = None
    """The name of the data source that it writes to."""
    source_app_id: Annotated[str, Computed()] | None = None
    """The integration application of the data source that it reads from."""
    target_app_id: Annotated[str, Computed()] | None = None
    """The integration application of the data source that it writes to."""
    source_app_name: Annotated[str, Computed()] | None = None
    """The name of that application."""
    target_app_name: Annotated[str, Computed()] | None = None
    """The name of that application."""
    created_date: Made | None = None
    """When it was created."""
    last_modified_date: Made | None = None
    """When it was changed last."""
    last_modified_time: Made | None = None
    """The same value, as a list of tasks has it."""


class CompositeTask(Kind):
    """A composite data integration task: it keeps many tables of two databases equal."""

    kind: ClassVar[str] = "composite_task"
    only_in_detail: ClassVar[tuple[str, ...]] = ("description",)
    title: ClassVar[str] = "composite data integration task"
    folder: ClassVar[str] = "composite_tasks"
    page: ClassVar[Page] = Page.CREATING_A_COMPOSITE_TASK
    prefixed: ClassVar[Prefixed] = Prefixed.MAYBE
    namespace: ClassVar[str | None] = "data integration tasks"
    counted_as: ClassVar[str | None] = "tasks"
    by_hand: ClassVar[tuple[LeftToDo, ...]] = (STARTED,)

    task_id: Annotated[str, Id()] | None = None
    """The task's id."""
    task_name: TaskName
    """Unique among the common and composite tasks of the instance."""
    task_type: Annotated[TaskType, Unsupported(("TIMING",), "REALTIME")] | None = None
    """The platform runs composite tasks only in real time."""
    operation_types: Annotated[
        list[Literal["INSERT", "UPDATE", "DELETE"]], Within(min_length=1, max_length=3), Unordered()
    ]
    """The changes that it copies."""
    source_app_id: ApplicationId | None = None
    """The integration application of the database that it reads."""
    target_app_id: ApplicationId | None = None
    """The integration application of the database that it writes to."""
    description: Annotated[Description, FreeText()] | None = None
    """A description."""
    task_tag: TaskTag | None = None
    """A tag that helps to find it."""
    dispatch: TaskDispatch | None = None
    """The schedule."""
    mappings: Annotated[list[CompositeMapping], Unordered(by=("source_table", "target_table"))] | None = None
    """Which source table goes to which target table."""
    status: Annotated[int | str, Computed()] | None = None
    """Whether it is stopped or running."""
    project_id: Annotated[str, Computed()] | None = None
    """The project from which it was read."""
    source_app_name: Annotated[str, Computed()] | None = None
    """The name of the application whose database it reads."""
    target_app_name: Annotated[str, Computed()] | None = None
    """The name of the application whose database it writes."""
    created_date: Made | None = None
    """When it was created."""
    last_modified_date: Made | None = None
    """When it was changed last."""

"""The parts of tasks: schedules, and the mappings of composite tasks."""

from typing import Annotated, Literal

from assetpkg.diagnostics.pages import Page
from assetpkg.kinds.laws import ANYTHING, MostBytes, Requires, Without
from assetpkg.kinds.markers import Characters, Computed, Disputed, FreeText, Ref, Unordered
from assetpkg.kinds.notes import NeedsBeside
from assetpkg.kinds.part import Part, Within

OLDER_PAGE = f"an older edition of {Page.CREATING_A_SCHEDULE}"

COMPOSITE_GUIDE = "the user guide, Creating a Composite Task"

DatasourceId = Annotated[str, Ref("datasource"), Within(min_length=1, max_length=64)]
Made = Annotated[int | str, Computed()]
"""A time; milliseconds since 1970 in most answers of the platform, and a text in some."""
ColumnText = Annotated[str, Within(min_length=1, max_length=256)]
ColumnLength = Annotated[str, Characters(r"^[0-9]*$", "digits")]


class TaskDispatch(Part):
    """A schedule: a cron expression, or a period with a start."""

    dispatch_id: Annotated[str, Computed()] | None = None
    """The schedule's id."""
    task_id: Annotated[str, Computed()] | None = None
    """The task that it starts."""
    use_quartz_cron: (
        Annotated[bool, Requires(needs={True: ("cron",), False: ("period",)}, slug="no-schedule")] | None
    ) = None
    """Whether `cron` is used instead of `period`."""
    cron: Annotated[str, Within(max_length=255), Disputed(min_length=8, source=OLDER_PAGE)] | None = None
    """A Quartz cron expression."""
    cron_timezone: str | None = None
    """The time zone of the cron expression."""
    period: (
        Annotated[
            Literal["", "MIN", "HOUR", "DAY", "WEEK", "MON"],
            Requires(needs={ANYTHING: ("dispatch_interval",)}, slug="no-schedule", unless=("use_quartz_cron", True)),
        ]
        | None
    ) = None
    """The unit of `dispatch_interval`; blank if there is a cron expression."""
    dispatch_interval: Annotated[int, Within(ge=1, le=59)] | None = None
    """How many periods are between two runs."""
    start_datetime: Annotated[int, Within(ge=0, le=99_999_999_999_999_999)] | None = None
    """The first run, in milliseconds since 1970."""
    remark: Annotated[str, Within(max_length=36), Disputed(min_length=8, source=OLDER_PAGE), FreeText()] | None = None
    """A description."""
    created_date: Made | None = None
    """When it was created."""
    last_modified_date: Made | None = None
    """When it was changed last."""


class TableColumn(Part):
    """A column of a table."""

    field_name: str | None = None
    """Its name."""
    field_type: str | None = None
    """Its type in the database."""
    field_length: str | None = None
    """Its length, as a string."""


class MappingColumn(Part):
    """A column of the source, and the column of the target to which it is written."""

    source_column: ColumnText | None = None
    """The column that is read."""
    source_column_type: ColumnText | None = None
    """Its type in the database."""
    source_column_length: ColumnLength | None = None
    """Its length, as a string."""
    target_column: ColumnText | None = None
    """The column that is written."""
    target_column_type: ColumnText | None = None
    """Its type in the database."""
    target_column_length: ColumnLength | None = None
    """Its length, as a string."""


class MappingExtension(Part):
    """Values that only some databases need."""

    server_id: str | None = None
    """The server id that is used to read the changes of a MySQL source."""


Columns = Annotated[list[TableColumn], Within(max_length=9999), Unordered(by=("field_name",))]
MappingColumns = Annotated[
    list[MappingColumn], Within(max_length=9999), Unordered(by=("source_column", "target_column"))
]


TableName = Annotated[ColumnText, MostBytes(64, COMPOSITE_GUIDE), Without("-#")]


class CompositeMapping(Part):
    """A table of the source, and the table of the target to which it is copied."""

    id: Annotated[str, Computed()] | None = None
    """The mapping's id."""
    source_datasource_id: Annotated[
        DatasourceId, NeedsBeside(here=("ext_info", "server_id"), there="datasource_type", values=("MYSQL",))
    ]
    """The data source that is read."""
    target_datasource_id: DatasourceId
    """The data source that is written."""
    source_table: TableName | None = None
    """The table that is read."""
    target_table: TableName | None = None
    """The table that is written."""
    source_columns: Columns | None = None
    """The columns of the table that is read."""
    target_columns: Columns | None = None
    """The columns of the table that is written."""
    mapping_columns: MappingColumns | None = None
    """Which source column goes to which target column."""
    mapping: MappingColumns | None = None
    """The same value, under the name that the platform uses when it is read back."""
    ext_info: MappingExtension | None = None
    """Values that only some databases need."""
    status: Annotated[str, Computed()] | None = None
    """How the mapping was created."""
    mapping_percent: Annotated[int, Computed()] | None = None
    """How much of the table is mapped."""
    updated_time: Made | None = None
    """When it was changed last."""

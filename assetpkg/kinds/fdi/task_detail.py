"""The document inside `task_detail` of a common task: the parts that other resources depend on.

Its two public pages are API reference, Appendix, RawFormDataRequest and RawFormDataResponse. Its keys mix two ways of
writing. The pages do not describe some parts, such as the members of an error handler. These parts are kept and
searched for ids.
"""

from typing import Annotated

from assetpkg.kinds.markers import Ref
from assetpkg.kinds.part import Called, Part

DATASOURCE_ID = r"[0-9a-f]{32}"
"""What the ids of data sources look like; where only the place says what is there, the form decides."""

DatasourceId = Annotated[str, Ref("datasource")]
LikelyId = Annotated[str, Ref("datasource", form=DATASOURCE_ID)]


class DatasourceUse(Part):
    """A place for a data source, or for a channel that is one; it is not public which of these keys has its id."""

    id: LikelyId | None = None
    """The data source."""
    datasource_id: LikelyId | None = None
    """The data source."""
    ds_id: LikelyId | None = None
    """The data source."""
    datasource_id_camel: Annotated[LikelyId | None, Called("datasourceId")] = None
    """The data source."""
    ds_id_camel: Annotated[LikelyId | None, Called("dsId")] = None
    """The data source."""


OneUse = Annotated[DatasourceUse, Ref("datasource", form=DATASOURCE_ID)]


class TaskDetail(Part):
    """What a common task reads, maps and writes, and where failed records go."""

    source_ds_id: DatasourceId | None = None
    """The data source that is read."""
    target_ds_id: DatasourceId | None = None
    """The data source that is written."""
    source_ds_id_camel: Annotated[DatasourceId | None, Called("sourceDsId")] = None
    """The data source that is read."""
    target_ds_id_camel: Annotated[DatasourceId | None, Called("targetDsId")] = None
    """The data source that is written."""
    source_selected: Annotated[OneUse | None, Called("sourceSelectedDatasource")] = None
    """The part of it that is read."""
    source_selected_read: Annotated[OneUse | None, Called("source_selected_datasource")] = None
    """The same value, under the name that the platform uses when it is read back."""
    target_selected: Annotated[OneUse | None, Called("targetSelectedDatasource")] = None
    """The part of it that is written."""
    target_selected_read: Annotated[OneUse | None, Called("target_selected_datasource")] = None
    """The same value, under the name that the platform uses when it is read back."""
    error_handler: list[DatasourceUse] | None = None
    """Where failed records go."""
    after_implementation: Annotated[list[DatasourceUse] | None, Called("afterImplementation")] = None
    """Who is notified when it is done."""
    after_implementation_read: Annotated[list[DatasourceUse] | None, Called("after_implementation")] = None
    """The same value, under the name that the platform uses when it is read back."""

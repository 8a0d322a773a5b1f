"""The public pages of the platform's documentation, each declared once: kinds, rules, faults and plans cite them."""

from enum import StrEnum, unique
from typing import Self

from assetpkg.diagnostics.sources import Authority

_HOST = "https://support.huaweicloud.com"
_GUIDE = f"{_HOST}/intl/en-us/usermanual-roma"
_API = f"{_HOST}/intl/en-us/api-roma"
_OVERVIEW = f"{_HOST}/intl/en-us/productdesc-roma"


@unique
class Page(StrEnum):
    """A page of the documentation; its text is its title, after the book that it is in.

    `address` is the URL under which everybody can read it, empty where that is not known.
    """

    address: str

    def __new__(cls, title: str, address: str = "") -> Self:
        """Make a page of its title and its address."""
        page = str.__new__(cls, title)
        page._value_ = title
        page.address = address
        return page

    @property
    def authority(self) -> Authority:
        """Who says what is on it: the platform."""
        return Authority.PAGE

    MIGRATION_OVERVIEW = (
        "User guide, Restoring/Migrating Integration Assets, Overview",
        f"{_HOST}/eu/usermanual-roma/roma_03_0014.html",
    )
    PREPARATIONS = "User guide, Preparations", f"{_HOST}/eu/usermanual-roma/roma_03_0015.html"
    MODIFYING_INSTANCE_CONFIGURATIONS = "User guide, Modifying Instance Configurations"
    MODIFYING_DATA_SOURCE_CONFIGURATIONS = "User guide, Modifying Data Source Configurations"
    MODIFYING_API_CONFIGURATIONS = "User guide, Modifying API Configurations", f"{_GUIDE}/roma_03_0019.html"
    MODIFYING_DEVICE_CONFIGURATIONS = "User guide, Modifying Device Configurations"
    IMPORT_GUIDE = "User guide, Importing and Exporting Assets", f"{_GUIDE}/roma_03_0045.html"
    MODIFYING_INSTANCE_CONFIGURATION_PARAMETERS = "User guide, Modifying Instance Configuration Parameters"
    SCHEDULING_API_CALLING = "User guide, Scheduling API Calling"
    CREATING_A_TOPIC_IN_THE_CONSOLE = "User guide, Creating a Topic"

    QUOTAS = "Service overview, Quotas", f"{_OVERVIEW}/usage-limits.html"

    IMPORTING_ASSETS = "API reference, Importing Assets", f"{_API}/ImportAsset.html"
    EXPORTING_ASSETS = "API reference, Exporting Assets in Batches", f"{_API}/ExportAsset.html"
    ERROR_CODES = "API reference, Error Codes", f"{_API}/ErrorCode_server.html"
    JSON_TEXTS = "API reference, Appendix, RawFormDataRequest", f"{_HOST}/intl/es-us/api-roma/roma_06_0031.html"
    CREATING_AN_APPLICATION = "API reference, Creating an Application"
    CREATING_AN_APPLICATION_CONFIGURATION = "API reference, Creating an Application Configuration"
    AUTHORIZING_APPS = "API reference, Authorizing Apps"
    CREATING_A_DICTIONARY = "API reference, Creating a Dictionary"
    CREATING_DATA_SOURCES = "API reference, Creating Data Sources", f"{_API}/CreateDatasourceInfo.html"
    CREATING_A_COMMON_TASK = "API reference, Creating a Common Task"
    CREATING_A_COMPOSITE_TASK = "API reference, Creating a Composite Task"
    CREATING_A_SCHEDULE = "API reference, Creating a Schedule"
    CREATING_AN_API_GROUP = "API reference, Creating an API Group", f"{_HOST}/intl/tr-tr/api-roma/CreateApiGroupV2.html"
    CREATING_AN_API = "API reference, Creating an API", f"{_HOST}/en-us/api-roma/CreateApiV2.html"
    CREATING_A_BACKEND_API = "API reference, Creating a Backend API"
    CREATING_A_VPC_CHANNEL = "API reference, Creating a VPC Channel"
    CREATING_A_CUSTOM_AUTHORIZER = "API reference, Creating a Custom Authorizer"
    CREATING_A_PLUG_IN = "API reference, Creating a Plug-in"
    CREATING_A_TOPIC = "API reference, Creating a Topic"
    CREATING_A_PRODUCT = "API reference, Creating a Product"
    CREATING_A_PRODUCT_TEMPLATE = "API reference, Creating a Product Template"

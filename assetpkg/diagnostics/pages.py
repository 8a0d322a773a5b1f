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

    `id` is what the page is called in the address of every edition and language of it. `address` is a URL under which
    everybody can read it, empty where no edition of it was seen.
    """

    id: str
    address: str

    def __new__(cls, title: str, where: str) -> Self:
        """Make a page of its title and its address, or else its id."""
        page = str.__new__(cls, title)
        page._value_ = title
        page.id = where.rpartition("/")[2].removesuffix(".html")
        page.address = where if "/" in where else ""
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
    MODIFYING_INSTANCE_CONFIGURATIONS = "User guide, Modifying Instance Configurations", "roma_03_0016"
    MODIFYING_DATA_SOURCE_CONFIGURATIONS = "User guide, Modifying Data Source Configurations", "roma_03_0018"
    MODIFYING_API_CONFIGURATIONS = "User guide, Modifying API Configurations", f"{_GUIDE}/roma_03_0019.html"
    MODIFYING_DEVICE_CONFIGURATIONS = "User guide, Modifying Device Configurations", "roma_03_0020"
    IMPORT_GUIDE = "User guide, Importing and Exporting Assets", f"{_GUIDE}/roma_03_0045.html"
    MODIFYING_INSTANCE_CONFIGURATION_PARAMETERS = (
        "User guide, Modifying Instance Configuration Parameters",
        f"{_GUIDE}/roma_03_0012.html",
    )
    SCHEDULING_API_CALLING = "User guide, Scheduling API Calling", "roma_03_2125"
    CREATING_A_TOPIC_IN_THE_CONSOLE = "User guide, Creating a Topic", "mqs-ug-190429002"

    QUOTAS = "Service overview, Quotas", f"{_OVERVIEW}/usage-limits.html"

    IMPORTING_ASSETS = "API reference, Importing Assets", f"{_API}/ImportAsset.html"
    EXPORTING_ASSETS = "API reference, Exporting Assets in Batches", f"{_API}/ExportAsset.html"
    ERROR_CODES = "API reference, Error Codes", f"{_API}/ErrorCode_server.html"
    JSON_TEXTS = "API reference, Appendix, RawFormDataRequest", f"{_HOST}/intl/es-us/api-roma/roma_06_0031.html"
    CREATING_AN_APPLICATION = "API reference, Creating an Application", f"{_HOST}/api-roma/CreateRomaApp.html"
    CREATING_AN_APPLICATION_CONFIGURATION = (
        "API reference, Creating an Application Configuration",
        f"{_HOST}/intl/en-us/ae-ad-1-api-roma/CreateAppConfigV2.html",
    )
    AUTHORIZING_APPS = "API reference, Authorizing Apps", "CreateAuthorizingAppsV2"
    CREATING_A_DICTIONARY = "API reference, Creating a Dictionary", "CreateDictionary"
    CREATING_DATA_SOURCES = "API reference, Creating Data Sources", f"{_API}/CreateDatasourceInfo.html"
    QUERYING_DATA_SOURCES = "API reference, Querying Data Sources", f"{_HOST}/api-roma/ListDatasources.html"
    CREATING_A_COMMON_TASK = "API reference, Creating a Common Task", "CreateCommonTask"
    CREATING_A_COMPOSITE_TASK = "API reference, Creating a Composite Task", f"{_API}/CreateMultiTasks.html"
    CREATING_A_SCHEDULE = "API reference, Creating a Schedule", f"{_HOST}/en-us/api-roma/CreateDispatches.html"
    QUERYING_A_TASK_LIST = "API reference, Querying a Task List", "ListTasks"
    CREATING_AN_API_GROUP = "API reference, Creating an API Group", f"{_HOST}/intl/tr-tr/api-roma/CreateApiGroupV2.html"
    CREATING_AN_API = "API reference, Creating an API", f"{_HOST}/en-us/api-roma/CreateApiV2.html"
    CREATING_A_BACKEND_API = "API reference, Creating a Backend API", "CreateLiveDataApiV2"
    CREATING_A_VPC_CHANNEL = "API reference, Creating a VPC Channel", f"{_HOST}/en-us/api-roma/CreateVpcChannelV2.html"
    CREATING_A_CUSTOM_AUTHORIZER = "API reference, Creating a Custom Authorizer", "CreateCustomAuthorizerV2"
    CREATING_A_PLUG_IN = "API reference, Creating a Plug-in", "CreatePlugin"
    CREATING_A_TOPIC = "API reference, Creating a Topic", "CreateMqsInstanceTopic"
    CREATING_A_PRODUCT = "API reference, Creating a Product", "CreateProduct"
    CREATING_A_PRODUCT_TEMPLATE = (
        "API reference, Creating a Product Template",
        f"{_HOST}/en-us/api-roma/CreateProductTemplate.html",
    )

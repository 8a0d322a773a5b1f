"""The words that stay: those of the format, of protocols and products that everybody knows, of SQL and of scripts."""

import re
from collections.abc import Iterator
from functools import cache

from assetpkg.authoring.redact.placeholders import words_of_the_format
from assetpkg.credentials.words import CAPITAL
from assetpkg.kinds import KINDS
from assetpkg.kinds.kind import fields_of
from assetpkg.kinds.markers import Variant
from assetpkg.kinds.part import Part

SHORTEST = 3
"""How many letters and digits a word has at least to be replaced."""
SHORTEST_NUMBER = 6
"""How many digits a number has at least to be replaced; shorter ones are ports, times, lengths and parts of dates."""

_PROTOCOLS = """
    http https ftp ftps sftp ssh tcp udp tls ssl mqtt mqtts amqp amqps ldap ldaps grpc grpcs soap rest smtp imap jdbc
    odbc url uri urn uuid guid json xml yaml csv html text plain utf utf8 utf16 gbk gb2312 gb18030 iso ascii latin1
    base64 md5 sha1 sha256 sha512 hmac aes rsa des gzip zip oauth oauth2 saml jwt sasl scram gssapi kerberos cert
    get post put patch head options any content application multipart form data urlencoded octet stream charset accept
    www localhost urn fss function api apis
"""
_PRODUCTS = """
    mysql oracle postgresql postgres sqlserver mssql db2 hive hana sap mongodb redis kafka rocketmq rabbitmq activemq
    artemis mrs dws obs dis dli gauss100 gauss200 gaussdb taurus elasticsearch hbase clickhouse snmp websocket fiks
    thin oci mariadb hive2 huawei roma apic fdi mqs link huaweicloud myhuaweicloud
"""
_STATES = """
    true false yes none null required optional default release running stop stopped start started success succeeded
    fail failed normal cdc flow read write access delete modify admin all pub sub latest health check realtime timing
    mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec
"""
_TYPES = """
    string number integer int int2 int4 int8 bigint smallint tinyint float double decimal numeric real varchar varchar2
    nvarchar nvarchar2 char nchar text clob nclob blob binary date time datetime timestamp timestamptz boolean bool
    array object long short byte enum
"""
_SCHEMA = """
    type properties items pattern format title description minimum maximum length min max additional allof anyof oneof
    not const schema nullable readonly definitions ref draft org json dependencies unique
    additionalproperties minlength maxlength minitems maxitems uniqueitems patternproperties exclusiveminimum
    exclusivemaximum multipleof dependentrequired email ipv4 ipv6 hostname
"""
_BESIDE_CREDENTIALS = """
    name key keys value values val field label param parameter header id ids use has need enable enabled endpoint file
    required ttl timeout time expires expiry size count limit version alg algorithm method mode status policy location
    remark alias prefix suffix column path rule rules flag provider source encoder page next cursor
    password passwd pass pwd passphrase passcode secret token tokens authorization authentication auth credential
    credentials keystore truststore appcode authcode code cookie cookies signature sig otp dsn bearer basic digest
    account app client cipher crypt decryption encryption license master priv private public service session shared sign
    signing storage subscription apikey app_key appkey appsecret accesskey secretkey accesstoken clientsecret clientid
    community login username user 密码 密钥 口令 令牌
"""
_SQL = """
    select from where join inner left right full outer cross natural on using group order by having limit offset fetch
    union intersect except distinct as and or not in is null like between exists case when then else end insert into
    values update set delete merge matched create alter drop truncate table view index primary foreign key references
    constraint unique check default cascade grant revoke with recursive call exec execute begin commit rollback declare
    procedure function returns return trigger if elsif loop while for cursor open close fetch count sum avg min max cast
    convert coalesce nvl ifnull nullif upper lower trim substr substring concat replace length round floor ceil abs mod
    now sysdate current_date current_time current_timestamp extract interval year month day hour minute second over
    partition row_number rank dense_rank lag lead first_value last_value asc desc nulls first last all any some top
    rownum dual varchar integer decimal date timestamp
"""
_SCRIPTS = """
    var let const function return if else for while do switch case break continue default new delete typeof instanceof
    in of try catch finally throw class extends super this void yield async await import export from null undefined true
    false nan infinity json parse stringify math object array string number boolean date regexp error promise map set
    length push pop shift unshift slice splice concat join split indexof includes keys values entries foreach filter
    reduce some every find sort reverse replace match test trim tolowercase touppercase substring substr tostring
    valueof hasownproperty prototype call apply bind console log info warn parseint parsefloat isnan isarray
    importclass importpackage packages java lang util com roma apic livedata common config client execute data
    dataSourceclient datasourceconfig datasourceclient httpclient httpconfig apirequest get post put set add remove
    getparameters getheaders getbody getmethod geturi request response body headers
"""

KEPT = frozenset(f"{_PROTOCOLS} {_PRODUCTS} {_STATES} {_TYPES} {_SCHEMA} {_BESIDE_CREDENTIALS}".casefold().split())
"""The words that stay wherever they are, in small letters: they are the same in everybody's packages."""
CODE = frozenset(f"{_SQL} {_SCRIPTS}".casefold().split())
"""The words that stay where they stand alone in SQL or in a script, in small letters."""

_SIGNS_OF_CODE = re.compile(
    r"(?i)\bselect\b.{1,2000}?\bfrom\b|\binsert\s+into\b|\bupdate\b.{1,400}?\bset\b|\bdelete\s+from\b|\bmerge\s+into\b"
    r"|\bcreate\s+(?:table|view|procedure|function|or\s+replace)\b|\bfunction\s*[\w$]{0,64}\s*\(|\bvar\s+[\w$]+\s*="
    r"|\b(?:let|const)\s+[\w$]+\s*=|=>\s*[{(]|\bimportClass\(|\breturn\s+[^;\n]{1,200};",
    re.DOTALL,
)
_CODE_BEGINS_WITHIN = 20_000
"""In how many characters a script is recognised as one."""


def is_code(text: str) -> bool:
    """Say whether a text is SQL or a script, in which the words of these languages stay."""
    return _SIGNS_OF_CODE.search(text[:_CODE_BEGINS_WITHIN]) is not None


@cache
def is_key_of_the_format(key: str) -> bool:
    """Say whether a key that no class declares is made of nothing but words of keys that some class declares.

    The platform has many such keys in the documents that its pages describe only in part.
    """
    parts = list(_parts_of(key))
    return bool(parts) and all(part in _parts_of_keys() or part.removesuffix("s") in _parts_of_keys() for part in parts)


@cache
def variant_words() -> frozenset[str]:
    """Return the values that choose the class of a part, such as the types of data sources."""
    found: set[str] = set()
    for kind in KINDS.values():
        for field in fields_of(kind).values():
            variant = field.marker(Variant)
            if variant is not None:
                found.update(variant.classes, variant.undescribed)
    return frozenset(found)


@cache
def is_reserved(word: str) -> bool:
    """Say whether no stand-in may be this word: it stays somewhere, or means something there."""
    return word in KEPT or word in CODE or word in _reserved()


@cache
def _reserved() -> frozenset[str]:
    return frozenset(part for word in words_of_the_format() for part in (word.casefold(), *_parts_of(word)))


@cache
def _parts_of_keys() -> frozenset[str]:
    return frozenset(part for kind in KINDS.values() for part in _parts_of_class(kind, set()))


def _parts_of_class(part: type[Part], seen: set[type[Part]]) -> Iterator[str]:
    del seen
    pending = list(fields_of(part).values())
    while pending:
        field = pending.pop()
        yield from _parts_of(field.name)
        pending.extend(field.parts.values())


def _parts_of(key: str) -> Iterator[str]:
    yield from (part.casefold() for part in re.findall(r"[^\W_]+", CAPITAL.sub("_", key)))

"""What a wrong file is called, and texts with byte order marks."""

import json

import pytest

from assetpkg.documents.encodings import as_utf8
from assetpkg.documents.foreign import identify
from tests.tables import every_row

TEXT = '{"name": "订单"}'

FILES = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n", "empty"),
    "a zip": (b"PK\x03\x04abc", "a zip"),
    "a page": (b"\r\n<!DOCTYPE html><html>", "an HTML page"),
    "a page with a comment": (b"<!-- saved -->\n<html lang='en'>", "an HTML page"),
    "XML": (b"<?xml version='1.0'?><a/>", "an XML document"),
    "a pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n", "a Git LFS pointer"),
    "gzip": (b"\x1f\x8b\x08", "an archive"),
    "7-Zip": (b"7z\xbc\xaf\x27\x1c", "an archive"),
    "tar": (b"a".ljust(257, b"\0") + b"ustar", "an archive"),
    "base64": (b"UEsDBBQAAAAI", "a zip in base64"),
    "Swagger as YAML": (b"# made by hand\nswagger: '2.0'\n", "an OpenAPI (Swagger) file"),
    "OpenAPI as YAML": (b"---\nopenapi: 3.0.1\n", "an OpenAPI (Swagger) file"),
    "words": (b"hello", None),
    "a number": (b"1", None),
}
DOCUMENTS = {
    "a snapshot": ({"format": "assetpkg-snapshot/1"}, "a snapshot of a target"),
    "a manifest": ({"format": "assetpkg/1", "name": "a"}, "the manifest of a package"),
    "a plan": ({"format_version": "1.0", "changes": []}, "a saved plan"),
    "plans": ({"format_version": "1.0", "steps": []}, "a saved plan"),
    "a report": ({"format_version": "1.0", "packages": []}, "a report that assetpkg wrote"),
    "Swagger": ({"swagger": "2.0", "paths": {}}, "an OpenAPI (Swagger) file"),
    "OpenAPI": ({"openapi": "3.1.0", "paths": {}}, "an OpenAPI (Swagger) file"),
    "a schema": ({"$schema": "https://json-schema.org/draft/2020-12/schema"}, "a JSON Schema"),
    "an error": ({"error_code": "APIG.1001", "error_msg": "no"}, "an error answer of the platform"),
    "a job": ({"id": "1", "status": "RUNNING", "progress_percent": 0.1}, "the answer about a job"),
    "a job's beginning": ({"job_id": "1"}, "the answer to the start of a job"),
    "a page of a list": ({"total": 1, "size": 1, "apis": [{"name": "a"}]}, "the answer to a list call"),
    "a list": ([{"name": "a"}], "a JSON list"),
    "a resource": ({"name": "a", "remark": ""}, "the document of a single resource"),
    "something": ({"a": 1}, "another JSON document"),
}


@every_row(("content", "what"), FILES.values(), ids=FILES)
def test_a_file_is_known_by_its_beginning(content: bytes, what: str | None) -> None:
    found = identify(content)
    assert (None if found is None else found.what.partition(",")[0]) == what


@pytest.mark.parametrize(("document", "what"), DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_document_is_known_by_its_members(document: object, what: str, encoding: str) -> None:
    found = identify(json.dumps(document).encode(encoding))
    assert found is not None
    assert found.what == what


def test_a_damaged_plan_is_still_one() -> None:
    found = identify(b'{"format_version": "1.0", "changes": [')
    assert found is not None
    assert found.what == "a saved plan"


@every_row("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_marked_text_is_read_and_another_is_left(encoding: str) -> None:
    content = TEXT.encode(encoding)
    marked = encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    assert as_utf8(content) == (TEXT.encode() if marked else content)


@pytest.mark.parametrize("content", [b"\xff\xfea", b"\xef\xbb\xbf\xff", b"\xfe\xff\xd8\x00"])
def test_what_the_mark_does_not_fit_is_left(content: bytes) -> None:
    assert as_utf8(content) == content

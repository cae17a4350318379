"""Reads .ods: its XML is surveyed and bounded, then calamine reads the values.

LibreOffice stores a result with every formula; a formula without a result is UNCALCULATED. Repeat counts are the
danger of an .ods: a hundred bytes can declare a thousand million cells with a value (docs/hazards.md, 3).
"""

from __future__ import annotations

from xml.parsers import expat

from jieyue_cli.problems import Code
from jieyue_cli.workbook.calamine import calamine_book
from jieyue_cli.workbook.cells import FileKind, Workbook
from jieyue_cli.workbook.containers.xmlpart import plain_xml
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.ods.tables import Tables
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.survey import bound
from jieyue_cli.writing.container import pack, stored

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    b'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="%b"/>'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
) % MIMETYPE


def read_ods(container: Container, limits: Limits) -> Workbook:
    """Read a checked container; raise RefusedError where it has a password or its content is broken."""
    manifest = "META-INF/manifest.xml"
    if manifest in container and b"encryption-data" in container.read(manifest):
        raise RefusedError(Code.FILE_PASSWORD)
    if "content.xml" not in container:
        raise RefusedError(Code.FILE_DAMAGED, detail="缺少内容部件")
    content = plain_xml(container.read("content.xml"), "content.xml")
    tables = Tables(limits)
    try:
        content = tables.parse(content)
    except (expat.ExpatError, ValueError) as cause:
        raise RefusedError(Code.FILE_DAMAGED, detail="内容部件有误") from cause
    bound([(None, survey) for survey in tables.surveys], limits)
    data = pack((stored("mimetype", MIMETYPE), stored(manifest, _MANIFEST), stored("content.xml", content)))
    return calamine_book(FileKind.ODS, data, tables.surveys, limits)

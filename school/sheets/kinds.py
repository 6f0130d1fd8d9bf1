"""What kind of file was sent, by how it begins; its name says nothing.

What is neither a workbook nor text is refused, with the way to a file that can be read.
"""

from django.utils.translation import gettext_lazy as _

from school.sheets.errors import NotReadable
from workflow.errors import Text

ZIPPED = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""An .xls, or any workbook with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
FIRST = 4096
WEB_PAGE = (b"<?xml", b"<meta")
OF_A_WEB_PAGE = (b"<html", b"<!doctype html", b"<table")
"""What many programs send under the name of .xls; a style or a title may stand before it."""
BLANK = b"\xef\xbb\xbf \t\r\n"
NO_TABLE = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"{\\rtf",
)

AS_XLSX = _(
    "This is an old workbook (.xls). Open it in Excel, choose Save as, then Excel workbook "
    "(.xlsx), and choose that file here."
)
HAS_PASSWORD = _(
    "This workbook has a password. Open it, remove the password, save it, and choose it again."
)
OTHER_BOOK = _(
    "This workbook is in another format. Open it, choose Save as, then Excel workbook (.xlsx), "
    "and choose that file here."
)
IS_PDF = _(
    "This is a PDF, whatever its name says. Ask for the table as Excel (.xlsx) or CSV, and choose "
    "that file here."
)
IS_WEB_PAGE = _(
    "This is a web page that is named like a workbook. Open it in Excel, choose Save as, then "
    "Excel workbook (.xlsx), and choose that file here."
)
IS_NO_TABLE = _("This is no table. Choose a file whose name ends in .xlsx or .csv.")
IS_EMPTY = _("The file is empty.")
IS_ARCHIVE = _(
    "This is a compressed folder (.zip). Extract it, and choose the file that was in it."
)


def is_workbook(content: bytes) -> bool:
    """Return whether it is an .xlsx, or else text. Raises NotReadable for anything else."""
    if why := _why_not(content):
        raise NotReadable(why)
    return content.startswith(ZIPPED)


def _why_not(content: bytes) -> Text:
    if not content.strip(BLANK):
        return IS_EMPTY
    if content.startswith(OLD_WORKBOOK):
        return HAS_PASSWORD if ENCRYPTED in content else AS_XLSX
    if content.startswith(ZIPPED):
        return OTHER_BOOK if OPEN_DOCUMENT in content[:FIRST] else ""
    begins = content[:FIRST].lstrip(BLANK).replace(b"\0", b"").lower()
    if b"%pdf-" in content[:1024].lower():
        return IS_PDF
    if begins.startswith(WEB_PAGE) or any(tag in begins for tag in OF_A_WEB_PAGE):
        return IS_WEB_PAGE
    return IS_NO_TABLE if content.startswith(NO_TABLE) else ""

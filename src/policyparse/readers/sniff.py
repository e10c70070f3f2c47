"""What a file is, by its own bytes: magic numbers first, then the look of its text. File names come second."""

from __future__ import annotations

import io
import re
import struct
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (_OLE, "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b\x08", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"MIME-Version:", "mht"),
)

_MAGIC = tuple(magic for magic, _ in MAGIC)
"""For most files, which are texts, one test decides."""

_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("OFD.xml", "ofd"),
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("content.xml", "odt"),
)
_PACKAGE = frozenset(
    ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "xl/workbook.xml", "OFD.xml", "content.xml", "mimetype")
)
"""Parts of which every package of one document has one."""
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "docx"),  # which also says that a password is needed
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
    ("Book\0", "xls"),
)


# From: <由 Microsoft Internet Explorer 5 保存> … Subject: … MIME-Version: 1.0 … multipart/related
_ARCHIVE = re.compile(
    rb"(?:From|Subject|Date|Content-Type|X-[A-Za-z-]{1,40}): ?[^\0]{0,900}^MIME-Version:", re.MULTILINE
)


def binary_format(data: bytes) -> str | None:
    """Name of the binary format that `data` starts like (a key of `readers.FORMATS`), or None for text."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    found = next((name for magic, name in MAGIC if head.startswith(magic)), None) if head.startswith(_MAGIC) else None
    if found is None and ((data.startswith(b"RIFF") and data[8:12] == b"WEBP") or _is_bitmap(data)):
        return "image"
    if data.startswith(b"ustar", 257):
        return "archive"
    if found == "zip":
        return _zip_format(data)
    if found == "ole":
        return _ole_format(data)
    return found or _xml_format(data[:4096]) or ("mht" if _ARCHIVE.match(head) else None)


def _xml_format(start: bytes) -> str | None:
    """XML of an office program, told by names in it."""
    if b"<" not in start:
        return None
    if b"<w:wordDocument" in start:
        return "wordml"
    if b"office/2006/xmlPackage" in start:
        return "docx"
    return "sheetml" if b"<Workbook" in start and b"urn:schemas-microsoft-com:office:spreadsheet" in start else None


def _ole_format(data: bytes) -> str:
    """By the streams of a compound file; what is embedded (a sheet in a letter) has streams of the same names."""
    found = dict.fromkeys(form for stream, form in _OLE_STREAMS if _has_entry(data, stream))
    if len(found) > 1:
        import olefile

        try:
            with olefile.OleFileIO(io.BytesIO(data)) as ole:
                found = dict.fromkeys(form for stream, form in _OLE_STREAMS if ole.exists(stream.rstrip("\0"))) or found
        except (
            OSError,
            ValueError,
            IndexError,
            TypeError,
            AttributeError,
            KeyError,
            struct.error,
        ):  # damaged: the first
            pass
    return next(iter(found), "doc")


def _has_entry(data: bytes, stream: str) -> bool:
    """Is there a directory entry of this name? Entries begin at multiples of 128 bytes."""
    name = stream.encode("utf-16-le")
    at = data.find(name)
    while at >= 0 and at % 128:
        at = data.find(name, at + 1)
    return at >= 0


def _is_bitmap(data: bytes) -> bool:
    """`BM` also starts a text (BMW…): the size that the header states must be the file's."""
    return data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data)


def _zip_format(data: bytes) -> str:
    try:
        names = _listed(data) or zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
        names = [part for part, _ in _ZIP_PARTS if part.encode() in data[:65536]]
        return next((f for part, f in _ZIP_PARTS if part in names), "zip")
    return package_format(names)


def _listed(data: bytes) -> list[str]:
    """The names in the directory of a zip file; none when it is not simply the last thing in the file."""
    end = len(data) - 22
    if end < 0 or not data.startswith(b"PK\x05\x06", end):
        return []
    count, size = struct.unpack_from("<HL", data, end + 10)
    at, names = end - size, []
    while 0 <= at <= end - 46 and data.startswith(b"PK\x01\x02", at):
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        names.append(data[at + 46 : at + 46 + name].decode("cp437"))
        at += 46 + name + extra + comment
    return names if at == end and len(names) == count else []


def package_format(names: list[str]) -> str:
    """What a zip with parts of these names is: a document (docx, xlsx, ofd …), or an archive (zip)."""
    if not _PACKAGE.intersection(names):  # an archive may have a folder named word, too
        return "zip"
    return next((f for part, f in _ZIP_PARTS if any(n.startswith(part) for n in names)), "zip")


_HTML_START = re.compile(
    r"(?:\s|<!--.{0,4000}?-->|<\?xml[^>]{0,200}>|<%.{0,2000}?%>)*+"
    r"<(?:!doctype\s+html|(?:html|head|body|div|table|title|meta|link|script|style|article|section|center|form"
    r"|ul|ol|h[1-6]|p|span|font|input|iframe|header|main|tbody|tr|td)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_HTML_PAGE = re.compile(r"<(?:!doctype\s+html|html[\s>]|body[\s>])", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,500})?/?>", re.IGNORECASE)
_CLOSING = re.compile(r"</(?:p|div|td|table|span|body|html|h[1-6]|li|ul|font|a|title)\s*>|<br\b", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """True for a page or a fragment of one; a text with a few stray tags in it (<b>…</b>) is a text."""
    head = text[:8192]
    if "<" not in head:
        return False
    return bool(_HTML_PAGE.search(head) or (_HTML_START.match(head) and _CLOSING.search(text, 0, 65536)))


def has_tags(text: str) -> bool:
    """True when there is anything like an html tag near the start."""
    return bool(_TAG.search(text, 0, 65536))

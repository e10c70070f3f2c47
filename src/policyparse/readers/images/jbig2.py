"""JBIG2 (GBIG2 in an OFD): black and white scans in a form that Pillow cannot open, and pdfium can.

A pdf may hold such images, without the head that a file of its own has. So the image is put into a pdf of one page,
and pdfium gives its pixels.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_MARK = b"\x97JB2\r\n\x1a\n"
_BARE = b"\0\0\0\0\x30\0\x01"
"""Without that head the first segment tells of page 1."""
_PAGE, _END_OF_FILE = 48, 51
_MOST_SEGMENTS = 10_000
_MOST_PIXELS = 120_000_000


class _Segment(NamedTuple):
    kind: int
    header: bytes
    size: int
    """Of the data behind it."""


def is_jbig2(data: bytes) -> bool:
    """A file of its own, or the segments alone."""
    return data.startswith((_MARK[:4], _BARE))


def open_jbig2(data: bytes) -> Image:
    """The first page of a JBIG2 file. ValueError or OSError where it cannot be read."""
    try:
        stream, width, height = _embedded(data)
    except (struct.error, IndexError) as error:
        raise ValueError("damaged JBIG2 image") from error
    if not 0 < width * height <= _MOST_PIXELS:
        raise ValueError(f"JBIG2 image of {width} x {height} pixels")
    return _decoded(_pdf(stream, width, height))


def _embedded(data: bytes) -> tuple[bytes, int, int]:
    """The segments as a pdf has them, each header before its data; width and height of the page."""
    at, in_turn = 0, True
    if data.startswith(_MARK):
        in_turn, known = bool(data[8] & 1), not data[8] & 2
        at = 13 if known else 9
    found: list[_Segment] = []
    places: list[int] = []
    for _ in range(_MOST_SEGMENTS):
        if at + 11 > len(data):
            break
        segment = _header(data, at)
        at += len(segment.header)
        if segment.kind == _END_OF_FILE:
            break
        found.append(segment)
        places.append(at)
        at += segment.size if in_turn else 0
    if not in_turn:  # all headers stand before all data
        for n, segment in enumerate(found):
            places[n] = at
            at += segment.size
    page = next((n for n, segment in enumerate(found) if segment.kind == _PAGE), None)
    if page is None:
        raise ValueError("JBIG2 image without a page")
    width, height = struct.unpack_from(">II", data, places[page])
    pieces = [segment.header + data[p : p + segment.size] for segment, p in zip(found, places, strict=True)]
    return b"".join(pieces), width, height


def _header(data: bytes, at: int) -> _Segment:
    """7.2 of the standard: number, kind, the segments it refers to, its page, the length of its data."""
    start = at
    number, flags = struct.unpack_from(">IB", data, at)
    at += 5
    count = data[at] >> 5
    if count == 7:
        count = struct.unpack_from(">I", data, at)[0] & 0x1FFFFFFF
        at += 4 + (count + 8) // 8
    else:
        at += 1
    at += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    at += 4 if flags & 0x40 else 1
    (size,) = struct.unpack_from(">I", data, at)
    at += 4
    return _Segment(flags & 0x3F, data[start:at], min(size, len(data)))


def _pdf(stream: bytes, width: int, height: int) -> bytes:
    """A pdf whose page is the image."""
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray"
        b" /Filter /JBIG2Decode /Length %d >>\nstream\n%s\nendstream" % (width, height, len(stream), stream)
    )
    content = b"q %d 0 0 %d 0 0 cm /I Do Q" % (width, height)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R"
        b" /Resources << /XObject << /I 5 0 R >> >> >>" % (width, height),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        image,
    )
    out, places = b"%PDF-1.7\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (table, len(out))


def _decoded(data: bytes) -> Image:
    import pypdfium2

    from ..pdf import LOCK

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                page = document[0]
                images = [o for o in page.get_objects(max_depth=1) if isinstance(o, pypdfium2.PdfImage)]
                picture: Image = images[0].get_bitmap().to_pil().convert("L")
            finally:
                document.close()
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise ValueError("damaged JBIG2 image") from error
    return picture

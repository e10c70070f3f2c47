"""Small pdf files made in the test: text in a Chinese font that is not embedded, lines, images, links, a password."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0
_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


@dataclass
class Sheet:
    """A page. Places are points from its top left corner, as the page is without rotation."""

    width: float = WIDTH
    height: float = HEIGHT
    rotation: int = 0
    content: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        string: str,
        size: float = 16,
        *,
        colour: tuple[float, float, float] = (0, 0, 0),
        mode: int = 0,
        turn: tuple[float, float, float, float] = (1, 0, 0, 1),
        spacing: float = 0,
        font: str = "F1",
    ) -> Sheet:
        """`string` with its top left corner at (x, y). `turn`: cos, sin, -sin, cos of its angle."""
        code = string.encode("utf-16-be").hex() if font == "F1" else string.encode("latin-1").hex()
        at = f"{turn[0]} {turn[1]} {turn[2]} {turn[3]} {x} {self.height - y - 0.88 * size}"
        red, green, blue = colour
        self.content.append(
            f"BT /{font} {size} Tf {mode} Tr {spacing} Tc {red} {green} {blue} rg {at} Tm <{code}> Tj ET"
        )
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> Sheet:
        """A stroked line."""
        self.content.append(f"{width} w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def area(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0) -> Sheet:
        """A filled box."""
        self.content.append(f"{grey} g {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f")
        return self

    def image(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """A grey image."""
        self.content.append(f"q {x1 - x0} 0 0 {y1 - y0} {x0} {self.height - y1} cm /Im1 Do Q")
        return self

    def link(self, x0: float, y0: float, x1: float, y1: float, target: str) -> Sheet:
        """A place that leads to `target`."""
        box = f"{x0} {self.height - y1} {x1} {self.height - y0}"
        self.links.append(f"<< /Type /Annot /Subtype /Link /Rect [{box}] /A << /S /URI /URI ({target}) >> >>")
        return self

    def field(self, x0: float, y0: float, x1: float, y1: float, value: str) -> Sheet:
        """A text field with a value."""
        box = f"{x0} {self.height - y1} {x1} {self.height - y0}"
        text = "FEFF" + value.encode("utf-16-be").hex()
        self.links.append(f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /V <{text}> /Rect [{box}] >>")
        return self

    def grid(self, x: list[float], y: list[float]) -> Sheet:
        """A ruled table without merged cells."""
        for at in x:
            self.line(at, y[0], at, y[-1])
        for at in y:
            self.line(x[0], at, x[-1], at)
        return self


def pdf(*sheets: Sheet, password: str = "", unicode_map: str = "") -> bytes:
    """The file of these pages. `unicode_map`: the body of a ToUnicode map for font F1 (a wrong one, say)."""
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R]"
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        (font + (" /ToUnicode 7 0 R >>" if unicode_map else " >>")).encode(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 5 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 /CapHeight 880"
        b" /ItalicAngle 0 /StemV 80 /FontBBox [-25 -254 1000 880] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream(b"", unicode_map.encode()),
        _stream(
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\xc0"
        ),
    ]
    kids: list[int] = []
    for sheet in sheets:
        objects.append(_stream(b"", "\n".join(sheet.content).encode("latin-1")))
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] /Rotate {sheet.rotation}"
            " /Resources << /Font << /F1 3 0 R /F2 6 0 R >> /XObject << /Im1 8 0 R >> >>"
            f" /Contents {len(objects)} 0 R /Annots [{' '.join(sheet.links)}] >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{k} 0 R' for k in kids)}] /Count {len(kids)} >>".encode()
    trailer = b"<< /Root 1 0 R"
    if password:
        objects, trailer = _locked(objects, trailer, password)
    return _file(objects, trailer)


def _stream(entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (entries, len(packed), packed)


def _file(objects: list[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n%s /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(objects) + 1, start))


def _locked(objects: list[bytes], trailer: bytes, password: str) -> tuple[list[bytes], bytes]:
    """The streams under the oldest standard cipher (40 bits), for a user password."""
    padded, name = (password.encode() + _PADDING)[:32], b"0123456789abcdef"
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + name).digest()[:5]
    user = _rc4(key, _PADDING)
    locked = []
    for number, body in enumerate(objects, 1):
        head, mark, rest = body.partition(b"\nstream\n")
        if mark:
            own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
            rest = _rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream"
        locked.append(head + mark + rest)
    locked.append(f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{user.hex()}> /P -4 >>".encode())
    return locked, trailer + f" /Encrypt {len(locked)} 0 R /ID [<{name.hex()}> <{name.hex()}>]".encode()

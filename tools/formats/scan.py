"""The shortest sample as a scanner gives it: pictures of pages, a little turned and grainy, a seal in red, no text.

Stands in `tests/data/scans`, not in `corpora`: reading it needs the extra `ocr`, and `policyparse convert corpora`
must work without.
"""

from __future__ import annotations

import io
import math
from dataclasses import replace

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import docx, libre
from .looks import LOOKS
from .notice import ROOT, Notice

NAME = "001_5b23a8fe904563f3"
FOLDER = ROOT / "tests" / "data" / "scans"
DPI = 150
QUALITY = 25
TIGHT = replace(LOOKS["001"], body_size=21, line=306, title_size=36)
"""Two pages instead of three."""


def scan(notice: Notice) -> bytes:
    """The pdf's bytes."""
    files = docx.parts(notice, TIGHT)
    printed = pdfium.PdfDocument(libre.pdf(files, dict.fromkeys(libre.FREE, "AR PL UMing CN")))
    pictures = [printed[i].render(scale=DPI / 72).to_pil().convert("L") for i in range(len(printed))]
    pictures[-1] = _sealed(pictures[-1])
    return image_pdf([_jpeg(_scanned(x, i)) for i, x in enumerate(pictures)])


def _sealed(page: Image.Image) -> Image.Image:
    """A round red seal with a star, where the text ends at the right."""
    rows = [y for y in range(int(page.height * 0.9)) if min(page.crop((0, y, page.width, y + 1)).tobytes()) < 128]
    radius = int(DPI * 0.8)
    x, y = int(page.width * 0.74), rows[-1] + int(radius * 0.86)
    seal = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(seal)
    red = (214, 40, 44)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=6)
    points = [(0.36 - k % 2 * 0.22, math.pi * k / 5 + math.pi / 2) for k in range(1, 11)]
    pen.polygon([(x + radius * r * math.cos(a), y - radius * r * math.sin(a)) for r, a in points], fill=red)
    return ImageChops.multiply(page.convert("RGB"), seal)


def _scanned(page: Image.Image, number: int) -> Image.Image:
    """Turned by 0.3 degrees, paper not quite white, soft edges, grain."""
    white = 255 if page.mode == "L" else (255, 255, 255)
    page = page.rotate(0.3 - 0.5 * number, Image.Resampling.BICUBIC, fillcolor=white)
    page = page.filter(ImageFilter.GaussianBlur(0.45)).point(lambda v: min(v, 255) * 236 // 255 + 12)
    grain = Image.frombytes("L", page.size, _noise(page.width * page.height, number + 1))
    bands = [ImageChops.add(b, grain, offset=-2) for b in page.split()]
    return Image.merge(page.mode, bands)


def _noise(size: int, seed: int) -> bytes:
    """Bytes of 0 to 4, the same each time."""
    table = bytes(x * 5 // 256 for x in range(256))
    row, state = bytearray(65_537), seed
    for i in range(len(row)):
        state = (1_103_515_245 * state + 12_345) & 0x7FFFFFFF
        row[i] = state >> 16 & 255
    return (bytes(row).translate(table) * (size // len(row) + 1))[:size]


def _jpeg(page: Image.Image) -> tuple[bytes, int, int, str]:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=QUALITY, optimize=True, subsampling=2 if page.mode == "RGB" else -1)
    return out.getvalue(), page.width, page.height, "DeviceGray" if page.mode == "L" else "DeviceRGB"


def image_pdf(pictures: list[tuple[bytes, int, int, str]]) -> bytes:
    """A pdf with one picture a page and nothing else."""
    kids = " ".join(f"{3 + 3 * i} 0 R" for i in range(len(pictures)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pictures)}/Kids[{kids}]>>".encode()]
    for i, (data, width, height, space) in enumerate(pictures):
        w, h = round(width * 72 / DPI, 2), round(height * 72 / DPI, 2)
        draw = f"q {w} 0 0 {h} 0 0 cm /Im0 Do Q".encode()
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {w} {h}]/Contents {4 + 3 * i} 0 R"
            f"/Resources<</XObject<</Im0 {5 + 3 * i} 0 R>>>>>>".encode(),
            _stream("", draw),
            _stream(
                f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{space}/BitsPerComponent 8"
                "/Filter/DCTDecode",
                data,
            ),
        ]
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for i, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{x:010} 00000 n \n" for x in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n"
    return bytes(out) + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def _stream(keys: str, data: bytes) -> bytes:
    return f"<<{keys}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def main() -> None:
    """Make the file."""
    from .notice import notices

    FOLDER.mkdir(parents=True, exist_ok=True)
    notice = next(x for x in notices() if x.name == NAME)
    data = scan(notice)
    (FOLDER / f"{NAME}.pdf").write_bytes(data)
    print(f"{len(data):9,} {NAME}.pdf")


if __name__ == "__main__":
    main()

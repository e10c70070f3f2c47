"""Pages of an OFD that are pictures: their images put together as one, to be recognised."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ...limits import Budget
from ..images.jbig2 import is_jbig2, open_jbig2
from ..layout import GridCell, Page, Ruling
from .outlines import Figure, draw
from .parts import Document, first, text_of
from .text import Image

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_PAGE = 0.5
"""Images that cover this share of a page are its content; less is a seal, a logo, a code."""
_MOST_PIXELS = 120_000_000
_MOST_STRIPS = 500
_DPI = (72.0, 300.0)
_OUTLINES_DPI = 200.0


def covers(images: list[Image], width: float, height: float) -> bool:
    """True when the images make up the page, one for all of it or strips of it."""
    area = sum((min(i.x1, width) - max(i.x0, 0)) * (min(i.y1, height) - max(i.y0, 0)) for i in images)
    return area >= _PAGE * width * height > 0


def recognised(
    images: list[Image], figures: list[Figure], page: Page, document: Document, budget: Budget
) -> Page | None:
    """The page as its images and outlines show it; None when there is nothing to see.

    Raises MissingExtra without the extra [ocr].
    """
    from ..images.ocr import read_page

    opened = [(image, picture) for image in images[:_MOST_STRIPS] if (picture := _open(image, document))]
    if not opened and not figures:
        return None
    if len(opened) == 1 and not figures:
        ((image, picture),) = opened
        scale = (image.x1 - image.x0) / picture.width
        read = read_page(picture, page.number, scale, budget)
        if (read.width > read.height) == (picture.width > picture.height):
            return _moved(read, image.x0, image.y0, page)
        return read  # lies on its side: the page is as large as what was read
    picture, scale = _whole(opened, page)
    if figures:
        draw(picture, figures, page.rulings, scale, budget)
    return read_page(picture, page.number, scale, budget)


def _open(image: Image, document: Document) -> Picture | None:
    from ..images.ocr import pillow

    image_module: Any = pillow()
    found = document.resource("MultiMedia", image.resource)
    if found is None or image.x1 - image.x0 < 1 or image.y1 - image.y0 < 1:
        return None
    location = text_of(first(found[0], "MediaFile"))
    name = document.find(location, found[1])
    if name is None:
        document.parts.damage.append(f"the image {location} is not in the file")
        return None
    data = document.parts.content(name)
    try:
        picture: Picture = open_jbig2(data) if is_jbig2(data) else image_module.open(io.BytesIO(data))
        if picture.width * picture.height <= _MOST_PIXELS:
            picture.load()
            return picture
        reason = "too many pixels"
    except (OSError, ValueError, SyntaxError, image_module.DecompressionBombError) as error:
        reason = str(error)
    document.parts.damage.append(f"the image {name} cannot be opened: {reason}")
    return None


def _whole(opened: list[tuple[Image, Picture]], page: Page) -> tuple[Picture, float]:
    """The strips on a white page, in the resolution of the finest of them."""
    from ..images.ocr import pillow

    dpi = max((72 * picture.width / (image.x1 - image.x0) for image, picture in opened), default=_OUTLINES_DPI)
    scale = 72 / min(max(dpi, _DPI[0]), _DPI[1])
    scale = max(scale, (page.width * page.height / _MOST_PIXELS) ** 0.5)
    canvas: Picture = pillow().new(
        "RGB", (max(round(page.width / scale), 1), max(round(page.height / scale), 1)), "white"
    )
    for image, picture in opened:
        box = [round(v / scale) for v in (image.x0, image.y0, image.x1, image.y1)]
        size = (max(box[2] - box[0], 1), max(box[3] - box[1], 1))
        if max(size) <= 4 * max(canvas.size):
            canvas.paste(picture.convert("RGB").resize(size), (box[0], box[1]))
    return canvas, scale


def _moved(read: Page, dx: float, dy: float, page: Page) -> Page:
    """From the image's corner to the page's."""
    if abs(dx) < 1 and abs(dy) < 1:
        return Page(page.number, page.width, page.height, read.runs, read.grids, read.rulings)
    for grid in read.grids:
        grid.x0, grid.y0, grid.x1, grid.y1 = grid.x0 + dx, grid.y0 + dy, grid.x1 + dx, grid.y1 + dy
        grid.cells = [
            GridCell(c.x0 + dx, c.y0 + dy, c.x1 + dx, c.y1 + dy, c.row, c.column, c.rowspan, c.colspan)
            for c in grid.cells
        ]
    runs = [r._replace(x0=r.x0 + dx, y0=r.y0 + dy, x1=r.x1 + dx, y1=r.y1 + dy) for r in read.runs]
    rulings = [Ruling(r.x0 + dx, r.y0 + dy, r.x1 + dx, r.y1 + dy) for r in read.rulings]
    return Page(page.number, page.width, page.height, runs, read.grids, rulings)

"""A docx of nothing but pictures: a printed notice that was scanned and put on its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...errors import UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..images.ocr import pillow, with_doubts
from ..layout import Page, compose
from .names import BLIP, EMBED, IMAGE_DATA, RID
from .parts import Parts

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALLEST = 500
"""Pixels of either side: a logo or a seal is no page."""
_MOST_PIXELS = 120_000_000


def _pictures(root: Any, parts: Parts) -> list[str]:
    """Names of the picture parts that the document shows, in order, each once."""
    idents = (e.get(EMBED) or e.get(RID) or "" for e in root.iter(BLIP, IMAGE_DATA))
    found = (parts.relations[ident].target for ident in idents if ident in parts.relations)
    return [name for name in dict.fromkeys(found) if name in parts]


def read_scans(root: Any, parts: Parts, options: ReadOptions, budget: Budget, media_type: str) -> RawDoc | None:
    """The text on the pictures that the document `root` shows; None when none is as large as a page.

    Raises MissingExtra without the extra [ocr], UnreadableFile when reading images is switched off.
    """
    images = list(_pages(_pictures(root, parts), parts, budget))
    if not images:
        return None
    if options.ocr == "never":
        raise UnreadableFile(
            f"{budget.name or 'the input'} has only pictures of pages, and reading images is switched off (ocr=never)"
        )
    return with_doubts(compose(_read(images, budget), budget, reader="docx", media_type=media_type))


def _pages(names: list[str], parts: Parts, budget: Budget) -> Iterator[Image]:
    if not names:
        return
    image_module = pillow()
    for number, name in enumerate(names, 1):
        budget.check("pages", number)
        try:
            image = image_module.open(io.BytesIO(parts.content(name)))
        except (OSError, ValueError, SyntaxError, image_module.DecompressionBombError):
            continue
        if min(image.size) >= _SMALLEST and image.width * image.height <= _MOST_PIXELS:
            yield image


def _read(images: list[Image], budget: Budget) -> Iterator[Page]:
    from PIL import ImageOps

    from ..images import points_a_pixel
    from ..images.ocr import read_page

    for number, image in enumerate(images, 1):
        try:
            upright = ImageOps.exif_transpose(image)
        except (OSError, ValueError, SyntaxError):
            continue
        yield read_page(upright, number, points_a_pixel(upright), budget)

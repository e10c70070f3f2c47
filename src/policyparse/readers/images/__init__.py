"""png, jpg, tif (all frames), bmp, gif, webp: each frame is a page whose text is recognised."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...errors import LimitExceeded, UnreadableFile
from ...limits import Budget, ReadOptions
from ...source import RawDoc
from ..layout import Page, compose

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 120_000_000
"""Of one frame: A3 at 600 dpi has 70 million."""
_A4_WIDTH = 595.0
_USUAL_DPI = (72, 1200)


def read_bytes(data: bytes, options: ReadOptions, budget: Budget) -> RawDoc:
    """The pages of an image file. Raises MissingExtra without the extra [ocr], UnreadableFile when damaged."""
    name = budget.name or "the input"
    if options.ocr == "never":
        raise UnreadableFile(f"{name} is an image, and reading images is switched off (ocr=never)")
    from .ocr import pillow, with_doubts

    image_module = pillow()
    try:
        with image_module.open(io.BytesIO(data)) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise LimitExceeded(f"{name} has {image.width} x {image.height} pixels, more than {_MOST_PIXELS}")
            budget.check("pages", getattr(image, "n_frames", 1))
            media_type = image_module.MIME.get(image.format, "image/unknown")
            return with_doubts(compose(_pages(image, budget), budget, reader="image", media_type=media_type))
    except (OSError, ValueError, SyntaxError, image_module.DecompressionBombError) as error:
        raise UnreadableFile(f"{name} is a damaged image{_why(error)}; copy or download it again") from error


def _why(error: Exception) -> str:
    """The reason in words; "cannot identify image file <_io.BytesIO object at 0x…>" says nothing to a person."""
    reason = str(error)
    return f": {reason}" if reason and "object at 0x" not in reason else ""


def _pages(image: Image, budget: Budget) -> Iterator[Page]:
    from PIL import ImageOps, ImageSequence

    from .ocr import read_page

    for number, frame in enumerate(ImageSequence.Iterator(image), 1):
        upright = ImageOps.exif_transpose(frame)
        yield read_page(upright, number, points_a_pixel(upright), budget)


def points_a_pixel(image: Image) -> float:
    """From the resolution that the file states; an image without one is taken as a page as wide as A4."""
    stated = image.info.get("dpi", (0, 0))[0]
    if _USUAL_DPI[0] < stated <= _USUAL_DPI[1]:  # 72 is what programs write that do not know
        return float(72 / stated)
    return _A4_WIDTH / max(min(image.width, image.height), 1)

"""Page images before and after recognition: red seals out of the way, ruling lines found. NumPy and OpenCV.

Both libraries come with the extra [ocr]; this module is imported only after the engine has been found.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from PIL import Image

from ..layout import Ruling

_MM = 72 / 25.4
_SEAL = (28 * _MM, 75 * _MM)
"""Diameter of an official seal in points: 38–50 mm by rule, with room for cut ones. A red headline's letters stay
below 20 mm and its line is no square."""
_SHORTEST_RULE = 8 * _MM
"""A ruling shorter than this is a stroke of a letter; those of headlines are told by their line of text."""
_THICKEST_RULE = 1.6 * _MM


def prepare(image: Image.Image, scale: float) -> tuple[Image.Image, Any]:
    """The image on white ground, and its pixels (BGR) with the ink of red seals taken out."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    image = image.convert("RGB")
    pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
    return image, _without_seals(pixels, scale)


def _without_seals(pixels: Any, scale: float) -> Any:
    """White for red pixels inside round red shapes of a seal's size: the black text below stays."""
    channels = pixels.astype(np.int16)
    blue, green, red = channels[:, :, 0], channels[:, :, 1], channels[:, :, 2]
    mask = ((red - np.maximum(blue, green) > 40) & (red > 90)).astype(np.uint8)
    if not mask.any():
        return pixels
    reach = max(int(2 * _MM / scale), 1)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    cleaned = pixels
    for x, y, w, h, _ in boxes[1:count]:
        if all(_SEAL[0] <= side * scale <= _SEAL[1] for side in (w, h)) and 0.6 < w / h < 1.7:
            if cleaned is pixels:
                cleaned = pixels.copy()
            inside = cleaned[y : y + h, x : x + w]
            # the soft edges of the ink, too: everything reddish next to it
            ink = cv2.dilate(mask[y : y + h, x : x + w], np.ones((3, 3), np.uint8)).astype(bool)
            brightest = channels[y : y + h, x : x + w, 2]  # what is black under the ink is dark in the red channel, too
            inside[ink & (brightest > 110)] = 255
    return cleaned


def rulings(pixels: Any, scale: float) -> list[Ruling]:
    """The straight horizontal and vertical lines of the page, in points."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(~grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 15, -8)
    length = max(int(_SHORTEST_RULE / scale), 3)
    found = []
    for shape, across in (((length, 1), False), ((1, length), True)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, shape)
        lines = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, w, h, _ in boxes[1:count]:
            thick, long = (w, h) if across else (h, w)
            if thick * scale <= _THICKEST_RULE and long * scale >= _SHORTEST_RULE:
                found.append(_ruling(x, y, w, h, across, scale))
    return found


def _ruling(x: int, y: int, w: int, h: int, across: bool, scale: float) -> Ruling:
    if across:
        return Ruling((x + w / 2) * scale, y * scale, (x + w / 2) * scale, (y + h) * scale)
    return Ruling(x * scale, (y + h / 2) * scale, (x + w) * scale, (y + h / 2) * scale)

"""The objects of a page, a template or an annotation: text, lines, images, and what composites hold."""

from __future__ import annotations

from ...limits import Budget
from .fonts import Fonts
from .geometry import PAGE, Affine, placed
from .parts import Document, Element, children, first, local
from .paths import add_path
from .text import Content, Image, add_text

_MOST_NESTED = 12
"""Composites in composites; each may be used many times, so their objects are counted too."""
_MOST_OBJECTS = 1_000_000
"""Of one document, templates and composites counted as often as they are used."""
_MOST_IN_ONE = 50_000
"""Objects that one composite of a page may come to."""


class Walker:
    """Collects the content of a document's parts. Objects that make no sense are counted in `broken`."""

    def __init__(self, document: Document, budget: Budget) -> None:
        self._document = document
        self._budget = budget
        self._count = 0
        self._most = _MOST_OBJECTS
        self.broken = 0
        self.fonts = Fonts(document)

    def content(self, root: Element | None, name: str = "") -> Content:
        """What the layers of a Page (or of an annotation's Appearance) show."""
        content = Content()
        if root is None:
            return content
        for base in children(root, "PageRes"):
            self._document.add_resources((base.text or "").strip(), name)
        for holder in children(root, "Content"):
            self._walk(holder, PAGE, content, 0)
        return content

    def appearance(self, annotation: Element) -> Content:
        """What an annotation shows: its objects stand in its Appearance, with or without a layer."""
        content = Content()
        for holder in children(annotation, "Appearance"):
            self._walk(holder, placed(holder.get("Boundary"), None, PAGE), content, 0)
        return content

    def _walk(self, holder: Element, outer: Affine, content: Content, nested: int) -> None:
        for element in holder:
            name = local(element)
            if name in ("Layer", "PageBlock", "Content"):
                if element.get("Visible") not in ("false", "0"):
                    self._walk(element, outer, content, nested)
                continue
            if self._count > self._most:
                break
            self._count += 1
            if self._count % 1000 == 0:
                self._budget.tick()
            if element.get("Visible") in ("false", "0"):
                continue
            try:
                self._add(name, element, outer, content, nested)
            except (ValueError, OverflowError):
                self.broken += 1

    def _add(self, name: str, element: Element, outer: Affine, content: Content, nested: int) -> None:
        if name == "TextObject":
            add_text(element, outer, self.fonts, content)
        elif name == "PathObject":
            add_path(element, outer, content)
        elif name == "ImageObject":
            _add_image(element, outer, content)
        elif name == "CompositeObject" and nested < _MOST_NESTED:
            found = self._document.resource("CompositeGraphicUnit", element.get("ResourceID", ""))
            inner = first(found[0], "Content") if found else first(element, "Content")
            if inner is not None:
                frame = placed(element.get("Boundary"), element.get("CTM"), outer)
                if not nested:
                    self._most = min(_MOST_OBJECTS, self._count + _MOST_IN_ONE)
                self._walk(inner, frame, content, nested + 1)
                if not nested:
                    self._most = _MOST_OBJECTS


def _add_image(element: Element, outer: Affine, content: Content) -> None:
    """Its picture fills a unit square that the CTM stretches; without one it fills the boundary."""
    boundary, ctm = element.get("Boundary"), element.get("CTM")
    frame = placed(boundary, ctm, outer)
    width, height = (1.0, 1.0) if ctm else tuple(map(float, (boundary or "0 0 0 0").split()[2:4]))
    corners = [frame.at(x, y) for x in (0.0, width) for y in (0.0, height)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    content.images.append(Image(element.get("ResourceID", ""), min(xs), min(ys), max(xs), max(ys)))

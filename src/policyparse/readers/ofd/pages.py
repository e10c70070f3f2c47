"""Pages of an OFD document: template, content and annotations put together as what one sees."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from ...errors import MissingExtra
from ...limits import Budget, ReadOptions
from ..layout import Grid, Link, Page, Ruling, Run, Warn
from ..layout.grid import find_grids
from .content import Walker
from .geometry import POINTS, numbers
from .images import covers, recognised
from .outlines import Figure
from .parts import Document, Element, children, first, text_of
from .text import Content, Image

_A4 = [0.0, 0.0, 210.0, 297.0]
_FIGURES = 100
"""Curved figures from which a page without text is one whose characters are outlines."""


_MARGIN = 36.0
_FEW = 60
"""A page that is an image with fewer characters than that is a scan that somebody stamped."""
_PALE_SIZE = 1.6
"""Light text this much larger than the usual is a watermark."""


class PageReader:
    """Reads the pages of one document in order."""

    def __init__(self, document: Document, options: ReadOptions, budget: Budget) -> None:
        self.warnings: list[Warn] = []
        self._document = document
        self._options = options
        self._budget = budget
        self._walker = Walker(document, budget)
        self._templates: dict[str, Content] = {}
        self._locations = document.templates()
        self._annotations = self._annotation_parts()
        self._box = _box(first(document.common, "PageArea")) or _A4
        self.missing_extra: MissingExtra | None = None

    def pages(self, first_number: int) -> Iterator[Page]:
        """The pages, numbered from `first_number`. Read `warnings` when all are read."""
        for number, element in enumerate(self._document.pages(), first_number):
            self._budget.check("pages", number)
            self._budget.tick()
            yield self._page(element, number)
        if self._walker.broken:
            self._warn("damaged-file", f"{self._walker.broken} objects of the pages have no place on them")
        if self._walker.fonts.unread:
            self._warn(
                "undecodable", f"{self._walker.fonts.unread} pieces of text name shapes of a font, not characters"
            )

    def _page(self, element: Element, number: int) -> Page:
        location = element.get("BaseLoc", "")
        name = self._document.find(location)
        root = self._document.parts.xml(name, f"page {number} ({location})")
        x, y, width, height = _box(first(root, "Area")) or _box(first(root, "Content", "PageArea")) or self._box
        layers = [self._template(t.get("TemplateID", "")) for t in children(root, "Template")]
        own = self._walker.content(root, name or "")
        links, aside = self._annotated(element.get("ID", ""))
        if not own.runs and not own.turned:
            own.runs = own.hidden
        page = Page(number, width * POINTS, height * POINTS, [], links=links)
        _fill(page, [*layers, own], aside, x * POINTS, y * POINTS)
        images = [_shifted(i, x * POINTS, y * POINTS) for i in own.images]
        return self._seen(page, own, images)

    def _template(self, key: str) -> Content:
        if key not in self._templates:
            location = self._locations.get(key, "")
            name = self._document.find(location)
            root = self._document.parts.xml(name, f"template {key} ({location})")
            self._templates[key] = self._walker.content(root, name or "")
        return self._templates[key]

    def _annotation_parts(self) -> dict[str, str]:
        """Part with a page's annotations by the page's ID."""
        location = text_of(first(self._document.root, "Annotations"))
        name = self._document.find(location) if location else None
        if name is None:
            return {}
        root = self._document.parts.xml(name, "the list of annotations")
        found = {}
        for page in children(root, "Page"):
            part = self._document.find(text_of(first(page, "FileLoc")), name)
            if part:
                found[page.get("PageID", "")] = part
        return found

    def _annotated(self, page_id: str) -> tuple[list[Link], list[Run]]:
        """Links, and the text of stamps, watermarks and notes: kept, apart from the text."""
        name = self._annotations.get(page_id)
        root = self._document.parts.xml(name, f"annotations of page {page_id}") if name else None
        links: list[Link] = []
        aside: list[Run] = []
        for annotation in children(root, "Annot"):
            if annotation.get("Visible") in ("false", "0"):
                continue
            content = self._walker.appearance(annotation)
            aside += [r._replace(aside=True) for r in content.runs + [run for _, run in content.turned]]
            aside += [r._replace(aside=True) for r in content.tilted]
            target = next((a.get("URI", "") for a in children(annotation, "Actions", "Action", "URI")), "")
            box = _box(annotation, "Appearance")
            if target and box:
                x, y, width, height = (n * POINTS for n in box)
                links.append(Link(x, y, x + width, y + height, target))
        return links, aside

    def _seen(self, page: Page, own: Content, images: list[Image]) -> Page:
        """The page itself, or what its images or outlines show when it has no text of its own."""
        picture = covers(images, page.width, page.height)
        letters = sum(len(run.text) for run in page.runs if not run.aside)
        usable = letters >= (_FEW if picture and not own.hidden else 1)
        figures = own.figures if not letters and own.curved >= _FIGURES else []
        if not (picture or figures) or (usable and self._options.ocr != "always"):
            return page
        read = self._recognised(images if picture else [], figures, page)
        if read is None:
            return page
        read.runs += [run._replace(aside=True) for run in page.runs]
        read.links = page.links
        return read

    def _recognised(self, images: list[Image], figures: list[Figure], page: Page) -> Page | None:
        """None, with a warning, when the page cannot be recognised."""
        if self._options.ocr == "never":
            self._without_text(page, "it is an image, and reading images is switched off (ocr=never)")
            return None
        try:
            read = recognised(images, figures, page, self._document, self._budget)
        except MissingExtra as error:
            self.missing_extra = error
            self._without_text(page, str(error))
            return None
        if read is None:
            self._without_text(page, "its image cannot be opened")
        return read

    def _without_text(self, page: Page, why: str) -> None:
        self._warn("page-without-text", f"page {page.number} has no text of its own: {why}")

    def _warn(self, code: str, message: str) -> None:
        self.warnings.append((code, message, 0, 0))


def _box(holder: Element | None, name: str = "PhysicalBox") -> list[float] | None:
    """x, y, width and height of a page (or of an annotation's appearance) in millimetres."""
    element = first(holder, name)
    if element is None:
        return None
    box = numbers(element.get("Boundary") if name == "Appearance" else element.text, 4)
    return box if box and box[2] > 0 and box[3] > 0 else None


def _shifted(image: Image, dx: float, dy: float) -> Image:
    return Image(image.resource, image.x0 - dx, image.y0 - dy, image.x1 - dx, image.y1 - dy)


def _fill(page: Page, contents: list[Content], aside: list[Run], dx: float, dy: float) -> None:
    """Put what the layers show on the page, turned upright when most of its text lies on its side."""
    runs = [run for content in contents for run in content.runs]
    turned = [pair for content in contents for pair in content.turned]
    pale = [run for content in contents for run in content.pale]
    if pale:
        usual = median([run.size for run in runs or pale])
        runs += [run._replace(aside=run.size > _PALE_SIZE * usual) for run in pale]
    aside = aside + [run._replace(aside=True) for content in contents for run in content.tilted]
    rulings = [ruling for content in contents for ruling in content.rulings]
    turn = _turn(runs, turned)
    runs += [run for _, run in turned]
    runs += aside
    if dx or dy:
        runs = [r._replace(x0=r.x0 - dx, y0=r.y0 - dy, x1=r.x1 - dx, y1=r.y1 - dy) for r in runs]
        rulings = [Ruling(r.x0 - dx, r.y0 - dy, r.x1 - dx, r.y1 - dy) for r in rulings]
    _grow(page, runs)
    if turn:
        runs = [Run(r.text, *_rotated(r[1:5], turn, page), *r[5:]) for r in runs]
        rulings = [Ruling(*_rotated(r, turn, page)) for r in rulings]
        if turn != 180:
            page.width, page.height = page.height, page.width
    page.rulings = rulings
    page.grids = find_grids(rulings, page.width, page.height)
    page.runs = _joined(_printed(runs, page), page.grids)


def _grow(page: Page, runs: list[Run]) -> None:
    """A page that states a smaller box than its text needs; a stray word beside the page does not make it larger."""
    beyond = [r for r in runs if r.x0 > page.width or r.y0 > page.height]
    if len(beyond) < 3 or sum(len(r.text) for r in beyond) * 20 < sum(len(r.text) for r in runs):
        return
    page.width = max(page.width, *(r.x1 + _MARGIN for r in beyond))
    page.height = max(page.height, *(r.y1 + _MARGIN for r in beyond))


def _turn(runs: list[Run], turned: list[tuple[int, Run]]) -> int:
    """The direction of most characters."""
    if not turned:
        return 0
    count = {0: sum(len(r.text) for r in runs)}
    for turn, run in turned:
        count[turn] = count.get(turn, 0) + len(run.text)
    return max(count, key=lambda t: (count[t], -t))


def _rotated(box: tuple[float, ...], turn: int, page: Page) -> tuple[float, float, float, float]:
    """A box on the page turned so that text of this direction stands upright."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, page.width - x1, y1, page.width - x0
    if turn == 270:
        return page.height - y1, x0, page.height - y0, x1
    return page.width - x1, page.height - y1, page.width - x0, page.height - y0


def _printed(runs: list[Run], page: Page) -> list[Run]:
    """Runs on the page, each once: some print a text twice, a little beside itself, to make it bold."""
    places: dict[str, set[int]] = {}
    found: list[Run] = []
    width, height = page.width, page.height
    for run in runs:
        text, x0, y0, x1, y1, *_ = run
        if x1 < 0 or x0 > width or y1 < 0 or y0 > height:
            continue
        at = int(x0) * _ROW + int(y0)
        taken = places.get(text)
        if taken is None:
            places[text] = {at}
        elif taken.isdisjoint([at + step for step in _AROUND]):
            taken.add(at)
        else:
            continue
        found.append(run)
    return found


def _joined(runs: list[Run], grids: list[Grid]) -> list[Run]:
    """Fragments that touch on one line as one run (202, 3, 年); what stands in a table is left to its cells."""
    found: list[Run] = []
    parts: list[Run] = []
    last: Run | None = None
    for run in sorted(runs, key=lambda r: (round(r.y0), r.x0)):
        if last is not None and _touch(last, run) and not any(g.y0 <= run.y1 and run.y0 <= g.y1 for g in grids):
            parts.append(run)
        else:
            if parts:
                found.append(_one(parts))
            parts = [run]
        last = run
    return [*found, _one(parts)] if parts else found


def _touch(a: Run, b: Run) -> bool:
    return (
        abs(b.x0 - a.x1) <= _TOUCH * a.size
        and abs(b.y0 - a.y0) <= _LEVEL
        and abs(b.size - a.size) <= _LEVEL
        and a.bold == b.bold
        and a.aside == b.aside
    )


def _one(parts: list[Run]) -> Run:
    if len(parts) == 1:
        return parts[0]
    return parts[0]._replace(text="".join([p.text for p in parts]), x1=parts[-1].x1, y1=max(p.y1 for p in parts))


_TOUCH, _LEVEL = 0.1, 0.3
"""Ems between fragments, points between their lines and sizes."""
_ROW = 1_000_003
_AROUND = tuple(x * _ROW + y for x in (-1, 0, 1) for y in (-1, 0, 1))
"""The same text within a point to each side is the same print."""

"""Writes OFD files as different programs do, for tests: `write(pages, Style(...)) -> bytes`.

Coordinates are millimetres from the page's top left corner, y of a text is its baseline.
"""

from __future__ import annotations

import io
import random
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "http://www.ofdspec.org/2016"


@dataclass(slots=True)
class Text:
    """A stretch of text on one line. `steps`: places of its characters; None = from their widths."""

    text: str
    x: float
    y: float
    size: float = 5.64
    """三号."""
    steps: list[float] | None = None
    ctm: str = ""
    attributes: str = ""
    children: str = ""
    """XML before the TextCode (CGTransform, FillColor, Clips)."""

    def widths(self) -> list[float]:
        if self.steps is not None:
            return self.steps
        return [self.size * (1 if unicodedata.east_asian_width(c) in "WFA" else 0.5) for c in self.text[:-1]]


@dataclass(slots=True)
class Line:
    """A ruled line, as a stroke or as a thin filled box."""

    x0: float
    y0: float
    x1: float
    y1: float
    attributes: str = ""
    children: str = ""


@dataclass(slots=True)
class Image:
    """A picture: `data` is the file's bytes."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    suffix: str = "png"


@dataclass(slots=True)
class Xml:
    """Anything else, as it is to stand in the layer; `{p}` is the prefix."""

    xml: str


Item = Text | Line | Image | Xml


@dataclass(slots=True)
class Page:
    """What stands on one page."""

    items: list[Item] = field(default_factory=list)
    box: str = ""
    """PhysicalBox of this page."""
    template: str = ""
    """ID of a template page."""


@dataclass(slots=True)
class Style:
    """How a program writes: every oddity has its switch."""

    prefix: str = "ofd:"
    namespace: str | None = NAMESPACE
    encoding: str = "UTF-8"
    declared: str = ""
    """Encoding named in the XML declaration when it is not the real one."""
    unit: str = "line"
    """A text object a `line`, a `word` (fragments of one to three characters) or a `character`."""
    scaled: bool = False
    """Size 1 and a CTM that scales."""
    repeats: bool = False
    """DeltaX with `g n v`."""
    boundary: str = "tight"
    """Offset of boundaries: `tight` (the text's own box) or `page` (0 0 210 297 and TextCode X Y on the page)."""
    shuffled: bool = False
    paths: str = "relative"
    """Locations: `relative`, `absolute` (/Doc_0/…), `backslash`, `document` (relative to the document throughout),
    `upper` (another case than in the package)."""
    strokes: str = "lines"
    """Lines as `lines`, `boxes` (thin filled rectangles) or `one` (all lines of a page in one path)."""
    blocks: int = 0
    """Nesting in PageBlocks."""
    composite: bool = False
    """All objects of a page inside a CompositeGraphicUnit."""
    pretty: bool = False
    templates: dict[str, Page] = field(default_factory=dict)
    annotations: dict[int, str] = field(default_factory=dict)
    """Page number from 1 -> XML of its Annot elements."""
    attachments: dict[str, bytes] = field(default_factory=dict)
    box: str = "0 0 210 297"
    fonts: str = '<{p}Font ID="1" FontName="仿宋"/><{p}Font ID="2" FontName="黑体" Bold="true"/>'
    extra: dict[str, bytes] = field(default_factory=dict)
    """More parts of the package."""
    compression: int = zipfile.ZIP_DEFLATED


STYLES: dict[str, Style] = {
    "plain": Style(),
    "a word an object, out of order": Style(unit="word", shuffled=True),
    "a character an object": Style(unit="character", repeats=True, boundary="page"),
    "size 1 scaled": Style(scaled=True, repeats=True, unit="word"),
    "no prefix": Style(prefix="", paths="absolute"),
    "no namespace": Style(prefix="", namespace=None, strokes="boxes"),
    "odd namespace": Style(prefix="x:", namespace="http://www.ofdspec.org", paths="backslash"),
    "gb2312": Style(encoding="gb18030", declared="GB2312", boundary="page"),
    "pretty": Style(pretty=True, blocks=3, paths="document"),
    "composite": Style(composite=True, scaled=True, strokes="one", paths="upper"),
}
"""One text in each of these is the same text."""


def write(pages: list[Page], style: Style | None = None, *, more: Iterable[list[Page]] = ()) -> bytes:
    """An OFD package with one document, and with others after it."""
    writer = _Writer(style or Style())
    bodies = [writer.document(n, each) for n, each in enumerate([pages, *more])]
    writer.part("OFD.xml", "OFD", "".join(bodies), ' Version="1.0" DocType="OFD"')
    return writer.package()


class _Writer:
    def __init__(self, style: Style) -> None:
        self.style = style
        self.parts: dict[str, bytes] = {}
        self.images: list[Image] = []
        self.units: list[str] = []
        self.ids = 100

    def package(self) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", self.style.compression) as file:
            for name, data in {**self.parts, **self.style.extra}.items():
                file.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, self.style.compression)
        return stream.getvalue()

    def next_id(self) -> int:
        self.ids += 1
        return self.ids

    def part(self, name: str, root: str, content: str, attributes: str = "") -> None:
        """Write an XML part; content names elements with {p} before them."""
        style = self.style
        space = ""
        if style.namespace is not None:
            space = f' xmlns{":" + style.prefix[:-1] if style.prefix else ""}="{style.namespace}"'
        xml = f"<{{p}}{root}{space}{attributes}>{content}</{{p}}{root}>".replace("{p}", style.prefix)
        if style.pretty:
            xml = xml.replace("><", ">\n  <")
        prolog = f'<?xml version="1.0" encoding="{style.declared or style.encoding}"?>\n'
        self.parts[name] = (prolog + xml).encode(style.encoding)

    def location(self, document: str, relative: str, within: str = "") -> str:
        """How `document/within/relative` is named in a part that stands in `document/within`."""
        full = "/".join(p for p in (document, within, relative) if p)
        return {
            "relative": relative,
            "absolute": "/" + full,
            "backslash": relative.replace("/", "\\"),
            "document": full.removeprefix(document + "/"),
            "upper": relative.upper(),
        }[self.style.paths]

    def document(self, number: int, pages: list[Page]) -> str:
        """Write a document; returns its DocBody."""
        doc = f"Doc_{number}"
        style = self.style
        self.images, self.units = [], []
        listed = []
        for n, page in enumerate(pages):
            self.page(f"{doc}/Pages/Page_{n}/Content.xml", page)
            listed.append(f'<{{p}}Page ID="{n + 1}" BaseLoc="{self.location(doc, f"Pages/Page_{n}/Content.xml")}"/>')
        templates = ""
        for key, page in style.templates.items():
            self.page(f"{doc}/Tpls/Tpl_{key}/Content.xml", page)
            where = self.location(doc, f"Tpls/Tpl_{key}/Content.xml")
            templates += f'<{{p}}TemplatePage ID="{key}" BaseLoc="{where}"/>'
        self.resources(doc)
        common = (
            f"<{{p}}CommonData><{{p}}MaxUnitID>9999</{{p}}MaxUnitID>"
            f"<{{p}}PageArea><{{p}}PhysicalBox>{style.box}</{{p}}PhysicalBox></{{p}}PageArea>"
            f"<{{p}}PublicRes>{self.location(doc, 'PublicRes.xml')}</{{p}}PublicRes>"
            f"<{{p}}DocumentRes>{self.location(doc, 'DocumentRes.xml')}</{{p}}DocumentRes>{templates}</{{p}}CommonData>"
        )
        rest = self.annotations(doc) + self.attachments(doc)
        self.part(f"{doc}/Document.xml", "Document", f"{common}<{{p}}Pages>{''.join(listed)}</{{p}}Pages>{rest}")
        root = {"absolute": "/", "backslash": "", "upper": ""}.get(style.paths, "") + f"{doc}/Document.xml"
        root = root.replace("/", "\\") if style.paths == "backslash" else root
        return (
            f"<{{p}}DocBody><{{p}}DocInfo><{{p}}DocID>{number:032d}</{{p}}DocID></{{p}}DocInfo>"
            f"<{{p}}DocRoot>{root}</{{p}}DocRoot></{{p}}DocBody>"
        )

    def resources(self, doc: str) -> None:
        self.part(f"{doc}/PublicRes.xml", "Res", f"<{{p}}Fonts>{self.style.fonts}</{{p}}Fonts>", ' BaseLoc="Res"')
        media = ""
        for n, image in enumerate(self.images):
            name = f"image_{n}.{image.suffix}"
            self.parts[f"{doc}/Res/{name}"] = image.data
            file = f"<{{p}}MediaFile>{name}</{{p}}MediaFile>"
            media += f'<{{p}}MultiMedia ID="{900 + n}" Type="Image">{file}</{{p}}MultiMedia>'
        units = f"<{{p}}CompositeGraphicUnits>{''.join(self.units)}</{{p}}CompositeGraphicUnits>" if self.units else ""
        content = f"<{{p}}MultiMedias>{media}</{{p}}MultiMedias>{units}"
        self.part(f"{doc}/DocumentRes.xml", "Res", content, ' BaseLoc="Res"')

    def annotations(self, doc: str) -> str:
        if not self.style.annotations:
            return ""
        listed = ""
        for number, xml in self.style.annotations.items():
            self.part(f"{doc}/Annots/Page_{number}/Annotation.xml", "PageAnnot", xml)
            where = self.location(doc, f"Page_{number}/Annotation.xml", "Annots")
            listed += f'<{{p}}Page PageID="{number}"><{{p}}FileLoc>{where}</{{p}}FileLoc></{{p}}Page>'
        self.part(f"{doc}/Annots/Annotations.xml", "Annotations", listed)
        return f"<{{p}}Annotations>{self.location(doc, 'Annots/Annotations.xml')}</{{p}}Annotations>"

    def attachments(self, doc: str) -> str:
        if not self.style.attachments:
            return ""
        listed = ""
        for n, (name, data) in enumerate(self.style.attachments.items()):
            self.parts[f"{doc}/Attachs/file_{n}"] = data
            where = self.location(doc, f"file_{n}", "Attachs")
            file = f"<{{p}}FileLoc>{where}</{{p}}FileLoc>"
            listed += f'<{{p}}Attachment ID="{n}" Name={quoteattr(name)}>{file}</{{p}}Attachment>'
        self.part(f"{doc}/Attachs/Attachments.xml", "Attachments", listed)
        return f"<{{p}}Attachments>{self.location(doc, 'Attachs/Attachments.xml')}</{{p}}Attachments>"

    def page(self, name: str, page: Page) -> None:
        style = self.style
        strokes = [i for i in page.items if isinstance(i, Line)]
        objects = [xml for item in page.items if not isinstance(item, Line) for xml in self.objects(item)]
        objects += self.lines(strokes)
        if style.shuffled:
            random.Random(len(objects)).shuffle(objects)
        content = "".join(objects)
        if style.composite:
            key = self.next_id()
            self.units.append(
                f'<{{p}}CompositeGraphicUnit ID="{key}" Width="400" Height="600"><{{p}}Content>{content}</{{p}}Content>'
                "</{p}CompositeGraphicUnit>"
            )
            content = (
                f'<{{p}}CompositeObject ID="{self.next_id()}" ResourceID="{key}" Boundary="3 4 210 297" '
                'CTM="1 0 0 1 -3 -4"/>'
            )
        for _ in range(style.blocks):
            content = f'<{{p}}PageBlock ID="{self.next_id()}">{content}</{{p}}PageBlock>'
        area = f"<{{p}}Area><{{p}}PhysicalBox>{page.box}</{{p}}PhysicalBox></{{p}}Area>" if page.box else ""
        template = f'<{{p}}Template TemplateID="{page.template}" ZOrder="Background"/>' if page.template else ""
        layer = f'<{{p}}Layer Type="Body" ID="{self.next_id()}">{content}</{{p}}Layer>'
        self.part(name, "Page", f"{template}{area}<{{p}}Content>{layer}</{{p}}Content>")

    def objects(self, item: Text | Image | Xml) -> list[str]:
        if isinstance(item, Xml):
            return [item.xml]
        if isinstance(item, Image):
            self.images.append(item)
            box = f"{item.x} {item.y} {item.width} {item.height}"
            ctm = f"{item.width} 0 0 {item.height} 0 0"
            key = 899 + len(self.images)
            return [f'<{{p}}ImageObject ID="{self.next_id()}" Boundary="{box}" CTM="{ctm}" ResourceID="{key}"/>']
        return [self.text(part) for part in _UNITS[self.style.unit](item)]

    def text(self, item: Text) -> str:
        style, size = self.style, item.size
        steps = item.widths()
        width, height = sum(steps) + size, size * 1.2
        x, y = (item.x, item.y) if style.boundary == "page" else (0.0, size)
        box = (
            "0 0 210 297" if style.boundary == "page" else f"{_n(item.x)} {_n(item.y - size)} {_n(width)} {_n(height)}"
        )
        ctm, written = item.ctm, size
        if style.scaled and not ctm:
            ctm = f"{_n(size)} 0 0 {_n(size)} 0 0"
            x, y, written, steps = x / size, y / size, 1.0, [s / size for s in steps]
        delta = f' DeltaX="{_repeated(steps) if style.repeats else " ".join(map(_n, steps))}"' if steps else ""
        more = (f' CTM="{ctm}"' if ctm else "") + " " + item.attributes
        head = f'ID="{self.next_id()}" Boundary="{box}" Font="1" Size="{_n(written)}"{more}'
        return (
            f"<{{p}}TextObject {head}>{item.children}"
            f'<{{p}}TextCode X="{_n(x)}" Y="{_n(y)}"{delta}>{escape(item.text)}</{{p}}TextCode></{{p}}TextObject>'
        )

    def lines(self, lines: list[Line]) -> list[str]:
        if self.style.strokes == "one" and lines:
            data = " ".join(f"M {_n(n.x0)} {_n(n.y0)} L {_n(n.x1)} {_n(n.y1)}" for n in lines)
            return [self.path("0 0 210 297", data)]
        found = []
        for n in lines:
            width, height = n.x1 - n.x0, n.y1 - n.y0
            if self.style.strokes == "boxes":
                w, h = max(width, 0.35), max(height, 0.35)
                box = f"{_n(n.x0 - 0.175)} {_n(n.y0 - 0.175)} {_n(w)} {_n(h)}"
                data = f"M 0 0 L {_n(w)} 0 L {_n(w)} {_n(h)} L 0 {_n(h)} C"
                found.append(self.path(box, data, 'Stroke="false" Fill="true"', n.children))
            else:
                box = f"{_n(n.x0)} {_n(n.y0)} {_n(max(width, 0.3))} {_n(max(height, 0.3))}"
                found.append(self.path(box, f"M 0 0 L {_n(width)} {_n(height)}", n.attributes, n.children))
        return found

    def path(self, box: str, data: str, attributes: str = "", children: str = "") -> str:
        return (
            f'<{{p}}PathObject ID="{self.next_id()}" Boundary="{box}" LineWidth="0.35" {attributes}>{children}'
            f"<{{p}}AbbreviatedData>{data}</{{p}}AbbreviatedData></{{p}}PathObject>"
        )


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _repeated(steps: list[float]) -> str:
    """`g n v` for what repeats."""
    found: list[str] = []
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and _n(steps[end]) == _n(steps[at]):
            end += 1
        found += ["g", str(end - at), _n(steps[at])] if end - at > 1 else [_n(steps[at])]
        at = end
    return " ".join(found)


def _cut(item: Text, sizes: Callable[[int], int]) -> list[Text]:
    """The item in pieces of some characters each; characters of white space begin no object."""
    steps = item.widths()
    found = []
    at, x = 0, item.x
    while at < len(item.text):
        end = min(at + sizes(at), len(item.text))
        part = item.text[at:end]
        if part.strip():
            found.append(
                Text(part, x, item.y, item.size, steps[at : end - 1], item.ctm, item.attributes, item.children)
            )
        x += sum(steps[at:end])
        at = end
    return found


_UNITS: dict[str, Callable[[Text], list[Text]]] = {
    "line": lambda item: [item],
    "word": lambda item: _cut(item, lambda at: 1 + at * 7 % 3),
    "character": lambda item: _cut(item, lambda at: 1),
}


def table(
    x: float, y: float, widths: list[float], rows: list[list[str]], height: float = 10, size: float = 4.2
) -> list[Item]:
    """A ruled table; `None`-less grid of one line a cell."""
    xs = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
    bottom = y + height * len(rows)
    items: list[Item] = [Line(x, y + n * height, xs[-1], y + n * height) for n in range(len(rows) + 1)]
    items += [Line(at, y, at, bottom) for at in xs]
    for r, row in enumerate(rows):
        items += [Text(cell, xs[c] + 1, y + r * height + 6, size) for c, cell in enumerate(row) if cell]
    return items


def lines(text: str, x: float = 28, y: float = 37, size: float = 5.64, pitch: float = 10, wide: int = 27) -> list[Item]:
    """Paragraphs of a notice set as GB/T 9704 does: 三号, about 28 characters a line, first line indented by two."""
    items: list[Item] = []
    for paragraph in text.split("\n"):
        indented = "　　" + paragraph if paragraph else ""
        for at in range(0, len(indented), wide):
            part = indented[at : at + wide]
            bare = part.lstrip("　")
            items.append(Text(bare, x + size * (len(part) - len(bare)), y, size))
            y += pitch
    return items

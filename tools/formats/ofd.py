"""The notice as OFD (GB/T 33190), each printed line where the pdf has it.

Two habits of OFD programs: a text object a line, in reading order, in millimetres; or pieces of lines out of order,
in points under a matrix that scales them. Fonts are named, not embedded: every office has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from .docx import package
from .looks import look_of
from .notice import Notice
from .printed import MM, Line, Printed, Rule, pages

SPACE = "http://www.ofdspec.org/2016"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
FONTS = {2: "仿宋_GB2312", 3: "方正小标宋简体", 4: "宋体"}


def ofd(notice: Notice, pdf: bytes) -> bytes:
    """The file's bytes."""
    return package(parts(notice, pages(pdf)))


def parts(notice: Notice, printed: list[Printed]) -> dict[str, str]:
    """The parts of the file by name."""
    pieces = look_of(notice.name).ofd == "fragments"
    tag = (lambda xml: re.sub(r"<(/?)ofd:", r"<\1", xml).replace("xmlns:ofd", "xmlns")) if pieces else str
    found = {
        "OFD.xml": _entry(notice),
        "Doc_0/Document.xml": _document(printed),
        "Doc_0/PublicRes.xml": _fonts(),
    }
    for i, page in enumerate(printed):
        objects = "".join(_objects(page, 1000 * (i + 1), pieces))
        found[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            f'{HEAD}<ofd:Page xmlns:ofd="{SPACE}"><ofd:Area><ofd:PhysicalBox>0 0 {_n(page.width)} {_n(page.height)}'
            f'</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer Type="Body" ID="{1000 * (i + 1) - 1}">{objects}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return {name: tag(xml) for name, xml in found.items()}


def _entry(notice: Notice) -> str:
    return (
        f'{HEAD}<ofd:OFD xmlns:ofd="{SPACE}" Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{notice.name.replace('_', ''):0>32}</ofd:DocID><ofd:CreationDate>2020-06-30</ofd:CreationDate>"
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _document(printed: list[Printed]) -> str:
    first = printed[0]
    rows = "".join(f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(printed)))
    return (
        f'{HEAD}<ofd:Document xmlns:ofd="{SPACE}"><ofd:CommonData><ofd:MaxUnitID>{1000 * (len(printed) + 1)}'
        f"</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {_n(first.width)} {_n(first.height)}</ofd:PhysicalBox>"
        "</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{rows}</ofd:Pages></ofd:Document>"
    )


def _fonts() -> str:
    rows = "".join(f'<ofd:Font ID="{i}" FontName="{name}" FamilyName="{name}"/>' for i, name in FONTS.items())
    return f'{HEAD}<ofd:Res xmlns:ofd="{SPACE}" BaseLoc="Res"><ofd:Fonts>{rows}</ofd:Fonts></ofd:Res>'


def _objects(page: Printed, number: int, pieces: bool) -> Iterator[str]:
    for rule in page.rules:
        yield _rule(rule, number)
        number += 1
    lines = [y for x in page.lines for y in _cut(x)] if pieces else page.lines
    for line in _out_of_order(lines) if pieces else lines:
        yield _text(line, number, pieces)
        number += 1


def _cut(line: Line) -> Iterator[Line]:
    """`202 | 3 | 年`: digits apart, long stretches in two."""
    for m in re.finditer(r"\d{1,3}|[^\d]{1,13}", line.text):
        end = line.xs[m.end()] if m.end() < len(line.xs) else line.right
        yield Line(m[0], line.xs[m.start() : m.end()], line.y, line.size, end, line.color)


def _out_of_order(lines: list[Line]) -> list[Line]:
    """Every third piece first, then the others from the page's foot up."""
    return lines[::3] + [x for i, x in reversed(list(enumerate(lines))) if i % 3]


def _text(line: Line, number: int, scaled: bool) -> str:
    left, top = line.xs[0], line.y - line.size * 0.86
    unit = 1 / MM if scaled else 1.0
    color = f'<ofd:FillColor Value="{" ".join(map(str, line.color))}"/>' if any(line.color) else ""
    steps = [(b - a) * unit for a, b in zip(line.xs, line.xs[1:], strict=False)]
    delta = f' DeltaX="{_steps(steps)}"' if steps else ""
    matrix = f' CTM="{MM:.6f} 0 0 {MM:.6f} 0 0"' if scaled else ""
    font = 3 if line.size > 6 else 4 if line.size < 5 else 2
    box = " ".join(map(_n, (left, top, line.right - left, line.size * 1.15)))
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{box}"{matrix} Font="{font}" Size="{_n(line.size * unit)}">{color}'
        f'<ofd:TextCode X="0" Y="{_n(line.size * 0.86 * unit)}"{delta}>{escape(line.text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def _steps(steps: list[float]) -> str:
    """`g 3 5.644` stands for three equal steps."""
    out: list[str] = []
    values = [_n(x) for x in steps]
    i = 0
    while i < len(values):
        n = next((k for k in range(i, len(values)) if values[k] != values[i]), len(values)) - i
        out.append(f"g {n} {values[i]}" if n > 2 else " ".join([values[i]] * n))
        i += n
    return " ".join(out)


def _rule(rule: Rule, number: int) -> str:
    """A stroke within its box."""
    half = rule.width / 2
    x, y = rule.x0 - half, rule.y0 - half
    width, height = rule.x1 - rule.x0 + rule.width, rule.y1 - rule.y0 + rule.width
    path = f"M {_n(half)} {_n(half)} L {_n(width - half)} {_n(height - half)}"
    box = " ".join(map(_n, (x, y, width, height)))
    return (
        f'<ofd:PathObject ID="{number}" Boundary="{box}" LineWidth="{_n(rule.width)}">'
        f'<ofd:StrokeColor Value="{" ".join(map(str, rule.color))}"/><ofd:AbbreviatedData>{path}</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")

"""word/document.xml of a notice."""

from __future__ import annotations

import re
from functools import partial
from xml.sax.saxutils import escape

from .looks import HEI, KAI, SONG, Look
from .notice import Imprint, Notice, PageBreak, Paragraph, RedLine
from .numbering import Numbers
from .tables import Cell, Table

RED = "FF0000"
LINE_BREAK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff《])")
"""印发《关于…… 突出问题…》: where a title's line ends."""


def run(text: str, font: str, size: int, *, bold: bool = False, color: str = "", wps: bool = False) -> str:
    """A run; of WPS, several short ones with the hint that tells which font counts."""
    look = f"<w:b/>{'<w:bCs/>' if wps else ''}" if bold else ""
    look += f'<w:color w:val="{color}"/>' if color else ""
    pieces = re.findall(r"[\d〔〕]+|[^\d〔〕]{1,11}", text) if wps else [text]
    out: list[str] = []
    for piece in pieces:
        hint = ' w:hint="eastAsia"' if wps and not piece[0].isdigit() else ""
        fonts = f'<w:rFonts{hint} w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"/>'
        lang = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>' if wps and hint else ""
        lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(x)}</w:t>' for x in piece.split("\n"))
        out.append(
            f'<w:r><w:rPr>{fonts}{look}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{lang}</w:rPr>{lines}</w:r>'
        )
    return "".join(out)


def paragraph(inner: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


class Body:
    """Writes the blocks of one notice."""

    def __init__(self, notice: Notice, look: Look) -> None:
        self.notice, self.look = notice, look
        self.numbers = Numbers(look)
        self.run = partial(run, wps=look.wps)
        self.leading = f'<w:spacing w:line="{look.line}" w:lineRule="exact"/>'
        self.break_before = False
        self.after_title = False

    def xml(self) -> str:
        """Everything between <w:body> and the section's properties."""
        return "".join(map(self._block, self.notice.blocks))

    def _block(self, block: object) -> str:
        if isinstance(block, Paragraph):
            return self._paragraph(block)
        if isinstance(block, Table):
            return table_xml(block, self.look, self.numbers) + paragraph("")
        if isinstance(block, Imprint):
            return self._imprint(block)
        if isinstance(block, PageBreak):
            self.break_before = True
        return red_line(self.look) if isinstance(block, RedLine) else ""

    def _paragraph(self, p: Paragraph) -> str:
        page = "<w:pageBreakBefore/>" if self.break_before else ""
        below_title = self.after_title and p.kind != "title"
        self.break_before, self.after_title = False, p.kind == "title"
        if p.kind == "title":
            return self._title(p, page)
        if p.kind in ("signature", "date"):
            return self._signature(p)
        if p.kind == "annex":
            return paragraph(self.run(p.text, HEI, self.look.body_size), page + self.leading)
        if p.kind in ("mark", "number", "caption"):
            return self._head(p)
        return self._body(p, page, "400" if below_title else "0")

    def _title(self, p: Paragraph, page: str) -> str:
        leading = f'<w:spacing w:before="{0 if page else 200}" w:line="640" w:lineRule="exact"/>'
        inner = self.run(LINE_BREAK.sub("\n", p.text), SONG, self.look.title_size)
        return paragraph(inner, f'{page}{leading}<w:jc w:val="center"/>')

    def _head(self, p: Paragraph) -> str:
        """The red header, the number under it, or a table's name."""
        if p.kind == "mark":
            inner = self.run(p.text, SONG, self.look.mark_size, color=RED)
            return paragraph(inner, '<w:spacing w:before="600" w:after="600"/><w:jc w:val="center"/>')
        if p.kind == "caption":
            inner = self.run(p.text, SONG, self.look.title_size - 8)
            return paragraph(inner, '<w:spacing w:before="200" w:after="200"/><w:jc w:val="center"/>')
        side = "right" if self.look.letter else "center"
        inner = self.run(p.text, self.look.body_font, self.look.body_size)
        return paragraph(inner, f'{self.leading}<w:jc w:val="{side}"/>')

    def _signature(self, p: Paragraph) -> str:
        """The office two lines below the text, then the date, both at the right."""
        right = 640 if p.kind == "signature" else 1280
        properties = f'{self.leading}<w:ind w:right="{right}"/><w:jc w:val="right"/>'
        above = paragraph("", self.leading) * 2 if p.kind == "signature" else ""
        return above + paragraph(self.run(p.text, self.look.body_font, self.look.body_size), properties)

    def _body(self, p: Paragraph, page: str, above: str) -> str:
        size, font = self.look.body_size, self.look.body_font
        place = self.numbers.of(p)
        typed = p.number if place is None else ""
        numbering = f'<w:numPr><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>' if place else ""
        indent = (
            "" if p.kind in ("recipients", "plain") else f'<w:ind w:firstLineChars="200" w:firstLine="{size * 20}"/>'
        )
        head, rest = _run_in(p)
        face = {1: HEI, 2: KAI}.get(p.level, font)
        inner = self.run(typed + head, face, size, bold=p.level == 3 and bool(rest)) if typed + head else ""
        inner += self.run(rest, font, size) if rest else ""
        leading = self.leading.replace("<w:spacing", f'<w:spacing w:before="{above}"')
        return paragraph(inner, f'{page}{numbering}{leading}{indent}<w:jc w:val="both"/>')

    def _imprint(self, block: Imprint) -> str:
        width = self.look.text_width
        borders = "".join(f'<w:{x} w:val="single" w:sz="8" w:color="000000"/>' for x in ("top", "bottom"))
        cells = ""
        for text, share, side in ((block.left, 0.6, "left"), (block.right, 0.4, "right")):
            inner = paragraph(self.run(text, self.look.body_font, 28), f'<w:jc w:val="{side}"/>')
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{int(width * share)}" w:type="dxa"/></w:tcPr>{inner}</w:tc>'
        grid = f'<w:gridCol w:w="{int(width * 0.6)}"/><w:gridCol w:w="{int(width * 0.4)}"/>'
        return paragraph("", self.leading) * 3 + (
            f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>" + paragraph("")
        )


def _run_in(p: Paragraph) -> tuple[str, str]:
    """`强化领导责任落实。` and the rest of a numbered paragraph; a plain one has no heading."""
    if not p.level:
        return "", p.text
    head, stop, rest = p.text.partition("。")
    return (head + stop, rest) if len(head) <= 45 and rest else (p.text, "") if p.level < 3 else ("", p.text)


def table_xml(table: Table, look: Look, numbers: Numbers) -> str:
    """A ruled table; its heading rows are repeated on each page, no row is cut in two."""
    unit = look.text_width / sum(table.widths)
    widths = [int(w * unit) for w in table.widths]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{x} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for x in sides)
    head = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{w}{chr(34)}/>' for w in widths)}</w:tblGrid>"
    )
    rows: list[str] = []
    taken: dict[int, int] = {}
    """Columns that a cell above still spans: column -> rows left."""
    for i, row in enumerate(table.rows):
        repeated = "<w:tblHeader/>" if i < table.head else ""
        cells = _row(row, widths, taken, look, numbers)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>")
    return head + "".join(rows) + "</w:tbl>"


def _row(row: list[Cell], widths: list[int], taken: dict[int, int], look: Look, numbers: Numbers) -> str:
    out: list[str] = []
    column, cells = 0, iter(row)
    while column < len(widths):
        if taken.get(column):
            taken[column] -= 1
            out.append(_cell(Cell([""]), widths[column], "<w:vMerge/>", look, numbers))
            column += 1
            continue
        cell = next(cells)
        width = sum(widths[column : column + cell.columns])
        span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
        if cell.rows > 1:
            span += '<w:vMerge w:val="restart"/>'
            taken[column] = cell.rows - 1
        out.append(_cell(cell, width, span, look, numbers))
        column += cell.columns
    return "".join(out)


def _cell(cell: Cell, width: int, span: str, look: Look, numbers: Numbers) -> str:
    size = 21 if look.wide else 24
    place = numbers.of_cell(cell.number)
    inner = ""
    for text in cell.paragraphs or [cell.number if place is None else ""]:
        numbering = f'<w:numPr><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>' if place else ""
        align = '<w:jc w:val="center"/>' if cell.centred else ""
        inner += paragraph(run(text, "宋体", size, bold=cell.bold, wps=look.wps) if text else "", numbering + align)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>{inner}</w:tc>'


def red_line(look: Look) -> str:
    """The line under the red header: a paragraph's border, or (WPS) a line drawn on the page."""
    if not look.wps:
        return paragraph("", f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="1" w:color="{RED}"/></w:pBdr>')
    length = look.text_width * 635
    return paragraph(
        '<w:r><w:rPr><w:sz w:val="32"/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>6985</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>106680</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{length}" cy="0"/><wp:effectExtent l="0" t="15875" r="0" b="15875"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="直线 1"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{length}" cy="0"/></a:xfrm>'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="31750"><a:solidFill><a:srgbClr val="{RED}"/>'
        "</a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        '</mc:Choice><mc:Fallback><w:pict><v:line id="_x0000_s1026" '
        'style="position:absolute;margin-left:0.55pt;margin-top:8.4pt;height:0pt;width:442pt;z-index:251659264" '
        'coordsize="21600,21600" strokecolor="#FF0000" strokeweight="2.5pt"/></w:pict></mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )

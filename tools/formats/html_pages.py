"""The notice as a page of a local government's web site. Five sites, five habits."""

from __future__ import annotations

import re
from html import escape
from string import Template

from .docx_body import LINE_BREAK
from .looks import look_of
from .notice import Imprint, Notice, PageBreak, Paragraph, RedLine
from .tables import Cell, Table

SITES = {
    "portal": ("utf-8", "portal.html"),
    "jsp": ("utf-8", "jsp.html"),
    "crumbs": ("gb18030", "crumbs.html"),
    "plain": ("utf-8", "plain.html"),
    "disclosure": ("utf-8", "disclosure.html"),
}


def html(notice: Notice, templates: dict[str, str]) -> bytes:
    """The page's bytes. `templates`: the files of `sites/` by name."""
    site = look_of(notice.name).site
    encoding, name = SITES[site]
    write = _broken_lines if site == "jsp" else _paragraphs
    values = {
        "title": escape(_title(notice)),
        "content": write(notice),
        "number": notice.first("number") or "",
        "issuer": notice.first("signature") or (notice.first("mark") or "").removesuffix("文件"),
        "date": notice.first("date") or "",
        "login": escape(notice.site[0]).replace("\xa0", "&nbsp;") if notice.site else "",
        "crumbs": escape(notice.site[1]).replace("\xa0", "&nbsp;") if notice.site else "",
    }
    return Template(templates[name]).substitute(values).encode(encoding)


def _title(notice: Notice) -> str:
    """The first title on one line; it may stand in several paragraphs."""
    out = ""
    for block in notice.blocks:
        if isinstance(block, Paragraph) and block.kind == "title":
            out += LINE_BREAK.sub("", block.text)
        elif out:
            return out
    return out


def _paragraphs(notice: Notice) -> str:
    return "\n".join(filter(None, (_block(b) for b in notice.blocks)))


def _block(block: object) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Imprint):
        return f'<hr><p class="imprint"><span>{block.left}</span><span>{"&nbsp;" * 8}{block.right}</span></p><hr>'
    if isinstance(block, RedLine):
        return '<hr style="border:0;border-top:2px solid #f00" />'
    if isinstance(block, PageBreak):
        return "<p>&nbsp;</p>"
    return _paragraph(block) if isinstance(block, Paragraph) else ""


STYLES = {
    "mark": "text-align:center;color:#ff0000;font-size:36pt;font-family:方正小标宋简体",
    "number": "text-align:center;font-size:16pt;font-family:仿宋_GB2312",
    "title": "text-align:center;font-size:22pt;font-family:方正小标宋简体",
    "caption": "text-align:center;font-size:18pt;font-family:方正小标宋简体",
    "signature": "text-align:right;font-size:16pt;font-family:仿宋_GB2312;margin-right:2em",
    "date": "text-align:right;font-size:16pt;font-family:仿宋_GB2312;margin-right:3em",
    "recipients": "font-size:16pt;font-family:仿宋_GB2312",
    "annex": "font-size:16pt;font-family:黑体",
    "plain": "font-size:12pt",
}
BODY = "text-indent:2em;line-height:28pt;font-size:16pt;font-family:仿宋_GB2312"


def _paragraph(p: Paragraph) -> str:
    text = LINE_BREAK.sub("\n", p.text)
    inner = escape(p.number + text, quote=False).replace("\n", "<br />")
    if p.level == 1:
        inner = f'<strong><span style="font-family:黑体">{inner}</span></strong>'
    elif p.level == 3 and "。" in p.text[:-1]:
        head, _, rest = inner.partition("。")
        inner = f"<b>{head}。</b><span>{rest}</span>"
    return f'<p style="{STYLES.get(p.kind, BODY)}">{inner}</p>'


def _broken_lines(notice: Notice) -> str:
    """No paragraphs at all: lines that end in <br>, indented by spaces."""
    lines: list[str] = []
    for block in notice.blocks:
        if isinstance(block, Paragraph) and block.kind != "title":
            lines.append("&nbsp;&nbsp;&nbsp;&nbsp;" + escape(block.number + block.text, quote=False))
    return "<br>\n".join(lines)


def _table(table: Table) -> str:
    rows = [f"<tr>{''.join(_cell(c) for c in row)}</tr>" for row in table.rows]
    return (
        '<table border="1" cellspacing="0" cellpadding="0" width="100%">\n<tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table>"
    )


def _cell(cell: Cell) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    inner = "".join(f"<p>{_bold(x, cell)}</p>" if x else "<p>&nbsp;</p>" for x in cell.paragraphs or [cell.number])
    return f"<td{spans}>{inner}</td>"


def _bold(text: str, cell: Cell) -> str:
    inner = escape(re.sub(r"\s+", " ", text), quote=False)
    return f"<strong>{inner}</strong>" if cell.bold else inner

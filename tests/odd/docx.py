"""Builds docx files part by part: raw WordprocessingML in a zip, with the quirks that the tests are about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def run(text: str, properties: str = "") -> str:
    """A run with one text."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str = "", properties: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    if content and not content.startswith("<"):
        content = run(content)
    props = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{props}{content}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    """A table cell."""
    inner = content if content.startswith(("<w:p>", "<w:tbl>")) else para(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row of cells or of their texts."""
    inner = "".join(c if c.startswith("<w:tc>") else cell(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str, ruled: bool = True, widths: tuple[int, ...] = ()) -> str:
    """A table; without `ruled` no line of it is printed."""
    kind = "single" if ruled else "none"
    sides = "".join(
        f'<w:{s} w:val="{kind}" w:sz="4"/>' for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    borders = f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{borders}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def part(root: str, content: str) -> str:
    """A part of the main namespace."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {NAMESPACES}>{content}</w:{root}>'


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """numbering.xml with one list of these levels (of `level`)."""
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}')


def level(ilvl: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """One level of a list: level(0, "第%1章", "chineseCountingThousand")."""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def item(text: str, ilvl: int = 0, num: int = 1, more: str = "") -> str:
    """A paragraph of a list."""
    return para(text, f'{more}<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num}"/></w:numPr>')


def docx(
    body: str,
    parts: Mapping[str, str | bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
    main: str = "word/document.xml",
) -> bytes:
    """A package. `parts` beside the main part are related by their names (numbering.xml is `numbering`).

    `relations`: further ids -> (kind, target); a target with :// is outside.
    """
    files: dict[str, str | bytes] = {main: part("document", f"<w:body>{body}</w:body>")}
    folder = main.rpartition("/")[0] + "/"
    listed = dict(relations or {})
    for n, (name, content) in enumerate((parts or {}).items()):
        files[folder + name] = content
        if all(target != name for _, target in listed.values()):
            listed[f"rIdP{n}"] = (name.rpartition(".")[0].rstrip("0123456789"), name)
    base = main.rpartition("/")[2]
    files[f"{folder}_rels/{base}.rels"] = _relations(listed)
    files["_rels/.rels"] = _relations({"rId1": ("officeDocument", main)})
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{_MAIN}"/></Types>'
    )
    return package(files)


def package(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file, the same bytes for the same parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _relations(listed: Mapping[str, tuple[str, str]]) -> str:
    found = "".join(
        f'<Relationship Id="{ident}" Type="{_RELATION}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target else ''}/>"
        for ident, (kind, target) in listed.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'
    )

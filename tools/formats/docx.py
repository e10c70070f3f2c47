"""The notice as a Word file, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from .docx_body import Body, run
from .looks import Look, look_of
from .notice import Notice
from .numbering import numbering_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DATE = "2020-06-30T08:00:00Z"


def docx(notice: Notice) -> bytes:
    """The file's bytes."""
    return package(parts(notice))


def parts(notice: Notice, look: Look | None = None) -> dict[str, str]:
    """The parts of the file by name."""
    look = look or look_of(notice.name)
    body = Body(notice, look)
    inner = body.xml()  # before numbering_xml: it counts the lists
    footers = ["footer1.xml", "footer2.xml"] if look.footer == "outside" else ["footer1.xml"]
    found = {
        "[Content_Types].xml": _content_types(footers, look),
        "_rels/.rels": _relations(_package_parts(look)),
        "word/document.xml": f"{HEAD}<w:document {SPACES}><w:body>{inner}{_section(look)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(_document_parts(footers)),
        "word/styles.xml": _styles(look),
        "word/numbering.xml": f'{HEAD}<w:numbering xmlns:w="{W}">{numbering_xml(body.numbers)}</w:numbering>',
        "word/settings.xml": _settings(look),
        "docProps/core.xml": _core(notice),
    }
    for i, name in enumerate(footers):
        found[f"word/{name}"] = f"{HEAD}<w:ftr {SPACES}>{_footer(look, even=i == 1)}</w:ftr>"
    if look.wps:
        found["docProps/custom.xml"] = _custom()
    return found


def package(files: dict[str, str]) -> bytes:
    """A zip whose bytes depend on the content only."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.encode("utf-8"))
    return out.getvalue()


def _section(look: Look) -> str:
    width, height = look.page
    top, right, bottom, left = look.margins
    turned = ' w:orient="landscape"' if look.wide else ""
    even = '<w:footerReference w:type="even" r:id="rId5"/>' if look.footer == "outside" else ""
    size = f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
    edges = f'w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
    foot = 600 if look.wide else 1400
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>{even}{size}'
        f'<w:pgMar {edges} w:header="851" w:footer="{foot}" w:gutter="0"/></w:sectPr>'
    )


def _footer(look: Look, even: bool) -> str:
    def field(name: str) -> str:
        inner = "".join(
            f"<w:r>{x}</w:r>"
            for x in (
                '<w:fldChar w:fldCharType="begin"/>',
                f'<w:instrText xml:space="preserve"> {name} </w:instrText>',
                '<w:fldChar w:fldCharType="separate"/>',
                "<w:t>1</w:t>",
                '<w:fldChar w:fldCharType="end"/>',
            )
        )
        return inner.replace("<w:r>", '<w:r><w:rPr><w:sz w:val="28"/></w:rPr>')

    def text(string: str) -> str:
        return run(string, "宋体", 28)

    side = {"outside": "left" if even else "right"}.get(look.footer, "center")
    inner = {
        "outside": text("— ") + field("PAGE") + text(" —"),
        "centre": text("- ") + field("PAGE") + text(" -"),
        "total": text("第") + field("PAGE") + text("页 共") + field("NUMPAGES") + text("页"),
    }[look.footer]
    return f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{inner}</w:p>'


def _styles(look: Look) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{look.body_font}"/>'
    lang = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/>{lang}</w:rPr>'
        '</w:rPrDefault><w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a">'
        '<w:name w:val="Normal"/><w:pPr><w:widowControl w:val="0"/></w:pPr></w:style></w:styles>'
    )


def _settings(look: Look) -> str:
    even = "<w:evenAndOddHeaders/>" if look.footer == "outside" else ""
    return f'{HEAD}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="420"/>{even}</w:settings>'


def _core(notice: Notice) -> str:
    title = escape(notice.first("title") or "")
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{DATE}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{DATE}</dcterms:modified></cp:coreProperties>'
    )


def _custom() -> str:
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-11.1.0.9584</vt:lpwstr></property></Properties>"
    )


def _package_parts(look: Look) -> list[tuple[str, str]]:
    found = [
        (f"{R}/officeDocument", "word/document.xml"),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    return [*found, (f"{R}/custom-properties", "docProps/custom.xml")] if look.wps else found


def _document_parts(footers: list[str]) -> list[tuple[str, str]]:
    names = [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml")]
    return [(f"{R}/{kind}", target) for kind, target in [*names, *(("footer", x) for x in footers)]]


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(f'<Relationship Id="rId{i}" Type="{t}" Target="{x}"/>' for i, (t, x) in enumerate(targets, 1))
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _content_types(footers: list[str], look: Look) -> str:
    kinds = {
        "/word/document.xml": f"{MAIN}.document.main+xml",
        **{f"/word/{x}.xml": f"{MAIN}.{x}+xml" for x in ("styles", "numbering", "settings")},
        **{f"/word/{x}": f"{MAIN}.footer+xml" for x in footers},
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    if look.wps:
        kinds["/docProps/custom.xml"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    plain = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{plain}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )

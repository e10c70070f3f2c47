"""The XML of a part made smaller before it is parsed: what says the same thing again, or nothing that is asked.

Most of a document is how its text looks: fonts of every run, indents of every paragraph, widths of every cell. Cut as
text this costs a tenth of what it costs as elements.
"""

from __future__ import annotations

import re

LINE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}line"
"""What a paragraph with one text becomes: an element of its own with that text and the number of its properties."""
SAID = "said"
"""Attribute of properties that stand more than once; all of the same value say the same."""
_LOOKS = b"<w:rPr>", b"</w:rPr>"
_TELLING = b"anish", b":del", b":moveFrom", b"rPrChange", b"</w:r>"
"""In the looks of a run: it is hidden, deleted or was changed; or, of a damaged file, they hold another run's text."""
_REPEATED = b"pPr", b"tcPr"
_TRIMMED = re.compile(rb'<w:t(?:>| (?!xml:space="preserve">)[^<>]*>)(?:[ \t\r\n]|[^<]*+(?<=[ \t\r\n])<)')
"""A text whose blanks at either end are not meant."""
_HIDES, _REFERENCE, _PREFIX = b"vanish", b"&#", b"xmlns:w="
_SEAM = re.compile(rb'</w:t></w:r><w:r(?: [^<>]*)?><w:t(?: xml:space="preserve")?>')
_PARAGRAPH = re.compile(
    rb'<w:p(?: [^<>]*)?>(?:<w:pPr(?: said="(\d+)"/>|></w:pPr>|/>))?'
    rb'(?:<w:r(?: [^<>]*)?><w:t(?: xml:space="preserve")?>([^<]*)</w:t></w:r>)?</w:p>'
)


def plainly_written(data: bytes) -> bool:
    """Is a tag what looks like one? Not in a comment, a CDATA section or an instruction, or where `w:` changes."""
    inside = data.find(b">") + 1  # after the declaration; one byte is found faster than two
    if (b"!" in data and b"<!" in data) or (data.find(b"?", inside) >= 0 and data.find(b"<?", inside) >= 0):
        return False
    return data.rfind(_PREFIX) == data.find(_PREFIX)


def without_looks(data: bytes) -> bytes:
    """Without the fonts and sizes of runs, unless they hide, delete or nest something, or do not end."""
    start, *pieces = data.split(_LOOKS[0])
    cut = [piece.partition(_LOOKS[1]) for piece in pieces]
    if not all(closed for _, closed, _ in cut):
        return data
    told = b"".join({look for look, _, _ in cut})
    if any(mark in told for mark in _TELLING):
        return data
    return b"".join([start, *(rest for _, _, rest in cut)])


def told_once(data: bytes) -> bytes:
    """The properties of paragraphs and cells: whole where they stand first, then only by their number.

    <w:pPr><w:jc w:val="center"/></w:pPr> -> <w:pPr said="0"><w:jc w:val="center"/></w:pPr>, then <w:pPr said="0"/>
    """
    for name in _REPEATED:
        data = _numbered(data, name)
    return data


def in_lines(data: bytes) -> bytes:
    """Neighbouring runs as one, and paragraphs of one run as one element. To be read after `told_once`.

    <w:p><w:pPr said="0"/><w:r><w:t>附件</w:t></w:r><w:r><w:t>：</w:t></w:r></w:p> -> <w:line said="0">附件：</w:line>
    """
    if _REFERENCE in data or _TRIMMED.search(data):  # a reference may be a blank: &#32;
        return data
    pieces = _PARAGRAPH.split(data if _HIDES in data else _SEAM.sub(b"", data))  # a run before the seam may be hidden
    count = len(pieces) // 3
    slim = [b'<w:line said="', b"", b'">', b"", b"</w:line>", b""] * count
    slim[1::6] = [said or b"" for said in pieces[1::3]]
    slim[3::6] = [text or b"" for text in pieces[2::3]]
    slim[5::6] = pieces[3::3]
    return pieces[0] + b"".join(slim)


def _numbered(data: bytes, name: bytes) -> bytes:
    closing = b"</w:%s>" % name
    start, *pieces = data.split(b"<w:%s>" % name)
    again: dict[bytes, bytes] = {}
    slim = [start]
    for piece in pieces:
        said, closed, rest = piece.partition(closing)
        if not closed:  # properties within properties: how they were before a change
            return data
        short = again.get(said)
        if short is None:
            opening = b'<w:%s said="%d"' % (name, len(again))
            again[said] = opening + b"/>"
            slim += (opening, b">", said, closing)
        else:
            slim.append(short)
        slim.append(rest)
    return b"".join(slim)

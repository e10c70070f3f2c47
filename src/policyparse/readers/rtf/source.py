"""RTF source, before striprtf: what the library would lose becomes marks, what no reader needs is cut out.

striprtf turns characters into text (code pages by font, \\uN with its fallback). It knows no paragraph, no table and no
header, so they are written into the source as characters that no document holds (U+FDD0 to U+FDEF), which it hands on.
The tables below list the control words of the Rich Text Format Specification 1.9.1 that matter.
"""

from __future__ import annotations

import re

from ...limits import Budget

PARAGRAPH, RESET, CELL, ROW, NEST_CELL, NEST_ROW, LINE = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6"
VALUE, ASIDE, BOX, END, NUMBER, LINK, NESTED = "\ufdd7\ufdd8\ufdd9\ufdda\ufddb\ufddc\ufddd"
"""VALUE is followed by a word and its number and ends in itself; ASIDE, BOX, NUMBER, LINK and NESTED close with END."""

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL)
_MARKS = {
    "par": PARAGRAPH,
    "sect": PARAGRAPH,
    "page": PARAGRAPH,
    "pard": RESET,
    "cell": CELL,
    "row": ROW,
    "nestcell": NEST_CELL,
    "nestrow": NEST_ROW,
    "line": LINE,
    "column": LINE,
    "softline": LINE,
}
_VALUES = frozenset(
    ("qc", "qr", "ql", "qj", "qd", "intbl", "itap", "outlinelevel", "trowd", "trleft", "cellx", "clvmgf", "clvmrg")
) | {"clmgf", "clmrg", "trhdr"}
_UPRIGHT = frozenset(("clbrdrl", "clbrdrr", "trbrdrl", "trbrdrr", "trbrdrv"))
"""The words after them say what upright line stands between cells."""
_OPENING = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), ASIDE),
    **dict.fromkeys(("footnote", "annotation"), ASIDE),
    **dict.fromkeys(("shptxt", "dptxbxtext"), BOX),
    **dict.fromkeys(("listtext", "pntext"), NUMBER),
    "nesttableprops": NESTED,
}
_KEPT = frozenset(("u", "uc", "f", "tab", "emdash", "endash", "bullet", "lquote", "rquote", "ldblquote", "rdblquote"))
_KEPT_SPACES = frozenset(("emspace", "enspace", "qmspace"))
_CUT = frozenset(
    (
        "pict", "objdata", "stylesheet", "colortbl", "fonttbl", "filetbl", "listtable", "listoverridetable",
        "rsidtbl", "info", "generator", "themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl",
        "revtbl", "nonesttables", "shprslt", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "fldinst",
        "bkmkstart", "bkmkend", "pn", "pgptbl", "userprops", "falt", "panose", "atnid", "atnauthor", "atndate",
        "atnref", "atrfstart", "atrfend", "xe", "tc", "sn", "sv", "mmathPr", "template", "background", "private",
        "txe", "rxe", "listname", "formfield", "datafield", "blipuid", "picprop", "objclass", "objname", "defchp",
        "defpap", "wgrffmtfilter", "ud", "mmath"
    )
)  # fmt: skip
_SEEN_ANYWAY = frozenset(("shppict", "shpinst", "do", "shp", "nesttableprops"))
_DRAWINGS = frozenset(("shp", "shpinst", "do", "shpgrp"))
"""In them only the text of boxes is wanted."""
_UNSEEN = frozenset(("deleted", "v"))
_FONT = re.compile(r"\\f(\d{1,9})(?![^;]{0,2000}\\f\d)[^;]{0,2000}?\\fcharset(\d{1,3})")
_CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
_DEFAULT_FONT = re.compile(r"\\deff(\d{1,5})")
_STYLE = re.compile(r"\{\\s(\d{1,5})(?!\d)[^{};]{0,1000}?(?:\\outlinelevel(\d)|\s[Hh]eading (\d);)")
_TARGET = re.compile(r'HYPERLINK\s+(?:\\\\[a-z]\s*)?"?([^"\s{}]{1,2000})')
_DOUBLE = {"936": "134", "950": "136", "932": "128", "949": "129", "54936": "134"}
"""Code pages with double bytes -> the font charset that stands for them."""
_KNOWN_CHARSETS = frozenset(
    (
        "0", "1", "2", "128", "129", "134", "136", "161", "162", "163", "177", "178", "186", "204", "222", "238",
        "254", "255"
    )
)  # fmt: skip


def prepare(source: str, budget: Budget) -> str:
    """RTF for striprtf, with marks in it. `source` has a character a byte."""
    return _Scan(source, budget).result()


class _Group:
    __slots__ = ("closing", "field", "skip", "start", "target", "unseen", "word")

    def __init__(self, outer: _Group | None, start: int) -> None:
        self.skip: bool = outer is not None and outer.skip
        self.word: str = outer.word if outer is not None else ""
        self.unseen: bool = outer is not None and outer.unseen
        self.closing = ""
        self.field = False
        self.target = ""
        self.start = start


class _Scan:
    """One pass over the source."""

    def __init__(self, source: str, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._out: list[str] = []
        self._stack: list[_Group] = [_Group(None, 0)]
        self._page = (m := _CODE_PAGE.search(source, 0, 4096)) and m[1]
        self._deff = (m[1] if (m := _DEFAULT_FONT.search(source, 0, 4096)) else "0").lstrip("0") or "0"
        self._star = self._upright = False
        self._double = _DOUBLE.get(self._page or self._guessed())
        self._styles: dict[str, str] = {}
        self._fonts: list[str] = []

    def result(self) -> str:
        """The whole prepared source."""
        self._walk()
        fonts = "\n".join(self._fonts)
        page = self._page if self._page and self._page != "0" else self._guessed()
        return f"{{\\rtf1\\ansi\\ansicpg{page}\\deff{self._deff}{{\\fonttbl\n{fonts}\n}}\n{''.join(self._out)}}}"

    def _guessed(self) -> str:
        """A file that names no code page: double bytes are those of Chinese."""
        return "936" if re.search(r"(?:\\'[b-f][0-9a-f]\\'[a-f][0-9a-f]){2}", self._source, re.IGNORECASE) else "1252"

    def _walk(self) -> None:
        source, at, n = self._source, 0, 0
        match = _TOKEN.match
        lead = False
        while at < len(source):
            m = match(source, at)
            if m is None:
                at += 1
                continue
            at = m.end()
            n += 1
            if n % 50_000 == 0:
                self._budget.tick()
            word, number, hexa, symbol, brace, text = m.groups()
            group = self._stack[-1]
            if word is not None:
                at += self._word(word, number, group)
            elif brace == "{":
                self._budget.check("depth", len(self._stack))
                self._stack.append(_Group(group, m.end()))
                self._put("{", group)
            elif brace:
                self._close(group, m.start())
            elif hexa is not None:
                lead = not lead and hexa > "80"
                self._put(f"\\'{hexa}", group)
                continue
            elif symbol is not None:
                self._symbol(symbol, group)
            else:
                if lead and self._double and "@" <= text[0] <= "~":  # \'e9F: the second byte of 镕 is a letter
                    text = f"\\'{ord(text[0]):02x}{text[1:]}"
                self._put(text, group)
            lead = False

    def _put(self, text: str, group: _Group) -> None:
        if not (group.skip or group.unseen):
            self._out.append(text)

    def _mark(self, mark: str, group: _Group) -> None:
        if not group.skip:
            self._out.append("{}" + mark)  # the braces end the fallback characters of a \\uN

    def _symbol(self, symbol: str, group: _Group) -> None:
        self._star = symbol == "*"
        if symbol in "\r\n":
            self._mark(PARAGRAPH, group)
        elif symbol in "\\{}~_":
            self._put("\\" + symbol, group)

    def _word(self, word: str, number: str | None, group: _Group) -> int:
        """Take a control word; returns how many bytes after it are binary data."""
        star, self._star = self._star, False
        if word == "bin":
            return max(int(number or 0), 0)
        if group.skip and word not in _OPENING:
            if word == "shprslt":  # the same box again, for old readers
                group.word = word
            return 0
        if (mark := _MARKS.get(word)) is not None:
            if not (group.unseen and mark in (PARAGRAPH, LINE)) and group.closing != NUMBER:
                self._mark(mark, group)
        elif word in _UPRIGHT:
            self._upright = True
        elif self._upright and word.startswith("brdr"):
            self._upright = False
            if word not in ("brdrnone", "brdrnil"):
                self._mark(f"{VALUE}ruled 1{VALUE}", group)
        elif word in _VALUES:
            self._mark(f"{VALUE}{word} {number or 0}{VALUE}", group)
        elif word in _KEPT or word in _KEPT_SPACES:
            self._character(word, number, group)
        elif word == "plain":
            group.unseen = False
            self._put(f"\\f{self._deff} ", group)
        elif word in _UNSEEN:
            group.unseen = number != "0"
        elif word in _OPENING:
            self._open(word, group)
        elif word == "s" and number in self._styles:
            self._mark(f"{VALUE}outlinelevel {self._styles[number]}{VALUE}", group)
        elif word in _CUT or (star and word not in _SEEN_ANYWAY):
            group.skip, group.word = True, word
        elif word in _DRAWINGS:
            group.skip, group.word = True, "shp"
        elif word == "field":
            group.field = True
        return 0

    def _character(self, word: str, number: str | None, group: _Group) -> None:
        if word == "u":
            code = int(number or 0)
            code += 0x10000 if code < 0 else 0
            if not 0 <= code < 0x110000 or 0xFDD0 <= code <= 0xFDEF:
                code = 0xFFFD
            self._put(f"\\u{code} ", group)
        elif word == "uc":
            self._put(f"\\uc{max(0, min(int(number or 1), 9))} ", group)
        else:
            self._put(f"\\{word}{number or ''} ", group)

    def _open(self, word: str, group: _Group) -> None:
        mark = _OPENING[word]
        if group.skip and not (mark == BOX and group.word == "shp"):
            return
        if mark == BOX:
            group.skip, group.word = False, ""
            self._out.append("{")
        group.closing = mark
        self._mark(mark, group)

    def _close(self, group: _Group, at: int) -> None:
        if len(self._stack) == 1:
            return
        self._stack.pop()
        outer = self._stack[-1]
        if group.word == "fonttbl" and outer.word != "fonttbl":
            self._read_fonts(self._source[group.start : at])
        elif group.word == "stylesheet" and outer.word != "stylesheet":
            for style, level, name in _STYLE.findall(self._source[group.start : at]):
                self._styles[style] = level or str(int(name) - 1)
        elif group.word == "fldinst" and outer.word != "fldinst":
            self._read_target(self._source[group.start : min(at, group.start + 4000)], outer)
        if group.closing:
            self._mark(END, group)
        if group.target:
            self._mark(END, group)
        if not (outer.skip or outer.unseen) or group.closing == BOX:
            self._out.append("}")

    def _read_target(self, code: str, outer: _Group) -> None:
        """The address of a hyperlink opens a link, which the group of the field closes."""
        field = next((g for g in reversed(self._stack[-3:]) if g.field), None)
        if field is not None and not field.target and (m := _TARGET.search(code)):
            field.target = m[1]
            self._mark(f"{LINK}{m[1].translate(_PLAIN)}{LINK}", outer)

    def _read_fonts(self, table: str) -> None:
        """A font table of a line a font; the charset 0 of a Chinese file's fonts stands for its code page."""
        for m in _FONT.finditer(table):
            charset = m[2] if m[2] in _KNOWN_CHARSETS else "0"
            if self._double and charset in ("0", "1", "2"):
                charset = self._double
            self._fonts.append(f"{{\\f{int(m[1])}\\fcharset{charset} x;}}")


_PLAIN = {ord("\\"): "/", ord("{"): None, ord("}"): None}

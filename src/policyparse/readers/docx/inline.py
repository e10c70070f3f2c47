"""One paragraph: its runs -> characters, links, boxes and notes, as printed with all changes accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from .boxes import Box, boxes_of, has_text
from .fields import Fields, drawn, target
from .names import (
    ALTERNATE,
    CHOICE,
    DRAWING,
    FLD_CHAR,
    FLD_SIMPLE,
    HYPERLINK,
    INS,
    INSTR,
    MATH_TEXT,
    MOVE_TO,
    OBJECT,
    PICT,
    PPR,
    RID,
    RPR,
    SDT,
    SDTCONTENT,
    P,
    R,
    T,
    child,
    math,
    on,
    value,
    w,
)
from .parts import Relation
from .slim import LINE
from .styles import Styles
from .symbols import plain, symbol

BREAK = "\v"
"""A line break inside a paragraph; no XML text holds this character."""
PAGE_BREAK = "\f"

_TYPE, _CHAR_TYPE, _FONT, _CHAR, _ID = w("type"), w("fldCharType"), w("font"), w("char"), w("id")
_VANISH, _RSTYLE, _FONTS, _ASCII, _INSTR_ATTR = w("vanish"), w("rStyle"), w("rFonts"), w("ascii"), w("instr")
_CHECKBOX, _CHECKED, _BOX_DEFAULT = w("checkBox"), w("checked"), w("default")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = " \t\r\n"


class Inline:
    """Reads paragraphs. `text` and the lists are those of the paragraph read last."""

    def __init__(self, styles: Styles, relations: dict[str, Relation], *, hidden: bool, symbols: bool) -> None:
        self._styles = styles
        self.relations = relations
        self._may_hide = hidden
        self._symbols = symbols
        self.fields = Fields()
        self.out: list[str] = []
        self.links: list[tuple[int, int, str]] = []
        self.boxes: list[Box] = []
        self.notes: list[tuple[str, str]] = []
        self.concealed: list[str] = []
        self.turned: Literal["before", "after"] | None = None
        self.tied = False
        """There is a link, box, note or hidden text."""
        self._hidden_style = False

    def read(self, paragraph: Any, hidden: bool = False) -> str:
        """The characters of a paragraph; `hidden`: its style hides them."""
        self._begin()
        self._hidden_style = hidden
        self._walk(paragraph)
        if self.fields.open:
            for field in self.fields.open:
                self._link(field.instruction if field.result else "", field.link_from)
                field.link_from = 0
            self.fields.end_paragraph()
        return "".join(self.out)

    def line(self, element: Any) -> str:
        """The characters of a paragraph that is one line."""
        if self.fields.open:
            return self.read((element,))
        if self.tied or self.turned:
            self._begin()
        text: str | None = element.text
        return text or ""

    def _begin(self) -> None:
        self.out = []
        if self.tied:
            self.links, self.boxes, self.notes, self.concealed = [], [], [], []
            self.tied = False
        self.turned = None

    def _walk(self, parent: Any) -> None:
        """The hot loop: most elements are runs, and of these most hold one text."""
        for element in parent:
            tag = element.tag
            if tag != R:
                if tag != PPR and tag != RPR and (handler := _HANDLERS.get(tag)):
                    handler(self, element)
            elif self._may_hide and self._is_hidden(element):
                self._conceal(element)
            else:
                for part in element:
                    tag = part.tag
                    if tag == T:
                        self._text(part)
                    elif tag != RPR and (handler := _HANDLERS.get(tag)):
                        handler(self, part)

    def _run(self, element: Any) -> None:
        """A run within a run, which a damaged file may have."""
        self._walk((element,))

    def _text(self, element: Any) -> None:
        string = element.text
        if not string or self.fields.in_code:
            return
        if (string[0] <= " " or string[-1] <= " ") and element.get(_SPACE) != "preserve":
            string = string.strip(_BLANK)
        if self._symbols and not string.isascii():
            string = plain(string, self._font(element))
        self.out.append(string)

    def _font(self, element: Any) -> str | None:
        rpr = child(element.getparent(), RPR)
        fonts = None if rpr is None else child(rpr, _FONTS)
        return None if fonts is None else fonts.get(_ASCII)

    def _is_hidden(self, run: Any) -> bool:
        rpr = child(run, RPR)
        if rpr is not None:
            told = on(rpr, _VANISH)
            if told is None:
                told = self._styles.hidden(value(rpr, _RSTYLE))
            if told is not None:
                return told
        return self._hidden_style

    def _conceal(self, run: Any) -> None:
        """Hidden text is no part of the print; it is kept apart. Fields go on counting: page numbers hide in it."""
        shown, self.out = self.out, []
        self._walk(run)
        self.concealed += self.out
        self.tied = True
        self.out = shown

    def _put(self, string: str) -> None:
        if not self.fields.in_code:
            self.out.append(string)

    # ---- what an element of a paragraph means

    def _break(self, element: Any) -> None:
        paged = element.get(_TYPE) in ("page", "column")
        if paged:
            self._turn(element)
        self._put(PAGE_BREAK if paged else BREAK)

    def _symbol(self, element: Any) -> None:
        try:
            self._put(symbol(int(element.get(_CHAR) or "0", 16), element.get(_FONT)))
        except ValueError:
            self._put("□")

    def _field(self, element: Any) -> None:
        kind = element.get(_CHAR_TYPE)
        if kind == "begin":
            opened = self.fields.begin()
            opened.checked = _ticked(element) if len(element) else None
        elif kind == "separate":
            if field := self.fields.separate():
                field.link_from = sum(map(len, self.out))
        elif kind == "end" and (field := self.fields.end()) is not None:
            if not field.result or field.checked is not None:
                self._put(drawn(field.instruction, field.checked))
            else:
                self._link(field.instruction, field.link_from)

    def _code(self, element: Any) -> None:
        self.fields.add_code(element.text or "")

    def _simple_field(self, element: Any) -> None:
        start = sum(map(len, self.out))
        self._walk(element)
        self._link(element.get(_INSTR_ATTR) or "", start)

    def _link(self, instruction: str, start: int) -> None:
        if address := target(instruction):
            self._linked(start, address)

    def _hyperlink(self, element: Any) -> None:
        start = sum(map(len, self.out))
        self._walk(element)
        relation = self.relations.get(element.get(RID) or "")
        if relation is not None:
            self._linked(start, relation.target)

    def _linked(self, start: int, address: str) -> None:
        end = sum(map(len, self.out))
        if end > start and not address.startswith("#"):
            self.links.append((start, end, address))
            self.tied = True

    def _note(self, element: Any) -> None:
        kind = "footnotes" if element.tag == w("footnoteReference") else "endnotes"
        self.notes.append((kind, element.get(_ID) or ""))
        self.tied = True

    def _drawing(self, element: Any) -> None:
        if not self.fields.in_code:
            self.boxes += boxes_of(element)
            self.tied = True

    def _alternate(self, element: Any) -> None:
        self._walk(alternative(element))

    def _content(self, element: Any) -> None:
        content = child(element, SDTCONTENT)
        if content is not None:
            self._walk(content)

    def _ruby(self, element: Any) -> None:
        base = child(element, w("rubyBase"))
        if base is not None:
            self._walk(base)

    def _formula(self, element: Any) -> None:
        self._put("".join(e.text or "" for e in element.iter(MATH_TEXT)))

    def _turn(self, element: Any) -> None:
        """A page ends here: before the paragraph's first character, or after it."""
        self.turned = self.turned or ("after" if any(map(str.strip, self.out)) else "before")


def _ticked(element: Any) -> bool | None:
    """Of a form's check box: is it ticked? None for any other field."""
    for box in element.iter(_CHECKBOX):
        told = on(box, _CHECKED)
        return bool(on(box, _BOX_DEFAULT)) if told is None else told
    return None


def alternative(element: Any) -> Any:
    """The one of several forms of the same thing that is read: the newest, unless only an older one holds text."""
    choices = [e for e in element if e.tag == CHOICE]
    return next((e for e in (*choices, *reversed(element)) if has_text(e)), choices[0] if choices else ())


_Handler = Callable[[Inline, Any], None]
_HANDLERS: dict[str, _Handler] = {
    **dict.fromkeys((INS, MOVE_TO, SDTCONTENT, P), Inline._walk),
    **{w(name): Inline._walk for name in ("smartTag", "customXml", "dir", "bdo")},
    R: Inline._run,
    T: Inline._text,
    LINE: lambda self, element: self._put(element.text or ""),
    SDT: Inline._content,
    HYPERLINK: Inline._hyperlink,
    FLD_SIMPLE: Inline._simple_field,
    FLD_CHAR: Inline._field,
    INSTR: Inline._code,
    ALTERNATE: Inline._alternate,
    **dict.fromkeys((DRAWING, PICT, OBJECT), Inline._drawing),
    w("tab"): lambda self, _: self._put("\t"),
    w("ptab"): lambda self, _: self._put("\t"),
    w("br"): Inline._break,
    w("cr"): Inline._break,
    w("noBreakHyphen"): lambda self, _: self._put("-"),
    w("sym"): Inline._symbol,
    w("ruby"): Inline._ruby,
    w("footnoteReference"): Inline._note,
    w("endnoteReference"): Inline._note,
    w("lastRenderedPageBreak"): Inline._turn,
    math("oMath"): Inline._formula,
    math("oMathPara"): Inline._formula,
}

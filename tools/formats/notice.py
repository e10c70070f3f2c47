"""A notice as its office typed it: red header, title, paragraphs with their levels, tables, imprint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .tables import Table, form_table, plain_table, task_table

ROOT = Path(__file__).resolve().parent.parent.parent
NOTICES = ROOT / "corpora" / "notices"
LAYOUTS = Path(__file__).with_name("layouts.txt")


@dataclass(slots=True)
class Paragraph:
    """One paragraph. `number` is its own number as typed (一、), cut off `text`."""

    kind: str
    text: str
    number: str = ""
    level: int = 0
    """1–3 for 一、 （一） 1.; 0 = plain text."""


@dataclass(slots=True)
class PageBreak:
    """What follows stands on a new page."""


@dataclass(slots=True)
class RedLine:
    """The line under the red header."""


@dataclass(slots=True)
class Imprint:
    """版记: the office that printed it, and the date."""

    left: str
    right: str


Block = Paragraph | Table | PageBreak | RedLine | Imprint


@dataclass(slots=True)
class Notice:
    """The blocks in order; `site` is what the web page has above the notice."""

    name: str
    blocks: list[Block] = field(default_factory=list)
    site: list[str] = field(default_factory=list)

    def first(self, kind: str) -> str | None:
        """The text of the first paragraph of this kind, on one line."""
        return next(
            (" ".join(b.text.split()) for b in self.blocks if isinstance(b, Paragraph) and b.kind == kind), None
        )


def notices() -> list[Notice]:
    """Every sample of `layouts.txt`."""
    found: list[Notice] = []
    lines: list[str] = []
    for row in LAYOUTS.read_text("utf-8").splitlines():
        if row.startswith("["):
            found.append(Notice(row.strip("[]")))
            lines = ["", *(NOTICES / f"{found[-1].name}.txt").read_text("utf-8").split("\n")]
        elif row and not row.startswith("#"):
            kind, *ranges = row.split()
            _add(found[-1], kind, list(_texts(ranges, lines)))
    return found


def _texts(ranges: list[str], lines: list[str]) -> Iterator[str]:
    """`11` a line, `17-25` each line, `27+29` two lines as one."""
    for part in ranges:
        if "+" in part:
            yield "".join(lines[int(n)] for n in part.split("+"))
        else:
            first, _, last = part.partition("-")
            yield from (x for x in lines[int(first) : int(last or first) + 1] if x.strip(" \xa0\u3000"))


def _add(notice: Notice, kind: str, texts: list[str]) -> None:
    blocks = notice.blocks
    if kind == "page":
        blocks.append(PageBreak())
    elif kind == "red-line":
        blocks.append(RedLine())
    elif kind == "site":
        notice.site = texts
    elif kind == "table":
        blocks.append(plain_table(texts))
    elif kind == "form":
        blocks.append(form_table(texts))
    elif kind == "task-table":
        blocks.append(task_table(texts))
    elif kind == "imprint":
        at = re.search(r"\d{4}年", texts[0])
        assert at
        blocks.append(Imprint(texts[0][: at.start()], texts[0][at.start() :]))
    elif kind == "pieces":
        blocks += _from_pieces(texts)
    elif kind == "body":
        blocks += [numbered(x) for x in texts]
    else:
        blocks += [Paragraph(kind, x.strip().removeprefix("## ")) for x in texts]


_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s?"),
    re.compile(r"\d{1,2}[.、]\s?"),
)


def numbered(text: str) -> Paragraph:
    """A paragraph of the body, its number cut off."""
    text = text.strip()
    for level, pattern in enumerate(_LEVELS, 1):
        if m := pattern.match(text):
            return Paragraph("body", text[m.end() :], m[0], level)
    return Paragraph("body", text)


def _from_pieces(texts: list[str]) -> Iterator[Paragraph]:
    """`2、记何诗傲…`: the text was cut every 400 characters and the pieces numbered; a page counter closes it."""
    whole = "".join(re.sub(r"^\d、", "", x) for x in texts)
    whole = re.sub(r"\s*第\d页 共\d页\s*$", "", whole)
    title, _, whole = whole.partition(" ")
    yield Paragraph("title", title)
    for part in re.split(r" (?=[一二三四]、|\([一二三四]\)|\d、)", whole):
        found = numbered(part)
        heading, space, rest = found.text.partition(" ")
        if found.level == 1 and space and len(heading) < 10:  # 三、考核方法 从2023年度开始…
            found.text = heading
            yield found
            found = Paragraph("body", rest)
        yield found

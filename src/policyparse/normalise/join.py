"""Steps: lines that a page, a text layer or a crawler broke in mid-sentence are joined again.

Precision first: a short line without a full stop is a heading, a list entry or a signature, and stays alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicon import words
from .draft import Draft, Edit, Strip, join

# What begins a paragraph of its own: 一、 （一） 1. 1、 （1） ① 第一章 附件 | a line that is only a date
_START = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,5}(?:[编章节条]|阶段)|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,3}\s?[.．、](?!\d)|[（(]\d{1,3}[)）]|\d{1,2}[)）]|[①-⑳⑴-⒇●■◆★▲·•]|附\s{0,2}[件录表]|抄送|主题词|(?:备?注|说明)[：:]"
)
_DATE_LINE = re.compile(
    r"(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:印发)?|[二一][〇○ＯO0零oо一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_LABEL = re.compile(r"[^，。；（(]{2,10}[：:]")
_FINAL = "。！？；：!?;:…"
_CLOSERS = "、，。；：！？）)》〉”’」』】〕,;"
_OPENERS = "“‘（(《〈「『【〔［["
_PAIRS = (("《", "》"), ("〈", "〉"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_RUNNING = re.compile("[，。；：,;]")
_TYPES = words("normalise_types")
_ROUND = re.compile("[（(）)]")
_NOTE = re.compile("责任|牵头|配合|负责|单位[：:]|部门[：:]")  # （责任单位：某局； | 完成时限：8月底前）
_NAMED = re.compile(r"(?:联系|电话|地址|邮编|邮箱|传真|网址)")
_LONG = 30
"""Characters of a line of running text; a heading or list entry is shorter as a rule."""


_HEADING = 45
"""A numbered line without a full stop may be a heading up to this length."""
_PAGE = 28
"""Characters on a line of a printed document (GB/T 9704-2012, 5.2.3); a paragraph begins two further in."""
_FULL = 0.8
"""Share of the usual width from which on a wrapped line counts as full."""
# words that begin no sentence: …、区农业农村局 | 等单位要针对…
_GOES_ON = re.compile("等(?![级高价])|的(?!士)|及(?!时|早|格)|或|与(?!此|会|时)")


@dataclass(frozen=True, slots=True)
class Shape:
    """How the lines of a document end."""

    wrapped: float | None
    """Width at which a text layer wraps its lines, in full-width characters; None when paragraphs are whole."""
    open_ended: bool
    """Many paragraphs end without punctuation, so that its lack means nothing."""
    cut: bool = False
    """Pages cut paragraphs in two: seen where a line of several sentences stops in the middle of one."""


def width(text: str) -> float:
    """In full-width characters: ASCII counts half."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def shape_of(lines: list[Strip]) -> Shape:
    """Look at the lines of prose."""
    prose = [s for s in lines if s.prose and s.text]
    long = [s.text for s in prose if len(s.text) >= _LONG]
    loose = [t for t in long if t[-1] not in _FINAL and t[-1] not in "）)》”】〕"]
    open_ended = len(long) >= 6 and 2 * len(loose) > len(long)
    widths = sorted(width(s.text) for s in prose if len(s.text) >= 8)
    full = widths[int(len(widths) * 0.8)] if len(widths) >= 6 else 0
    if 12 <= full <= 60 and widths[-1] <= full * 1.6 + 4:
        near = [s.text for s in prose if width(s.text) >= full * _FULL]
        broken = [t for t in near if t[-1] not in _FINAL]
        if len(near) >= 0.35 * len(widths) and len(broken) >= 0.5 * len(near):
            return Shape(full, False)
    return Shape(None, open_ended, not open_ended and any(map(_cut, lines, lines[1:])))


def _cut(last: Strip, line: Strip) -> bool:
    """Does `last` hold a whole sentence and stop in the middle of the next, and `line` end one?"""
    if not (last.prose and line.prose and last.text and line.text) or _START.match(line.text):
        return False
    return last.text[-1] not in _FINAL and _mid_sentence(last.text, line.text, False)


def join_lines(draft: Draft) -> None:
    """Join each line to the next where the break is no paragraph's end."""
    shape = shape_of(draft.lines)
    lines: list[Strip] = []
    group: list[Strip] = []
    for line in draft.lines:
        if group and _belongs(group, line, shape):
            group.append(line)
            continue
        _flush(draft, group, lines)
        group = [line]
    _flush(draft, group, lines)
    draft.lines = lines


def _flush(draft: Draft, group: list[Strip], lines: list[Strip]) -> None:
    if len(group) > 1:
        draft.counts["line-joined"] += len(group) - 1
        lines.append(join(group))
    else:
        lines += group


def _belongs(group: list[Strip], line: Strip, shape: Shape) -> bool:
    """Does `line` go on where the last line of `group` stops?"""
    last = group[-1]
    if not (last.prose and line.prose and last.text and line.text):
        return False
    if last.heading or line.heading or (line.align in ("center", "right") and last.align != line.align):
        return False
    a, b = last.text, line.text
    if b[0] in _CLOSERS or a[-1] in _OPENERS:  # 一 | 、降低家庭生育成本; “ | 一站式”服务
        return not _LABEL.match(b)
    if _DATE_LINE.fullmatch(b):
        return False
    if _unclosed(a, b):
        return True
    if a[-1] in _FINAL or _START.match(b):
        return False
    if a[-1] in "，、,":
        return len(a) > 6 and not _LABEL.match(b)
    if shape.wrapped is not None:
        return _visual_width(group) >= _FULL * shape.wrapped and not (_NAMED.match(a) or _NAMED.match(b))
    if line.turned or (line.page != last.page):
        return _turned(a, b)
    return not shape.open_ended and _mid_sentence(a, b, shape.cut)


def _turned(a: str, b: str) -> bool:
    """Two paragraphs with a page's end between them: the first may end in anything but a full stop."""
    if _LABEL.match(b) or b[-1] not in _FINAL or len(a) < 10 or (a[-1] in "）)" and "，" not in a):
        return False
    if _START.match(a) and "。" not in a:
        return len(a) >= _HEADING
    return len(a) >= _LONG or _RUNNING.search(a) is not None or "、" in a


def _visual_width(group: list[Strip]) -> float:
    """Width of the last printed line of `group`, of which a text layer may have made several (“ | 一站式”服务)."""
    total = 0.0
    for line, before in zip(reversed(group), [*reversed(group[:-1]), None], strict=True):
        total += width(line.text)
        if before is None or not (line.text[0] in _CLOSERS or before.text[-1] in _OPENERS):
            break
    return total


def _unclosed(a: str, b: str) -> bool:
    """A bracket that `a` opens and `b` closes: （责任单 | 位：局机关各科（室），局属各单位）."""
    if _START.match(b) and not _LABEL.match(b[:4]):
        return False
    for opening, closing in _PAIRS:
        at = a.rfind(opening)
        if at >= 0 and at > a.rfind(closing) and len(a) - at < 200 and _closes(b, opening, closing):
            return True
    note = _open_at(a[-200:])
    if note is None or a[-1] == "。" or (a[-1] in "；;" and not _NOTE.search(a[-200:], note)):
        return False
    return _closes(b.replace("(", "（").replace(")", "）"), "（", "）")


def _open_at(a: str) -> int | None:
    """Where the outermost round bracket opens that `a` does not close."""
    if a.count("（") + a.count("(") <= a.count("）") + a.count(")"):
        return None
    opened: list[int] = []
    for m in _ROUND.finditer(a):
        if m.group() in "（(":
            opened.append(m.start())
        elif opened:
            opened.pop()
    return opened[0] if opened else None


def _closes(b: str, opening: str, closing: str) -> bool:
    """Does `b` close a bracket that it does not open itself?"""
    depth = 0
    for part in re.finditer(f"[{opening}{closing}]", b[:300]):
        if part.group() == closing:
            if depth == 0:
                return True
            depth -= 1
        else:
            depth += 1
    return False


def _mid_sentence(a: str, b: str, cut: bool) -> bool:
    """Two paragraphs that a page break cut out of one: …专项整治工作的有 | 关要求，将…工作方案。"""
    if a[-1] in "）)》”】〕%" or not ("\u4e00" <= a[-1] <= "\u9fff" or a[-1].isdigit()):
        return False
    if _NAMED.search(a) or _LABEL.match(b) or ("。" not in a and _LABEL.match(a)) or b[-1] not in "。；：;:）)":
        return False
    if len(a) >= 10 and _GOES_ON.match(b):
        return True
    if a.endswith(_TYPES) and "。" not in a:  # …工作方案》的通知 | 各街道办事处：
        return False
    if "。" in a or "；" in a or ";" in a:
        return len(a) >= _LONG
    if not _RUNNING.search(a) and "、" not in a:
        return False
    if cut and -2.5 <= (width(a) + 2) % _PAGE - _PAGE * ((width(a) + 2) % _PAGE > 5) <= 1:
        return True
    return len(a) >= (_HEADING if _START.match(a) else _LONG) and _RUNNING.search(a) is not None


_CHUNK = re.compile(r"(\d{1,3})\s?[、.．]\s?")


def join_chunks(draft: Draft) -> None:
    """Undo a crawler that cuts the text into numbered chunks of equal length: 1、… 2、记何诗傲、…"""
    prose = [s for s in draft.lines if s.prose and s.text]
    if len(prose) < 3 or sum(len(s.text) for s in prose) < 150 * len(prose):
        return
    found = [_CHUNK.match(s.text) for s in prose]
    if any(m is None or int(m[1]) != n for n, m in enumerate(found, 1)):
        return
    broken = sum(s.text[-1] not in _FINAL for s in prose[:-1])
    if broken < 0.6 * (len(prose) - 1) or not any("。" in s.text for s in prose):
        return
    for strip, m in zip(prose, found, strict=True):
        assert m is not None
        draft.edit(strip, [Edit(0, m.end())], "crawler-mark")
    whole = join([s for s in prose if s.text])
    draft.counts["line-joined"] += len(prose) - 1
    at = draft.lines.index(prose[0])
    draft.lines = [*draft.lines[:at], whole, *(s for s in draft.lines[at:] if not s.prose)]

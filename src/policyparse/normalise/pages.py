"""Steps: what belongs to the page (paper or web) and not to the document."""

from __future__ import annotations

import re
from itertools import pairwise

from ..lexicon import alternation, words
from .breaks.navigation import number_before, title_behind
from .draft import Draft, Edit, Strip
from .reflow import DENSE

_DASH = r"[—–―\-－─]"
# — 3 —, -3-, －１－, ~3~, ·4·, 第5页 共5页, 共5页 第5页, 第 5 页, 3 / 12, 页码：3, Page 3,
# [chunk 2/3], === Page 3 ===
_PAGE_LINE = re.compile(
    rf"\s*(?:{_DASH}{{1,2}}\s*\d{{1,4}}\s*{_DASH}{{1,2}}|[·•.]\s*\d{{1,4}}\s*[·•.]|[~～]\s*\d{{1,4}}\s*[~～]"
    r"|\d{1,4}\s?/\s?\d{1,4}|(?:共\s*\d{1,4}\s*页\s*[，,/]?\s*)?第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?"
    r"|(?:页码|页次)\s*[：:]\s*\d{1,4}(?:\s?/\s?\d{1,4})?|[Pp](?:age|AGE|\.)\s?\d{1,4}(?:\s?(?:of|OF|/)\s?\d{1,4})?"
    r"|[\[【<=*#_—-]{1,12}\s*(?:[Pp]age|PAGE|[Cc]hunk|第)\s*\d{1,4}\s*页?\s?(?:(?:of|OF|/)\s?\d{1,4}\s*)?[\]】>=*#_—-]{1,12})\s*"
)
_SIGNS = frozenset("—–―-－─·•.~～第共页Pp=_*━[【<#0123456789") | {""}
"""What a short line of this kind begins with, when it is not empty."""
_RULERS = frozenset("—–―-─━=_*~")
"""What a longer one begins with: a ruler, or the page number before a text."""
_LAST = frozenset("—–―页")
_SHORT = 30
"""A line that is only a page number is not longer."""
_BARE = re.compile(r"\d{1,3}")
_LINES_A_PAGE = 10
"""A page with nothing but its number at the foot has more lines than that; rows of a list are shorter."""
# 3200— 1 — at the end of a line; 第5页 共5页 after the last sentence
_PAGE_TAIL = re.compile(r"(?:[—–―]{1,2}\s*\d{1,4}\s*[—–―]{1,2}|(?<=[。；\s])第\s*\d{1,4}\s*页\s*共\s*\d{1,4}\s*页)\s*$")
_PAGE_HEAD = re.compile(r"[—–―]{1,2}\s*\d{1,4}\s*[—–―]{1,2}\s*(?=\S)")
_BLANK = re.compile(r"\s+")
_NUMBER_LINE = re.compile(
    r"[\u4e00-\u9fff]{2,20}[〔\[［﹝【(（](?:19|20)\d{2}[〕\]］﹞】)）]第?\d{1,5}(?:[-—]\d{1,3})?号"
)
_HEAD_LINE = re.compile(rf"[\u4e00-\u9fff]{{0,40}}(?:{alternation('normalise_organisations')}|文件)")
_RULE = re.compile(r"[-=_*~─━—\s]{5,}(?:正文[-=_*~─━—\s]{5,})?")
_HEADER_LENGTH = 40
_HEADER_TIMES = 3


def drop_page_marks(draft: Draft) -> None:
    """Set aside page numbers, rulers, and running headers that stand at three page breaks or more."""
    lines = draft.lines
    for line in lines:
        if len(line.text) >= DENSE and line.prose and "—" in line.text:
            _drop_inside(draft, line)
    marked = [
        n
        for n, s in enumerate(lines)
        if (s.last in _LAST or (s.first in _SIGNS and (len(s.text) <= _SHORT or s.first in _RULERS))) and s.prose
    ]
    bare = _bare_numbers(lines, marked)
    gone: dict[int, list[Strip]] = {}
    breaks: list[int] = []  # where a page number stood, counted in the lines that stay
    for n in marked:
        line, text, at = lines[n], lines[n].text, n - len(gone)
        if len(text) <= _SHORT and (n in bare or _PAGE_LINE.fullmatch(text)):
            draft.drop(line, "page-number")
            breaks.append(at)
            gone[n] = []
        elif len(text) >= 5 and _RULE.fullmatch(text):
            draft.drop(line, "ruler")
            gone[n] = []
        else:
            _drop_glued(draft, line, breaks, at)
            if not line.text:
                gone[n] = []
    draft.replace(gone)
    lines = draft.lines
    for at in breaks:
        if at < len(lines):
            lines[at].turned = True
    if breaks or (lines and lines[-1].page is not None):
        draft.lines = _with_red_head_first(_without_headers(draft, lines, breaks))


def _bare_numbers(lines: list[Strip], marked: list[int]) -> set[int]:
    """Lines that are nothing but a page number: 1, 2, 3 …, a page apart."""
    found = [n for n in marked if len(lines[n].text) <= 3 and _BARE.fullmatch(lines[n].text)]
    if len(found) < 2:
        return set()
    for a, b in pairwise(found):
        if b - a < _LINES_A_PAGE or int(lines[b].text) != int(lines[a].text) + 1:
            return set()
    return set(found)


def _with_red_head_first(lines: list[Strip]) -> list[Strip]:
    """A red header (某某市教育局文件 | 某教发〔2020〕3号) that a text layer gives after page 1 goes to the top."""
    turn = next((n for n, s in enumerate(lines[:80]) if n and s.turned), 0)
    texts = [_BLANK.sub("", s.text) for s in lines[:turn]]
    numbers = turn
    while numbers and _NUMBER_LINE.fullmatch(texts[numbers - 1]):
        numbers -= 1
    first, full = numbers, 0.8 * max(map(len, texts), default=0)  # the line that goes on overleaf is full
    while first and len(texts[first - 1]) < full and _HEAD_LINE.fullmatch(texts[first - 1]):
        first -= 1
    if 0 < first < numbers < turn and texts[numbers - 1].endswith("文件"):
        return lines[first:turn] + lines[:first] + lines[turn:]
    return lines


_INSIDE = re.compile(r"[—–―]{1,2}[ \u3000]?(\d{1,3})[ \u3000]?[—–―]{1,2}")


def _drop_inside(draft: Draft, line: Strip) -> None:
    """…2018年11月6日— 2 —某某行动计划…— 3 —: the page numbers of a text saved as one line, told by their order."""
    found = list(_INSIDE.finditer(line.text))
    if len(found) >= _FEWEST_INSIDE and all(int(b[1]) == int(a[1]) + 1 for a, b in pairwise(found)):
        draft.edit(line, [Edit(m.start(), m.end()) for m in found], "page-number")


_FEWEST_INSIDE = 2


def _drop_glued(draft: Draft, line: Strip, breaks: list[int], at: int) -> None:
    """A page number that a text layer put at either end of a line."""
    if line.last in "—–―页" and (m := _PAGE_TAIL.search(line.text, max(0, len(line.text) - 30))):
        draft.edit(line, [Edit(m.start(), len(line.text))], "page-number")
        breaks.append(at + 1)
    elif line.first in "—–―" and (m := _PAGE_HEAD.match(line.text)):
        draft.edit(line, [Edit(0, m.end())], "page-number")
        breaks.append(at)


def _without_headers(draft: Draft, lines: list[Strip], breaks: list[int]) -> list[Strip]:
    """Lines without those that repeat at page breaks."""
    edges = {i for b in breaks for i in (b - 1, b) if 0 <= i < len(lines)}
    if draft.raw.page_sizes:  # the sheets of a workbook have numbers, too, but no running headers
        edges.update(i for n in range(1, len(lines)) if lines[n].page != lines[n - 1].page for i in (n - 1, n))
    if len(edges) < _HEADER_TIMES:
        return lines
    times: dict[str, int] = {}
    for i in edges:
        if lines[i].prose and len(lines[i].text) <= _HEADER_LENGTH:
            times[lines[i].text] = times.get(lines[i].text, 0) + 1
    running = {i for i in edges if times.get(lines[i].text, 0) >= _HEADER_TIMES and lines[i].prose}
    for i in sorted(running):
        draft.drop(lines[i], "running-header")
    return [line for i, line in enumerate(lines) if i not in running]


# 当前位置： 首页政务公开最新文件 <title> 时间：2023-09-21 10:03 微信 微博 QQ空间 <text>
_CRUMBS = re.compile(
    r"(?:您?(?:当前|现在|所在)的?位置|您现在的位置是?)\s*[：:]\s*(?:首\s页\s*(?:>{1,2}|›|»|/|→)\s*)?"
    r"(?:\S{1,60}\s*(?:>{1,2}|›|»|/|→)\s*){0,8}\S{1,60}(?=\s|$)"
    r"|首\s?页(?:\s*(?:>{1,2}|›|»|→)\s*[^\s>›»→]{1,20}){1,8}(?=\s)"
)
_STAMP = re.compile(
    r"(?:(?:发布|发文|更新|信息)?(?:时间|日期)\s*[：:]\s*)\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?=\s|$)"
)
_DIGITAL = re.compile(r"(?:时间|日期)\s*[：:]\s*\d{4}")
_TOP = 15
"""So many lines from the top may hold the remains of a page's head."""
_BUTTON_WORDS = words("normalise_buttons")
_BRACKETS = "】])）"
_BUTTON_ENDS = frozenset(word[-1] for word in _BUTTON_WORDS) | {*_BRACKETS}
"""What stands at the end of a line of that kind, or before the bracket there."""
_BUTTON = alternation("normalise_buttons")
_FIELD = (  # a counter's value is a number: 点击数： 环交〔2011〕90号 ends before the document number
    r"(?:(?:(?:信息)?来源|稿源|作者|编辑|责任编辑|字号|字体(?:大小)?)\s*[：:]\s*(?!\S{0,30}[〔﹝\[【]\d)\S{0,40}"
    r"|相关(?:链接|阅读|新闻|文章|稿件|报道)\s*[：:](?=\s)"
    r"|(?:点击(?:数|次数|量|率)?|浏览(?:次数|量|数)?|访问量|阅读(?:次数|量|数)?)\s*[：:]\s*(?:\d{1,9}次?)?)"
)
_FIELDS_AT_END = re.compile(rf"(?:(?<=\s){_FIELD}\s*)+\Z")
_BUTTONS = re.compile(rf"(?:\s*[\[【(（]?\s*(?:{_BUTTON}|{_FIELD}|[大中小](?=[\s\]】)）]))\s*[\]】)）]?(?=\s|$))+")
_SHUT = rf"[\[【(（]?{_BUTTON}[\]】)）]?"
_TAIL = re.compile(rf"(?:(?<=\s)|(?<=[。）)印发]))(?:{_FIELD}\s+|{_SHUT}(?:\s+|$)){{0,8}}{_SHUT}\s*$")


def drop_furniture(draft: Draft) -> None:
    """Set aside what a web page puts before and after the text on the same line.

    Only lines that a scraper ran together: the place in the site, the time of publication with the buttons to
    share, the source and 附件下载 at the end.
    """
    changed: dict[int, list[Strip]] = {}
    added = 0
    for n, line in enumerate(draft.lines):
        top = n + added < _TOP
        if not (top or line.last in _BUTTON_ENDS) or len(line.text) < 60 or not line.prose:
            continue
        last = line
        if top and (parts := _head_furniture(draft, line)):
            changed[n], last = parts, parts[-1]
            added += len(parts) - 1
        end = last.text[-2:-1] if last.last in _BRACKETS else last.last
        if end in _BUTTON_ENDS and last.text.rstrip(_BRACKETS).endswith(_BUTTON_WORDS):
            _tail_furniture(draft, last)
    draft.replace(changed)


def _head_furniture(draft: Draft, line: Strip) -> list[Strip]:
    """Cleans the line of what stands before the text; the page's own title in it becomes a line (else: no lines)."""
    if not ("时间" in line.text or "日期" in line.text) or not _DIGITAL.search(line.text, 0, 500):
        return []
    crumbs = _CRUMBS.match(line.text)
    stamp = _STAMP.search(line.text, 0, 500)
    buttons = _BUTTONS.match(line.text, stamp.end()) if stamp else None
    if stamp is None or not (crumbs or buttons):
        return []
    end = buttons.end() if buttons else stamp.end()
    first = crumbs.end() if crumbs else 0
    fields = _FIELDS_AT_END.search(line.text, first, stamp.start())  # …的通知 信息来源：县政府办 发布日期：…
    last = fields.start() if fields else stamp.start()
    if crumbs and (behind := title_behind(line.text)) and not line.text[first:last].strip():
        first = behind  # 首页 > 通知公告 > …关于…的通知 发布日期：…
    if crumbs:
        first = number_before(line.text, first)  # 首页 > 政府文件 > 云政办〔2017〕33号 …关于…的通知
    title = line.text[first:last]
    if "。" in title or end >= len(line.text):
        return []
    if first > last:  # the place in the site goes on behind the time
        edits = [Edit(0, max(first, end))]
    else:
        edits = [Edit(0, first), Edit(last, end)] if crumbs else [Edit(last, end)]
    draft.edit(line, edits, "furniture")
    shown = len(title.strip())
    if not shown:
        return []
    draft.counts["paragraph-split"] += 1
    return draft.split(line, [shown])


def _tail_furniture(draft: Draft, line: Strip) -> None:
    """来源：… 附件下载 after the last sentence."""
    if m := _TAIL.search(line.text, max(0, len(line.text) - 200)):
        draft.edit(line, [Edit(m.start(), len(line.text))], "furniture")

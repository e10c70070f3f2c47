"""Steps: lines that a page, a text layer or a crawler broke in mid-sentence are joined again.

Precision first: a short line without a full stop is a heading, a list entry or a signature, and stays alone.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from ..lexicon import alternation, words
from .draft import Draft, Strip, join

# What begins a paragraph of its own: 一、 （一） 1. 1、 （1） ① 第一章 附件 | a line that is only a date
_START = re.compile(
    r"第[一二三四五六七八九十百零〇\d]{1,5}(?:[编章节条]|阶段)|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|\d{1,3}\s?[.．、](?!\d)|[（(]\d{1,3}[)）]|\d{1,2}[)）]|[①-⑳⑴-⒇●■◆★▲·•]|附\s{0,2}[件录表]|抄\s?[送报]|主题词|(?:备?注|说明)[：:]"
)
_DATE_LINE = re.compile(
    r"(?:19|20)\d{2}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?(?:印发)?|[二一][〇○ＯO0零oо一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_DATE_GOES_ON = re.compile(
    r"年\s?\d{1,2}\s?月|月(?:\s?\d{1,2}\s?日|[底初末上中下前起]|份)|日(?=[前起至止以之，。；、（(—-])"
)
"""于2020年10 | 月15日前."""
_LABEL = re.compile(r"[^，。；（(]{2,10}[：:]")
FINAL = "。！？；：!?;:…"
_ENDED = FINAL + "）)》”】〕"
_CLOSERS = "、，。；：！？）)》〉”’」』】〕,;"
_OPENERS = "“‘（(《〈「『【〔［["
_PAIRS = (("《", "》"), ("〈", "〉"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_RUNNING = re.compile("[，。；：,;]")
_TYPES = words("normalise_types")
_ROUND = re.compile("[（(）)]")
_OPEN = re.compile("[（(《〈“〔【]")
_NOTE = re.compile("责任|牵头|配合|负责|单位[：:]|部门[：:]|联系人")  # （责任单位：某局； | 完成时限：8月底前）
_NAMED = re.compile(r"(?:联系|电话|地址|邮编|邮箱|传真|网址)")
_ORGAN = re.compile(alternation("normalise_organisations") + "$")
_HAN = re.compile("[\u4e00-\u9fff]{2,40}")
_DATED = re.compile(r"年\s?\d{1,2}\s?月\s?\d{1,2}\s?日\s?(?:印发)?$")
_ASIDE = re.compile("[（(](?:此件|本件|此页|联系人)")
_UNIT_LABEL = re.compile(
    "[（(]?(?:责任|牵头|配合|主管|主办|协办|承办|负责|参与|参加|协作|实施)(?:责任)?(?:单位|部门|领导|人)[：:]|(?:完成|责任|整改)?(?:时限|期限)[：:]"
)
_ITEM_LABEL = re.compile(
    "(?:[具主][体要]|整改|工作|治理|落实|推进|完成|责任|牵头|配合|督导|监督|协办|主办)(?:责任)?"
    "(?:措施|目标|内容|要求|任务|举措|单位|部门|科室|领导|人|时限|期限)[：:]"
)
"""整改措施：, 督导责任单位： open a line of their own below a task, however full the line before is."""
_STAMPED = re.compile(r"[：:]\s?(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?$")
"""更新时间：2006-9-22 ends a line of the page's own."""
_VERSION = re.compile(r"[（(][^（()），。；]{2,20}[）)]$")
_WIDEST = 200
"""Characters beyond which a line holds a whole paragraph."""
_LONG = 30
"""Characters of a line of running text; a heading or list entry is shorter as a rule."""


_DEEPEST = 4
"""Characters of a paragraph's indent: two wide ones or four narrow ones."""
_SHORTEST = 10
"""A shorter line is no part of a sentence cut in two."""
_HEADING = 45
"""A numbered line without a full stop may be a heading up to this length."""
_PAGE = 28
"""Characters on a line of a printed document (GB/T 9704-2012, 5.2.3); a paragraph begins two further in."""
_FULL = 0.8
"""Share of the usual width from which on a wrapped line counts as full."""
_COLUMNS = re.compile(r"[^\s：:、.．）)](?:　+| {3,})\S")
"""A gap inside a line: names and posts, one under the other."""
_OFFICE = re.compile(r"[^，。；：]{0,16}办公室(?:设|挂|由|主任)")
_CLAUSE = re.compile("[，。；,;]")
# words that begin no sentence: …、区农业农村局 | 等单位要针对…
_GOES_ON = re.compile("等(?![级高价])|的(?!士)|及(?!时|早|格)|或|与(?!此|会|时)")


_NAME_GOES_ON = re.compile("[·•・][\u4e00-\u9fff]{2,8}(?:同志)?(?:兼?任|担任|为|[、，（(])")
"""古丽 | ·某某兼任: a name over two lines, where a bullet would open a task."""
_LEVELS = re.compile(
    r"\d{1,2}(?:[.．]\d{1,2}){1,3}[ \u3000]{1,4}(?![万亿个元米吨公平])[\u4e00-\u9fff]{2}"
    r"|\d{1,2}[ \u3000]{1,4}(?![万亿个元米吨公平])[\u4e00-\u9fff]{2,12}\Z"
)
"""（责任单位：某局） | 3.2 工程准备。 and the heading 4 应急响应: sections in decimal numbers."""
_NAMES_END = re.compile(
    "(?:^|[，。；])(?:办公室)?(?:副[\u4e00-\u9fff]{2,4}|组长|主任|成员|组员|联络员|召集人|指挥长?|队长)[：:]"
    "(?:[\u4e00-\u9fff]{2,3}(?:[（(][\u4e00-\u9fff]{1,12}[）)])?、){0,12}[\u4e00-\u9fff]{2,3}\\Z"
)
"""…；副主任：张三、李四: the last of a roster ends its paragraph without a mark."""


class Shape:
    """How the lines of a document end."""

    def __init__(self, lines: list[Strip]) -> None:
        self._lines = lines
        ends = [s.text[-1] for s in lines if len(s.text) >= _LONG and s.prose]
        loose = len([c for c in ends if c not in _ENDED])
        self.open_ended = len(ends) >= 6 and 2 * loose > len(ends)
        """Many paragraphs end without punctuation, so that its lack means nothing."""
        self._loose = loose > 0

    @cached_property
    def cut(self) -> bool:
        """Pages cut paragraphs in two: seen where a line of several sentences stops in the middle of one."""
        pairs = pairwise(self._lines) if self._loose else ()
        return any(_cut(a, b) for a, b in pairs if a.text and a.text[-1] not in _ENDED)

    @cached_property
    def indented(self) -> bool:
        """Paragraphs begin two characters further in, and what is wrapped does not (asked for wrapped pages only)."""
        opening, others = [0, 0], [0, 0]
        for a, b in pairwise(self._lines):
            if a.prose and b.prose and a.text and b.text and len(a.text) >= _SHORTEST:
                counted = opening if a.text[-1] in FINAL else others
                counted[0] += 1
                counted[1] += 2 <= b.indent <= _DEEPEST
        return opening[0] >= 4 and opening[1] >= 0.8 * opening[0] and others[1] <= 0.3 * others[0]


def width(text: str) -> float:
    """In full-width characters: ASCII counts half."""
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def wraps(lines: list[Strip]) -> list[float] | None:
    """For each line the width, in full-width characters, at which a text layer wraps its page; 0: it does not.

    None when the paragraphs of the document are whole.
    """
    texts = [s.text if s.prose else "" for s in lines]
    if len(lines) < 6 or max(map(len, texts)) > _WIDEST:
        return None
    pages = [texts[a:b] for a, b in pairwise(_pages(lines))]
    found = [_wrap(page) for page in pages]
    last = next(filter(None, found), 0) or _wrap(texts)
    if not last:
        return None
    result: list[float] = []
    for page, full in zip(pages, found, strict=True):
        last = full or last  # a short page is set like the one before it
        result += [last if max(map(width, page)) <= last * 1.6 + 4 else 0] * len(page)
    return result


def _pages(lines: list[Strip]) -> list[int]:
    """Where pages begin, as far as page numbers tell, and where the last one ends."""
    return [0, *(n for n, s in enumerate(lines) if n and (s.turned or s.page != lines[n - 1].page)), len(lines)]


def _wrap(texts: list[str]) -> float:
    """The width at which these lines are wrapped, 0 when they are whole."""
    widths = sorted(width(t) for t in texts if len(t) >= 8)
    full = widths[int(len(widths) * 0.8)] if len(widths) >= 6 else 0
    if not (12 <= full <= 60 and widths[-1] <= full * 1.6 + 4):
        return 0
    near = [t for t in texts if len(t) >= 8 and width(t) >= full * _FULL]
    broken = sum(t[-1] not in FINAL for t in near)
    running = sum(_RUNNING.search(t) is not None for t in near)
    enough = len(near) >= max(5, 0.35 * len(widths)) and broken >= 0.5 * len(near) and running >= 0.4 * len(near)
    return full if enough else 0


def _cut(last: Strip, line: Strip) -> bool:
    """Does `last`, which does not end a sentence, hold a whole one and stop in the middle, and `line` end the next?"""
    if not (line.text and last.prose and line.prose):
        return False
    return not _START.match(line.text) and mid_sentence(last.text, line.text)


def join_lines(draft: Draft) -> None:
    """Join each line to the next where the break is no paragraph's end."""
    lines = draft.lines
    shape, widths = Shape(lines), wraps(lines)
    groups: dict[int, list[Strip]] = {}
    first, last = 0, "。"
    for n, line in enumerate(lines):
        text = line.text
        if last != "。" or (n and text and text[0] in _CLOSERS):
            full = widths[n - 1] if widths else 0
            group = groups.get(first) or [lines[first]]
            if _belongs(group, line, shape, full) and not (full and _signs(lines, n)):
                group.append(line)
                groups[first] = group
                last = text[-1]
                continue
        first, last = n, text[-1] if text else ""
    changed: dict[int, list[Strip]] = {
        n: [] for first, group in groups.items() for n in range(first, first + len(group))
    }
    for first, group in groups.items():
        changed[first] = [join(group)]
    draft.counts["line-joined"] += len(changed) - len(groups)
    draft.replace(changed)


def _signs(lines: list[Strip], n: int) -> bool:
    """Is line `n` a signature: the name of a body, with nothing but a date after it?"""
    if n + 1 == len(lines) or not _DATE_LINE.fullmatch(lines[n + 1].text):
        return False
    return len(lines[n].text) >= 4 and not _RUNNING.search(lines[n].text) and _ORGAN.search(lines[n].text) is not None


def _belongs(group: list[Strip], line: Strip, shape: Shape, full: float) -> bool:
    """Does `line` go on where the last line of `group` stops? `full`: the width of a wrapped line here, or 0."""
    last = group[-1]
    if not (last.prose and line.prose and last.text and line.text):
        return False
    if line.text == "件" and last.text[-1] == "文" and _HAN.fullmatch(last.text):
        return True  # 某某市人民政府文 | 件: a red header too wide for its line
    if last.heading or line.heading or (line.align in ("center", "right") and last.align != line.align):
        return False
    a, b = last.text, line.text
    if b[0] in _CLOSERS or a[-1] in _OPENERS:  # 一 | 、降低家庭生育成本; “ | 一站式”服务
        return not _LABEL.match(b)
    starts = _START.match(b) is not None
    if starts and full and b[0] in "·•・" and _NAME_GOES_ON.match(b) and "\u4e00" <= a[-1] <= "\u9fff":
        return _visual_width(group) >= _FULL * full
    if starts and not (("：" in b[:4] or ":" in b[:4]) and _LABEL.match(b, 0, 4)):
        return False
    if b[0] in "12二一" and _DATE_LINE.fullmatch(b):
        return False
    if _OPEN.search(a) and unclosed(a, b):
        return True
    if b[0] in "年月日" and a[-1].isdigit() and _DATE_GOES_ON.match(b):
        return True
    if a[-1] in "：:" and _UNIT_LABEL.fullmatch(a):  # 责任单位： | 市教育局、市财政局
        return not (starts or _LABEL.match(b))
    if starts or a[-1] in FINAL:
        return False
    if a[-1] in "，、,":
        return len(a) > 6 and not _LABEL.match(b)
    if a[-1] in "）)" and b[0].isdigit() and _LEVELS.match(b):
        return False
    if full:
        return not (2 <= line.indent <= _DEEPEST and shape.indented) and _wrapped(group, b, full)
    if line.turned or (line.page != last.page):
        return _turned(a, b)
    if shape.open_ended:
        return False
    if len(group) > 1 and len(a) >= _SHORTEST:  # …，| 现就做好校车工作通 | 知如下。
        a = group[-2].text + a
    return mid_sentence(a, b, shape)


def _wrapped(group: list[Strip], b: str, full: float) -> bool:
    """On a page with wrapped lines: is the last line of `group` full?"""
    a = group[-1].text
    if b.endswith("文件") and _HAN.fullmatch(a) and _HAN.fullmatch(b):  # a red header is set in larger type
        return not _ORGAN.search(a)
    if _visual_width(group) < _FULL * full or _NAMED.match(a) or _NAMED.match(b) or _ASIDE.match(b):
        return False
    if _ITEM_LABEL.match(b):
        return False
    if _COLUMNS.search(a) and (_LABEL.match(b) if _COLUMNS.search(b) else _OFFICE.match(b) and not _CLAUSE.search(a)):
        return False  # 组长：张某　　市长 | 副组长：李某　　副市长; 康某　　市卫健局副局长 | 办公室设在…
    if _COLUMNS.search(a) and _COLUMNS.search(b) and not (_RUNNING.search(a) and _RUNNING.search(b)):
        return False  # not …，李　明任副组长，…领导小组办 | 公室设在…，李　明兼任主任
    titled = a.endswith(_TYPES) or (a[-1] in "）)" and _VERSION.sub("", a).endswith(_TYPES))
    if titled or _DATED.search(a):  # a title; …实施方案（2021—2023年）; …办公室 2020年3月5日印发
        return any(_RUNNING.search(s.text) for s in group)
    return True


def _turned(a: str, b: str) -> bool:
    """Two paragraphs with a page's end between them: the first may end in anything but a full stop."""
    if _LABEL.match(b) or b[-1] not in FINAL or len(a) < 10 or (a[-1] in "）)" and "，" not in a):
        return False
    if _START.match(a) and "。" not in a:
        return len(a) >= _HEADING
    return len(a) >= _LONG or _RUNNING.search(a) is not None or "、" in a


def _visual_width(group: list[Strip]) -> float:
    """Width of the last printed line of `group`, of which a text layer may have made several (“ | 一站式”服务)."""
    total = 0.0
    n = len(group)
    while n and total < _WIDEST:
        n -= 1
        begins = 2 <= group[n].indent <= _DEEPEST and _RUNNING.search(group[n].text)
        total += width(group[n].text) + (2 if begins else 0)  # the first line of a paragraph is set in
        if not n or not (group[n].text[0] in _CLOSERS or group[n - 1].text[-1] in _OPENERS):
            break
    return total


def unclosed(a: str, b: str) -> bool:
    """A bracket that `a` opens and `b` closes: （责任单 | 位：局机关各科（室），局属各单位）."""
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


def mid_sentence(a: str, b: str, shape: Shape | None = None) -> bool:
    """Two paragraphs that a page break cut out of one: …专项整治工作的有 | 关要求，将…工作方案。"""
    if len(a) < _SHORTEST or not ("\u4e00" <= a[-1] <= "\u9fff" or a[-1].isdigit()) or b[-1] not in "。；：;:）)":
        return False
    if _LABEL.match(b) or ("。" not in a and _LABEL.match(a)) or _NAMED.search(a):
        return False
    if _GOES_ON.match(b):
        return True
    if len(b) > _SHORTEST and ("：" in a[-60:] or ":" in a[-60:]) and _NAMES_END.search(a, max(len(a) - 80, 0)):
        return False
    if a[-1].isdigit() and _STAMPED.search(a):
        return False
    if a.endswith(_TYPES) and "。" not in a:  # …工作方案》的通知 | 各街道办事处：
        return False
    if "。" in a or "；" in a or ";" in a:
        return len(a) >= _LONG
    if not _RUNNING.search(a) and "、" not in a:
        return False
    if shape and -2.5 <= (width(a) + 2) % _PAGE - _PAGE * ((width(a) + 2) % _PAGE > 5) <= 1 and shape.cut:
        return True
    return len(a) >= (_HEADING if _START.match(a) else _LONG) and _RUNNING.search(a) is not None

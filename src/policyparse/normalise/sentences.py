"""Whether a sentence or a bracket goes on in the next paragraph, which a page break or a crawler has cut off."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from ..lexicon import alternation
from .draft import Strip
from .lines import DEEPEST, ENDED, FINAL, HEADING, LABEL, LONG, NAMED, RUNNING, SHORTEST, TYPES, opens, width

_PAIRS = (("《", "》"), ("〈", "〉"), ("“", "”"), ("〔", "〕"), ("【", "】"))
_ROUND = re.compile("[（(）)]")
_NOTE = re.compile("责任|牵头|配合|负责|单位[：:]|部门[：:]|联系人")  # （责任单位：某局； | 完成时限：8月底前）
_STAMPED = re.compile(r"(?:[：:]\s?|\s)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:\s\d{1,2}:\d\d(?::\d\d)?)?$")
"""更新时间：2006-9-22 ends a line of the page's own."""
_OFFERED = re.compile(rf"[\s\[【（(](?:{alternation('normalise_buttons')}|大\s?中\s?小)$")
"""来源：某某司　2021-08-12　打印本页 关闭窗口: so does what it offers to do with the text."""
# words that begin no sentence: …、区农业农村局 | 等单位要针对…
_GOES_ON = re.compile("等(?![级高价])|的(?!士)|及(?!时|早|格)|或|与(?!此|会|时)")
_NAMES_END = re.compile(
    "(?:^|[，。；])(?:办公室)?(?:副[\u4e00-\u9fff]{2,4}|组长|主任|成员|组员|联络员|召集人|指挥长?|队长)[：:]"
    "(?:[\u4e00-\u9fff]{2,3}(?:[（(][\u4e00-\u9fff]{1,12}[）)])?、){0,12}[\u4e00-\u9fff]{2,3}\\Z"
)
"""…；副主任：张三、李四: the last of a roster ends its paragraph without a mark."""
_PAGE = 28
"""Characters on a line of a printed document (GB/T 9704-2012, 5.2.3); a paragraph begins two further in."""
_NUMBER = 4
"""The number of an item (十二、) is no longer; the sign in it lists nothing."""
_SHORTEST_LINE = _PAGE - 5
"""A paragraph that fills the line may have so few characters."""


class Shape:
    """How the lines of a document end."""

    def __init__(self, lines: list[Strip]) -> None:
        self._lines = lines
        ends = [s.last for s in lines if len(s.text) >= LONG and s.prose]
        loose = len([c for c in ends if c not in ENDED])
        self.open_ended = len(ends) >= 6 and 2 * loose > len(ends)
        """Many paragraphs end without punctuation, so that its lack means nothing."""
        self._loose = loose > 0

    @cached_property
    def cut(self) -> bool:
        """Pages cut paragraphs in two: seen where a line of several sentences stops in the middle of one."""
        pairs = pairwise(self._lines) if self._loose else ()
        return any(_cut(a, b) for a, b in pairs if a.last not in ENDED and len(a.text) >= SHORTEST)

    @cached_property
    def indented(self) -> bool:
        """Paragraphs begin two characters further in, and what is wrapped does not (asked for wrapped pages only)."""
        opening, others = [0, 0], [0, 0]
        for a, b in pairwise(self._lines):
            if a.prose and b.prose and a.text and b.text and len(a.text) >= SHORTEST:
                counted = opening if a.last in FINAL else others
                counted[0] += 1
                counted[1] += 2 <= b.indent <= DEEPEST
        return opening[0] >= 4 and opening[1] >= 0.8 * opening[0] and others[1] <= 0.3 * others[0]


def _cut(last: Strip, line: Strip) -> bool:
    """Does `last`, which does not end a sentence, hold a whole one and stop in the middle, and `line` end the next?"""
    if not (line.text and last.prose and line.prose):
        return False
    return mid_sentence(last.text, line.text) and not opens(line.text)


def mid_sentence(a: str, b: str, shape: Shape | None = None) -> bool:
    """Two paragraphs that a page break cut out of one: …专项整治工作的有 | 关要求，将…工作方案。"""
    if len(a) < SHORTEST or not ("\u4e00" <= a[-1] <= "\u9fff" or a[-1].isdigit()) or b[-1] not in "。；：;:）)":
        return False
    if not (_GOES_ON.match(b) or _breaks_off(a, b, shape)):
        return False
    return not (LABEL.match(b) or ("。" not in a and LABEL.match(a)) or NAMED.search(a))


def _breaks_off(a: str, b: str, shape: Shape | None) -> bool:
    """Is `a`, which ends without a mark, running text and neither a title nor a roster?"""
    if len(a) < (_SHORTEST_LINE if shape else LONG) or (a[-1].isdigit() and _STAMPED.search(a)):
        return False
    if "。" in a or "；" in a or ";" in a:
        off = len(a) >= LONG
    elif a.endswith(TYPES):  # …工作方案》的通知 | 各街道办事处：
        return False
    else:
        runs = RUNNING.search(a) is not None
        off = (runs and len(a) >= LONG and (len(a) >= HEADING or not opens(a))) or (
            shape is not None and (runs or a.find("、", _NUMBER) > 0) and _is_full(a) and shape.cut
        )
    return off and not ((len(b) > SHORTEST and _ends_in_names(a)) or _OFFERED.search(a, len(a) - 10))


def _is_full(a: str) -> bool:
    """Does a paragraph end where a printed line does?"""
    last = (width(a) + 2) % _PAGE
    return last >= _PAGE - 2.5 or last <= 1


def _ends_in_names(a: str) -> bool:
    """Is what follows the last colon, if it is near, the names of a roster?"""
    colon = max(a.rfind("："), a.rfind(":"))
    if colon < 0 or colon < len(a) - 60:
        return False
    after = a[colon:]
    return "，" not in after and "。" not in after and _NAMES_END.search(a, max(len(a) - 80, 0)) is not None


def unclosed(a: str, b: str) -> bool:
    """A bracket that `a` opens and `b` closes: （责任单 | 位：局机关各科（室），局属各单位）."""
    for opening, closing in _PAIRS:
        if opening in a and closing in b:
            at = a.rfind(opening)
            if at > a.rfind(closing) and len(a) - at < 200 and _closes(b, opening, closing):
                return True
    if not (("（" in a or "(" in a) and ("）" in b or ")" in b)):
        return False
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

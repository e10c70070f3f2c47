"""Headings of items: a whole short line, or a run-in heading before the text."""

from __future__ import annotations

import re

from ..squeeze import squeeze
from .glued import Stretch, glued_heading
from .node import Node
from .slogans import begins_with_verb, goes_on, parallel

UPPER = frozenset(("一、", "（一）", "一", "一）"))
"""Styles of the upper levels, whose headings may be glued to their text."""
MAX_HEADING = 40
MAX_SENTENCE = 25
"""A longer first sentence is a heading only when it begins like a slogan (加强…，…)."""
_MAX_INLINE = 20
_MAX_POLICY = 15
_MIN_PROSE = 13
"""Shorter sentences are not looked at for signs of prose."""
_CJK = "\u4e00-\u9fff"
_SENTENCE = re.compile(r"[。；;！!？?]")
_END = re.compile(rf"[。：:— 　\t](?:(?<=[。：:])|(?<=—)—|(?<=[{_CJK}）”][ 　\t])[ 　\t]{{0,8}}(?=[{_CJK}]))")
_GAP = re.compile(rf"(?<=[{_CJK}）”])[ 　\t]+(?=[{_CJK}])")
_OPENING, _CLOSING = re.compile("[（(〔《“【\\[]"), re.compile("[）)〕》”】\\]]")
_CLAUSE = re.compile("[，,；;]")
_LIST = re.compile("[，,、；;（(]")
# 牵头单位：… and 包括：… lead into a value or a list, they do not name the item
_NO_HEADING = re.compile(
    r"(?:单位|部门|科室|处室|责任人|联系人|电话|邮箱|地址|时限|时间|组长|成员|主任|召集人|如下|包括|其中|内容为|分别是|公式为|是|为)$"
)
# 强化领导责任落实: no mark in it but commas
_PLAIN = re.compile(r"[^。；;：:！!？?—（()）〔〕《》“”【】\[\]\s]{1,40}")
# 强化防范措施，坚决抓好重点领域隐患排查整治: two halves at most, and nothing counted; more tell what is done
_SLOGAN = re.compile(r"[^，,。；;：:！!？?—（()）\[\]0-9\s]{4,}(?:[，,][^，,。；;：:！!？?—（()）\[\]0-9\s]{4,})?")
# 全面排查隐患.各班要…: a writer's full stop of half width
_DOTTED = re.compile(rf"[^。；;：:！!？?—.\s]{{4,24}}(?<=[{_CJK}])\.(?=[{_CJK}])")
# 自查自纠阶段（2016年4月）各单位应…: the bracketed period ends the heading
_DATED = re.compile(  # what comes after the bracket is looked at first: it decides most
    r"[^。；;：:（(\n]{2,25}[（(](?=[^（()）\n]{2,53}[）)](?![。，,；;：:、]))"
    r"[^（()）\n]{0,25}\d[ ]?[年月日][^（()）\n]{0,25}[）)]"
)
# （二）全面铺开阶段（2010年4月—2011年6月）。: nothing but a stage's name and period
_STAGE_LINE = re.compile(r"[^。；;：:，,（(\n]{2,25}[（(][^（()）\n]{0,25}\d ?[年月日][^（()）\n]{0,25}[）)]。")
WHITE_SPACE = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_OPENS_NOTE = frozenset("（(〔【[") | WHITE_SPACE
_NOTE_ONLY = re.compile(r"[\s　]*[（(〔【\[][^）)〕】\]]{0,300}[）)〕】\]]")
# what makes a sentence a statement or an order in full, which no one would print as a heading
_PROSE = re.compile(
    r"[，,应不可必须%％万亿元≤≥<>＝=要由](?:"  # found by one sign, which is then told apart
    r"(?<=[，,])(?:(?<=[的后时前内].)|[将使且但应须各由在对按经可也已均都]|并(?!重|举)|以(?!上)|其中|从而|不得)"
    r"|(?<=应)[当按在由将于及向具符为]|(?<=不)(?:得|少于|低于|超过)|(?<=可)以|(?<=必)须|(?<=须)(?!知)"
    r"|(?<=[0-9].)(?<=[%％万亿元])|(?<=[0-9][ ].)(?<=[%％万亿元])|(?<=[≤≥<>＝=])"
    r"|(?<=要)(?<![重主需必简摘纪概首紧次只].)(?![求素点件闻领])"
    r"|(?<=由)(?<![自理缘事].).{1,15}(?:负责|组织|实施|承担|统一|牵头|办理|确定))"
)
# 若…, 经审查…, 为落实…, 根据…
_PROSE_OPENING = re.compile(
    r"若|如(?!期|实)|凡|对.{1,30}的|经(?!济|费|营|办|验|贸)|截至|由|该|根据|按照|依据|依照|为[了落进贯认切深全加规]"
    r"|[到至从在][0-9]|当前|因(?![地势时村户人企])|至今|有的|本(?:办法|方案|通知|意见|规定|细则|办理)|自(?![查纠主觉我然愿救])"
)
_OPENS_PROSE = frozenset("若如凡对经截由该根按依为到至从在当因有本自")
"""What it begins with."""
# 落实养护资金，具体包括：
_LEAD_OUT = re.compile(
    r"[，,](?:具体|主要|重点|分别|其中|现|即){0,2}[^，,。；]{0,8}(?:如下|包括|分别是|以下[^，,。；]{0,6}|下列[^，,。；]{0,6})[：:]$"
)
# 第一阶段（3月1日至3月31日）：宣传发动。…
_DATE_FIRST = re.compile(
    r"[（(][^（()）\n]{0,24}[0-9年月日旬季底][^（()）\n]{0,24}[）)][ 　]{0,4}[：:、，,]?[ 　]{0,4}"
)
# 第三条【适用范围】, 第十条（定义）: an article has no other run-in heading
_ARTICLE = re.compile(r"[（(【〔\[](?P<name>[^（()）【】〔〕\[\]，。；\n]{2,20})[）)】〕\]]")
Heading = tuple[int, int, str]
"""Where a heading begins and ends, and what stands there on one line."""


def opening(string: str, start: int, end: int) -> tuple[str, bool]:
    """强化领导责任落实|。各单位要…: what stands before a first full stop, and whether it alone tells the heading.

    Most items begin with such a sentence, of nothing but words and commas, with text behind it that is no mere note.
    """
    reach = start + MAX_HEADING + 1
    sentence, full_stop, _ = string[start : reach if reach < end else end].partition("。")
    if full_stop and (sentence.isalnum() or (_PLAIN.fullmatch(sentence) and "." not in sentence)):
        behind = start + len(sentence) + 1
        return sentence, behind < end and string[behind] not in _OPENS_NOTE
    return sentence, False


def sentence_heading(string: str, item: Node, end: int, sentence: str) -> Heading | None:
    """The heading of an item, no article, whose opening `sentence` alone tells it."""
    start = item.content
    if item.style in UPPER and (glued := glued_heading(string, start, end)):
        return *glued, squeeze(string[start : glued[1]])
    if not _is_title(sentence, _MAX_INLINE if item.inline else MAX_HEADING):
        return None
    heading = sentence.rstrip("，,、*．")
    return (start, start + len(heading), heading) if heading else None


def line_heading(
    string: str, item: Node, end: int, sentence: str, *, more: bool = False, heads: bool = False
) -> Heading | None:
    """The heading of an item, whatever its opening `sentence`; its first paragraph ends at `end`.

    `more`: paragraphs or items follow under it, so that a short first sentence on its own line is a heading too.
    `heads`: items of a lower level begin on the next line, so that a line without a full stop is their heading,
    whatever it says (二、突出集中统一，在提升管理水平上持续用力).
    """
    start = item.content
    while end > start and string[end - 1] in WHITE_SPACE:
        end -= 1
    if start >= end:
        return None
    if item.style == "第一条":
        found = _article_name(string, start, end)
    else:
        longest = _MAX_INLINE if item.inline else MAX_HEADING
        found = _stretch(string, start, end, sentence, item.style in UPPER, longest, more, heads)
    if found is None:
        return None
    first, last = found
    return first, last, squeeze(string[first:last])


def _stretch(
    string: str, start: int, end: int, sentence: str, section: bool, longest: int, more: bool, heads: bool
) -> Stretch | None:
    """Where the heading of an item stands that is no article; `section`: one of an upper level."""
    if "." in sentence and (dotted := _DOTTED.match(string, start, end)):
        return _first_sentence(string, start, string[start : dotted.end() - 1], end, longest)
    stop = start + len(sentence)
    if stop + 1 < end and string[stop] == "。" and _PLAIN.fullmatch(sentence):
        glued = glued_heading(string, start, end) if section else None
        return glued if glued is not None else _first_sentence(string, start, sentence, end, longest)
    if end - start <= MAX_HEADING and not _SENTENCE.search(string, start, end):
        clauses = section and _CLAUSE.search(string, start, end) is not None
        glued = glued_heading(string, start, end) if clauses else None  # 组织机构成立专项工作小组，组长：王文海
        return glued if glued is not None else _whole_line(string, start, end, heads=heads)
    if section and (glued := glued_heading(string, start, end)) is not None:
        return glued
    if end - start <= MAX_HEADING and string[end - 1] in "？?" and not _SENTENCE.search(string, start, end - 1):
        return start, end  # 二、办法的主要内容有哪些？
    dated = _DATE_FIRST.match(string, start, end) if string[start] in "（(" else None
    if dated and (run_in := _run_in(string, dated.end(), end, MAX_HEADING)):
        return run_in
    most = MAX_HEADING if heads else MAX_SENTENCE if more else 0
    line = string[start : end - 1] if end - start <= most and string[end - 1] == "。" else ""
    if line and not _SENTENCE.search(line):
        short = len(line) < MAX_SENTENCE and not _CLAUSE.search(line)
        return _trim(string, start, end) if short or _is_title(line, most) else None
    if MAX_SENTENCE < end - start <= MAX_HEADING and section and more and string[end - 1] == "。":
        line = string[start : end - 1]
        if _SLOGAN.fullmatch(line) and _is_title(line, MAX_HEADING):
            return start, end - 1
    if section and string[end - 1] == "。" and string[end - 2] in "）)" and _STAGE_LINE.fullmatch(string, start, end):
        return None if _is_prose(string[start:end]) else _trim(string, start, end)
    return _marked(string, start, end, longest)


def _plain_opening(string: str, start: int, end: int) -> tuple[str, bool]:
    """What stands before the first full stop, as far as a heading may reach, and whether it is plain words."""
    reach = start + MAX_HEADING + 1
    sentence, full_stop, _ = string[start : reach if reach < end else end].partition("。")
    return sentence, full_stop != "" and _PLAIN.fullmatch(sentence) is not None


def _article_name(string: str, start: int, end: int) -> Stretch | None:
    """An article is named in brackets, by all of its short line, or by a policy's name before its text."""
    named = _ARTICLE.match(string, start, end)
    if named:
        return named.span("name")
    if end - start <= MAX_HEADING and not _SENTENCE.search(string, start, end):
        return _whole_line(string, start, end, strict=True)
    return _policy_name(string, start, end)


def _policy_name(string: str, start: int, end: int) -> Stretch | None:
    """第一条 支持企业上市。对…给予奖励: a list of policies counted as articles, each with its name."""
    sentence, plain = _plain_opening(string, start, end)
    if not plain or len(sentence) >= _MAX_POLICY or not begins_with_verb(sentence):
        return None
    return _first_sentence(string, start, sentence, end, _MAX_POLICY)


def _whole_line(string: str, start: int, end: int, *, strict: bool = False, heads: bool = False) -> Stretch | None:
    lead = _LEAD_OUT.search(string, start, end)
    if lead:
        end = lead.start()
    if string[end - 1] in "：:" and (gap := _GAP.search(string, start + 4, end)):
        return _trim(string, start, gap.start())  # 主要任务 本次整治的任务是：
    line = string[start:end]
    label, colon, value = line.replace(":", "：").partition("：")
    if colon and value and _NO_HEADING.search(label):
        return None
    named = heads and line[-1] not in "：:，,、"
    if not named and _CLAUSE.search(line) and not _is_title(line.rstrip("：:"), MAX_HEADING):
        return None
    if strict and _is_prose(line):
        return None
    return _trim(string, start, end)


def _run_in(string: str, start: int, end: int, longest: int) -> Stretch | None:
    sentence, plain = _plain_opening(string, start, end)
    if plain:
        return _first_sentence(string, start, sentence, end, longest)
    return _marked(string, start, end, longest)


def _marked(string: str, start: int, end: int, longest: int) -> Stretch | None:
    """A heading with brackets in it, or one that another mark than the full stop ends."""
    opening = string[start : start + 26]
    if "（" in opening or "(" in opening:
        dated = _DATED.match(string, start, end)
        if dated and dated.end() < end:
            return (start, dated.end())
    at, reach = start, start + longest + 1
    limit = reach if reach < end else end
    while m := _END.search(string, at, limit):
        at = m.end()
        head, mark = string[start : m.start()], m.group()[0]
        if not _balanced(head):
            continue
        if m.end() >= end:
            return None
        if mark in " 　\t":
            if len(head) < 4 or end - m.end() < 15 or (_LIST.search(head) and not parallel(head, end - m.end())):
                continue
            return _trim(string, start, m.start())
        if mark == "。":
            return _first_sentence(string, start, head, end, longest)
        if _CLAUSE.search(head) or _NO_HEADING.search(head) or (mark == "—" and goes_on(string, head, m.end(), end)):
            return None
        return _trim(string, start, m.start())
    return None


def _first_sentence(string: str, start: int, sentence: str, end: int, longest: int) -> Stretch | None:
    """The sentence at `start`; 完成年度计划。（责任单位：…）, with only a note behind it, is the item itself."""
    stop = start + len(sentence)
    if stop + 1 >= end or not _is_title(sentence, longest):
        return None
    noted = _NOTE_ONLY.match(string, stop + 1, end) if string[stop + 1] in _OPENS_NOTE else None
    return None if noted and noted.end() >= end - 1 else _trim(string, start, stop)


def _is_title(sentence: str, longest: int) -> bool:
    """Whether a sentence reads like a title: short and no statement, or a slogan (加强…，健全…)."""
    length = len(sentence)
    if length > longest or (length >= _MIN_PROSE and _is_prose(sentence)):
        return False
    clauses = 1
    if "，" in sentence or "；" in sentence or "," in sentence or ";" in sentence:
        clauses += sum(map(sentence.count, "，,；;"))
    if length <= MAX_SENTENCE and (clauses <= 2 or (clauses == 3 and length <= 24)):
        return True
    return clauses <= 4 and begins_with_verb(sentence)


def _is_prose(sentence: str) -> bool:
    """Whether a sentence is a statement or an order in full."""
    if sentence[0] in _OPENS_PROSE and _PROSE_OPENING.match(sentence):
        return True
    return _PROSE.search(sentence) is not None


def _trim(string: str, start: int, end: int) -> Stretch | None:
    while end > start and string[end - 1] in " 　\t：:，,、—*.．。":
        end -= 1
    return (start, end) if end > start else None


def _balanced(head: str) -> bool:
    return head.isalnum() or len(_OPENING.findall(head)) == len(_CLOSING.findall(head))

"""The page's own controls around a notice: navigation, buttons, rulers, the page's footer.

Shared by all text-like readers. Every test is for a whole line: a stretch of running text is never boilerplate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from ..lexicon import words
from .chrome import ANY_LABEL, PADDING, control_labels

_MARK = "|｜·•[]【】「」<>＜＞«»/:："
_BLANK_OR_MARK = " \t\r\n\v\f\x85\xa0\u2002\u2003\u2009\u3000" + _MARK
_MARKS = re.compile(rf"[\s{re.escape(_MARK)}]+")
_BLANKS_AND_MARKS = frozenset(_BLANK_OR_MARK)
_COUNTER_FIRST = "阅已浏点访您你今%"
_DATE_FIRST, _WELCOME_FIRST = "12", "欢"
_POSITION_FIRST, _FONT_FIRST = "当您你所", "字大（("
_RULE = "=＝_*~-—"
_RULER = re.compile(r"\s*(?:[=＝_*~\-—]{4,}|[=＝_*~\-—]{2,}\s*正\s?文\s*[=＝_*~\-—]{2,})\s*")
_LONGEST = 160
"""Characters of a line that may be boilerplate, but for what pasted texts bring along."""
_CONTROL_VALUE = 40
_CRUMB = re.compile(r"[^。；，]{1,40}(?:\s*(?:>{1,2}|»|›|＞|→)\s*[^。；，>»›＞→]{0,60}){1,8}")
_CRUMB_ROOT = re.compile(
    r"\s*(?:首页|网站|主页|当前|您|你|[^>»›＞]{0,30}(?:首页|专栏|专题|门户|信息公开|政务公开|政府网))"
)
_POSITION = re.compile(
    r"\s*(?:当前(?:的)?位置|(?:您|你)(?:现在|当前)?(?:的|所在|所处)?(?:的)?位置(?:是)?|所在位置)\s*[：:是]"
)
_WELCOME = re.compile(r"\s*欢迎(?:您|你)?(?:访问|光临|来到|登录|浏览).{2,40}(?:网|网站|官网|门户|平台)[!！]?\s*")
_FOOTER = re.compile(
    r"ICP备|公网安备|网站标识码|Copyright\s?(?:©|&copy;|\([cC]\)|\d)|版权所有\s*(?:[：:©]|$)|版权所有\s+\S{2,30}(?:局|府|厅|委|部|室|会|院|网)\s*$|技术支持\s*[：:].{0,40}公司|(?:建议|推荐)使用.{0,30}(?:分辨率|浏览器)",
    re.IGNORECASE,
)
# 2021-04-08 10:22 来源：云溪市教育局【字体：大 中 小】打印
_BYLINE = re.compile(
    r"\s*\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)(?:[\sT]*\d{1,2}:\d{2}(?::\d{2})?)?[\s|｜]*"
    r"[【\[（(]?(?:信息来源|文章来源|稿件来源|来源|作者|编辑|责任编辑|浏览(?:次数|量)?|点击(?:次数|量|率)?|阅读(?:次数|量)?|访问量|字体|字号|发布者|发布人)"
    r"\s*[：:].{0,100}"
)
# 阅读 1000 在看 | 您是第12位访问者 | <%@ page language="java" %>
_COUNTER = re.compile(
    r"\s*(?:已?阅读?|浏览|点击|访问)(?:次数|量)?\s*[\d,]{1,9}\s*(?:万|w|W)?\+?\s*(?:次|人次|在看|赞|在看赞)?\s*"
    r"|\s*(?:您|你)是(?:本站)?(?:第\s*\d*\s*位)?\s*(?:访问者|访客|浏览者)[！!]?\s*"
    r"|\s*今天是.{0,30}星期[一二三四五六日天].{0,10}"
    r"|\s*<%.*%>\s*"
)
# .TRS_Editor P{line-height:2;} | Normal 0 7.8 磅 0 2 false … MicrosoftInternetExplorer4: what pasted texts bring along
_PASTED = re.compile(
    r"(?:\s*+[@.#A-Za-z][^{}\u3400-\u9fff]{0,300}+\{[^{}]{0,3000}+\})++\s*|\s*Normal\s+0\s.{0,200}MicrosoftInternetExplorer\d\s*"
)
_SIGN = re.compile(">|»|›|＞|ICP|icp|网安|标识码|opyright|OPYRIGHT|版权所有|技术支持|议使用|荐使用")
"""One of them stands in a crumb or a footer."""
_FONT = re.compile(
    r"[【\[（(]?\s*(?:字体|字号)?\s*[：:]?\s*[【\[（(]?\s*大[\s|】\])）【\[（(]*中[\s|】\])）【\[（(]*小\s*[】\])）]?.{0,20}"
)


@cache
def _openings() -> frozenset[str]:
    """The first three characters of the controls."""
    return frozenset(w[:3] for w in _controls())


@cache
def _ways() -> dict[str, list[Callable[[str, str], bool]]]:
    """How a line can be told that begins with a character, marks left aside; nearly every line of a notice begins with
    one by which none is told."""
    ways: dict[str, list[Callable[[str, str], bool]]] = defaultdict(list)
    for ask, firsts in (
        (_is_only_marks, {""}),
        (_is_dated, _DATE_FIRST),
        (_is_ruler, _RULE),
        (_is_named, {word[0] for word in _controls()}),
        (_is_counter, _COUNTER_FIRST),
        (_is_welcome, _WELCOME_FIRST),
        (_is_labelled, {*_POSITION_FIRST, *_label_openings()}),
        (_is_font, _FONT_FIRST),
    ):
        for first in firsts:
            ways[first].append(ask)
    return dict(ways)


@cache
def _beginnings() -> frozenset[str]:
    """What a line so told can begin with."""
    return frozenset(_ways()) | _BLANKS_AND_MARKS


@cache
def _controls() -> frozenset[str]:
    return frozenset(_MARKS.sub("", w) for w in words("reader_boilerplate"))


@cache
def _label_openings() -> frozenset[str]:
    """What a control's label can begin with: its own first character, or the padding &nbsp;."""
    return frozenset(w[0] for w in control_labels()) | {"&"}


def boilerplate(lines: list[str]) -> set[str]:
    """Those of the lines, none of them empty or with a full stop, that are boilerplate.

    One look at all of them tells most texts to have no crumb and no footer.
    """
    whole = "\n".join(lines)
    if "{" in whole or "Explorer" in whole or _SIGN.search(whole):
        return {line for line in lines if is_boilerplate(line)}
    beginnings = _beginnings()
    return {line for line in lines if line[0] in beginnings and len(line) <= _LONGEST and _is_told(line)}


def is_boilerplate(line: str) -> bool:
    """True when the whole line is navigation, a page control, a ruler or the page's footer."""
    if ("{" in line or "Explorer" in line) and _PASTED.fullmatch(line):
        return True
    if len(line) > _LONGEST or "。" in line:
        return False
    return _is_told(line) or (_SIGN.search(line) is not None and (_is_crumb(line) or _FOOTER.search(line) is not None))


def _is_told(line: str) -> bool:
    """Is a line told to be boilerplate by how it begins?"""
    opening = line.lstrip(_BLANK_OR_MARK)[:3]
    for is_told in _ways().get(opening[:1], ()):  # noqa: SIM110  a generator costs more than most of them
        if is_told(opening, line):
            return True
    return False


def _is_only_marks(opening: str, line: str) -> bool:
    return any(c in line for c in ">»›＞|")


def _is_dated(opening: str, line: str) -> bool:
    return is_byline(line)


def _is_ruler(opening: str, line: str) -> bool:
    return _RULER.fullmatch(line) is not None


def _is_named(opening: str, line: str) -> bool:
    """Is the line a control or a menu of them?"""
    if opening in _openings() or not _BLANKS_AND_MARKS.isdisjoint(opening):
        squeezed = _MARKS.sub("", line)
        return squeezed[:3] in _openings() and (squeezed in _controls() or _is_menu(line))
    return False


def _is_counter(opening: str, line: str) -> bool:
    return _COUNTER.fullmatch(line) is not None


def _is_welcome(opening: str, line: str) -> bool:
    return _WELCOME.fullmatch(line) is not None


def _is_font(opening: str, line: str) -> bool:
    return "大" in line and "小" in line and _FONT.fullmatch(line) is not None


def is_byline(line: str) -> bool:
    """A date with the source, the clicks or the size of the letters after it: pieces() tells which is which."""
    return ("：" in line or ":" in line) and _BYLINE.fullmatch(line) is not None


def _is_labelled(opening: str, line: str) -> bool:
    """责任编辑：…, 浏览次数：12, 当前位置：首页 …; a label of a control and a short value."""
    if "：" not in line and ":" not in line:
        return False
    if "位置" in line and _POSITION.match(line) and "时间：" not in line:
        return True
    if line.lstrip()[:1] not in _label_openings():
        return False
    match = ANY_LABEL.match(line, 0, 40)
    return bool(match and len(line) - match.end() <= _CONTROL_VALUE and PADDING.sub("", match[1]) in control_labels())


def _is_crumb(line: str) -> bool:
    """首页 >> 政务公开 >> 文件; a comparison (x > 5) is none."""
    return bool(_CRUMB_ROOT.match(line) and _CRUMB.fullmatch(line.strip()))


def _is_menu(line: str) -> bool:
    """登录 |  注册; 打印本页  关闭窗口: every part is a control."""
    parts = [p for p in re.split(r"[\s\u3000\xa0|｜·\[\]【】]+", line) if p]
    return len(parts) > 1 and all(_MARKS.sub("", p) in _controls() for p in parts)

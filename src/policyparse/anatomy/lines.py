"""What a single paragraph looks like to the anatomy: title, number line, recipients, date, label, prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from .. import lexicon
from ..numbers import NumberMatch, find_numbers
from ..organisations import KINDS, is_organisation, region_of, split_units
from ..text import Line, Span, Text

_TYPES = dict((w.split() * 2)[:2] for w in lexicon.words("doc_types"))
_SIZES = sorted({len(w) for w in _TYPES}, reverse=True)
_CLOSERS = '》〉”"’」）)]】〕一二三四五'
_LAST = frozenset(_CLOSERS + "号") | {w[-1] for w in _TYPES}
_TAIL = regex.compile(
    r"(?r)(?:[》〉”\"’」]|[（(\[【〔][^（）()\[\]【】〔〕]{1,24}[）)\]】〕]|[（(][^（）()]{1,16}[（(][^（）()]{1,8}[）)][）)]|之?[一二三四五]){1,4}"
)
"""What may follow the 文种 of a title: （试行）, （2021—2023年）, 》."""
_SPACE = re.compile(r"\s+")
_LEFT_OUT = r"\*(?!\*{0,3}[省市县区州盟旗镇乡村])"
"""An asterisk, but for those of a name left out: **市教育局."""
_LEAD_MARKUP = re.compile(rf"(?:[#>|\s]|{_LEFT_OUT}|</?b>)*")
_TAIL_MARKUP = re.compile(r"(?:</?b>|[*|\s])$")
_MARKUP = re.compile(rf"^(?:[#>|\s]|{_LEFT_OUT}|</?b>)+|(?:</?b>|[*|\s])+$")
_PROSE_START = re.compile(r"为(?!民)|根据|按照|依据|依照|遵照|现将|现就|近年来|今年以来|经|当前|最近|随着|自|从")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、．.](?!\d)|第[一二三四五六七八九十百]{1,4}[章条节编]|[一二三四五]是)"
)
_SENTENCE = re.compile(r"[。！？；;]")
_NOISE = re.compile(
    r"(?:当前|您的?|所在)(?:的)?(?:当前)?位置|首页[>》/\-政]|网站首页|登录|注册|打印|字号|字体|【字体|分享|浏览次数|来源[:：]|发布(?:时间|日期)[:：]|"
    r"(?:发布)?时间[:：]\d|信息来源|作者[:：]|点击|阅读|原文链接|链接[:：]|正文$|={3,}|-{3,}|[—─━]{6,}|\*{3,}|【法宝|附件下载|扫一扫|关闭|上一篇|下一篇|"
    r"相关(?:链接|附件|文章|解读|新闻)|主办单位|承办单位|版权所有|网站标识码|网站地图|联系我们|责任编辑|编辑[:：]|审核[:：]|扫码|微信|打开|手机(?:扫|浏览|阅读|打开|查看)"
)
_NOISE_STARTS = frozenset("─━手当您你所首网登注打字【分浏来发时信作点阅原链正=-—*附扫关上下相主承版责编审微")


def is_noise(flat: str) -> bool:
    """Whether a line is a page's own: breadcrumb, share buttons, 来源：…, 附件下载."""
    return (flat[:1] in _NOISE_STARTS and _NOISE.match(flat) is not None) or "ICP备" in flat[:24]


DAY = regex.compile(
    r"(?:(?:19|20|１９|２０)[0-9０-９]{2}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日"
    r"|[一二][〇○Ｏ零OoО0０九一二三四五六七八]{3}\s*年\s*[元正一二三四五六七八九十]{1,2}\s*月\s*[一二三四五六七八九十廿卅]{1,3}\s*日"
    r"|(?:19|20)\d\d\s*[-./．－/]\s*\d{1,2}\s*[-./．－/]\s*\d{1,2}"
    r"|20\d{5,6}(?!\d))"
)
"""A full date at the end of a line: 2018年3月1日, 二〇一八年三月一日, 2018-03-01, 2018.3.1, 2018112."""
_DAY_END = regex.compile(rf"(?r)(?<!\d){DAY.pattern}")
_UNDAYED = re.compile(r"[ \t　\xa0]*((?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2})")
"""2021年6月28, alone on its line: the copy lost 日."""
_LONGEST_DAY = 24
_MONTH = re.compile(
    r"\s*(?:(?:19|20)\d\d|[一二][〇○零Ｏ0０九一二三四五六七八]{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月"
)
_SEALED = re.compile(r"\s*[（(](?:加?盖|公|印|签)?[章印]$")
"""2021年9月8日（盖章）."""
_PRINTED = re.compile(r"印\s*(?:发|制|刷)\s*[）)]?\s*(?:[（(].{0,12}[）)])?\s*$|共\s*印\s*\d+\s*份")
_IMPRINT = re.compile(r"(?:主题词|抄\s*送|抄\s*报|抄\s*致|分\s*送|内部发送|[（(]?共印\d|校对[:：]|打字[:：]|印发机关)")
_ANNEX = re.compile(
    r"[（(\[【]?\s*(?P<label>附\s*(?:件|表|录|图)?\s*(?:之)?\s*(?P<no>[0-9０-９]{1,3}(?:\s*[-—－]\s*\d{1,2})?|[一二三四五六七八九十]{1,3})?)\s*[】\]）)]?\s*"
    r"(?P<mark>[:：．.、，]?)\s*"
)
_NOT_ANNEX = re.compile(r"下载|中|所|要求|规定|的|为|见|内|和|及|与|与否|近|加|属|议|带|则|着|上|有|后|在|需|请")


_BESIDE = re.compile(
    rf"签\s*发\s*人\s*[:：].*|{lexicon.alternation('urgency')}|(?:绝密|机密|秘密)[★☆]?(?:\d+年|长期)?|等\s*级\s*[:：]?|(?:内部)?明电|[·•.．]"
    r"|[\u4e00-\u9fff]{0,3}机发?\s*\d{1,6}\s*号?|签批盖章\s*[:：]?.*|(?:发往|发电(?:单位|机关))\s*[:：]\s*\S{1,60}"
)
"""What may stand on the line of the number: 签发人：…, 特急; of a telegram 等级：特急·明电, 发往：…, 某机发123号."""
_VERSION = re.compile(r"[（(][^（）()]{1,24}[）)]")
_NO_VERSION = re.compile(r"[月日号]|公开|联系|通过|会议|删减|电话|此件|附|签发|代拟|盖章|送审稿?$")


_NUMBER_SIGN = re.compile("[〔﹝［[【（(〖「号]")


class Row:
    """A paragraph; most are asked for no more than their text as it is."""

    __slots__ = ("_flat", "index", "line", "number", "raw")

    def __init__(self, index: int, line: Line, raw: str) -> None:
        self.index = index
        self.line = line
        self.raw = raw
        self.number: tuple[Span, list[NumberMatch]] | bool | None = None
        self._flat: str | None = None

    @property
    def flat(self) -> str:
        """The text without white space and markup."""
        if self._flat is None:
            flat = "".join(self.raw.split())
            self._flat = _MARKUP.sub("", flat) if flat and (flat[0] in "#>*<|" or flat[-1] in ">*|") else flat
        return self._flat

    def at(self, index: int) -> Row:
        """The same paragraph as row `index` of another list."""
        row = Row(index, self.line, self.raw)
        row._flat = self._flat
        return row

    @property
    def table(self) -> bool:
        """Whether the paragraph is a table row."""
        return self.line.table is not None

    @property
    def centred(self) -> bool:
        """Set in the middle or marked as a heading by the format itself."""
        return self.line.align == "center" or self.line.heading is not None or self.raw.startswith("#")

    @property
    def core(self) -> Span:
        """The text without markup and outer white space."""
        first, last = self.raw[:1], self.raw[-1:]
        if first and first not in "#>*|<" and last not in "*|>" and not first.isspace() and not last.isspace():
            return Span(self.line.start, self.line.start + len(self.raw))
        lead = _LEAD_MARKUP.match(self.raw)
        start = lead.end() if lead else 0
        end = len(self.raw.rstrip())
        while end > start and (tail := _TAIL_MARKUP.search(self.raw, max(start, end - 8), end)):
            end = tail.start()
        return Span(self.line.start + start, self.line.start + max(start, end))


def rows_of(text: Text, first: int = 0, last: int | None = None) -> list[Row]:
    """Paragraphs `first` to `last` of the text."""
    s = text.string
    return [Row(i, x, s[x.start : x.end]) for i, x in enumerate(text.lines[first:last], first)]


def doc_type_of(title: str) -> str | None:
    """文种 that a title (without white space) ends in, （试行） ignored: …实施方案（试行） -> 方案."""
    if title[-1:] not in _LAST:
        return None
    core = bare(title)
    for size in _SIZES:
        found = _TYPES.get(core[-size:])
        if found is not None:
            return found
    return None


def bare(title: str) -> str:
    """A title without what may follow its 文种: （试行）, 》, its own number."""
    found = find_numbers(title, max(0, len(title) - 40)) if title.endswith(("号", "号）", "号)")) else []
    if found and len(title) - found[-1].end <= 1:
        title = title[: found[-1].start].rstrip("（(")
    if title[-1:] in _CLOSERS and (tail := _TAIL.match(title)) and tail.end() == len(title) and tail.start() > 1:
        return title[: tail.start()]
    return title


def is_title(flat: str) -> bool:
    """Whether a line (or joined lines) reads as a whole title: no sentence, ends in a 文种."""
    return 4 <= len(flat) <= 150 and flat[-1] in _LAST and _is_title(flat)


@lru_cache(maxsize=1024)
def _is_title(flat: str) -> bool:
    """The same lines are asked about again and again while a title is put together."""
    return doc_type_of(flat) is not None and not (
        _SENTENCE.search(flat)
        or "：" in flat
        or ":" in flat
        or flat.endswith(("，", "、"))
        or _NUMBERED.match(flat)
        or is_prose_start(flat)
    )


def is_version(flat: str) -> bool:
    """Whether a line goes on with the title above it: （试行）, （2021—2023年）, not （某局 2018年3月1日）."""
    return _VERSION.fullmatch(flat) is not None and not _NO_VERSION.search(flat)


def is_prose_start(flat: str) -> bool:
    """Whether the line opens as running text does: 为贯彻落实…, 根据…, 现将…."""
    return _PROSE_START.match(flat) is not None and not flat.startswith(
        ("经济", "自然", "自治", "自贸", "从化", "从严", "从江")
    )


def is_prose(row: Row) -> bool:
    """Whether the paragraph is running text, a numbered heading, or a table row: the body has begun."""
    flat = row.flat
    if row.table or _NUMBERED.match(flat) or heads_columns(row):
        return True
    if is_prose_start(flat) and ((len(flat) > 16 and not is_title(flat)) or flat.endswith("：")):
        return True
    return (_SENTENCE.search(flat) is not None and (len(flat) > 12 or flat.endswith("。"))) or (
        len(flat) > 60 and flat.count("，") + flat.count(",") >= 2
    )


def heads_columns(row: Row) -> bool:
    """Whether the line names the columns of a table that spaces draw: 序号  存在问题  整改措施."""
    return row.raw.startswith("序") and _COLUMNS.match(row.raw) is not None


_COLUMNS = re.compile(r"序[ 　]{0,4}号(?:[ \t　]+\S{2,12}){2,20}\s*$")


def number_span(row: Row) -> tuple[Span, list[NumberMatch]] | None:
    """The document number(s) that make up the line, or None: 吉交发〔2018〕81号, （皖办〔2022〕6号），文号：…."""
    if row.number is None:
        row.number = _number_span(row) or False
    return row.number or None  # type: ignore[return-value]


def _number_span(row: Row) -> tuple[Span, list[NumberMatch]] | None:
    raw = row.raw
    if len(raw) > 160 or not _NUMBER_SIGN.search(raw):
        return None
    found = find_numbers(raw)
    if not found:
        return None
    rest = without_mark(raw[: found[0].start]) + raw[found[-1].end :]
    for a, b in pairwise(found):
        rest += raw[a.end : b.start]
    if rest:
        rest = DAY.sub(" ", _BESIDE.sub("", rest))
        rest = re.sub(r"(?:发文)?(?:字|文|编)号[:：]|[（）()、，,；;#*|]|</?b>", " ", rest)
        if rest.strip() and not (row.flat[0] in "（(" and looks_like_organisations(rest)):
            return None
    return Span(row.line.start + found[0].start, row.line.start + found[-1].end), found


def without_mark(lead: str) -> str:
    """What stands before a number without the red header that a lost line break ran it into: …办公室文件云办发〔…."""
    flat = "".join(lead.split())
    named = flat.endswith("文件") and len(flat) <= 60 and flat[:-2] not in KINDS and is_organisation(flat[:-2])
    return "" if named and not any(c in flat for c in "：:。；，《") else lead


DAY_PADDING = " \t　\xa0。）)"
"""May stand after the date that ends a line."""
DAY_LAST = frozenset("日0123456789０１２３４５６７８９章印")
"""The date itself, with its seal, ends in one of these."""


def trailing_day(raw: str) -> re.Match[str] | None:
    """The full date that ends the line, （ ） and 印 seals aside."""
    end = len(raw.rstrip(DAY_PADDING))
    if end > 6 and raw[end - 1] in "章印" and (seal := _SEALED.search(raw, end - 6, end)):
        end = seal.start()
    if end < 6 or raw[end - 1] not in "日0123456789０１２３４５６７８９":
        return None
    m = _DAY_END.match(raw, 0, end)
    if m and m.end() == end:
        return m  # type: ignore[return-value]
    return _UNDAYED.fullmatch(raw, 0, end) if raw[end - 1].isdigit() and end <= _LONGEST_DAY else None


def trailing_month(raw: str) -> re.Match[str] | None:
    """A month that ends the line, as a sign-off without day has it: 2021年4月."""
    end = len(raw.rstrip())
    return _MONTH.fullmatch(raw, max(0, end - 12), end) if raw[:end].endswith("月") and end <= 12 else None


def is_printing(flat: str) -> bool:
    """Whether the line belongs to the imprint (版记): 抄送：…, …办公室 2018年3月1日印发."""
    if flat[:1] in "主抄分内（(校打印" and _IMPRINT.match(flat):
        return True
    if "印" not in flat[-24:]:
        return False
    return (
        len(flat) <= 90
        and _PRINTED.search(flat) is not None
        and any(c.isdigit() or c == "〇" for c in flat)
        and "。" not in flat[:-1]
    )


@dataclass(frozen=True, slots=True)
class AnnexLabel:
    """附件1 at the start of a line: where it stands, its number, and where what follows begins."""

    label: Span
    number: str
    rest: int
    marked: bool


def annex_label(row: Row) -> AnnexLabel | None:
    """The annex label that opens the line, or None (附近, 附件中所列…)."""
    raw = row.raw.lstrip("#*> \t　\xa0")
    if raw[:1] not in "附（([【" or "附" not in raw[:3]:
        return None
    shift = len(row.raw) - len(raw)
    m = _ANNEX.match(raw)
    if m is None:
        return None
    label = _SPACE.sub("", m["label"])
    rest = raw[m.end() :]
    if label == "附" and not m["mark"] and rest:
        return None  # 附 alone on its line stands above the annex's title
    if not m["mark"] and _NOT_ANNEX.match(rest):
        return None
    base = row.line.start + shift
    return AnnexLabel(
        Span(base + m.start("label"), base + m.start("label") + len(m["label"].rstrip())),
        m["no"] or "",
        base + m.end(),
        bool(m["mark"]),
    )


def is_field_row(row: Row) -> bool:
    """Whether a table row is of a page's metadata: 索引号 | 0143/2021-15 | 主题分类 | 教育."""
    cells = ["".join(cell.split()).rstrip("：:") for cell in row.raw.split("\t", 12)] if row.table else []
    labels = cells[::2]
    if len(cells) < 2 or labels[0] not in _META_LABELS or any(cell in _META_LABELS for cell in cells[1::2]):
        return False
    return all(label in _META_LABELS or not label for label in labels)


_META_LABELS = frozenset(w.split()[0] for w in lexicon.words("disclosure_labels"))
_BOXED = re.compile(r"[\[【](?P<label>[^\[\]【】]{2,14})[\]】]")


def begins_with_meta_label(flat: str) -> bool:
    """[有效性], 【索引号】11500/2024-001: a label of page metadata in brackets, with its value or without."""
    boxed = _BOXED.match(flat) if flat.startswith(("[", "【")) else None
    return boxed is not None and boxed["label"] in _META_LABELS


_LABELS = re.compile(
    r"附|各位|联系|发电|签批|等级|发文|成文|生成|有效|公开|层级|公文|电\s*话|传\s*真|邮|地\s*址|来\s*源|发布|时间|主题|抄|责任|牵头|配合|标\s*题|文\s*号|签发|组\s*长|副组长|成\s*员|主\s*任|一是|同志们|单位[:：]|"
    r"完成|目标|备注|注[:：]|索引|索\s*引|名\s*称|日\s*期|填|举报|咨询|网|链接|摘要|编辑|解读|会议|时\s*间|地\s*点|印发|报\s*送"
)
_INTRO = re.compile(
    r"(?:如下|要求|是|为|包括|原则|认为|指出|强调|决定|通知|方案|意见|措施|任务|做到|坚持|即|工作|内容|标准|条件|日期|时间)$"
)
_DEPUTY = re.compile(r".{2,5}(?:委员|代表)")
"""An answer to a proposal goes to a deputy by name: 张某某委员：."""
_COLON = re.compile("[：:]")
_COLLECTIVE = re.compile(r"(?:各|有关|相关|全|本|市直|省直|区直|县直|州直|中央|驻|局属|厅属|委属|部属|直属|机关)")


def _first_colon(raw: str, start: int) -> int | None:
    """The first colon that does not stand in brackets."""
    for m in _COLON.finditer(raw, start, start + 900):
        before = raw[start : m.start()]
        if before.count("（") + before.count("(") <= before.count("）") + before.count(")"):
            return m.start()
    return None


_OF_TABLES = frozenset(
    ("单位", "金额单位", "计量单位", "货币单位", "填报单位", "填表单位", "制表单位", "申报单位", "填写单位")
)
"""单位：万元 over a table addresses nobody."""


def recipients_end(raw: str, start: int = 0) -> int | None:
    """Offset of the colon that closes a list of recipients at `raw[start:]`, or None when there is none."""
    colon = _first_colon(raw, start)
    if colon is None:
        return None
    said = _SPACE.sub("", raw[start:colon])
    if (
        not 2 <= len(said) <= 700
        or _SENTENCE.search(said.replace("；", "，").replace(";", "，"))
        or _LABELS.match(said)
        or _INTRO.search(said)
    ):
        return None
    if (
        said in _META_LABELS
        or said in _OF_TABLES
        or _NUMBERED.match(said)
        or "《" in said
        or "关于" in said
        or any(c.isdigit() for c in said[:1])
    ):
        return None
    units = split_units(said)
    good = sum(1 for u in units if is_organisation(u.name) or _COLLECTIVE.match(u.name) or _DEPUTY.fullmatch(u.name))
    return colon if units and good * 2 > len(units) else None


_HALF_NAME = re.compile(r"[\u4e00-\u9fff（）()“”、]{10,40}")


def is_first_half(above: str, flat: str) -> bool:
    """Whether a line holds the first half of a name that the next line ends: …商业运营管 / 理有限公司."""
    if not _HALF_NAME.fullmatch(above) or is_title(above) or looks_like_organisations(above):
        return False
    begins = region_of(above) is not None or above.startswith(("中国", "中共", "国家", "全国"))
    return begins and region_of(flat) is None and is_organisation(above + flat)


_ORDINAL = re.compile(r"第\d{1,3}[届次]")


_AND_OTHERS = re.compile(r"等[\d一二三四五六七八九十]{1,3}个?(?:部门|单位|部委|委局)\s*\Z")


def looks_like_organisations(string: str) -> bool:
    """Whether a short string is one or several names of organisations: 市财政局　市教育局."""
    return _lists_organisations(string) if len(string) <= 300 else _lists_organisations.__wrapped__(string)


@lru_cache(maxsize=1024)
def _lists_organisations(string: str) -> bool:
    if "第" in string:
        string = _ORDINAL.sub("", string)  # 某市第24届省运会筹备委员会
    if "等" in string:
        string = _AND_OTHERS.sub("", string)  # 某市住房和城乡建设局等4部门
    if not 2 <= len(string.strip()) <= 160 or any(c in string for c in "。：:，,；;《》！？0123456789"):
        return False
    parts = [p for p in re.split(r"[\s、]+", _SPACE.sub(" ", string).strip()) if p]
    flat = "".join(parts)
    if all(len(p) == 1 for p in parts):
        return is_organisation(flat)
    return (all(is_organisation(p) for p in parts) and len(flat) >= 2) or (len(flat) <= 40 and is_organisation(flat))

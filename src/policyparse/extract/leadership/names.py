"""What a leadership group is called: the name at its establishment (成立X领导小组), a heading, or 领导小组."""

from __future__ import annotations

import re

from ... import lexicon
from ...search import behind_last
from ...squeeze import squeeze

_KINDS = frozenset(lexicon.words("group_kinds"))
KIND = lexicon.alternation("group_kinds")
_GROUP = rf"(?:{KIND}|(?<!管理|村民|居民|常务|党工|检查|纪律)委员会|第[一二三四五六七八九十\d]{{1,3}}组)"
_KIND_OR_COMMITTEE = rf"(?:{KIND}|(?<!管理|村民|居民|常务)委员会)"
_CHAR = r"(?:[^，。；：！？、\n“”《》〈〉（）()\[\]]|“[^“”\n]{1,30}”)"
_FORMED = re.compile(
    rf"(?:成立|设立|组建|建立|调整|充实|现将|下设|内设|设置|分设|组成|(?<![各相面])对(?=[^，。；\n]{{2,80}}(?:调整|充实)))(?:了)?(?P<name>(?:{_CHAR}|(?<=[一-鿿])、(?=[一-鿿])){{0,60}}{_GROUP})"
)
_AFTER = re.compile(
    r"的(?:(?<=[成组委队]员的)|(?<=成员单位的)|(?<=召集人的)|(?<=指挥长的)|(?<=(?:组长|指挥|主任|组成|参加|牵头|参与)的))"
    rf"(?P<name>{_CHAR}{{0,50}}{KIND})"
)
_HEADING = re.compile(
    rf"(?:^|[\n。；：\s]|[一二三四五六七八九十]、|[)）]|\d[.．、](?!\d))(?P<name>{_CHAR}{{0,50}}{_GROUP})(?:（以下简称[^（）\n]{{1,20}}）)?(?:\s*(?:及(?:其)?办公室)?(?:组成)?(?:人员|成员)?(?:单位)?(?:及(?:其)?(?:主要)?(?:职责|分工))?(?:名单|构成|组成人员)?(?:如下)?)\s*[：:]?\s*\Z"
)
_SUBJECT = re.compile(
    rf"\s*(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[)）、．.]{{1,2}})?(?P<name>{_CHAR}{{2,50}}{_KIND_OR_COMMITTEE})(?:[（(][^（）()]{{0,20}}[)）])?(?=由|办公室|组长|总|召集|指挥长|成员|\Z)"
)
_COUNTED = re.compile(r"(?:\d+|[一二三四五六七八九十几多两]+)[个支]|各")
_NUMBERED = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[.．、])\s*(?P<name>(?![一-鿿]{0,9}[成设组建]立)[一-鿿]{2,12}组)(?:[（(][^（）()\n]{0,60}[)）])?\s*[：:。，,；;]?\s*(?:由|组)?\Z"
)
_KIND_NEAR = re.compile(r"组|班|部|会|队")
_MENTION = re.compile(rf"(?P<name>{KIND})")
_LONGER = re.compile(rf"(?:成立|设立|组建|建立|调整)(?P<name>{_CHAR}{{1,60}}{KIND})")
_FORM = re.compile("成立|设立|组建|建立|调整|充实|现将|下设|内设|设置|分设|组成|对")
_SET_UP = re.compile("成立|设立|组建|建立|调整")
_JUNK = re.compile(
    r"^(?:由|以|了|的|和|及|与|或|本(?!科)|该|我[市县区局]|其|一个|专门的?|相应的?|全面|决定|经研究|现将|并|为|调整|充实|完善|成立|后的?(?!勤))+"
)
_LED_BY = re.compile(r"^由[^，]{2,40}?(?:牵头|负责|组成|参加|参与)的")
_SET_UP_BY = re.compile(r"^[^“]{1,12}?(?:成立|组建|设立)(?=.{3})")
"""学校成立安全工作领导小组: who sets it up is no part of its name."""
_ITEM_NUMBER = re.compile(
    r"^(?:\d{1,2}(?:[.．]\d{1,2}){1,3}[.．、]?|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}条)\s*"
)
_SEAT_BEFORE = re.compile(r"^.*(?:(?<![责信主新上前])任(?![务职免期命教])|作为)")
_FOUND = "(?:成立|组建|建立|设立)"  # first in a pattern, each begins with its own character
_BY_EACH = re.compile(
    r"各(?:"
    rf"[^，。；\n要应]{{1,24}}(?:要|应当?|须|需要?)(?![求])[^。；\n]{{0,120}}(?:{_FOUND}|明确)"
    rf"|[^，。；\n]{{0,24}}(?:要|应|须|需|可|均)[^，。；\n]{{0,12}}(?:{_FOUND}|明确|健全)"
    r"|(?<!会同各|联合各|组织各|抽调各|协调各)(?<![与从由]各)(?!项(?!目))"
    rf"(?:(?!为成员|组长|召集人)[^。；\n]){{1,30}}{_FOUND}"
    r")"
)
"""各县区要成立, 各乡镇…成立"""
_TOLD = re.compile(f"{_FOUND}|明确|健全")
"""One of them stands behind 各."""
_EACH = re.compile("的各[级地县市区]|成立各|建立各")
_MUST = re.compile(
    r"[要应须需可紧快照](?<![^抓]紧)(?<![^尽]快)(?<![^参比]照)(?:(?<=应)当|(?<=可)以)?"
    rf"(?:也|都|要|尽快|相应|及时)*{_FOUND}"
)
"""要成立, 应当建立, 抓紧组建, 参照设立"""
_SEVERAL = re.compile(r"(?:[\d一二三四五六七八九十几多]个|各)[^，。；、\n]{0,8}\Z")
WINDOW = 700


def told_to_others(string: str, start: int, end: int) -> bool:
    """各县区要成立…领导小组: an instruction, not a group of this document."""
    text = string[start:end]
    if _MUST.search(text) is None and ((each := text.find("各")) < 0 or not _by_each(text, each)):
        return False
    aim = _AIM.match(text)
    return aim is None or told_to_others(text, aim.end(), len(text))


def _by_each(text: str, each: int) -> bool:
    return _EACH.search(text) is not None or (
        _TOLD.search(text, each) is not None and _BY_EACH.search(text, each) is not None
    )


_AIM = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]{1,2})?为(?![组班队]长|主任|成员)[^，。；]{3,60}[，,]"
)
"""为确保各项任务落实，市某局建立…: what it is for sets nobody a task."""


def sentence_start(string: str, at: int, low: int) -> int:
    """Where the sentence that holds `at` begins."""
    return behind_last(string, "。\n；！？", low, at)


def sentence_end(string: str, at: int, high: int) -> int:
    """Where the sentence that holds `at` ends, `high` where that is farther."""
    end = _SENTENCE_END.search(string, at, high)
    return end.start() if end else high


_SENTENCE_END = re.compile("[。；\n]")


def name_of(string: str, low: int, at: int, stop: int) -> tuple[str, int] | None:
    """(name, where its mention starts) of the group whose first seat stands at `at`; its text ends at `stop`.

    `low`: nothing before it belongs to the group. None when no kind of group is in reach.
    """
    low = max(low, at - WINDOW)
    found = _after(string, at, stop) or (_then(string, at, at, stop) if at - low <= 2 else None)
    if not found and at - low > 2:
        sentence = sentence_start(string, at, low)
        found = _formed(string, sentence, at) or _subject(string, sentence, at) or _then(string, sentence, at, stop)
        found = found or _heading(string, low, at) or _above(string, low, at) or _opens_line(string, low, at)
        found = found or _formed(string, low, at)
    if found:
        return found
    last = None
    for last in _MENTION.finditer(string, low, stop):
        if last.start() >= at:
            break
    if last is None or _SEVERAL.search(string, max(last.start() - 12, 0), last.start()):
        return None
    return squeeze(last["name"]), last.start()


def established(string: str, name: str) -> str:
    """The longest name at an establishment (成立X领导小组) that the bare `name` may mean, else `name` itself."""
    names = {name}
    done = -1
    at = string.find(name)
    while at >= 0 and len(names) < 50:
        verbs: dict[str, int] = {}
        for m in _SET_UP.finditer(string, max(at - 64, done, 0), at):
            verbs.setdefault(m[0], m.start())
        for verb in verbs.values():
            if verb > done and (longer := _LONGER.match(string, verb)):
                done = max(done, longer.end() - 1)
                names.add(_clean(longer["name"]))
        at = string.find(name, max(at + len(name), done))
    return min((n for n in names if n.endswith(name)), key=lambda n: (-len(n), n))


MAIN = ("领导小组", "领导组", "指挥部", "工作专班", "联席会议", "委员会", "安委会", "工作小组")
"""The main group of the document, for 综合协调组 and the like below it."""
_WHOLE = re.compile(r"(?<=[\n。])[一-鿿]{4,16}\Z")
"""The rest of a group's name at the head of a sentence: \n县防汛抗旱|指挥部."""


def kind_after(string: str, at: int, reach: int) -> str:
    """What a roster without a name calls its group afterwards (指挥部下设办公室), else 领导小组."""
    after = string[at : at + reach]
    found = [(i, kind) for kind in MAIN if (i := after.find(kind)) >= 0]
    if not found:
        return "领导小组"
    i, kind = min(found)
    whole = _WHOLE.search(after, max(i - 20, 0), i)
    return (whole[0] if whole else "") + kind


def is_whole(name: str) -> bool:
    """Whether the name needs no longer one from the text."""
    return len(name) > 6 and name not in _KINDS


def _formed(string: str, start: int, end: int) -> tuple[str, int] | None:
    best = None
    done = start
    for verb in _FORM.finditer(string, start, end):
        if verb.start() < done or _KIND_NEAR.search(string, verb.end(), end) is None:
            continue
        if (m := _FORMED.match(string, verb.start(), end)) is None:
            continue
        done = m.end()
        name = _clean(m["name"])
        if any(w in name for w in ("任组长", "为组长", "担任", "牵头", "组成人员")) or _COUNTED.match(name):
            continue
        if best is None or name not in _KINDS:
            best = (name, m.start("name"))
    return best


def _after(string: str, at: int, stop: int) -> tuple[str, int] | None:
    """由市长任组长…为成员的…领导小组."""
    low, high = max(stop - 4, at), sentence_end(string, stop, stop + 400)
    m = _AFTER.search(string, low, high)
    return (_clean(m["name"]), at) if m else None


_THEN = re.compile(
    rf"[，,](?:决定|专门|共同|联合)?(?:成立|组建|设立)(?:了)?(?P<name>{_CHAR}{{2,50}}{KIND})(?=[，,。；;\n]|\Z)"
)


def _then(string: str, sentence: int, at: int, stop: int) -> tuple[str, int] | None:
    """由区长任组长，…为成员，成立东河区…领导小组: the name behind the seats, when none stands before them."""
    if at - sentence > _NEAR_START:
        return None
    high = sentence_end(string, stop, stop + 400)
    m = _THEN.search(string, stop, high + 1) if _FORM.search(string, stop, high) else None
    return (_clean(m["name"]), at) if m and not _COUNTED.match(m["name"]) else None


_NEAR_START = 12


def _subject(string: str, sentence: int, at: int) -> tuple[str, int] | None:
    """市残疾人工作联席会议由市民政局等单位组成，…担任召集人."""
    m = _SUBJECT.match(string, sentence, at)
    if m is None and string[at - 1 : at] == "组" and (m := _ITS_CHIEF.search(string, max(sentence - 1, at - 16), at)):
        return m["name"], m.start("name")
    if m is None and (m := _LED.match(string, sentence, at)):
        return m["name"], m.start("name")
    return (_clean(m["name"]), m.start("name")) if m else None


_LED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]{1,2})?"
    r"(?P<name>(?![各全本该其每])[一-鿿]{2,11}(?<!小)(?<!教研|课题|年级)组)由(?=[^，。；\n]{2,40}(?:牵头|负责|组成)[，,])"
)
"""政策研究组由县发改局牵头，|组长由X担任."""
_ITS_CHIEF = re.compile(
    r"(?:^|[\n。；;，,：:]|(?<=[\n。；;，,：:])[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])"
    r"(?P<name>(?![各全本该其每]|专项组|[协推攻整][调进坚治]组)(?!.{0,9}[的由])[一-鿿]{2,11}(?<!小)(?<!领导|工作|教研|课题|年级)组)\Z"
)
"""…；疫情监测组|组长由X担任: a part named only where its chief is."""


def _heading(string: str, low: int, at: int) -> tuple[str, int] | None:
    low = max(low, at - 90)
    m = _NUMBERED.search(string, low, at)
    if m is None:
        low = max(_line_before(string, low, at) - 1, low)
        m = _HEADING.search(string, low, at) if _KIND_NEAR.search(string, low, at) else None
    if m is None:
        return None
    name = _clean(m["name"])
    return (name, m.start("name")) if name else None


def _above(string: str, low: int, at: int) -> tuple[str, int] | None:
    """（一）综合协调组 on the line above the paragraph that gives its seats."""
    end = string.rfind("\n", low, at)
    m = _PART_LINE.fullmatch(string, string.rfind("\n", max(low - 1, 0), end) + 1, end) if end > low else None
    return (squeeze(m["name"]), m.start("name")) if m else None


_PART_LINE = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[.．、])\s*"
    r"(?P<name>(?![一-鿿]{0,9}[成设组建]立)[一-鿿]{2,12}(?:组|专班))[。：:]?\s*"
)


def _opens_line(string: str, low: int, at: int) -> tuple[str, int] | None:
    """（四）督导检查组。由…组成，|组长由X担任: what opens the line."""
    line = string.rfind("\n", low, at) + 1
    m = _OPENING.match(string, line, at) if line else None
    return (m["name"], m.start("name")) if m else None


_OPENING = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[.．、])\s*(?P<name>[一-鿿]{2,12}组)(?<!小组)[。：:]"
)


def _line_before(string: str, low: int, at: int) -> int:
    """Where the last stretch before `at` begins that may hold a name: a short one (组成人员名单如下) needs another."""
    end = at
    for _ in range(3):
        while end > low and string[end - 1] in " \t\n　\xa0：:":
            end -= 1
        start = max(string.rfind(mark, low, end) + 1 for mark in "\n。；，！？")
        if start <= low or end - start > 20 or string[start - 1] != "\n":
            return max(start, low)
        end = start - 1
    return low


def _clean(name: str) -> str:
    if name in _KINDS:
        return name
    text = _LED_BY.sub("", _ITEM_NUMBER.sub("", _SEAT_BEFORE.sub("", squeeze(name))))
    text = _SET_UP_BY.sub("", text)
    name = _JUNK.sub("", text)
    if name.startswith("“") and "”" in name[1:-1]:
        return name.rstrip("“、")  # “安全生产月”活动组委会
    return name.strip("“”、") or text

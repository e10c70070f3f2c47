"""How dates are written: the patterns of the date engine, from small named atoms.

A candidate is found by its first character, then `EXPRESSION` (two points and what joins them) or one of the rarer
forms is matched there; nothing is searched with an open-ended prefix, so the cost is linear.
"""

from __future__ import annotations

import re

D = "[0-9０-９]"
PADDING = " \u3000\xa0"
W = rf"[{PADDING}]{{0,3}}"
_CN = "一二三四五六七八九十"
_ZERO = "〇零○０0OＯoо◯"
YEAR = rf"(?:[1１][9９]{D}{{2}}|[2２][0０]{D}{{2}}|[一二][{_ZERO}一二三四五六七八九]{{3}})(?!{D})"
MONTH = rf"(?:{D}{{1,2}}|十[一二]?|[一二三四五六七八九])"
DAY = rf"(?:{D}{{1,2}}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
DASH = r"[-－–—―─━~～〜∼﹣−‐‑]"
CONNECTOR = rf"{W}(?:{DASH}{{1,3}}|(?:(?:起|开始)[，,]?)?(?:直?至|到)){W}"
"""3月1日—4月30日, 7月至9月, 2月1日起至3月31日."""

# Words that start with 初/底/末/内 but do not belong to a date: 2020年初步建成, 6月底数清.
_NOT_START = "(?![步级始中高小衷心审定评次])"
_NOT_BOTTOM = "(?![层数线册稿部板蕴下图盘气子片价色])"
_NOT_END = "(?![端梢级次节尾])"
_NOT_IN = "(?:(?![容部涵外地在河陆需控设蒙务审资])|(?<=年内)(?=在(?![因质动联逻要需规价素机美])))"
"""年内在机场建成; not 内在质量."""
EDGE = rf"(?:底{_NOT_BOTTOM}|末{_NOT_END}|初{_NOT_START}|终(?!了)|以内|之内|内{_NOT_IN})"

RELATIVE = "本年度?|今年|当年|次年|明年|来年|翌年|去年|上年|同年"
RELATIVE_MONTH = "本月|当月|次月|下个?月|翌月"
BEFORE_AHEAD = "(?=(?:之|以)?前(?![期后置述沿段]))"


def _point(k: str) -> str:
    """One date; groups end in `k`. Year, month, day, 旬, quarter, half year, edge (底 …)."""
    ahead_month = rf"(?={CONNECTOR}{MONTH}{W}月)"
    ahead_year = rf"(?={CONNECTOR}{YEAR}{W}年)"
    ahead_day = rf"(?={CONNECTOR}(?:{MONTH}{W}月{W})?{DAY}{W}日)"
    return rf"""
    (?:(?P<y{k}>{YEAR}){W}(?:年度?|(?P<gy{k}>月)(?={W}{MONTH}{W}月)|{ahead_year})(?:的(?={W}(?:{MONTH}|第|[上下]半)))?{W}
      |(?P<r{k}>{RELATIVE})的?{W}
      |(?P<rm{k}>{RELATIVE_MONTH})的?{W}(?=[底末初内]|{DAY}{W}[日号]|[上中下])
    )?
    (?:(?P<m{k}>{MONTH}){W}(?:月(?![龄亮嫂薪饼球])份?|{ahead_month})
          (?:{W}(?:(?P<d{k}>{DAY}){W}(?:日|号(?!文|令|线|楼|院|公告|车|机|台|泊|井|码)|{BEFORE_AHEAD}|{ahead_day})
                 |(?P<x{k}>上中旬|中下旬|[上中下]旬)
                 |(?P<me{k}>{EDGE})))?
      |(?:第{W})?(?P<q{k}>[一二三四1-4１-４])(?:{W}季(?:度|(?=[末初]))|(?={CONNECTOR}第?[一二三四1-4]{W}季))(?P<qe{k}>{EDGE})?
      |(?P<h{k}>[上下])半年(?P<he{k}>{EDGE})?
      |(?P<d0{k}>{DAY}){W}(?:日|{ahead_day})
      |(?P<x0{k}>[上中下]旬)
      |年?(?P<e{k}>{EDGE})
    )?"""


_COUNTED = "(?!(?<=[年月份度]前)[一二三四五六七八九十两几半0-9])"
"""2020年前三季度, 6月前5天: no limit."""
_TIME = (
    r"(?:[（(](?:(?:第[0-9一二三四五六七八九十]{1,3}(?:教学)?周[的，,]?)?(?:星期|周)[一二三四五六日天]|含(?:当日|当天|本日|本数)?|[如若]?[遇逢][^（）()]{2,12}|以[^（）()]{2,8}为准)[）)]|(?<=[日号])(?:“[^“”\n]{2,12}”|[^，,。；;：:、（）()“”至到起止每的\s\d]{2,8}[日节])(?=(?:之|以)?前))?(?:(?:上午|下午|中午|晚上?|夜间)?(?:[0-9０-９]{1,2}\x20?|零|十[一二七八]?|[一二两三四五六七八九](?=[点时](?:整|半)?[之以]?前))"
    r"(?:时|点|[:：][0-9]{2})(?:整|半|[0-9]{1,2}分)?(?:\x20(?=[之以]?前))?|(?:上午|下午)?下班|中午|零时)?"
)
"""6月30日（星期五）17:00前, 6月30日下班前, 6月26日“国际禁毒日”前, 10月1日国庆节前."""
SUFFIX = rf"""{W}(?:{_TIME}(?:
    (?P<before>(?:之|以)?前{_COUNTED}(?![期后置述沿段身景往瞻夕]))
   |(?P<until>为止|止(?![付损步住])|截止)
   |(?P<from>{CONNECTOR}(?:长期|今后|以后)|起(?![草诉点步降重源算底飞跑到至])|开始(?!前)|以来|以后|之后|后(?![续期勤备台评附半进果面]))
   |(?P<during>期间)
   ))?"""
_SUFFIX = SUFFIX

EXPRESSION = re.compile(
    rf"{_point('a')}(?:{CONNECTOR}(?P<b>(?=[0-9０-９年本今当次明来翌去上下中同第{_CN}〇○]){_point('b')})(?<=[年月份日号度旬底末初内终季半0-9０-９]))?{_SUFFIX}",
    re.X,
)
"""3月1日-4月30日; 2023年11月-2024年1月; 2020年6-10月; 6月10日前; 自2024年6月1日起."""
GROUPS = tuple(EXPRESSION.groupindex)
"""Every group of EXPRESSION has a name, so that these are in the order of its groups."""

_HOLIDAY = r"(?![^，,。；;：:、（）()“”至到起止每的\s\d]{2,8}[日节](?:之|以)?前)"
"""Not 10月1日|国庆节前."""
_MORE_MONTHS = f"(?![、，,和及与][{PADDING}0-9０-９{_CN}])"
"""Not 6月|、12月的5日前."""
_GOES_ON = (
    f"{DASH}|[{PADDING}0-9０-９零{_CN}两〇○（(“"
    "年度月份号的第上中下底初末终内以之前后期为止截起开长直至到晚夜龄亮嫂薪饼球]"
)
"""What may go on with a date (起, 上旬, 以前, 17时前 …), so that it is not of the plainest form."""


_PLAIN_YEAR = "(?:19|20)[0-9]{2}"
_PLAIN_JOINT = f"(?:{DASH}{{1,3}}|[至到])"


def _plain_point(k: str, otherwise: str, ahead: str = "") -> str:
    """One date in its plainest form, groups as in EXPRESSION.

    `otherwise`: what may stand in place of the month; `ahead`: what may stand in place of 年.
    """
    edge = f"底{_NOT_BOTTOM}|末{_NOT_END}"
    month = rf"(?P<m{k}>[0-9]{{1,2}})月(?:(?P<d{k}>[0-9]{{1,2}})日{_HOLIDAY}|(?P<me{k}>{edge})|份?{_MORE_MONTHS})"
    return rf"(?:(?P<y{k}>{_PLAIN_YEAR})(?:年{ahead}))?(?:{month}|{otherwise})?"


PLAIN = re.compile(
    _plain_point("a", f"(?P<ea>底{_NOT_BOTTOM})", f"|(?={_PLAIN_JOINT}{_PLAIN_YEAR}年)")
    + rf"(?:{_PLAIN_JOINT}(?=[0-9])(?P<b>{_plain_point('b', f'(?P<d0b>[0-9]{{1,2}})日{_HOLIDAY}')}))?"
    + rf"(?:(?P<before>前(?![{_CN}两几半0-9期后置述沿段身景往瞻夕]))|(?P<during>期间)|(?!{_GOES_ON}))"
)
"""The same for most dates, which have none of what else EXPRESSION reads: 6月10日前, 3月1日-4月30日, 2019—2020年.

What it finds EXPRESSION finds with the same groups, in five times the time (tests/test_dates_plain.py).
"""

NUMERIC = re.compile(
    rf"(?P<y>[12１２]{D}{{3}})(?P<s>{W}[-/.．－]{W})(?P<m>{D}{{1,2}})"
    rf"(?:(?:(?P=s)|{W}[-/.．－]{W})(?P<d>{D}{{1,2}}))?(?!{D})(?![.．/]{D})日?"
)
"""2018-03-01, 2018/3/1, 2018.3.1; 2018.3 only where a range or a marker follows."""

COMPACT = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?P<rest>[0-9]{3,4})(?![0-9A-Za-z_%/\-]|\.[0-9])(?!号|元|人|户|万|亿|个|次|年|月)"
)
"""20180112 (exact), 2018112 (two readings)."""

LOST_DASH = re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<z>(?:19|20)[0-9]{2})年")
"""20212023年: a dash was lost between two years."""

LOST_MONTH = re.compile(r"(?P<y>20[0-9]{2})月(?![0-9]{1,2}月)")
"""9月、2023月、年底之前: a year where a month belongs."""

FIVE_YEARS = re.compile(r"[“\"'＂]?十(?P<n>[一二三四五])五[”\"'＂]?(?P<e>期末|末|初|期间|时期|以来|期内)")
"""“十四五”期间, “十三五”末."""

_EACH = rf"""(?:(?P<m>{MONTH}){W}月份?{W}
      |(?P<w>首月|末月|首个?月|第[一二三]个?月|最后[一1]个?月|次月|下月|下个月|结束次月|末(?={W}{D}{{1,2}}{W}[日号](?!内)))的?{W})?
    (?:(?P<d>{DAY}){W}(?:[日号]|{BEFORE_AHEAD}|(?={CONNECTOR}{DAY}{W}日))(?:{CONNECTOR}(?P<d2>{DAY}){W}[日号])?
      |(?P<x>[上中下]旬)
      |[月年季]?度?(?P<e>{EDGE}))?
    {SUFFIX}"""
_OCCASION = "(?P<occasion>[一-龥]{1,5}[前期季初][（(](?=[0-9]{1,2}月))?"
RECURRING = re.compile(rf"每个?(?P<unit>年|半年|季度|季|月)度?的?{W}{_OCCASION}{_EACH}(?(occasion)[）)]|)", re.X)
"""每年2月底前, 每月10日前, 每季度末, 每季度末25日前, 每月19日, 每年汛前（5月1日前）."""

WEEKLY = re.compile(rf"每(?:个?星期|周){W}(?P<day>[一二三四五六日天])(?![至到、和及与]){SUFFIX}", re.X)
"""每周五前, 每星期一上午10时前."""

REPORT_AHEAD = re.compile(r"(?:将[^，,。；;\n]{1,30}|向[^，,。；;\n]{1,16})?(?:上?报(?!告会|名|刊|纸|警)|提交|反馈)")
"""每年12月报送总结: a month is a limit where something is handed in."""

RECURRING_MORE = re.compile(rf"{W}[、和及]{W}{_EACH}", re.X)
"""每月10日、20日前; 每年6月和12月底前: what is listed after the first."""

MORE_DAYS = re.compile(rf"{W}[、，,和及或与]{W}(?P<d>{DAY}){W}日{_SUFFIX}", re.X)
"""6月10日、20日前: the days after the first."""

MONTH_LIST = re.compile(
    rf"(?P<list>{D}{{1,2}}(?:{W}[、，,和及与]{W}{D}{{1,2}}(?!{D})){{1,11}}){W}(?:月份?)(?P<e>{EDGE})?{SUFFIX}", re.X
)
"""3、6、9、12月底前."""

MONTH_DAYS = re.compile(
    rf"(?:(?P<each>每年)度?的?{W}|(?P<y>{YEAR}){W}年的?{W})?"
    rf"(?P<list>{MONTH}{W}(?:月份?{W})?(?:[、，,和及与]{W}{MONTH}{W}(?:月份?{W})?){{1,11}}+)(?<=[月份 \u3000\xa0])"
    rf"(?:的|各自?的?|当月的?|每月的?){W}(?P<d>{DAY}){W}(?:[日号]|{BEFORE_AHEAD}){SUFFIX}",
    re.X,
)
"""每年7月、12月的5日前; 6月、9月、12月的10日前: a day of each month."""

QUARTER_LIST = re.compile(
    rf"(?P<list>第?[一二三四1-4](?:{W}[、，,和及与]{W}第?[一二三四1-4]){{1,3}}){W}季(?:度|(?=[末初]))(?P<e>{EDGE})?{SUFFIX}",
    re.X,
)
"""一、二季度末; 第一、三季度."""

_SECOND = rf"[0-9０-９{_CN}{_ZERO}{PADDING}年月季周星底末初内终半个至到/.．、，,和及与—–―─━~～〜∼﹣−‐‑－\-]"
CANDIDATE = re.compile(
    rf"[0-9０-９第上下年本今当次明来翌去同每{_CN}“\"〇](?={_SECOND})(?:"
    rf"(?<={D}){D}{{0,7}}{W}(?=[年月季]|(?:{DASH}{{1,3}}|[至到/.．、，,和及与]){W}{D}|(?<=[0-9]{{7}})|(?<=[0-9]{{8}}))"
    rf"|(?<=[{_CN}〇])[{_CN}{_ZERO}]{{0,3}}{W}(?=[年月季五至到、—\-])"
    rf"|(?<=年)(?=年?[底末初内终])"
    rf"|(?<=第)(?={W}[一二三四1-4])"
    rf"|(?<=[上下])(?=半年|个?月)"
    rf"|(?<=[本今当次明来翌去同上])(?=年|月)"
    rf"|(?<=每)(?=个?[年月季半周星])"
    rf"|(?<=[“\"])(?=十[一二三四五]五)"
    rf")"
)
"""Where a date may begin: a cheap first look, over the whole text."""

PHONE_AHEAD = re.compile(
    r"(?:电话|传真|手机|热线|号码|邮编|账号|帐号|编号|编码|代码|文号|序号|证号|QQ|[Tt]el"
    r"|[A-Za-z_/\-(（][0-9\-]{0,12})[ :：)）]{0,3}$"
)
"""What stands before digits that are no date: 电话：2018112."""

MARK = re.compile(rf"{W}(?:(?P<before>底?(?:之|以)?前(?![期后置述]))|(?P<until>为?止)|(?P<from>起|以来|以后|开始))?")
"""What may follow a date without units: 2018.3底前, 2018-03-01起."""
JOINT = re.compile(CONNECTOR)
SHORT = re.compile(rf"(?P<m>{D}{{1,2}})[-/.．](?P<d>{D}{{1,2}})(?!{D})日?")
"""The second end of 2018.3.1-4.30."""
LIST_JOINT = re.compile(rf"{W}[、，,和及与或]{W}")

FROM_PREFIXES = ("自从", "自", "从")
BY_PREFIXES = ("截至到", "截止到", "截至", "截止", "直至", "直到", "至", "到")
PREFIXES = (*FROM_PREFIXES, *BY_PREFIXES)

NO_YEAR_END = frozenset("0123456789一二两三四五六七八九十半几数多近每全学财青少成老幼中童百千周新过跨历逐整各")
"""What stands before 年内, 年底, 年末 that are no date: 3年内, 学年末, 近年内."""
FROM_NOW = re.compile(
    rf"(?:自|从)?(?:即日|[^，。；：（(\s自从]{{2,8}}之日|现在|现)(?:起|开始)[，,]?(?P<dash>{W}{DASH}{{1,2}}{W})?$"
)
"""自即日起至4月8日: a period whose start is no date."""
FROM_NOW_ENDS = "起始，,-－–—―─━~～〜∼﹣−‐‑ \u3000\xa0"
"""The last character of what FROM_NOW finds."""
ITEM_AHEAD = re.compile(r"(?:^|[\s。；;：:）)])[0-9]{1,2}[.．]$")
"""1.3月底前完成方案: the point belongs to the item number."""
BARE_RANGE = re.compile(
    rf"{W}(?P<m>{D}{{1,2}})[.．/](?P<d>{D}{{1,2}})日?{CONNECTOR}(?P<m2>{D}{{1,2}})[.．/](?P<d2>{D}{{1,2}})日?{W}"
)
"""3.1-3.15 as the whole of a bracket or cell."""

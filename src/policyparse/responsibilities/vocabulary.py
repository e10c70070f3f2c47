"""The words of responsibility notes as patterns: labels, predicates, deadlines, and what is no unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .. import lexicon
from ..model import Role


def _roles() -> dict[str, Role]:
    roles: dict[str, Role] = {}
    known: dict[str, Role] = {r: r for r in ("lead", "cooperate", "supervise", "responsible")}
    for line in lexicon.words("role_words"):
        role, _, word = line.partition(" ")
        roles[word] = known[role]
    return roles


ROLES = _roles()
"""What stands before 单位/部门 in a label -> role."""


def _spaced(words: Iterable[str]) -> str:
    """Alternation that allows padding inside a word (责 任 单 位)."""
    every = sorted(words, key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"[ \u3000]{0,2}".join(map(re.escape, w)) for w in every) + ")"


# --- labels: 责任单位：, 牵头（责任）单位：, 责任单位及责任人：, 完成时限： -------------------------------------------

_NOUNS = (
    "主体单位 单位 部门 科室 处室 股室 部室 院系 学院 车间 机构 机关 主体"  # noqa: SIM905
    " 领导 市领导 县领导 区领导 校领导 人 责任人 人员 处 科 局 县区 区县 市县 乡镇 镇街 市州 地区".split()
)
_NOUN = _spaced(_NOUNS)
SHARES = ("责任分工", "职责分工", "任务分工", "工作分工")
"""Labels of who does which part: 责任分工：甲局负责…；乙局负责…."""
PLAIN = {
    **{w: ROLES[w] for w in ("牵头", "主责", "配合", "协同", "联动", "责任", "督导", "督办")},
    **dict.fromkeys(SHARES, ROLES["责任"]),
    **{w: ROLES[w] for w in ("主办", "承办", "协办", "协助", "参与")},
}
"""Labels without a noun (牵头：甲局；配合：乙局): only before organisations, only at the head of a clause."""
WEAK_PLAIN = frozenset(("主办", "承办", "协办", "协助", "参与"))
"""主办：甲局 may name the organiser of an event."""
LABEL = re.compile(
    rf"(?:(?P<due>{_spaced(lexicon.words('deadline_labels'))})"
    rf"|(?:[省市州盟县区乡镇]{{1,2}}[级直]|市本级|其[他它]|技术|业务|行业|专业|政策)?"
    rf"(?P<role>{_spaced(ROLES)})[ \u3000]{{0,2}}任?"
    rf"(?:[（(/和及、][牵头配合责任落实主办协单位部门]{{2,6}}[）)]?)?(?P<noun>{_NOUN}|[处科股][（(][处科股、]{{1,4}}[）)]室)"
    r"(?P<also>[（(][^（）()：:\n]{1,24}[）)]|[和及与、/][\u4e00-\u9fff]{2,6})?"
    rf"|(?P<plain>{'|'.join(sorted(PLAIN, key=len, reverse=True))})"
    r"|(?P<odd>配部门|责任[単箪]?位))(?:为|是)?[ \u3000]*(?P<colon>[：:∶])"
)
LABEL_HEADS = frozenset(
    w[0] for w in (*ROLES, *PLAIN, *lexicon.words("deadline_labels"), *"省市州盟县区乡镇其技业行专政配责【[［〔〖")
)
LABEL_LASTS = frozenset(w[-1] for w in (*_NOUNS, *PLAIN, *lexicon.words("deadline_labels"), *"位门为是）) \u3000"))
"""What the last character of a label may be, but for 责任单位及…：."""
_BOX = (
    rf"(?P<role>{_spaced(ROLES)})(?P<noun>{_NOUN})|(?P<due>{_spaced(lexicon.words('deadline_labels'))})"
    rf"|(?P<plain>{'|'.join(sorted(PLAIN, key=len, reverse=True))})"
)
BOX = "【[［〔〖"
BOXED = re.compile(rf"[【\[［〔〖](?:{_BOX})[】\]］〕〗][ \u3000]*[：:∶]?")
"""【责任单位】市财政局, 【牵头】市财政局."""
SPACED = re.compile(rf"(?P<role>{_spaced(ROLES)})(?P<noun>单位|部门|科室|处室)(?:[ \u3000]+|\t)(?=[\u4e00-\u9fff])")
"""责任单位　市财政局 at the head of a line."""
SPACED_NEXT = re.compile(
    rf"(?<=[ \u3000\t])(?:{_spaced(ROLES)}(?:单位|部门|科室|处室|领导|责任人|人)"
    rf"|(?P<due>{_spaced(lexicon.words('deadline_labels'))}))"
    r"(?:[ \u3000]+|\t)(?=\S)"
)
"""责任单位 市财政局 |配合单位 市教育局 |完成时限 8月底, the colons lost: where the list after such a label ends."""
BARE_LABEL = re.compile(
    rf"(?P<role>{_spaced(ROLES)})(?P<noun>单位|部门|科室|处室)(?:为|是|[ \u3000]+)(?=[^ \u3000，；。）)])"
)
PERSON_NOUNS = ("人", "领导", "人员")
# 要明确责任单位：… names no unit; a label follows punctuation, a level (市级责任单位) or a run-on sentence's end.
NO_LABEL = re.compile(
    r"(?:明确|落实|确定|各|由|及|和|与|的|对|该|向|作为|相关|有关|逐一|每个|成立|列出|一个|项目|课题|活动|大赛|会议)\Z"
)
STRONG_LABEL = re.compile(r"责任|牵头|配合|落实|主责|整改|包[保抓联案]|挂联|分管|负责(?=[单部科处])")
COLON = "：:∶"
COLONS = re.compile(f"[{COLON}]")
# 责任单位：甲局、乙局（各单位按职责分工落实，下同）
REMARK = re.compile(r"各?(?:有关|相关|责任|成员|牵头|配合|上述|以上)*(?:单位|部门)")
OTHER_LABEL = re.compile(r"[；;，,。\s][ \u3000]*[\u4e00-\u9fff]{2,10}[：:∶]")
# where the list after an unbracketed label ends at the latest: sentence, paragraph, number of the next item
STOP = re.compile(
    r"[。\t《]|(?<![、，,])\n|(?<![\d.．年月至到—-])\d{1,2}(?:[.．](?!\d)|、)|[（(〔](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)〕]"
    r"|第[一二三四五六七八九十]{1,3}(?:阶段|章|条|步)|[一二三四五六七八九十]{1,3}、(?=[\u4e00-\u9fff]{3})"
)

# --- predicates: A牵头, B、C按职责分工负责 ---------------------------------------------------------------------------

WORDS: dict[str, Role | None] = {
    **dict.fromkeys(("主要负责", "牵头", "主办", "主责", "主抓", "抓总", "为主", "负总责", "总负责"), "lead"),
    **dict.fromkeys(("配合", "协同", "协助", "协办", "参与", "参加", "支持", "协作", "协管", "联动"), "cooperate"),
    **dict.fromkeys(("指导", "督导", "督促", "监督", "督办", "督查"), "supervise"),
    **dict.fromkeys(("负责", "落实", "实施", "承办", "执行", "推进", "统筹", "协调"), "responsible"),
    **dict.fromkeys(("完成", "办理", "推动", "开展", "组织")),
}
"""Verbs of a predicate -> role; None: only beside another (组织实施, 牵头统筹)."""
_ANY = "|".join(WORDS)
_CORE = "|".join(w for w, r in WORDS.items() if r)
_ADVERB = (
    r"(?:(?:按照?|依照?|根据|依据|依)(?:各自)?的?(?:法定)?(?:职责|职能|责任)(?:分工|任务|范围|权限)?"
    r"|按(?:照)?(?:各自)?(?:任务)?分工|分工|分别|共同|具体|各自|联合|密切|积极|全程|统一|做好|抓好|予以|给予|切实|总(?=牵头|负责)"
    r"|(?:加强|强化)(?:业务|政策|技术|工作)?(?=指导|监督|督导|督促|配合|协调|协作|协同|支持)|组织(?=实施|落实|推进|协调|开展))"
)
_TAIL_HEADS = "".join({w[0] for w in WORDS} | set("按依根分共具各联密积全统做抓予给切总组为是作加强"))
TAIL = re.compile(
    rf"(?=[{_TAIL_HEADS}])(?:"
    rf"(?:{_ADVERB}|(?<!社会)(?:{_ANY}))*(?:{_CORE})(?:{_ANY}|做好|抓好|工作|、(?={_ANY}))*\Z"
    r"|(?:加强|强化|做好)(?:业务|政策|技术)?(?:指导|监督|督导|督促)(?:[和、]?(?:指导|监督|督促|检查|协调|服务))+\Z"
    rf"|(?:按|依|根)[^，,；;、。]{{1,10}}做好(?:相关|有关|各项|具体)工作\Z"
    rf"|(?:为|是|作为)(?P<role>{'|'.join(sorted(ROLES, key=len, reverse=True))})(?:单位|部门|处室|科室)\Z)"
)
PREDICATE = re.compile(_CORE)
TAIL_ENDS = tuple({w[-1] for w in WORDS} | {"作", "位", "门", "室", "好", "务", "查"})
WORD = re.compile(_ANY)
MARK = re.compile(f"{_CORE}|会同|责任|单位|部门")
OBJECT = re.compile(
    r"(?P<tail>(?:共同|具体|主要)?(?:牵头负责|负责牵头|牵头|负责|配合|协助|指导))"
    r"(?!人|制|单位|部门|处室|科室|解释)[\u4e00-\u9fff、“”]{2,20}(?<![者人门位])\Z"
)
"""市财政局负责资金保障: a predicate with the part of the task that it means."""
CLAUSE = re.compile(
    r"[，,；;。\n]|、(?<=牵头、|负责、|配合、|指导、|落实、)|[ \u3000](?<=[头合责办与助导实][ \u3000])[ \u3000]*"
    r"|[（(〔][^（）()〔〕]{0,60}[）)〕]"
)
"""Every alternative begins with one character of a class: those are found fastest."""
JOINT = re.compile("会同|联合(?!会|国|社|体|总|党|大学|执法|办|工作|惩戒)")
ALLOTS = re.compile(r"牵头|按(?:照)?(?:各自)?职责|会同|分工负责")
SHARED = ("相关工作", "有关工作", "各项工作", "具体工作")
"""…按职责分工做好相关工作: the ends of predicates that name no part of the task."""
CLOSERS = (*SHARED, "牵头", "配合", "负责", "落实", "参与", "协助", "协办", "实施", "指导", "督导", "承办", "支持")

# --- role rules ---------------------------------------------------------------------------------------------------

HOSTS = ("牵头", "主办", "主要责任", "主责")
_HOST = r"(?:总?牵头|主办|主要责任|主责)"
_OF = (  # …的责任单位为, …的部门为该项任务的
    r"(?:责任|承办|主责|单位|部门|处室|科室|序号|排序|顺序|排列|者|的|为|是|均|即|系|一般|原则上|[ 在前名位个家列]"
    r"|(?:该|本|此|各|相应)(?:项|条|款|点)?(?:重点|工作|任务|措施|举措|事项|政策)?)"
)
RULE = re.compile(
    # 列第一位的为牵头单位, 首个单位为总牵头, 第一责任单位为牵头单位, 排在首位者牵头; not 首位度, 第一书记
    rf"(?:第[一1](?!时间|书记|副|\d)|首(?:位(?!度)|个|名|家|列)|(?:排|列|居)首)(?:个?顿号之?前)?{_OF}{{0,8}}{_HOST}"
    rf"|(?:排|列|位列)(?:在|名|序)?(?:最)?前(?:面|列|位)?{_OF}{{1,6}}{_HOST}|前者(?:为|是){_HOST}"
    rf"|牵头(?:单位|部门)?[^，,。；;、）)\n]{{0,4}}(?:排|列|居|位)(?:列|在|名|于|序)?(?:首位|第一|最前|前列)"
    rf"|(?P<separator>逗|分)号之?前(?:面)?{_OF}{{0,6}}{_HOST}"
    # 标*的为牵头单位, 带★号的为牵头单位, “*”表示牵头单位
    rf"|(?P<mark>[*＊★☆▲△●◆※])[”’）)\x22]?(?:号|标记|标识|符号|标注|者|的|单位|部门){{0,4}}(?:为|是|表示|代表|系){_HOST}"
)
RULE_WORDS = (
    *("第一", "第1", "首列", "首位", "首个", "首名", "首家", "排首", "列首", "居首", "号前", "号之前", "前者"),
    *("排前", "列前", "位前", "名前", "序前", "在前", "最前", *"*＊★☆▲△●◆※"),
)
RULE_CHARACTERS = "第首前*＊★☆▲△●◆※"
"""One of them is in each of RULE_WORDS."""
RULE_LITERAL = re.compile("|".join(map(re.escape, RULE_WORDS)))
OTHERS_ROLE = re.compile(r"(?:其他|其余|其它|后面?|之后|以外)[^，,。；;）)\n]{0,8}?(?:配合|协办|参与|协助)")
LASTING = re.compile(r"同(?:(?<=[下类]同)|下)|推(?<=以此类推)")
"""下同, 类同, 同下; 以此类推."""

# --- deadlines and prose ------------------------------------------------------------------------------------------

DUE = re.compile(
    r"\d{1,2} ?月|\d{4} ?年|\d{4}[-./]\d|季度|[上中下]旬|半年|年[底末初内]|底前"
    r"|\A(?:长期|持续|全年|常年|按进度|常态化|立即|即时|适时|随时|分阶段|逐步|每年)"
)
STANDING = re.compile(
    r"[，,；;](?P<due>(?:长期|持续|全年|常年|常态化|动态|按进度|立行立改|即知即改|适时)(?:坚持|推进|落实|实施|开展|进行)?)\s*\Z"
)
"""…、各部门，长期: the last of a list says by when."""
LASTS = re.compile(
    r"(?:长期|持续|全年|常年|常态化|动态|不间断|分阶段|分批|逐步|适时|即时|随时|立即|按进度|按时|如期)"
    r"(?:抓好|做好|稳步|有序)?(?:推进|落实|实施|坚持|开展|完成|推动|执行|办理|进行)"
)
"""持续推进, 长期坚持: by when, though it ends like a predicate."""
# Words that no unit begins with; the second characters keep 应急管理局, 对外联络处, 经开区, 不动产登记中心, 如皋市.
_BAD_HEAD = (
    r"以下|会同|详见|上述|通过|经由|另行|其中|其(?!他)|均|需|同时|包括|该|应(?:由|当|该|按|将|会|在|对|以|及|加|于)|对(?:各|全|于|其|照|本|未|已|符|不|在|所|有|违|重)"
    r"|经(?:市|省|县|区|国务院|批|各|有关|上级|认|审|所|其)|不(?!动产)|以(?:及|上|各|市|县|区|企业)|按(?:照|规|各|职|期|时|要|进)"
    r"|如(?:有|遇|果|需|何|因|属|无)|含(?:各|省|市|县|区|有|本|其)|于(?:每|当|次|\d)|在(?:各|全|本|市|县|区|省|\d|此)|请(?:各|有|市|县)"
    r"|将(?:其|各|上|有|该|此|纳)|若(?:有|干|遇|为)|未(?:经|按|能|达|完|在|纳|取|成立)|凡(?:是|有|属|未|在|各)"
    r"|要(?:求|由|加|在|把|按|会)|并(?!州)|除(?:外|了|市|法|上|此|由)|为(?:各|市|了|加|进|企业)|是|实行|实施|推行|建立|加强"
    r"|落实|做好|进一步|负责|主动|积极|专人|同意|包干|分片|形成|构建|坚持|完善|健全|强化|充分|发挥|做到|确保|严格|全面|逐步|继续|进而|切实|努力|积极"
)
BAD_NAME = re.compile(
    rf"\A(?:{_BAD_HEAD})|均需|应当|必须|要求|不再|(?:负责|牵头)(?!单位|部门|处室|科室|人)|下同|设[在于]|同[上前]\Z|[的了吗呢](?!士)|实行|(?<!自)由|进行"
    r"|(?<!业务)(?<!工作)开展|加强|推动|落实(?!办|组|单位|领导)|要\Z|[。：:]|\d{4}年|\d月"
)
# 市财政局审核, 各单位上报: an organisation with a verb behind it is no name; 各单位主要负责人 is a seat
WITH_VERB = re.compile(r"(?:局|厅|委员会|政府|部门|单位|办公室|处室|科室)[\u4e00-\u9fff]{1,8}(?<![人长员导记任志])\Z")
# a role that a unit carries itself: 市教育局（牵头）、市财政局
OWN_ROLE = re.compile(
    r"[ \u3000]*[（(](?:(?P<lead>牵头|主办|主责|总牵头)|(?P<cooperate>配合|协办|协助|参与)"
    r"|(?P<supervise>指导|督导|监督|监管)|负责|责任)"
    r"(?:单位|部门|处室|科室|负责)?[）)]\Z"
)

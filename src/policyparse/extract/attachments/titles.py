"""Labels and titles of attachments: what is of the title, what of the list or the page around it."""

from __future__ import annotations

import regex

from ...numerals import to_int
from ...squeeze import squeeze

NUMBER = r"(?P<no>\d{1,2}(?:[-—－]\d{1,2})?(?=(?:19|20)\d\d年|(?!\d))|[一二三四五六七八九十]{1,3})"
LABEL = rf"附\s{{0,4}}(?:件|表|录|图)?\s{{0,4}}(?:之)?{NUMBER}?"
FILE_TYPE = r"(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd|txt|jpe?g|png|pptx?|ceb)(?![A-Za-z])"
FILE_ENDING = rf"\.{FILE_TYPE}"
_ENDING = regex.compile(
    rf"(?:{FILE_ENDING})+(?:\s*[（(][\d.]+\s*[KMG]?B?[)）])?$"
    r"|】\s{0,2}(?:已?下载\s{0,2}[:：]?\s{0,2}\d{0,9}\s{0,2}次?)?$"  # 附件【任务分工表.doc】已下载12次
    r"|[（(](?:可|请)?(?:在|从|到|自|登录)[^（）()]{2,40}下载[)）]$"  # （可在省厅网站下载）
    r"|[（(][^（）()]{1,14}[日前](?:报送|上报|填报|提交|反馈)[)）]$"  # （每月25日前报送）
    r"|[（(](?:(?:电子版|纸质版)?另发|[不只仅]发[^（）()]{0,10}|另行(?:公布|印发|下发|制定|通知)|略|附后|见附件|另附|此件不公开|点击下载|下载)[)）]$|点击下载$|[\s。；;，,、：:.．—_-]+$",
    regex.IGNORECASE,
)
_BUTTONS = regex.compile(r"(?:\s++(?:点击|立即|在线)?(?:下载|预览|查看|打开))++\s*+$")  # 任务分工表.doc 预览 下载
_LINKED = regex.compile(r"\[([^\]\n]{1,120})\]\([^()\n]{0,300}\)")  # [任务分工表](fgb.xlsx) of Markdown
_NO_TITLE = regex.compile(
    rf"[^，。]{{2,30}}[〕\])）]\s?\d{{1,5}}\s?号\s?附件\d{{0,2}}|见[^，。]{{2,30}}(?:网站|网页|官网|平台|公众号|邮箱|群)[^，。]{{0,8}}|(?:附件)?[共计]?\d{{1,2}}[份件个]|{LABEL}|(?:附件\d{{1,2}}\s?(?:\.{FILE_TYPE})?\s?){{2,20}}"
)  # 某函〔2025〕26号附件.zip, 附件共3份, 附件1.doc, 附件1.doc附件2.xls


def title_of(text: str) -> str | None:
    """The title without 《》 around the whole of it, file endings and final punctuation."""
    text = _LINKED.sub(r"\1", text) if "](" in text else text
    buttons = _BUTTONS.search(text, max(len(text) - 60, 0))
    title = squeeze(text[: buttons.start()] if buttons else text)
    if title.endswith(("）", ")")) and title.count("（") + title.count("(") < title.count("）") + title.count(")"):
        title = title[:-1]  # （附件：1.排查表；2.台账）
    for _ in range(3):
        title = _ENDING.sub("", title)
    if title.startswith("《") and title.endswith("》") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    return title if 2 <= len(title) <= 120 and not _NO_TITLE.fullmatch(title) else None


def arabic(number: str | None) -> str | None:
    """附件一 and 附件1 compared: the number in Arabic digits."""
    if number is None:
        return None
    number = squeeze(number).replace("—", "-").replace("－", "-")
    if number[0].isdigit() and number[0].isascii():
        return number
    value = ord(number) - ord("①") + 1 if number in "①②③④⑤⑥⑦⑧⑨" else to_int(number)
    return str(value) if value else number

"""The Chinese of the ledger: its readers are clerks, the library's own messages are English."""

from __future__ import annotations

import re

ROLES = {"lead": "牵头", "responsible": "责任", "cooperate": "配合", "supervise": "督导"}

KINDS = {
    "damaged-file": "文件部分损坏",
    "several-documents": "一个文件含多份公文",
    "enclosed-file": "内嵌文件未读取",
    "hidden-cells": "含隐藏的行列",
    "page-without-text": "页面无文字",
    "ocr-text": "图像识别文字",
    "ocr-unsure": "识别结果存疑",
    "undecodable": "乱码",
    "encoding-guessed": "编码为推定",
    "line-joined": "断行已合并",
    "paragraph-split": "连排段落已拆分",
    "digits-mended": "数字误作字母",
    "number-restored": "发文字号已补全",
    "year-inferred": "年份为推定",
    "year-unknown": "年份不明",
    "recurring-date": "周期性时限",
    "ambiguous-date": "日期有两种读法",
    "invalid-date": "日期不存在",
    "garbled-text": "疑似错字乱码",
    "numbering-gap": "序号缺漏",
    "numbering-repeat": "序号重复",
    "missing-attachment": "附件缺失",
    "missing-enclosure": "印发文件缺失",
    "phase-order": "阶段时间顺序有误",
    "deadline-after-phases": "时限晚于末阶段",
    "table-irregular": "表格不规整",
    "metadata-conflict": "网页信息与正文不一致",
    "repeated-text": "重复段落",
    "no-header": "未见标题、发文字号、发文机关",
    "empty-document": "无文字",
    # what the ledger itself finds
    "failed": "读取失败",
    "duplicate": "重复文件",
    "own-ledger": "本工具生成的台账",
    "no-tasks": "未识别出任务",
    "left-out": "未读取",
}
"""Code -> what it is called."""

QUIET = frozenset({"line-joined", "encoding-guessed"})
"""Findings that ask for no look by hand."""

_FROM = {
    "the date before it": "前文日期",
    "the title": "标题",
    "the period the document declares": "文件写明的工作期限",
    "the issue date": "成文日期",
    "the document number": "发文字号",
}
_GARBLED = {
    "a year where a month belongs": "月份处写成了年份",
    "no such month": "没有这个月份",
    "no such day": "没有这一天",
    "a year where a day belongs": "日期处写成了年份",
    "two years without a dash": "两个年份连写",
    "a percentage above 10000": "百分数过大",
    "digits glued to a year": "数字与年份连写",
    "characters lost in decoding": "有字符丢失",
}
_SAID: tuple[tuple[str, str], ...] = (
    # message in English, the same in Chinese; {0} is the first group
    (r"(\d+) letter\(s\) that stand for digits .*", "日期或文号中有{0}处数字误作字母，已改回，请核对"),
    (r"(\d+) line break\(s\) .*", "句中断行{0}处，已合并"),
    (r"(\d+) paragraph break\(s\) .*", "有{0}处多段连成一行，已按段拆开，请核对分段"),
    (r"(\d+) repetition\(s\) .*", "有{0}处重复段落，未重复计入"),
    (r"(.*): the year is that of (.*)", "“{0}”未写年份，按{1}推定"),
    (r"(.*): nothing in the document tells the year", "“{0}”未写年份，文中也无从推定"),
    (r"(.*) comes back: (\S+) is the first time", "“{0}”为周期性时限，所列{1}为首次"),
    (r"(.*) comes back: the issue date would .*", "“{0}”为周期性时限，缺成文日期，首次未定"),
    (r"(.*) comes back: it has no day of the calendar", "“{0}”为周期性时限，未列具体日期"),
    (r"(.*) reads as (.*)", "“{0}”可读作{1}，请核定"),
    (r"(.*): the date can be read in several ways(?: \((.*)\))?", "“{0}”有多种读法（{1}），请核定"),
    (r"(.*) is no date of the calendar", "日历上没有“{0}”"),
    (r"(.*): no calendar has this date(?: \(.*\))?", "日历上没有“{0}”"),
    (r"(.*): the date looks broken(?: \(.*\))?", "日期“{0}”似有缺损"),
    (r"document number (.*), page metadata (.*)", "正文发文字号为{0}，网页所列为{1}"),
    (r"(.*) read as (.*号)", "“{0}”按{1}读取"),
    (r"item (\S+) follows (\S+)", "序号“{1}”之后是“{0}”"),
    (r"item (\S+) without (\S+) before it", "有序号“{0}”而前面没有“{1}”"),
    (r"number '(.*)' read as (\S+)", "序号“{0}”按“{1}”读取"),
    (r"(附[件表]\S*) is referred to but not in the file", "正文提到{0}，文件中没有"),
    (r"(附\S{0,8}) (.*) is listed but not in the file", "所列{0}（{1}）不在文件中"),
    (r"(《.*》) is not in the file", "印发的{0}不在文件中"),
    (r"(.*) ends \((\S+)\) before it begins \((\S+)\)", "“{0}”结束（{1}）早于开始（{2}）"),
    (r"(.*) ends \((\S+)\) before (.*) \((\S+)\)", "“{0}”结束（{1}）早于“{2}”结束（{3}）"),
    (r"(.*) begins \((\S+)\) before (.*) ends \((\S+)\)", "“{0}”开始（{1}）时“{2}”尚未结束（{3}）"),
    (r"(.*) begins \((\S+)\) before (.*) \((\S+)\)", "“{0}”开始（{1}）早于“{2}”（{3}）"),
    (r"(.*) \((\S+)\) is after the last phase \((\S+)\)", "“{0}”（{1}）晚于最后阶段的结束（{2}）"),
    (r"rows of up to (\d+) cells, some shorter", "各行列数不一（最多{0}列）"),
    (r"no title, document number or issuer was found.*", "没有标题、发文字号和发文机关，可能不是公文"),
    (r"nothing left inside the brackets", "括号内没有文字"),
    (r"《 without 》", "书名号缺后半“》”"),
    (r"》 without 《", "书名号缺前半“《”"),
    (r"page (\d+) has no text of its own.*", "第{0}页没有可用文字，未能识别"),
    (rf"({'|'.join(_GARBLED)}): (.*)", "{0}：{1}"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _SAID)

_REASONS: tuple[tuple[str, str], ...] = (
    # words of the English reason, what it means
    ("cannot be opened with this password|the right password", "密码不对，打不开"),
    ("protected by a password", "文件有密码保护，请给出密码（--password）或另存为无密码的文件"),
    ("encrypted", "文件已加密，请解除保护后重试"),
    ("took longer than|seconds to read", "读取超时"),
    ("more than the limit", "超过处理上限"),
    ("not enough memory", "内存不足"),
    ("the reader crashed|its process ended|bug in policyparse", "读取程序在此文件上出错"),
    ("no such file", "文件不存在"),
    ("no file matches", "没有匹配的文件"),
    ("not followed", "指向文件夹的链接，未读取"),
    ("cannot list this folder", "文件夹打不开"),
    ("the archive holds no files|without documents", "压缩包里没有可读的文件"),
    ("ocr=never|only pictures", "只有图像、没有文字，且未启用文字识别"),
    ("pip install|not installed", "缺少读取此类文件的组件"),
    ("damaged|ends early|ends before|is no Word document|nothing in it can be read", "文件已损坏，请重新拷贝或下载"),
    ("binary data|no text in any known encoding", "内容不是文字，请另存为 docx 或 pdf"),
    ("has no reader|does not read|does not know|unpack", "不支持的文件格式，请另存为 pdf、docx 或 txt"),
    ("Permission denied|cannot read", "没有权限或文件被占用，读不到"),
    ("nested too deeply", "结构嵌套过深"),
)
_MEANINGS = tuple((re.compile(words), said) for words, said in _REASONS)


def kind(code: str) -> str:
    """What a finding is called; a code without a name stands for itself."""
    return KINDS.get(code, code)


def said(code: str, message: str) -> str:
    """A message in Chinese; one that is not known is told by its kind, with the English behind it."""
    for pattern, chinese in _PATTERNS:
        if m := pattern.fullmatch(message):
            return chinese.format(*(_part(g or "") for g in m.groups()))
    return f"{kind(code)}（{message}）"


def _part(text: str) -> str:
    return _FROM.get(text, _GARBLED.get(text, text)).replace(" or ", "或")


def reason(message: str) -> str:
    """Why a file could not be read: in Chinese, and in the words of the reader, which name what is wrong."""
    for pattern, chinese in _MEANINGS:
        if pattern.search(message):
            return f"{chinese}（{message}）"
    return message

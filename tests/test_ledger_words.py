"""What a clerk reads in 待核对: every finding has a name in Chinese, and the usual ones a sentence."""

from __future__ import annotations

import pytest

from policyparse.diagnostics import CODES
from policyparse.export.ledger.words import KINDS, QUIET, kind, reason, said
from tests.documents import CORPORA, parsed

FILES = sorted((CORPORA / "notices").iterdir()) + sorted((CORPORA / "formats").iterdir())


def test_every_code_has_a_name() -> None:
    assert not CODES.keys() - KINDS.keys()
    assert not QUIET - CODES.keys()
    assert kind("new-code") == "new-code"


def test_the_findings_of_the_samples_are_told_in_chinese() -> None:
    for file in FILES:
        for d in parsed(file).diagnostics:
            assert f"（{d.message}）" not in said(d.code, d.message)


@pytest.mark.parametrize(
    ("code", "message", "told"),
    [
        ("year-unknown", "5月29日前: nothing in the document tells the year", "“5月29日前”未写年份，文中也无从推定"),
        ("year-inferred", "5月29日前: the year is that of the title", "“5月29日前”未写年份，按标题推定"),
        ("numbering-gap", "item 五 follows 三", "序号“三”之后是“五”"),
        ("numbering-gap", "item 二 without 一 before it", "有序号“二”而前面没有“一”"),
        ("numbering-gap", "number '-、' read as 二", "序号“-、”按“二”读取"),
        ("phase-order", "总结 ends (2023-10-31) before 排查 (2023-12-15)",
         "“总结”结束（2023-10-31）早于“排查”结束（2023-12-15）"),
        ("ambiguous-date", "3月6-8: the date can be read in several ways (2020-03-06 or 2020-08-06)",
         "“3月6-8”有多种读法（2020-03-06或2020-08-06），请核定"),
        ("missing-enclosure", "《青禾市管理办法》 is not in the file", "印发的《青禾市管理办法》不在文件中"),
        ("digits-mended", "2 letter(s) that stand for digits (O, o, l, I) replaced in dates and numbers",
         "日期或文号中有2处数字误作字母，已改回，请核对"),
        ("number-restored", "青政[2018] 1 read as 青政〔2018〕1号", "“青政[2018] 1”按青政〔2018〕1号读取"),
        ("metadata-conflict", "document number 青政〔2018〕1号, page metadata 青政〔2018〕2号",
         "正文发文字号为青政〔2018〕1号，网页所列为青政〔2018〕2号"),
        ("garbled-text", "no such day: 4月31日", "没有这一天：4月31日"),
        ("damaged-file", "the piece table is damaged", "文件部分损坏（the piece table is damaged）"),
    ],
)  # fmt: skip
def test_messages(code: str, message: str, told: str) -> None:
    assert said(code, message) == told


@pytest.mark.parametrize(
    ("message", "begins"),
    [
        ("甲.docx is protected by a password: give it as password=… (--password)", "文件有密码保护"),
        ("甲.docx cannot be opened with this password", "密码不对"),
        ("甲.pdf has 30000 pages, more than the limit of 20000; to read it, give a larger --max-pages", "超过处理上限"),
        ("took longer than the limit of 60 seconds and was ended; to read it, give a larger --max-seconds", "读取超时"),
        ("not enough memory for this file (a worker may use 512 MB; --memory gives more)", "内存不足"),
        ("甲.docx is a damaged zip package: File is not a zip file", "文件已损坏"),
        (
            "甲.rar is a RAR archive, which this version does not read: unpack it and give the folder",
            "不支持的文件格式",
        ),
        ("no such file or folder", "文件不存在"),
        ("cannot read or write: Permission denied", "没有权限"),
        ("the reader crashed on this file (SIGSEGV); please report it with the file", "读取程序在此文件上出错"),
        ("甲.pdf has only scanned pages, and reading images is switched off (ocr=never)", "只有图像"),
    ],
)
def test_reasons(message: str, begins: str) -> None:
    assert reason(message).startswith(begins) and reason(message).endswith(f"（{message}）")


def test_an_unknown_reason_is_told_as_it_is() -> None:
    assert reason("quite another thing") == "quite another thing"

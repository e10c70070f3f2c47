"""`policyparse ledger` as a clerk runs it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from policyparse import cli
from policyparse.export import ledger
from tests.documents import CORPORA
from tests.test_cli import run
from tests.test_ledger import rows
from tests.zips import zipped

TASKS = """青禾市人民政府办公室关于做好{0}工作的通知
各县（市、区）人民政府：
一、{0}准备。落实{0}责任，备足物资。（牵头单位：市应急局；完成时限：2024年6月30日前）
二、{0}检查。开展{0}检查，消除隐患。（责任单位：市水利局）
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """in/1 防汛.txt, in/2.zip with 抗旱.txt, in/3.docx that is none."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "1 防汛.txt").write_text(TASKS.format("防汛"), "utf-8")
    (made / "2.zip").write_bytes(zipped([("夹/抗旱.txt", TASKS.format("抗旱").encode())]))
    (made / "3.docx").write_bytes(b"PK\x03\x04 broken")
    return made


def sheet(path: Path, name: str = "任务总表") -> list[dict[str, Any]]:
    return rows(openpyxl.load_workbook(path), name)


def test_all_inputs_are_accounted_for(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "台账.xlsx"
    result = run("ledger", folder, "-o", out)
    assert result.exit_code == 1  # one failed, as with convert
    assert "4 tasks of 2 documents, 1 failed" in result.stderr and f"failed: {folder}/3.docx" in result.stderr
    tasks = sheet(out)
    assert [r["工作任务"] for r in tasks] == ["防汛准备", "防汛检查", "抗旱准备", "抗旱检查"]
    assert [r["具体措施"] for r in tasks][:2] == ["落实防汛责任，备足物资。", "开展防汛检查，消除隐患。"]
    links = [r["cells"][-1].hyperlink.target for r in tasks]
    assert links == ["in/1%20防汛.txt"] * 2 + ["in/2.zip"] * 2
    (failed,) = [r for r in sheet(out, "待核对") if r["程度"] == "读取失败"]
    assert failed["文件"].endswith("in/3.docx") and "已损坏" in failed["说明"]
    assert failed["cells"][7].hyperlink.target == "in/3.docx"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "台账.xlsx"]  # nothing is left beside it


def test_one_unit_across_documents(folder: Path, tmp_path: Path) -> None:
    run("ledger", folder, "-o", tmp_path / "a.xlsx")
    heads = {r["单位"]: r["角色"] for r in sheet(tmp_path / "a.xlsx", "按单位") if str(r["角色"]).startswith("共")}
    assert heads == {"市应急局": "共2项：牵头2项；涉及2份文件", "市水利局": "共2项：责任2项；涉及2份文件"}


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv"])
def test_nothing_is_replaced_without_force(folder: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    out.write_text("mine")
    result = run("ledger", folder, "-o", out)
    assert result.exit_code == 2 and "is there already; --force replaces it" in result.stderr
    assert out.read_text() == "mine"
    assert run("ledger", folder, "-o", out, "--force").exit_code == 1
    assert out.read_bytes()[:4] in (b"PK\x03\x04", b"\xef\xbb\xbf\xe5")


def test_a_ledger_that_comes_meanwhile_is_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.csv"
    real = ledger.Ledger.add

    def add(self: ledger.Ledger, *given: Any) -> None:
        out.write_text("mine")
        real(self, *given)

    monkeypatch.setattr(ledger.Ledger, "add", add)
    result = run("ledger", folder, "-o", out)
    assert result.exit_code == 1 and "is there already" in result.stderr
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "said"),
    [("台账.docx", "is written as .xlsx or .csv"), ("台账", "is written as"), ("夹.xlsx", "is a folder")],
)
def test_names_that_are_no_ledger(folder: Path, tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "夹.xlsx").mkdir()
    result = run("ledger", folder, "-o", tmp_path / name)
    assert result.exit_code == 2 and said in result.stderr


def test_nothing_to_read(tmp_path: Path) -> None:
    result = run("ledger", tmp_path / "nothing", "-o", tmp_path / "a.xlsx")
    assert result.exit_code == 2 and "no such file or folder" in result.stderr
    assert not (tmp_path / "a.xlsx").exists()


def test_csv(folder: Path, tmp_path: Path) -> None:
    run("ledger", folder, "-o", tmp_path / "new" / "a.csv")
    content = (tmp_path / "new" / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\r\n") == 5
    found = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert (found[0]["截止日期"], found[0]["牵头单位"], found[0]["责任单位"]) == ("2024-06-30", "市应急局", "")
    assert found[2]["原文位置"].endswith("in/2.zip/夹/抗旱.txt 第3行")


def test_the_ledger_lies_among_its_inputs(folder: Path) -> None:
    out = folder / "台账.xlsx"
    run("ledger", folder, "-o", out)
    first = out.read_bytes()
    run("ledger", folder, "-o", out, "--force")
    assert out.read_bytes() == first  # it was no input, and nothing depends on the run
    run("ledger", folder, "-o", folder / "另.xlsx")
    assert [r["代码"] for r in sheet(folder / "另.xlsx", "待核对") if r["程度"] == "未计入"] == ["own-ledger"]
    assert len(sheet(folder / "另.xlsx")) == 4


def test_a_run_that_ends_early_writes_nothing_and_is_taken_up_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    result = run("ledger", folder / "3.docx", folder / "1 防汛.txt", "-o", out, "--fail-fast", "-j", 1)
    assert result.exit_code == 1 and "was not written" in result.stderr and not out.exists()
    assert [p.name for p in tmp_path.iterdir() if p.name != "in"] == [".a.xlsx.policyparse"]
    result = run("ledger", folder / "2.zip", folder / "1 防汛.txt", "-o", out)  # other inputs, another order
    assert result.exit_code == 0, result.output
    assert [r["工作任务"] for r in sheet(out)] == ["抗旱准备", "抗旱检查", "防汛准备", "防汛检查"]
    assert not (tmp_path / ".a.xlsx.policyparse").exists()


def test_documents_of_a_stopped_run_that_are_no_inputs_now_are_left_out(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    run("ledger", folder / "1 防汛.txt", folder / "3.docx", "-o", out, "--fail-fast", "-j", 1)
    assert (tmp_path / ".a.xlsx.policyparse").is_dir()
    assert run("ledger", folder / "2.zip", "-o", out).exit_code == 0
    assert [r["工作任务"] for r in sheet(out)] == ["抗旱准备", "抗旱检查"]


def test_a_list_on_standard_input(folder: Path, tmp_path: Path) -> None:
    names = "\n".join(str(folder / n) for n in ("2.zip", "1 防汛.txt"))
    command = ["ledger", "-", "-o", str(tmp_path / "a.xlsx"), "-j", "2"]
    result = CliRunner().invoke(cli.main, command, input=names)
    assert result.exit_code == 0, result.output
    assert sheet(tmp_path / "a.xlsx")[0]["工作任务"] == "抗旱准备"


def test_limits_cost_a_file_only_itself(folder: Path, tmp_path: Path) -> None:
    (folder / "0.txt").write_text(TASKS.format("防火") + "甲" * 5000, "utf-8")
    result = run("ledger", folder, "-o", tmp_path / "a.xlsx", "--max-characters", "1000")
    assert result.exit_code == 1 and "4 tasks of 2 documents, 2 failed" in result.stderr
    said = [r["说明"] for r in sheet(tmp_path / "a.xlsx", "待核对") if r["程度"] == "读取失败"]
    assert said[0].startswith("超过处理上限（") and "--max-characters" in said[0]


def test_the_same_notice_twice_counts_once(tmp_path: Path) -> None:
    paths = [CORPORA / "notices" / "000_d3411eaaf7ef5d1a.txt", *sorted((CORPORA / "formats").glob("000_*.[dh]*"))]
    result = run("ledger", *paths, "-o", tmp_path / "a.xlsx")
    assert result.exit_code == 0
    assert "23 tasks of 1 document, 3 more with the same content as another, 0 failed" in result.stderr


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the folder can be written to by anybody")
def test_a_folder_that_cannot_be_written_to(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    result = run("ledger", folder, "-o", tmp_path / "out" / "a.xlsx")
    assert result.exit_code == 1 and "cannot write" in result.stderr


def test_a_full_disk_leaves_the_old_ledger(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.xlsx"
    out.write_text("old")

    def full(book: object, path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("policyparse.export.ledger.book.save", full)
    result = run("ledger", folder, "-o", out, "--force")
    assert result.exit_code == 1 and "No space left on device" in result.stderr
    assert out.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a.xlsx.policyparse", "a.xlsx", "in"]


def test_interrupted_by_a_signal(folder: Path, tmp_path: Path) -> None:
    """Ctrl-C while the list of inputs is still open: nothing is written, and the exit code says why."""
    command = [sys.executable, "-m", "policyparse.cli", "ledger", "-", "-o", str(tmp_path / "a.xlsx")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        process.stdin.write(f"{folder / '1 防汛.txt'}\n".encode() * 2)
        process.stdin.flush()
        state, began = tmp_path / ".a.xlsx.policyparse" / ".policyparse", time.monotonic()
        while not (state / "journal.db").exists() and time.monotonic() - began < 60:
            time.sleep(0.01)
        process.terminate()
        process.stdin.close()
        assert process.wait(60) == 143
    assert not (tmp_path / "a.xlsx").exists()


def test_killed_and_begun_again_it_is_the_same_ledger(tmp_path: Path) -> None:
    inputs = str(CORPORA / "formats")
    run("ledger", inputs, "-o", tmp_path / "whole.xlsx")
    out = tmp_path / "a.xlsx"
    command = [sys.executable, "-m", "policyparse.cli", "ledger", inputs, "-o", str(out)]
    for seconds in (0.6, 1.2):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
    time.sleep(0.5)  # its workers see that it is gone
    out.unlink(missing_ok=True)  # it may have been through
    assert run("ledger", inputs, "-o", out).exit_code == 0
    assert out.read_bytes() == (tmp_path / "whole.xlsx").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "whole.xlsx"]

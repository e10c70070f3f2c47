"""The commands as a person runs them: what they write, print and exit with."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from policyparse import PolicyParseError, cli, pipeline
from policyparse.batch import journal
from policyparse.batch.inputs import find_jobs, readable_name
from policyparse.model import PolicyDocument
from tests.documents import CORPORA

NOTICE = "关于做好防汛工作的通知\n各单位：\n一、加强领导。各单位要落实责任。（责任单位：市水利局）\n"


def run(*args: object) -> Result:
    return CliRunner().invoke(cli.main, [str(a) for a in args])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """a.txt, sub/b.txt, sub/深/c.txt, a hidden file."""
    for name in ("a.txt", "sub/b.txt", "sub/深/c.txt", ".hidden.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOTICE + name, "utf-8")
    return tmp_path / "in"


def tree(path: Path) -> list[str]:
    """The outputs in a folder, without the report and what the next run needs."""
    found = sorted(p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file())
    return [f for f in found if f not in ("report.jsonl", "summary.txt") and not f.startswith(".policyparse/")]


def fail_on(monkeypatch: pytest.MonkeyPatch, part: bytes, error: Exception) -> None:
    real = pipeline.parse_bytes

    def parse(data: bytes, filename: str | None = None, **options: Any) -> PolicyDocument:
        if part in data:
            raise error
        return real(data, filename, **options)

    monkeypatch.setattr("policyparse.pipeline.parse_bytes", parse)


def test_convert_mirrors_the_input_tree(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("convert", folder, "-o", out, "--to", "json")
    assert result.exit_code == 0, result.output
    assert tree(out) == ["a.txt.json", "sub/b.txt.json", "sub/深/c.txt.json"]
    content = (out / "a.txt.json").read_text("utf-8")
    assert "防汛" in content
    assert PolicyDocument.model_validate_json(content).source.name == "a.txt"
    assert "3 converted, 0 failed" in result.stderr
    assert result.stdout == ""


def test_convert_takes_files_and_patterns(folder: Path, tmp_path: Path) -> None:
    run("convert", folder / "a.txt", "-o", tmp_path / "one")
    assert tree(tmp_path / "one") == ["a.txt.json"]
    run("convert", folder / "sub" / "*.txt", "-o", tmp_path / "two")
    assert tree(tmp_path / "two") == ["b.txt.json"]
    run("convert", folder / "**" / "*.txt", "-o", tmp_path / "three")
    assert tree(tmp_path / "three") == ["a.txt.json", "sub/b.txt.json", "sub/深/c.txt.json"]
    run("convert", folder / "s*", "-o", tmp_path / "four")
    assert tree(tmp_path / "four") == ["sub/b.txt.json", "sub/深/c.txt.json"]


def test_files_of_the_same_name_do_not_overwrite_each_other(folder: Path, tmp_path: Path) -> None:
    (folder / "sub" / "a.txt").write_text(NOTICE, "utf-8")
    run("convert", folder / "a.txt", folder / "sub" / "a.txt", folder / "a.txt", "-o", tmp_path / "out")
    assert tree(tmp_path / "out") == ["a.txt.json", "sub/a.txt.json"]


def test_a_file_name_with_brackets_is_no_pattern(tmp_path: Path) -> None:
    (tmp_path / "通知[2020].txt").write_text(NOTICE, "utf-8")
    run("convert", tmp_path / "通知[2020].txt", "-o", tmp_path / "out")
    assert tree(tmp_path / "out") == ["通知[2020].txt.json"]


def test_output_inside_the_input_is_no_input(folder: Path) -> None:
    for _ in range(2):
        run("convert", folder, "-o", folder / "out", "--force")
    assert tree(folder / "out") == ["a.txt.json", "sub/b.txt.json", "sub/深/c.txt.json"]


def test_finished_work_is_skipped(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    run("convert", folder, "-o", out)
    before = (out / "a.txt.json").stat().st_mtime_ns
    (folder / "sub" / "b.txt").write_text(NOTICE + "改", "utf-8")
    result = run("convert", folder, "-o", out)
    assert "1 converted, 2 unchanged" in result.stderr
    assert (out / "a.txt.json").stat().st_mtime_ns == before
    assert "3 converted" in run("convert", folder, "-o", out, "--force").stderr
    monkeypatch.setattr(journal, "__version__", "99")
    assert "3 converted" in run("convert", folder, "-o", out).stderr


def test_a_broken_output_is_written_again(folder: Path, tmp_path: Path) -> None:
    run("convert", folder / "a.txt", "-o", tmp_path / "out")
    target = tmp_path / "out" / "a.txt.json"
    whole = target.read_bytes()
    target.write_bytes(b"{")
    run("convert", folder / "a.txt", "-o", tmp_path / "out")
    assert target.read_bytes() == whole


@pytest.mark.parametrize("to", ["json", "jsonl"])
def test_one_file_never_stops_the_others(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    fail_on(monkeypatch, b"b.txt", RuntimeError("boom"))
    result = run("convert", folder, "-o", tmp_path / "out", "--to", to, "--no-isolation")
    assert result.exit_code == 1
    assert "2 converted, 1 failed" in result.stderr
    assert "b.txt: bug in policyparse, please report it with the file: RuntimeError: boom" in result.stderr
    expected = ["a.txt.json", "sub/深/c.txt.json"] if to == "json" else ["documents.jsonl"]
    assert tree(tmp_path / "out") == expected


def test_failure_keeps_what_an_earlier_run_wrote(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    run("convert", folder, "-o", out)
    before = (out / "a.txt.json").read_bytes()
    fail_on(monkeypatch, b"", policy_error := PolicyParseError("cannot read this; do that"))
    result = run("convert", folder, "-o", out, "--force", "--no-isolation")
    assert str(policy_error) in result.stderr
    assert (out / "a.txt.json").read_bytes() == before


def test_jsonl_keeps_order_and_finished_work(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.jsonl"
    run("convert", folder, "-o", out, "--to", "jsonl")
    lines = out.read_text("utf-8").splitlines()
    assert [json.loads(x)["source"]["name"] for x in lines] == ["a.txt", "b.txt", "c.txt"]
    assert "3 unchanged" in run("convert", folder, "-o", out, "--to", "jsonl").stderr
    assert out.read_text("utf-8").splitlines() == lines
    (tmp_path / "d.txt").write_text(NOTICE, "utf-8")
    run("convert", tmp_path / "d.txt", "-o", out, "--to", "jsonl")
    names = [json.loads(x)["source"]["name"] for x in out.read_text("utf-8").splitlines()]
    assert names == ["a.txt", "b.txt", "c.txt", "d.txt"]


def test_usage_errors(tmp_path: Path) -> None:
    assert run("convert", tmp_path / "nowhere", "-o", tmp_path / "out").exit_code == 2
    assert run("convert", tmp_path / "*.none", "-o", tmp_path / "out").exit_code == 2
    assert run("convert", tmp_path, "-o", tmp_path / "out").exit_code == 2
    assert run("convert", tmp_path).exit_code == 2
    assert run("convert", tmp_path, "-o", tmp_path, "--to", "docx").exit_code == 2
    assert run("nothing").exit_code == 2


def test_one_missing_path_among_others_is_a_failure(folder: Path, tmp_path: Path) -> None:
    result = run("convert", folder / "a.txt", tmp_path / "nowhere.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "nowhere.txt: no such file or folder" in result.stderr


def test_unwritable_output_is_a_clear_message(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("convert", folder, "-o", tmp_path / "file")
    assert result.exit_code == 2
    assert "is a file" in result.stderr


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    assert readable_name(Path("通知.txt")) == "通知.txt"
    if sys.platform == "linux":
        name = "方案.txt".encode("gb18030").decode("utf-8", "surrogateescape")
        assert readable_name(Path(name)) == "方案.txt"


def test_find_jobs_sorts_within_folders(folder: Path, tmp_path: Path) -> None:
    jobs = list(find_jobs([folder], tmp_path / "out"))
    assert [j.relative.as_posix() for j in jobs] == ["a.txt", "sub/b.txt", "sub/深/c.txt"]


def test_show_prints_plain_text_into_a_pipe(folder: Path) -> None:
    result = run("show", folder / "a.txt")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "防汛" in result.stdout or "a.txt" in result.stdout


def test_show_tells_headings_that_lost_their_numbers(tmp_path: Path) -> None:
    notice = tmp_path / "a.txt"
    notice.write_text(
        "青禾市民政局关于开展专项整治的通知\n各养老机构：\n现就有关事项通知如下：\n"
        "总体要求\n全面排查养老服务机构燃气安全风险隐患，坚决防范和遏制各类事故发生，确保服务对象安全。\n"
        "整治内容\n1.用气隐患。\n2.用电隐患。\n"
        "工作安排\n（一）集中攻坚阶段。9月底前完成排查。\n（二）巩固提升阶段。12月底前完成整治。\n"
        "工作要求\n各单位要进一步提高思想认识，压实工作责任，加大宣传教育力度，按时报送工作情况。\n"
        "青禾市民政局\n2023年5月6日\n",
        encoding="utf-8",
    )
    outline = run("show", notice).stdout.split("Outline\n")[1].split("\n\n")[0]
    assert outline.splitlines() == [
        "  总体要求",
        "  整治内容",
        "    2 items without a heading",
        "  工作安排",
        "    （一）集中攻坚阶段",
        "    （二）巩固提升阶段",
        "  工作要求",
    ]


def test_show_tells_counted_clauses_as_they_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "青禾市水利局关于做好防汛工作的通知\n各单位：\n现就有关事项通知如下：\n"
        "一、任务安排\n（一）加强巡查。一是落实责任。各村组要明确专人。二是备足物资。沙袋要堆放到堤。\n"
        "（二）搞好宣传。一要用好广播。每天播放两次。二要张贴标语。每村不少于十条。\n"
        "青禾市水利局\n2023年5月6日\n",
        "utf-8",
    )
    outline = run("show", path).stdout.split("Outline\n")[1].split("\n\n")[0]
    assert [line.strip() for line in outline.splitlines()] == [
        "一、任务安排",
        "（一）加强巡查",
        "一是落实责任",
        "二是备足物资",
        "（二）搞好宣传",
        "一要用好广播",
        "二要张贴标语",
    ]


def test_show_tells_the_outline_of_an_enclosed_text_from_the_notice_s(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "关于印发《防汛工作方案》的通知\n各单位：\n现将《防汛工作方案》印发给你们，请认真落实。\n一、提高认识\n二、抓好落实\n"
        "甲县水利局\n2023年5月6日\n防汛工作方案\n一、总体要求\n二、主要任务\n",
        "utf-8",
    )
    outline = run("show", path).stdout.split("Outline\n")[1].split("\n\n")[0]
    assert [line.strip() for line in outline.splitlines()] == [
        "一、提高认识",
        "二、抓好落实",
        "防汛工作方案",
        "一、总体要求",
        "二、主要任务",
    ]


@pytest.mark.parametrize("path", sorted(CORPORA.rglob("*.txt")), ids=lambda p: p.name)
@pytest.mark.parametrize("command", ["show", "check"])
def test_show_and_check_every_sample(command: str, path: Path) -> None:
    result = run(command, path)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("command", ["show", "check"])
def test_unreadable_file_fails_with_a_reason(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "nowhere.txt")
    assert result.exit_code == 1
    assert "nowhere.txt" in result.stderr
    assert "Traceback" not in result.output


def test_schema_is_a_valid_json_schema_with_descriptions() -> None:
    published = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(published)
    assert "发文字号" in published["properties"]["document_number"]["description"]
    assert "机关代字" in published["$defs"]["DocumentNumber"]["properties"]["organ_code"]["description"]


def test_eval_prints_figures(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"id": "a", "source": "a.txt", "title": "关于防汛的通知"}), "utf-8")
    result = run("eval", gold, gold)
    assert result.exit_code == 0
    assert "headline (mean F1 of *): 1.0000" in result.stdout
    assert json.loads(run("eval", gold, gold, "--json").stdout)["headline_f1"] == 1.0
    assert "a all right" in run("eval", gold, gold, "--per-doc").stdout
    assert run("eval", gold, gold, "--errors", "nothing").exit_code == 2
    assert run("eval", gold, gold, "--only", "b").exit_code == 2


def test_help_loads_nothing_heavy() -> None:
    heavy = "('pydantic', 'rich', 'jieba', 'lxml', 'regex')"
    program = f"import sys, policyparse.cli; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


def test_chinese_reaches_a_pipe_whatever_the_locale(folder: Path) -> None:
    env = {"PATH": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "policyparse.cli", "show", str(folder / "sub" / "深" / "c.txt")]
    result = subprocess.run(command, capture_output=True, env=env, check=False)
    assert b"Traceback" not in result.stderr
    assert result.stdout.decode("utf-8")


def test_formats_are_given_one_by_one(folder: Path, tmp_path: Path) -> None:
    """--to json md: the second word counts as an input, which the error says."""
    result = run("convert", folder, "-o", tmp_path / "out", "--to", "json", "md")
    assert result.exit_code == 2
    assert "--to json --to md" in result.output
    assert not (tmp_path / "out").exists()
    assert run("convert", folder, "-o", tmp_path / "out", "--to", "json", "--to", "md").exit_code == 0


def test_one_of_a_thing_is_counted_in_the_singular(folder: Path, tmp_path: Path) -> None:
    run("convert", folder / "a.txt", "-o", tmp_path / "out")
    assert "1 input in " in (tmp_path / "out" / "summary.txt").read_text("utf-8")
    one = tmp_path / "one.txt"
    one.write_text("关于检查的通知\n各站：\n于10月底前完成检查。\n", "utf-8")
    assert run("check", one).stderr == "1 diagnostic\n"

"""Archives and the options of reading on the command line; jobs as the batch sees them."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields
from pathlib import Path

import pytest

from policyparse import Limits
from policyparse.batch.inputs import Contents, find_files, find_jobs
from policyparse.cli.options import options_from, written
from policyparse.limits import DEFAULTS, ReadOptions
from policyparse.model import PolicyDocument
from tests.test_cli import run, tree
from tests.workbooks import ledger_xlsx
from tests.zips import encrypted, notice, tarred, zipped

OPTIONS = ReadOptions(limits=Limits())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """in/sub/2024年.zip with a document, a folder, an archive inside, a spreadsheet, and a RAR file."""
    path = tmp_path / "in" / "sub" / "2024年.zip"
    path.parent.mkdir(parents=True)
    path.write_bytes(
        zipped(
            [
                ("甲.txt", notice("甲")),
                ("夹/乙.txt", notice("乙")),
                ("内.zip", zipped([("丙.txt", notice("丙"))])),
                ("表.xlsx", ledger_xlsx()),
                ("坏.rar", b"Rar!\x1a\x07\x00"),
                ("__MACOSX/._甲.txt", b"x"),
            ]
        )
    )
    return path


def test_an_archive_is_a_folder_of_its_members(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("convert", tmp_path / "in", "-o", out)
    assert result.exit_code == 1
    assert "4 converted, 1 failed" in result.stderr
    assert f"failed: {archive}/坏.rar is a RAR archive" in result.stderr  # its name once
    assert tree(out) == [f"sub/2024年.zip/{name}.json" for name in ("内.zip/丙.txt", "夹/乙.txt", "甲.txt", "表.xlsx")]
    content = (out / "sub/2024年.zip/夹/乙.txt.json").read_text("utf-8")
    assert PolicyDocument.model_validate_json(content).source.name == "乙.txt"


@pytest.mark.parametrize("to", ["json", "jsonl"])
def test_finished_members_are_skipped_by_their_bytes(archive: Path, tmp_path: Path, to: str) -> None:
    out = tmp_path / "out"
    run("convert", archive, "-o", out, "--to", to)
    assert "0 converted, 4 unchanged" in run("convert", archive, "-o", out, "--to", to).stderr
    archive.write_bytes(zipped([("甲.txt", notice("甲")), ("夹/乙.txt", notice("乙 改"))]))
    assert "1 converted, 1 unchanged" in run("convert", archive, "-o", out, "--to", to).stderr
    assert "2 converted" in run("convert", archive, "-o", out, "--to", to, "--force").stderr


@pytest.mark.parametrize(("to", "ending"), [("json", ".json"), ("md", ".md"), ("akn", ".xml"), ("jsonl", ".jsonl")])
def test_one_file_into_one_file(tmp_path: Path, to: str, ending: str) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_bytes(notice(name))
    out = tmp_path / f"one{ending}"
    assert run("convert", tmp_path / "a.txt", "-o", out, "--to", to).exit_code == 0
    first = out.read_bytes()
    assert b"a.txt" in first or to in ("md", "akn")
    assert "1 converted" in run("convert", tmp_path / "b.txt", "-o", out, "--to", to).stderr
    assert out.read_bytes() != first
    if to != "jsonl":  # what is there may be of another input: a file that is named is always written
        assert "1 converted" in run("convert", tmp_path / "a.txt", "-o", out, "--to", to).stderr
        assert out.read_bytes() == first
    assert (tmp_path / "one.report.jsonl").is_file()


def test_several_files_into_one_file_are_refused(archive: Path, tmp_path: Path) -> None:
    for paths in ([archive], [tmp_path / "in"], [archive, archive]):
        result = run("convert", *paths, "-o", tmp_path / "one.json")
        assert result.exit_code == 2
        assert "writes a file a document: name a folder, or use --to jsonl" in " ".join(result.stderr.split())
    result = run("convert", archive, "-o", tmp_path / "one.json", "--to", "json", "--to", "md")
    assert "json and md are several: name a folder" in " ".join(result.stderr.split())
    (tmp_path / "one.json").mkdir()  # a folder, whatever it is called
    assert "4 converted" in run("convert", archive, "-o", tmp_path / "one.json").stderr


def test_a_damaged_archive_fails_alone(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "in" / "坏.zip").write_bytes(archive.read_bytes()[:-20])
    (tmp_path / "in" / "空.zip").write_bytes(zipped([]))
    result = run("convert", tmp_path / "in", "-o", tmp_path / "out")
    assert "4 converted, 3 failed" in result.stderr
    assert "坏.zip is a damaged zip archive" in result.stderr
    assert "空.zip: the archive holds no files" in result.stderr


def test_names_of_members_stay_inside_the_output(tmp_path: Path) -> None:
    path = tmp_path / "in.zip"
    long = "很" * 120
    path.write_bytes(
        zipped([("../../x.txt", notice()), ("/abs.txt", notice()), ("x.txt", notice()), (f"{long}.txt", notice())])
    )
    result = run("convert", path, "-o", tmp_path / "out")
    assert "4 converted, 0 failed" in result.stderr
    found = tree(tmp_path / "out")
    assert [f for f in found if long[:9] not in f] == [
        "in.zip/abs.txt.json",
        "in.zip/x (2).txt.json",
        "in.zip/x.txt.json",
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.zip", "out"]


def test_archives_of_the_same_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.zip").write_bytes(zipped([("通知.txt", notice(folder)), ("二.txt", notice(folder))]))
    run("convert", tmp_path / "a" / "x.zip", tmp_path / "b" / "x.zip", tmp_path / "a" / "x.zip", "-o", tmp_path / "o")
    assert tree(tmp_path / "o") == [
        "b/x.zip/二.txt.json",
        "b/x.zip/通知.txt.json",
        "x.zip/二.txt.json",
        "x.zip/通知.txt.json",
    ]


def test_show_and_check_every_member(archive: Path) -> None:
    shown = run("show", archive)
    assert shown.exit_code == 1
    assert [line for line in shown.stdout.splitlines() if line.startswith("====")] == [
        f"==== {archive}/{name} ====" for name in ("甲.txt", "夹/乙.txt", "内.zip/丙.txt", "表.xlsx")
    ]
    assert "排查全市河道" in shown.stdout
    assert "坏.rar is a RAR archive" in shown.stderr
    checked = run("check", archive)
    assert checked.exit_code == 1
    assert checked.stderr.splitlines()[-1].endswith(("diagnostic", "diagnostics"))


def test_show_an_archive_of_one(tmp_path: Path) -> None:
    path = tmp_path / "a.tgz"
    path.write_bytes(tarred([("通知.txt", notice())]))
    result = run("show", path)
    assert result.exit_code == 0
    assert "关于做好防汛工作的通知" in result.stdout
    assert "Traceback" not in run("show", tmp_path).output


# --- jobs -------------------------------------------------------------------------------------------------------


def test_jobs_tell_their_input_and_can_be_pickled(archive: Path, tmp_path: Path) -> None:
    jobs = list(find_jobs([archive], tmp_path / "out"))
    assert [j.member for j in jobs] == [("甲.txt",), ("夹/乙.txt",), ("内.zip", "丙.txt"), ("表.xlsx",), ("坏.rar",)]
    assert all(j.source == archive for j in jobs)
    assert [j.name for j in jobs[1:3]] == ["乙.txt", "丙.txt"]
    again = pickle.loads(pickle.dumps(jobs))
    assert again == jobs
    contents = Contents(OPTIONS)
    for job, text in zip(reversed(again[:3]), "丙乙甲", strict=True):  # in any order
        assert contents.of(job) == notice(text)


def test_files_of_a_command_for_one(archive: Path, tmp_path: Path) -> None:
    assert len(find_files(archive, OPTIONS)) == 5
    assert [j.member for j in find_files(tmp_path / "none.zip", OPTIONS)] == [()]
    (tmp_path / "a.zip").write_bytes(ledger_xlsx())  # a workbook, whatever its name says
    assert [j.member for j in find_files(tmp_path / "a.zip", OPTIONS)] == [()]


# --- options ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["convert", "show", "check"])
def test_every_limit_is_an_option(command: str) -> None:
    shown = run(command, "--help").stdout
    for field in fields(Limits):
        assert f"--max-{field.name} N" in shown
        assert f"({written(getattr(DEFAULTS, field.name), field.name)})" in " ".join(shown.split())
    assert "--password" in shown
    assert "--ocr [auto|never|always]" in shown


@pytest.mark.parametrize(
    ("option", "value", "number"),
    [
        ("bytes", "64M", 64 << 20),
        ("bytes", "1.5g", 3 << 29),
        ("bytes", "500", 500),
        ("bytes", "64MiB", 64 << 20),
        ("unpacked", "2 GB", 2 << 30),
        ("characters", "50M", 50_000_000),
        ("members", "20,000", 20_000),
        ("pages", "3k", 3000),
    ],
)
def test_sizes_as_people_write_them(
    option: str, value: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[ReadOptions] = []
    monkeypatch.setattr("policyparse.batch.inputs.find_files", lambda file, options: seen.append(options) or [])  # type: ignore[func-returns-value]
    assert run("show", tmp_path, f"--max-{option}", value, "--password", "密", "--ocr", "never").exit_code == 0
    assert getattr(seen[0].limits, option) == number
    assert (seen[0].password, seen[0].ocr) == ("密", "never")


@pytest.mark.parametrize("value", ["", "x", "-1", "64X", "1e9", "M"])
def test_sizes_that_are_none(value: str, tmp_path: Path) -> None:
    result = run("show", tmp_path, "--max-bytes", value)
    assert result.exit_code == 2
    assert "no number like 500, 64M or 1.5G" in result.output


def test_an_option_beats_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYPARSE_MAX_PAGES", "7")
    assert options_from({}).limits.pages == 7
    assert options_from({"max_pages": 9}).limits.pages == 9


def test_the_environment_takes_sizes_like_the_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POLICYPARSE_MAX_BYTES", "1.5K")
    assert options_from({}).limits.bytes == 1536
    monkeypatch.setenv("POLICYPARSE_MAX_BYTES", "lots")
    path = tmp_path / "a.txt"
    path.write_bytes(notice())
    result = run("show", path)
    assert result.exit_code == 2
    assert "the variable POLICYPARSE_MAX_BYTES: 'lots' is no number like 500, 64M or 1.5G" in result.output


def test_limits_reach_the_readers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(notice())
    for command in (["show", path], ["check", path], ["convert", path, "-o", tmp_path / "out"]):
        result = run(*command, "--max-bytes", "100")
        assert result.exit_code == 1
        assert "more than the limit of 100; to read it, give a larger --max-bytes" in result.stderr
        assert run(*command, "--max-bytes", "1K").exit_code == 0


def test_a_password_reaches_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(encrypted("a.txt", notice(), "密码".encode()))
    assert "--password" in run("convert", path, "-o", tmp_path / "out").stderr
    assert "1 converted" in run("convert", path, "-o", tmp_path / "out", "--password", "密码").stderr
    content = json.loads((tmp_path / "out/a.zip/a.txt.json").read_text("utf-8"))
    assert content["source"]["name"] == "a.txt"


def test_an_output_named_after_another_format(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(notice("防汛"))
    assert run("convert", tmp_path / "a.txt", "-o", tmp_path / "all.jsonl").exit_code == 0  # no --to: the name says it
    assert (tmp_path / "all.jsonl").read_text("utf-8").count("\n") == 1
    result = run("convert", tmp_path / "a.txt", "-o", tmp_path / "one.xlsx", "--to", "json")
    said = " ".join(result.stderr.split())
    assert result.exit_code == 2 and "but --to says json: use --to xlsx" in said
    assert not (tmp_path / "one.xlsx").exists()
    (tmp_path / "old.xlsx").mkdir()  # a folder that is there already is one, whatever its name
    assert run("convert", tmp_path / "a.txt", "-o", tmp_path / "old.xlsx").exit_code == 0


def test_a_way_of_ocr_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="one of auto, never, always"):
        ReadOptions(ocr="yes")  # type: ignore[arg-type]

"""docs/outputs.md says what the definitions say, and the examples run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from policyparse.export import OUTPUTS, exporter, place
from tests.documents import CORPORA, ROOT, parsed
from tools.outputs_doc import PAGE, generated

DOCUMENTS = [parsed(p) for p in sorted((CORPORA / "notices").iterdir())]


def test_the_page_is_in_step_with_the_tables() -> None:
    page = PAGE.read_text("utf-8")
    assert page == generated(page), "run: python -m tools.outputs_doc"


def test_every_output_and_link_of_the_page_is_there() -> None:
    page = PAGE.read_text("utf-8")
    for name in OUTPUTS:
        assert f"| `{name}` |" in page
    for link in re.findall(r"\]\((\.\./[^)]+)\)", page):
        assert (PAGE.parent / link).is_file()


def test_the_python_of_the_page_runs(tmp_path: Path) -> None:
    program = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S))
    (tmp_path / "notices").mkdir()
    for name in ("通知.docx", "notices/甲.docx"):
        (tmp_path / name).write_bytes((CORPORA / "formats" / "003_d6330b67b7808c67.docx").read_bytes())
    (tmp_path / "out").mkdir()
    program = program.replace("out/documents.sqlite", "notices.sqlite")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "危桥" in done.stdout
    assert (tmp_path / "out" / "parquet" / "measures.parquet").is_file()


@pytest.mark.parametrize(
    ("script", "output", "words", "said"),
    [
        ("duckdb_deadlines.py", "parquet", ["运输局"], "2020-07-31  三、(八) 利用信息化手段"),
        ("search.py", "sqlite", ["危桥", "改造"], "牵头 公路局、有关地方交通运输主管部门"),
    ],
)
def test_examples_run(script: str, output: str, words: list[str], said: str, tmp_path: Path) -> None:
    target = place(output, tmp_path)
    exporter(output).write(DOCUMENTS, target)
    command = [sys.executable, str(ROOT / "examples" / script), str(target), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert "003_d6330b67b7808c67.txt:" in done.stdout

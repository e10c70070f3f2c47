"""The READMEs: what they show is what the program does, and both say the same."""

from __future__ import annotations

import re
from difflib import ndiff
from pathlib import Path

import pytest

from tests.readme import PAGES, ROOT, renewed


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_excerpts_are_what_the_program_prints(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    content = page.read_text("utf-8")
    now = renewed(content)
    changed = [line for line in ndiff(content.splitlines(), now.splitlines()) if line[0] in "+-"]
    assert not changed, "run `python -m tests.readme` and read what has changed"


def test_both_languages_show_the_same_blocks() -> None:
    english, chinese = (re.findall(r"^```.*?^```$", p.read_text("utf-8"), re.S | re.M) for p in PAGES)
    assert english == chinese


def test_first_commands_are_those_that_ci_runs() -> None:
    content = PAGES[0].read_text("utf-8")
    assert "\npython -m pip install . && policyparse convert corpora -o out --to json\n" in content
    assert '\npython -m pip install ".[test]" && python -m pytest\n' in content

"""Page numbers inside a text that was saved as one line."""

from __future__ import annotations

from policyparse import readers
from policyparse.normalise import normalise

SENTENCE = "各单位要按照职责分工，认真抓好落实，确保全面完成年度目标任务。"


def shown(text: str) -> str:
    return normalise(readers.read(text.encode(), "a.txt")).string.replace("\n", "")


def test_page_numbers_in_order_are_set_aside() -> None:
    text = SENTENCE * 20 + "各单位要认真抓— 2 —好落实。" + SENTENCE * 20 + "完成任务—3—。"
    assert shown(text) == SENTENCE * 20 + "各单位要认真抓好落实。" + SENTENCE * 20 + "完成任务。"


def test_dashes_around_other_numbers_stay() -> None:
    text = SENTENCE * 20 + "第一批— 12 —个项目，第二批— 7 —个项目。" + SENTENCE * 20
    assert shown(text) == text.replace(" ", "") or "— 12 —" in shown(text)
    assert "7" in shown(text)

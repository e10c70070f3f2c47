"""Words in long texts are found by one character: the answers must be those of `in` and of `re`."""

from __future__ import annotations

import random
import re
import time

from policyparse.responsibilities.brackets import brackets
from policyparse.search import holds, places

WORDS = ("组长", "召集人", "人", "发送", "》（2")


def _texts() -> list[str]:
    chance = random.Random(7)
    letters = "组长召集人发送》（2甲\n"
    return ["".join(chance.choices(letters, k=chance.randrange(40))) for _ in range(2000)]


def test_holds_is_in() -> None:
    for text in _texts():
        for word in WORDS:
            assert holds(text, word) == (word in text), (text, word)
        assert holds(text, *WORDS) == any(w in text for w in WORDS)


def test_a_frequent_character_before_the_word() -> None:
    assert holds("长" * 5000 + "组长", "组长")
    assert not holds("长" * 5000, "组长")
    assert holds("长" * 5000, "组长", "长长")


def test_places_are_those_of_a_pattern() -> None:
    for text in _texts():
        for word in WORDS:
            assert places(text, (word,)) == [m.start() for m in re.finditer(f"(?={re.escape(word)})", text)]


def _stacked(text: str) -> list[tuple[int, int]]:
    """The outermost closed brackets that hold more than one character, one bracket after the other."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "\n" and text[at - 1 : at] in ("。", "）", ")"):
            opened.clear()
        elif char in "（(〔":
            opened.append(at)
        elif opened and char in "）)〕":
            same = text[opened[-1]] + char in ("（）", "（)", "(）", "()", "〔〕")
            if same or len(opened) == 1:
                first = opened.pop()
                found = [*(f for f in found if f[0] < first), (first, at + 1)]
    return [(first, stop) for first, stop in found if stop - first > 3]


def test_brackets_are_those_of_a_stack() -> None:
    chance = random.Random(8)
    for letters in ("（）\n。甲", "（）\n。甲乙〔〕", "（）()〔〕\n。甲", "（（））甲甲乙\n"):
        for _ in range(4000):
            text = "".join(chance.choices(letters, k=chance.randrange(20)))
            assert brackets(text, 0, len(text), places(text, "(〔")) == _stacked(text), text


def test_brackets_in_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "（甲\n" * count + "）" * count
        start = time.process_time()
        brackets(text, 0, len(text), [])
        return time.process_time() - start

    seconds(1000)
    small = min(seconds(5_000) for _ in range(3))
    assert min(seconds(50_000) for _ in range(2)) < 30 * max(small, 0.001)

"""Synthetic but realistic notices for the benchmark, made of the sample documents."""

from __future__ import annotations

import re
from pathlib import Path

NOTICES = Path(__file__).resolve().parent.parent / "corpora" / "notices"
_NUMERALS = "一二三四五六七八九"
_SYLLABLES = "云岭江溪河山海湖平安林泉石松梅"


def samples() -> list[str]:
    """The sample notices."""
    return [p.read_text("utf-8-sig") for p in sorted(NOTICES.glob("*.txt"))]


def notice(length: int) -> str:
    """About `length` characters of running notice text: header and body of a sample, its body repeated to size."""
    text = samples()[0]
    return (text * (length // len(text) + 1))[:length]


def different(count: int, length: int = 5000) -> list[str]:
    """Notices of about `length` characters that share their sentences but no unit, place or day with each other."""
    return [_renamed(notice(length), i) for i in range(count)]


def _renamed(text: str, i: int) -> str:
    one, other = _SYLLABLES[i % len(_SYLLABLES)], _SYLLABLES[i // len(_SYLLABLES) % len(_SYLLABLES)]
    for field in ("吉安", "规划", "财审", "运管", "公路", "交通", "办公室", "机关", "局属"):
        text = text.replace(field, field[0] + one + other + field[1:])
    return re.sub(r"(?<=月)(\d{1,2})(?=日)", lambda m: str((int(m[1]) + i) % 28 + 1), text)


def measures(count: int) -> str:
    """A notice with `count` measures in numbered sections of 20, each closed by a note on who is responsible."""
    items = [line for line in samples()[0].splitlines() if "（责任单位：" in line and line.endswith("）")]
    texts = [item.partition(".")[2] or item for item in items]
    lines = [
        "关于印发《重点工作实施方案》的通知",
        "",
        "各县（市、区）人民政府，市直各单位：",
        "",
        "现将方案印发给你们。",
        "",
    ]
    for i in range(count):
        if i % 20 == 0:
            lines.append(f"（{chinese(i // 20 + 1)}）治理责任落实不到位的问题。")
        lines.append(f"{i % 20 + 1}. {texts[i % len(texts)].strip()}")
    return "\n\n".join(lines)


def chinese(number: int) -> str:
    """1–9999 in Chinese numerals, as a section number has it."""
    digits = ""
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            digits += ("" if digit == 1 and unit == "十" and not digits else _NUMERALS[digit - 1]) + unit
    return digits


def one_line(megabytes: float) -> str:
    """Running notice text of so many UTF-8 megabytes without a line break."""
    return notice(int(megabytes * 1_000_000 / 2.9)).replace("\n", "")


def html(text: str) -> str:
    """The notice as a government web page: paragraphs in a content container, navigation around it."""
    body = "".join(f"<p>{line}</p>\n" for line in text.splitlines() if line.strip())
    menu = "".join(f'<li><a href="/{i}">栏目{i}</a></li>' for i in range(40))
    return (
        f'<html><head><meta charset="utf-8"><title>通知</title></head><body><ul class="nav">{menu}</ul>'
        f'<div class="content">{body}</div><div class="footer">版权所有</div></body></html>'
    )

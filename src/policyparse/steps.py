"""Numbered steps inside a table cell or an item: 4、… 5、… 6、…"""

from __future__ import annotations

import re

from .numerals import to_int

_AFTER = r"。；;：:！？!?）)\s　"
_HAN = "[一二三四五六七八九十]"
# A sign that is in every number of the style, and the style. Each begins with the first character of the number,
# which is found faster than what must (not) stand before it.
_STEP_STYLES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(sign), re.compile(style))
    for sign, style in (
        ("、", rf"([0-9](?<![^{_AFTER}][0-9])[0-9]{{0,2}})[ ]?、(?![0-9])"),
        ("[．.]", rf"([0-9](?<![^{_AFTER}][0-9])[0-9]{{0,2}})[ ]?[．.](?![0-9])"),
        ("[（(]", r"[（(](?<![第条款见按][（(])([0-9]{1,2})[）)](?!项|款|条|至|、)"),
        ("[）)]", r"([0-9](?<![^。；;：:！？!?\s　][0-9])[0-9]?)[）)]"),
        ("[①-⑳]", r"([①-⑳])(?<![第条款见按][①-⑳])(?!项|款|条|至|、)"),
        ("、", rf"({_HAN}(?<![^{_AFTER}]{_HAN}){_HAN}{{0,2}})、"),
        ("是", rf"({_HAN}(?<![^{_AFTER}，,]{_HAN}){_HAN}?)是(?!否|非)"),
    )
)
_NUMBER = re.compile("[0-9①-⑳]|[一二三四五六七八九十][、是]")
"""The beginning of any of them."""
# 四个续建项目： between step 12 and step 13
_LEAD_IN = re.compile(r"(?<=[。；;\n])\s*[^。；;\n：:]{1,40}[：:]\s*$")


def split_steps(string: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Numbered steps inside `string[start:end]`: (number as written, start and end of the text after the number).

    The numbers run on without gap; they may begin at any number when the first stands at the very beginning or
    follows a lead-in (cells of one table often number through: 4、… 5、…). Of several styles the one that begins
    first counts. A lead-in line of the next step's group is in no step.
    """
    cell = string[start:end]  # what stands before the cell must not count as its context
    best: list[re.Match[str]] = []
    for sign, style in _STEP_STYLES if _NUMBER.search(cell) else ():
        run = _run(cell, style) if sign.search(cell) else []
        if run and (not best or run[0].start() < best[0].start()):
            best = run
    steps: list[tuple[str, int, int]] = []
    for i, m in enumerate(best):
        stop = best[i + 1].start() if i + 1 < len(best) else len(cell)
        leads = i + 1 < len(best) and cell[m.end() : stop].rstrip().endswith(("：", ":"))
        lead = _LEAD_IN.search(cell, max(m.end(), stop - 60), stop) if leads else None
        first, last = _strip(cell, m.end(), lead.start() if lead else stop)
        steps.append((m.group(1), start + first, start + last))
    return steps


def _run(cell: str, style: re.Pattern[str]) -> list[re.Match[str]]:
    """The first run of successive numbers; a single one only at the very start."""
    run: list[re.Match[str]] = []
    last = 0
    for m in style.finditer(cell):
        value = _number(m[1])
        if run and value == last + 1:
            run.append(m)
            last = value
        elif value and (not run or (len(run) == 1 and value == 1)):
            run, last = [m], value
    at_start = bool(run) and run[0].start() < 12 and not cell[: run[0].start()].strip()
    return run if len(run) > 1 or at_start else []


def _number(numeral: str) -> int:
    return ord(numeral) - 0x245F if "①" <= numeral <= "⑳" else to_int(numeral) or 0


def _strip(string: str, start: int, end: int) -> tuple[int, int]:
    while start < end and string[start].isspace():
        start += 1
    while end > start and string[end - 1].isspace():
        end -= 1
    return start, end

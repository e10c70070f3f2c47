"""The golden files' command: `python -m tests.golden diff [NAME]`, `show NAME`, `update NAME --field F`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import policyparse
from tests.golden_shape import Shape, dump, pruned, view

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "golden"
CORPORA = ROOT / "corpora"
NOT_COMPARED = ("checked", "source")
OF_THE_TEXT_FILE = ("repairs",)
"""What the program had to repair in the text file: another format of the same notice has other faults."""


def samples() -> dict[str, Path]:
    """The text of each sample by the name of its golden file (`formats` has the others)."""
    return {path.stem: path for path in sorted((CORPORA / "notices").iterdir())}


def formats() -> list[Path]:
    """The samples in other formats. `golden/<name>.json` is the truth for all files of that name."""
    return sorted((CORPORA / "formats").iterdir())


def golden_path(name: str) -> Path:
    return GOLDEN / f"{name}.json"


def load(name: str) -> Shape:
    """A golden file's content."""
    content: Shape = json.loads(golden_path(name).read_text("utf-8"))
    return content


def parsed(name: str) -> Shape:
    """What the program reads in the sample, as a golden file would say it."""
    return view(policyparse.parse(samples()[name]))


def differences(name: str) -> list[str]:
    """One line a difference between the golden file and the program's reading: `field[i].key: - golden + parsed`."""
    return compared(name, parsed(name))


def compared(name: str, found: Shape, leave_out: tuple[str, ...] = ()) -> list[str]:
    """The differences between the golden file and a reading of the notice in any format."""
    skipped = (*NOT_COMPARED, *leave_out)
    golden, found = ({k: v for k, v in x.items() if k not in skipped} for x in (load(name), found))
    return list(_compare(pruned(golden), pruned(found), ""))


def _compare(golden: Any, found: Any, place: str) -> Iterator[str]:
    if golden == found:
        return
    if isinstance(golden, dict) and isinstance(found, dict):
        for key in [*golden, *(k for k in found if k not in golden)]:
            yield from _compare(golden.get(key), found.get(key), f"{place}.{key}".lstrip("."))
    elif isinstance(golden, list) and isinstance(found, list) and len(golden) == len(found):
        for i, (a, b) in enumerate(zip(golden, found, strict=True)):
            yield from _compare(a, b, f"{place}[{i}]")
    elif isinstance(golden, list) and isinstance(found, list):
        yield f"{place}: {len(golden)} entries in golden, {len(found)} parsed"
        yield from (f"{place}: - {_line(x)}" for x in golden if x not in found)
        yield from (f"{place}: + {_line(x)}" for x in found if x not in golden)
    else:
        yield f"{place}: - {_line(golden)} + {_line(found)}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def update(name: str, fields: list[str]) -> None:
    """Take over the named fields from the program's reading. The file is made when there is none."""
    found = parsed(name)
    unknown = [f for f in fields if f not in found]
    if unknown:
        sys.exit(f"no such field: {', '.join(unknown)}; fields: {', '.join(found)}")
    source = samples()[name].relative_to(CORPORA).as_posix()
    golden = load(name) if golden_path(name).exists() else {"checked": {"by": "", "on": "", "notes": ""}}
    golden = {"checked": golden["checked"], "source": source, **golden}
    golden |= {f: pruned(found[f]) for f in fields}
    golden_path(name).write_text(dump(golden) + "\n", "utf-8")


def main() -> int:
    """Run the command; exit code 1 when `diff` finds differences."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("action", choices=("diff", "show", "update"))
    parser.add_argument("name", nargs="?", help="sample name (or its beginning); diff: all when left out")
    parser.add_argument("--field", action="append", default=[], help="only this field (may be repeated)")
    args = parser.parse_args()
    names = [n for n in samples() if n.startswith(args.name or "")]
    if not names or (args.action != "diff" and (len(names) > 1 or not args.name)):
        parser.error(f"name one sample: {', '.join(samples())}")
    if args.action == "update":
        if not args.field:
            parser.error("update: name the field(s) you have checked, with --field")
        update(names[0], args.field)
        return 0
    if args.action == "show":
        found = parsed(names[0])
        print(dump({f: found[f] for f in args.field or found}))
        return 0
    return _diff(names, args.field)


def _diff(names: list[str], fields: list[str]) -> int:
    different = 0
    for name in names:
        if not golden_path(name).exists():
            print(f"{name}: no golden file")
            different += 1
            continue
        lines = [x for x in differences(name) if not fields or x.startswith(tuple(fields))]
        different += len(lines)
        print(f"{name}: {len(lines)} differences")
        print("".join(f"  {line}\n" for line in lines), end="")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())

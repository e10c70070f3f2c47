"""Floors of the evaluation over the development set: `python -m tests.devset_gate` shows, `… raise` raises them.

Floors only go up. A changed gold set needs `raise --new-gold`, which starts from the present figures.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import policyparse
from policyparse.evaluate import Evaluation, evaluate, report_lines
from tests.documents import DEVSET, READABLE, devset_files

FLOORS = Path(__file__).parent / "devset_floors.json"
SLACK = 0.0005
"""Rounding of the floors."""


def gold_hash() -> str:
    """One hash over all gold files of readable documents."""
    digest = hashlib.sha256()
    for identity in readable_ids():
        digest.update((DEVSET / "gold" / f"{identity}.json").read_bytes())
    return digest.hexdigest()


def readable_ids() -> list[str]:
    """Ids of the gold files whose document is a text or a page."""
    gold = sorted((DEVSET / "gold").glob("*.json"))
    return [p.stem for p in gold if Path(json.loads(p.read_text("utf-8"))["source"]).suffix in READABLE]


def evaluation() -> Evaluation:
    """Read every text and html document of the development set and compare it with its gold file."""
    with tempfile.TemporaryDirectory() as folder:
        for path in devset_files():
            document = policyparse.parse(path)
            (Path(folder) / f"{path.name}.json").write_text(document.to_json(indent=None), "utf-8")
        return evaluate(DEVSET / "gold", Path(folder), readable_ids())


def figures(result: Evaluation) -> dict[str, float]:
    """F1 a field and the headline, rounded down as floors are."""
    every = {"headline": result.headline} | {name: s.f1 for name, s in result.scores.items()}
    return {name: int(value * 1000) / 1000 for name, value in every.items()}


def load() -> dict[str, Any]:
    """The floors on file."""
    content: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
    return content


def raise_floors(found: dict[str, float], *, new_gold: bool) -> dict[str, Any]:
    """The new floors: the higher of the old ones and `found`. Raises ValueError on a changed gold set."""
    old: dict[str, Any] = load() if FLOORS.exists() else {"gold_sha256": "", "floors": {}}
    if old["gold_sha256"] not in ("", gold_hash()) and not new_gold:
        raise ValueError("the gold set has changed: check what changed, then use --new-gold")
    before = {} if new_gold else old["floors"]
    floors = {name: max(value, before.get(name, 0.0)) for name, value in found.items()}
    return {"gold_sha256": gold_hash(), "documents": len(readable_ids()), "floors": floors}


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.devset_gate", description=__doc__)
    parser.add_argument("action", nargs="?", choices=("show", "raise"), default="show")
    parser.add_argument("--new-gold", action="store_true", help="the gold set has changed on purpose")
    args = parser.parse_args()
    if not devset_files():
        sys.exit(f"no development set at {DEVSET}")
    result = evaluation()
    print("\n".join(report_lines(result)))
    if args.action == "raise":
        new = raise_floors(figures(result), new_gold=args.new_gold)
        FLOORS.write_text(json.dumps(new, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Search the notices of a SQLite output, then look at the ledger rows of what was found.

policyparse convert corpora/notices -o out --to sqlite
python examples/search.py out/documents.sqlite 危桥 改造
"""

from __future__ import annotations

import sqlite3
import sys

import policyparse


def main(database: str, query: str) -> None:
    """Print the passages that hold every word of the query, with the units and the deadline of their measures."""
    ledger = sqlite3.connect(database)
    for hit in policyparse.find(database, query, limit=10):
        print(f"{hit.path}:{hit.line}  {hit.title or ''}\n    {hit.text[:60]}")
        units = "SELECT lead, responsible, cooperate, due FROM ledger WHERE measure_id = ?"
        for lead, responsible, cooperate, due in ledger.execute(units, (hit.measure_id,)):
            print(f"    牵头 {lead or '-'}  责任 {responsible or '-'}  配合 {cooperate or '-'}  截止 {due or '-'}")
    ledger.close()


if __name__ == "__main__":
    main(sys.argv[1], " ".join(sys.argv[2:]))

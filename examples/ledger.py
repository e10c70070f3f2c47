"""The task ledger (任务台账) of a folder of notices, and, for a first look, the units with the most tasks.

python examples/ledger.py corpora/notices 台账.xlsx
"""

from __future__ import annotations

import sys
from pathlib import Path

import policyparse
from policyparse.export import ledger


def main(folder: str, output: str) -> None:
    """Write the ledger. A file that cannot be read stands in 待核对, and stops nothing."""
    with ledger.open(Path(output)) as out:
        for result in policyparse.parse_many(folder):
            if result.document:
                out.add(result.document, str(result.path))
            else:
                out.failed(str(result.path), str(result.error))
        found = out.gathered
    print(f"{output}: {len(found.tasks)} tasks of {found.documents} documents, {len(found.units)} units")
    for unit in sorted(found.units.values(), key=lambda u: -len(u.duties))[:5]:
        print(f"{len(unit.duties):4} {unit.name}")


if __name__ == "__main__":
    main(*sys.argv[1:3])

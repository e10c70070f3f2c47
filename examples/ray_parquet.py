"""Convert an archive on a Ray cluster: a folder of Parquet files a table, ready for DuckDB, Spark or a warehouse.

    python examples/ray_parquet.py corpora/notices out
    RAY_ADDRESS=auto python examples/ray_parquet.py s3://bucket/notices s3://bucket/tables

Without RAY_ADDRESS, Ray is started on this machine. The same call again goes on where a run was ended. Needs
`pip install 'policyparse[ray]'` here and on every node.
"""

from __future__ import annotations

import sys

import policyparse.ray
from policyparse import Limits


def main(source: str, output: str) -> int:
    """Convert; tell what became of the inputs."""
    report = policyparse.ray.convert(source, output, limits=Limits(seconds=60))
    print(", ".join(f"{number} {status}" for status, number in report.counts.items()))
    for row in report.failures():
        print(f"failed: {row['path']}: {row['reason']}")
    return int(report.counts["failed"] > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

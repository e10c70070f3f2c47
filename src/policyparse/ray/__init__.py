"""Conversion on a Ray cluster: the same reading, limits and rows as `policyparse convert`, on many machines.

>>> import policyparse.ray
>>> report = policyparse.ray.convert("s3://bucket/notices", "s3://bucket/tables")

Inputs are grouped into shards. An actor reads a shard's files one by one in the worker processes of the local run
(`pool.py`), so that a file that hangs, crashes or eats memory costs itself only, and writes the shard's rows: a Parquet
file a table, named after what went in. Whatever is done twice (a machine was lost, the run was ended) is written to the
same names. See docs/archives.md.
"""

from __future__ import annotations

from .report import Report
from .run import Parse, convert, read, table

__all__ = ["Parse", "Report", "convert", "read", "table"]

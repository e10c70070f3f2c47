"""Shards: groups of inputs that are read, written and, when something goes wrong, done again together."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import NamedTuple

from .. import __version__
from ..batch.jobs import Job
from ..export.tables import TABLES_VERSION
from ..limits import ReadOptions
from ..model import SCHEMA_VERSION
from .sources import Input

_BYTES = 128 << 20
_MOST = 4
"""A shard holds so many times the number that is aimed at, at most."""


class Shard(NamedTuple):
    """Inputs, and a name that says what they are and how they are read: the same name, the same rows."""

    name: str
    inputs: list[Input]

    def packed(self) -> bytes:
        """Small, for the way to an actor: paths are much alike."""
        return zlib.compress(pickle.dumps(self, pickle.HIGHEST_PROTOCOL), 1)

    @classmethod
    def unpacked(cls, packed: bytes) -> Shard:
        """The other way round."""
        shard: Shard = pickle.loads(zlib.decompress(packed))
        return shard


def shards(inputs: Iterable[Input], options: ReadOptions, tables: Iterable[str], size: int) -> Iterator[Shard]:
    """Inputs in groups of about `size`.

    Where a group ends depends on the inputs' places alone, so that one that is new, changed or gone makes another shard
    of its own group and leaves all others as they are: a later run finds them finished.
    """
    how = [__version__, SCHEMA_VERSION, TABLES_VERSION, options.ocr, asdict(options.limits), sorted(tables)]
    group: list[Input] = []
    held = 0
    for given in inputs:
        group.append(given)
        held += max(0, given.size)
        if _ends(given, size) or len(group) >= size * _MOST or held >= _BYTES:
            yield _named(how, group)
            group, held = [], 0
    if group:
        yield _named(how, group)


def _ends(given: Input, size: int) -> bool:
    place = hashlib.blake2b(os.fsencode(given.job.relative), digest_size=8).digest()
    return int.from_bytes(place) % size == 0


def _named(how: list[object], inputs: list[Input]) -> Shard:
    said = [how, *([*_names(i.job), i.job.problem, i.size, i.modified] for i in inputs)]
    return Shard(hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32], inputs)


def _names(job: Job) -> list[str]:
    return [job.shown, os.fsencode(job.source).hex(), os.fsencode(job.relative).hex()]

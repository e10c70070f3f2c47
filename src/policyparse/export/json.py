"""JSON: one file a document, UTF-8, Chinese characters unescaped, names of the published schema."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model import PolicyDocument


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write one document (several: a JSON list of them)."""
    written = [doc.to_json() for doc in documents]
    content = written[0] if len(written) == 1 else "[" + ",\n".join(written) + "]"
    path.write_text(content + "\n", "utf-8", newline="\n")

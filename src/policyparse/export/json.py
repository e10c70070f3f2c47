"""JSON: one file a document, UTF-8, Chinese characters unescaped, names of the published schema."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..model import PolicyDocument


def write(documents: Iterable[PolicyDocument], path: Path) -> None:
    """Write one document (several: a JSON list of them)."""
    written = [doc.__pydantic_serializer__.to_json(doc, indent=1) for doc in documents]  # to_json() without its string
    content = written[0] if len(written) == 1 else b"[" + b",\n".join(written) + b"]"
    path.write_bytes(content + b"\n")

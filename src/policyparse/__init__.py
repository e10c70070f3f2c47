"""policyparse: Chinese official documents (公文) to typed, sourced facts.

>>> import policyparse
>>> doc = policyparse.parse("通知.txt")
>>> doc.document_number.normalized, doc.title.text, doc.measures_of("市教育局")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import LimitExceeded, MissingExtra, PolicyParseError, UnreadableFile, UnsupportedFormat

if TYPE_CHECKING:
    from .archives import Member, parse_archive
    from .batch.many import Result, parse_many
    from .export.find import find
    from .frames import to_frames
    from .limits import Limits
    from .model import PolicyDocument
    from .pipeline import parse, parse_bytes, parse_text
    from .text import Span

__version__ = "0.1.0"
__all__ = [
    "LimitExceeded",
    "Limits",
    "Member",
    "MissingExtra",
    "PolicyDocument",
    "PolicyParseError",
    "Result",
    "Span",
    "UnreadableFile",
    "UnsupportedFormat",
    "__version__",
    "find",
    "parse",
    "parse_archive",
    "parse_bytes",
    "parse_many",
    "parse_text",
    "to_frames",
]

_WHERE = {
    "find": "export.find",
    "parse": "pipeline",
    "parse_many": "batch.many",
    "Result": "batch.many",
    "Member": "archives",
    "parse_archive": "archives",
    "parse_bytes": "pipeline",
    "parse_text": "pipeline",
    "to_frames": "frames",
    "Limits": "limits",
    "PolicyDocument": "model",
    "Span": "text",
}


def __getattr__(name: str) -> Any:
    """Load the machinery on first use, so that `import policyparse` costs next to nothing."""
    if name not in _WHERE:
        raise AttributeError(f"module 'policyparse' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_WHERE[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

"""Text -> Anatomy: which stretch of the text is header, body, signature, enclosed text, annex or imprint."""

from .dissect import dissect
from .model import Anatomy, Part, PartKind

__all__ = ["Anatomy", "Part", "PartKind", "dissect"]

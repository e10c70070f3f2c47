"""Person names, and where a name ends and a post begins. jieba is loaded only when punctuation does not decide."""

from __future__ import annotations


def is_person(name: str) -> bool:
    """Whether `name` (2-4 characters, or with ·) reads as a person's name: surname list first, jieba in doubt."""
    return False

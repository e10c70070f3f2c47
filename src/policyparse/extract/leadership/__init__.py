"""Leadership groups (领导小组, 工作专班, 指挥部 …) with members and office."""

from .read import extract_leadership

__all__ = ["extract_leadership"]

"""Measures (工作措施, 重点任务) with their responsible units, roles and deadlines."""

from .read import extract_measures

__all__ = ["extract_measures"]

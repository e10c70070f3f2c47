"""Stages of a plan (阶段, 步骤): what announces them, how one begins, and the period it has."""

from .head import Head, read_head
from .lines import after_bullet, inline_stages, line_stage
from .listed import listed_periods
from .marks import Marks
from .signals import Signals, read_signals
from .texts import opens_with_date, period_in_text

__all__ = [
    "Head",
    "Marks",
    "Signals",
    "after_bullet",
    "inline_stages",
    "line_stage",
    "listed_periods",
    "opens_with_date",
    "period_in_text",
    "read_head",
    "read_signals",
]

"""Phases (实施阶段, 方法步骤): lists of stages, each with its name and period."""

from .read import extract_phases

__all__ = ["extract_phases"]

"""Loaded before worker processes are forked, where search is wanted: jieba's dictionary, which they then share."""

from __future__ import annotations

from .tokens import dictionary

dictionary()

"""Date expressions of Chinese official documents -> periods. One engine, used by every extractor."""

from .find import find_dates, read_period
from .model import DateContext, DateExpression, Marker

__all__ = ["DateContext", "DateExpression", "Marker", "find_dates", "read_period"]

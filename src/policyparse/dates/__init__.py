"""Date expressions of Chinese official documents -> periods. One engine, used by every extractor."""

from .find import find_dates
from .model import DateContext, DateExpression, Marker
from .output import report_date, stated
from .period import read_period

__all__ = [
    "DateContext",
    "DateExpression",
    "Marker",
    "find_dates",
    "read_period",
    "report_date",
    "stated",
]

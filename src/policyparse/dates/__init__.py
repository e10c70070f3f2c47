"""Date expressions of Chinese official documents -> periods. One engine, used by every extractor."""

from .find import find_dates
from .model import DateContext, DateExpression, Marker
from .output import as_period, report_date
from .period import read_period

__all__ = [
    "DateContext",
    "DateExpression",
    "Marker",
    "as_period",
    "find_dates",
    "read_period",
    "report_date",
]

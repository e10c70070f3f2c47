"""Due dates in running text: which dates say by when something must be done (annotation guide, deadlines).

Shared by the deadlines of the document and those inside a phase.
"""

from .find import find_due, inside, overlaps

__all__ = ["find_due", "inside", "overlaps"]

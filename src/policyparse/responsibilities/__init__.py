"""Responsibility notes: （责任单位：A、B）, （A牵头，B配合）, 责任单位：A …, 由A牵头，B配合。 -> units with roles.

`find_notes` goes bracket-first and colon-first: a note is a closed bracket whose content reads as one, a label
with a colon outside brackets, or a last sentence that only allots the task. `read_cell` reads a table cell.
"""

from .brackets import read_bracket
from .find import find_notes, read_cell
from .labels import begins_with_label
from .model import Assignment, Note, RoleRule
from .roles import apply_rule, stated_rule
from .same import SAME

__all__ = [
    "SAME",
    "Assignment",
    "Note",
    "RoleRule",
    "apply_rule",
    "begins_with_label",
    "find_notes",
    "read_bracket",
    "read_cell",
    "stated_rule",
]

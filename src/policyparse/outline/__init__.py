"""Text -> Doc: the outline of the document (its numbered sections as a tree), with quick ways to find an item.

The steps: `styles` and `markers` say what may be an item number at the start of a line, `runs` inside a paragraph;
`candidates` gathers them for a text; `levels` ranks the styles of a part; `tree` decides by continuity which numbers
count, and `open_lists` makes them nodes, with the headings that `headings` reads.
"""

from .doc import AFTER_NUMBER, Doc, build, path
from .node import MAX_DEPTH, Node

__all__ = ["AFTER_NUMBER", "MAX_DEPTH", "Doc", "Node", "build", "path"]

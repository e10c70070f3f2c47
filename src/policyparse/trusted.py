"""Output objects out of values that were made here, without pydantic's checks.

A notice gives hundreds of output objects, and checking what the extractors have just made takes two to four times as
long as making the objects. What comes from outside (JSON, a user) is validated as ever. tests/test_trusted.py
compares every object of many documents with its validated self.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
Fields = dict[str, Any]
"""Values by the name of their field."""

_set_values = BaseModel.__dict__["__dict__"].__set__
"""What validation does with the values, once it has checked them."""


def trusted(model: type[Model]) -> Callable[[Fields], Model]:
    """A maker of objects: give it all fields in the order of the model; the dict becomes the object's own."""
    new = object.__new__

    def make(values: Fields) -> Model:
        made = new(model)
        _set_values(made, values)
        return made

    return make

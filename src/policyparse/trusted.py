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

# what validation sets on an object, once it has checked the values
_set_values, _set_names, _set_extra, _set_private = (
    BaseModel.__dict__[slot].__set__
    for slot in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


def trusted(model: type[Model]) -> Callable[[Fields], Model]:
    """A maker of objects: give it all fields in the order of the model; the dict becomes the object's own."""
    names, new = set(model.model_fields), object.__new__

    def make(values: Fields) -> Model:
        made = new(model)
        _set_values(made, values)
        _set_names(made, names)
        _set_extra(made, None)
        _set_private(made, None)
        return made

    return make

"""The published JSON Schema of PolicyDocument, with the docstrings of model.py as descriptions.

The docstrings are read from the source here and not by pydantic's own `use_attribute_docstrings`, which would make
every import of the model half again as slow.
"""

from __future__ import annotations

import ast
from importlib.resources import files
from typing import Any

from .model import PolicyDocument

_MODULES = ("model.py", "text.py")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

Docs = dict[str, dict[str, str]]


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of what `PolicyDocument.to_json` writes."""
    made = PolicyDocument.model_json_schema(mode="serialization")
    docs = _docstrings()
    for name, part in [("PolicyDocument", made), *made.get("$defs", {}).items()]:
        _describe(part, docs.get(name, {}))
    return {"$schema": _DIALECT, **made}


def _describe(part: dict[str, Any], docs: dict[str, str]) -> None:
    if "" in docs:
        part["description"] = docs[""]
    for field, content in part.get("properties", {}).items():
        if field in docs:
            content["description"] = docs[field]


def _docstrings() -> Docs:
    """Class -> field -> docstring; the class's own under the empty name."""
    found: Docs = {}
    for module in _MODULES:
        tree = ast.parse((files(__package__) / module).read_text("utf-8"))
        found |= {node.name: _of_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}
    return found


def _of_class(node: ast.ClassDef) -> dict[str, str]:
    own = ast.get_docstring(node)
    docs = {"": own} if own else {}
    for field, after in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            docs[field.target.id] = " ".join(str(after.value.value).split())
    return docs

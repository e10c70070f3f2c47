"""Layers point one way: an import that would turn the river around fails here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import policyparse

PACKAGE = Path(policyparse.__file__).parent
ENGINES = (
    *("dates", "organisations", "numbers", "numerals", "persons", "responsibilities"),
    *("stages", "rules", "lexicon", "squeeze", "text", "source"),
)
SHARED = ("due",)
"""Readings of a Doc that several extractors use."""
TOP = (*("pipeline", "batch", "cli", "show", "schema", "evaluate", "export", "ray"),)
STAGES = ("normalise", "anatomy", "outline", "tables", "assemble")


def modules() -> dict[str, Path]:
    """Dotted name below the package -> file."""
    found: dict[str, Path] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(name: str, *, at_import: bool = False) -> set[str]:
    """Modules of the package that module `name` imports; with `at_import` only those needed to load it."""
    tree = ast.parse(MODULES[name].read_text("utf-8"))
    base = name.split(".") if MODULES[name].name == "__init__.py" else name.split(".")[:-1]
    found: set[str] = set()
    for node in _nodes(tree, at_import):
        if isinstance(node, ast.ImportFrom) and node.level:
            up = [p for p in base if p][: len([p for p in base if p]) - (node.level - 1)]
            target = ".".join([*up, *([node.module] if node.module else [])])
            found |= {_module(target, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("policyparse"):
            target = (node.module or "").removeprefix("policyparse").lstrip(".")
            found |= {_module(target, alias.name) for alias in node.names}
    return found - {name, ""}


def _nodes(tree: ast.Module, at_import: bool) -> Iterator[ast.AST]:
    if not at_import:
        yield from ast.walk(tree)
        return
    for node in tree.body:
        typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not typing_only and not isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from ast.walk(node)


def _module(target: str, name: str) -> str:
    inner = f"{target}.{name}".lstrip(".")
    return inner if inner in MODULES else target


def within(name: str, layer: str) -> bool:
    """True for the layer's module, its package and its helpers (dates, dates.x, dates_x)."""
    return name == layer or name.startswith((layer + ".", layer + "_"))


def family(extractor: str) -> str:
    """measures.notes belongs to measures."""
    return extractor.split(".")[1]


def of(layer: str) -> list[str]:
    return [n for n in MODULES if within(n, layer)]


@pytest.mark.parametrize("name", of("readers"))
def test_readers_know_nothing_of_what_comes_after_them(name: str) -> None:
    later = [i for i in imports(name) if any(within(i, x) for x in (*STAGES, *TOP, "extract", "model"))]
    assert not later


@pytest.mark.parametrize("name", of("extract"))
def test_extractors_never_call_each_other_nor_readers_nor_outputs(name: str) -> None:
    used = imports(name)
    others = [i for i in used if i.startswith("extract.") and "." in name and family(i) != family(name)]
    assert not others
    assert not [i for i in used if any(within(i, x) for x in (*TOP, "readers"))]


@pytest.mark.parametrize("name", of("export"))
def test_outputs_see_only_the_model(name: str) -> None:
    allowed = ("model", "export", "errors", "text", "lexicon")
    assert not [i for i in imports(name) if not any(within(i, x) for x in allowed)]


@pytest.mark.parametrize("name", [n for e in ENGINES for n in of(e)])
def test_engines_know_no_stage(name: str) -> None:
    loaded = imports(name, at_import=True)
    assert not [i for i in loaded if any(within(i, x) for x in (*STAGES, *TOP, "readers", "extract"))]


@pytest.mark.parametrize("name", [n for e in SHARED for n in of(e)])
def test_what_extractors_share_knows_none_of_them(name: str) -> None:
    assert not [i for i in imports(name) if any(within(i, x) for x in (*TOP, "readers", "extract"))]


@pytest.mark.parametrize("name", [n for s in STAGES for n in of(s)])
def test_stages_know_no_extractor(name: str) -> None:
    loaded = imports(name, at_import=True)
    assert not [i for i in loaded if any(within(i, x) for x in (*TOP, "readers", "extract"))]


def test_no_module_needs_itself_to_load() -> None:
    graph = {name: imports(name, at_import=True) for name in MODULES}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, "import cycle: " + " -> ".join((*above, name))
        if name not in done:
            for needed in sorted(graph.get(name, ())):
                visit(needed, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_heavy_libraries_are_loaded_only_where_needed() -> None:
    heavy = {"jieba", "rich", "docx", "pdfplumber", "openpyxl", "pyarrow", "pandas", "ray"}
    for name, path in MODULES.items():
        for node in _nodes(ast.parse(path.read_text("utf-8")), at_import=True):
            named = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            named += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            assert not heavy & {n.split(".")[0] for n in named}, f"{name} loads {named} at import"

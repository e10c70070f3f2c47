"""Writes the tables of docs/outputs.md from the definitions: python -m tools.outputs_doc"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policyparse.export import OUTPUTS
from policyparse.export.ledger.sheets import SHEETS
from policyparse.export.tables import TABLES

PAGE = Path(__file__).resolve().parent.parent / "docs" / "outputs.md"


def generated(page: str) -> str:
    """`page` with the stretches between its marks made anew."""
    for name, lines in (("outputs", _outputs()), ("tables", _tables()), ("ledger", _ledger())):
        begin, end = f"<!-- {name}: generated -->\n", f"<!-- /{name} -->\n"
        before, _, rest = page.partition(begin)
        page = before + begin + "\n".join(lines) + "\n" + end + rest.partition(end)[2]
    return page


def _outputs() -> Iterator[str]:
    yield "| `--to` | where | needs | what |"
    yield "|---|---|---|---|"
    for name, output in OUTPUTS.items():
        if output.folder:
            where = f"`OUT/{name}/`"
        else:
            where = f"`OUT/documents{output.suffix}`" if output.single else f"`OUT/…/<file name>{output.suffix}`"
        needs = f"`pip install 'policyparse[{output.extra}]'`" if output.extra else ""
        yield f"| `{name}` | {where} | {needs} | {output.about} |"


def _tables() -> Iterator[str]:
    for table in TABLES:
        yield f"\n### `{table.name}` {table.term}\n"
        yield f"{table.about[0].upper()}{table.about[1:]}. Key: {', '.join(f'`{k}`' for k in table.key)}.\n"
        yield "| column | type | 中文 | what |"
        yield "|---|---|---|---|"
        for column in table.columns:
            notes = [column.about]
            notes += [f"→ `{column.references}`"] if column.references else []
            notes += ["not in xlsx and csv"] if column.long else []
            type_ = column.type if column.required else f"{column.type}?"
            yield f"| `{column.name}` | {type_} | {column.term} | {'; '.join(notes)} |"


def _ledger() -> Iterator[str]:
    yield "| sheet | columns |"
    yield "|---|---|"
    for name, columns in SHEETS.items():
        yield f"| {name} | {'、'.join(c.term + ('*' if c.rare else '') for c in columns)} |"


if __name__ == "__main__":
    PAGE.write_text(generated(PAGE.read_text("utf-8")), "utf-8")

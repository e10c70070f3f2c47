"""A line a note: unit/role (Lead, Cooperate, Supervise, Responsible; p person), due=…; `cell …` reads a cell."""

from policyparse.responsibilities import Note, find_notes, read_cell
from policyparse.squeeze import squeeze

LETTER = {"lead": "L", "cooperate": "C", "supervise": "S", "responsible": "R"}


def show(string: str, note: Note) -> str:
    for a in note.assignments:
        shown = squeeze(string[note.base + a.unit.start : note.base + a.unit.end])
        assert a.unit.name in shown, f"{a.unit.name} is not where its place says: {shown}"
    units = [f"{a.unit.name}/{LETTER[a.role]}{'p' if a.person else ''}" for a in note.assignments]
    return " ".join([*units, *([f"due={string[slice(*note.deadline)]}"] if note.deadline else [])])


def read(given: str) -> list[str]:
    given = given.rstrip("\n")
    if given.startswith("cell "):
        return [line for line in [show(given, read_cell(given, 5, len(given), "responsible"))] if line]
    return [show(given, note) for note in find_notes(given)]

"""What all outputs have in common: streams that are there wholly or not at all, and the same bytes every time."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from policyparse.errors import UnreadableFile
from policyparse.export import OUTPUTS, exporter, place, stream
from policyparse.model import PolicyDocument, Source
from tests.documents import CORPORA, parsed

DOCUMENTS = [parsed(p) for p in sorted((CORPORA / "notices").iterdir())]
TOGETHER = [name for name, output in OUTPUTS.items() if output.single]
REPLACED = [name for name in TOGETHER if not OUTPUTS[name].appends]
ODD = PolicyDocument(source=Source(name="=1+1\x07.txt"), text="\x00=cmd\x0b|' /C calc'!A0\ufffe\r\n甲\t乙")
"""A document of characters that some formats cannot hold."""


def state(folder: Path) -> dict[str, str]:
    """Every file below a folder with its content."""
    files = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in files}


def written(name: str, folder: Path, documents: list[PolicyDocument]) -> dict[str, str]:
    for i, part in enumerate([documents] if OUTPUTS[name].single else [[d] for d in documents]):
        target = place(name, folder) if OUTPUTS[name].single else folder / f"{i}{OUTPUTS[name].suffix}"
        target.parent.mkdir(parents=True, exist_ok=True)
        exporter(name).write(part, target)
    return state(folder)


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_same_documents_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    first = written(name, tmp_path / "a", DOCUMENTS)
    assert first == written(name, tmp_path / "b", DOCUMENTS)
    assert first and not [f for f in first if ".part" in f]


@pytest.mark.parametrize("name", OUTPUTS)
def test_any_character_can_be_written(name: str, tmp_path: Path) -> None:
    assert written(name, tmp_path, [ODD])


@pytest.mark.parametrize("name", TOGETHER)
def test_no_documents_are_an_output_too(name: str, tmp_path: Path) -> None:
    assert written(name, tmp_path, [])


@pytest.mark.parametrize("name", TOGETHER)
def test_an_error_leaves_no_trace(name: str, tmp_path: Path) -> None:
    target = place(name, tmp_path)
    with pytest.raises(ZeroDivisionError), stream(name).open(target) as out:
        out.add(DOCUMENTS[0])
        raise ZeroDivisionError
    assert state(tmp_path) == {}


@pytest.mark.parametrize("name", TOGETHER)
def test_an_error_leaves_the_earlier_output(name: str, tmp_path: Path) -> None:
    before = written(name, tmp_path, DOCUMENTS[:2])
    with pytest.raises(ZeroDivisionError), stream(name).open(place(name, tmp_path)) as out:
        out.add(DOCUMENTS[3])
        raise ZeroDivisionError
    assert state(tmp_path) == before


@pytest.mark.parametrize("name", TOGETHER)
def test_abort_and_close_may_be_called_again(name: str, tmp_path: Path) -> None:
    with stream(name).open(place(name, tmp_path)) as out:
        out.add(DOCUMENTS[0])
        out.abort()
        out.abort()
    assert state(tmp_path) == {}
    with stream(name).open(place(name, tmp_path)) as out:
        out.add(DOCUMENTS[0])
        out.close()
    assert state(tmp_path)


@pytest.mark.parametrize("name", REPLACED)
def test_an_output_is_replaced(name: str, tmp_path: Path) -> None:
    written(name, tmp_path / "a", DOCUMENTS)
    assert written(name, tmp_path / "a", DOCUMENTS[:1]) == written(name, tmp_path / "b", DOCUMENTS[:1])


@pytest.mark.parametrize("name", REPLACED)
def test_what_a_killed_run_has_left_is_cleared_away(name: str, tmp_path: Path) -> None:
    killed = stream(name).open(place(name, tmp_path / "a"))
    killed.add(DOCUMENTS[0])
    assert written(name, tmp_path / "a", DOCUMENTS[:1]) == written(name, tmp_path / "b", DOCUMENTS[:1])
    killed.abort()


@pytest.mark.parametrize("name", [n for n in TOGETHER if OUTPUTS[n].folder])
class TestFolders:
    def test_a_folder_with_other_files_is_left_alone(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).mkdir()
        (tmp_path / name / "毕业论文.docx").write_text("mine", "utf-8")
        with pytest.raises(UnreadableFile, match="holds other files"):
            stream(name).open(place(name, tmp_path))
        assert list(state(tmp_path)) == [f"{name}/毕业论文.docx"]

    def test_a_file_in_its_place_is_left_alone(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).write_text("mine", "utf-8")
        with pytest.raises(UnreadableFile, match="is a file"):
            stream(name).open(place(name, tmp_path))

    def test_a_run_killed_between_two_renames_loses_nothing(self, name: str, tmp_path: Path) -> None:
        before = written(name, tmp_path, DOCUMENTS[:1])
        (tmp_path / name).rename(tmp_path / f".{name}.old")
        stream(name).open(place(name, tmp_path)).abort()
        assert state(tmp_path) == before

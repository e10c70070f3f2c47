"""The SQLite output: keys, search, the view `ledger`, adding and replacing, transactions."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any
from unicodedata import normalize

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policyparse
from policyparse.errors import UnreadableFile
from policyparse.export import sqlite
from policyparse.export.tables import TABLES, rows
from policyparse.export.tokens import asked, cut, tokens
from policyparse.model import PolicyDocument, Source
from tests.documents import CORPORA, notices, parsed

DOCUMENTS = [parsed(p) for p in sorted((CORPORA / "notices").iterdir())]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "库 1.sqlite"
    sqlite.write(DOCUMENTS, path)
    return path


def ask(path: Path, query: str, *values: object) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def counts(path: Path) -> dict[str, int]:
    names = [*(t.name for t in TABLES), "passages", "search"]
    return {name: ask(path, f"SELECT count(*) FROM {name}")[0][0] for name in names}


def made_up(name: str, text: str) -> PolicyDocument:
    return policyparse.parse_bytes(text.encode(), name)


def test_tables_hold_every_row(database: Path) -> None:
    for table in TABLES:
        found = ask(database, f"SELECT * FROM {table.name} ORDER BY rowid")
        expected = [r for doc in DOCUMENTS for r in rows(doc)[table.name]]
        assert [tuple(map(str, r)) for r in found] == [
            tuple(str(int(v)) if isinstance(v, bool) else str(v) for v in r) for r in expected
        ]


def test_the_database_is_sound(database: Path) -> None:
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "PRAGMA foreign_key_check") == []
    assert ask(database, "INSERT INTO search (search) VALUES ('integrity-check') RETURNING 1") in ([], [(1,)])


def test_dates_are_dates_to_sqlite(database: Path) -> None:
    assert ask(database, "SELECT count(*) FROM deadlines WHERE date(due_end) IS NOT due_end") == [(0,)]


def test_the_ledger_is_a_row_a_measure_with_its_units(database: Path) -> None:
    found = ask(database, "SELECT path, lead, cooperate, due, line, title FROM ledger WHERE due = '2021-03-31'")
    assert found == [
        (
            *("一、(二)", "综规处、机关党委、包保帮扶工作队", "财务处、公路局、运输局", "2021-03-31", 8),
            "2020年决战决胜交通运输脱贫攻坚重点任务清单",
        )
    ]
    assert ask(database, "SELECT count(*) FROM ledger") == [(sum(len(d.measures) for d in DOCUMENTS),)]


def test_lookups_use_indexes(database: Path) -> None:
    for query in (
        "SELECT * FROM responsibilities WHERE unit = 'x'",
        "SELECT * FROM measures WHERE deadline_end < 'x'",
        "SELECT * FROM documents WHERE path = 'x'",
        "SELECT * FROM phases WHERE document_id = 'x'",
    ):
        assert "USING INDEX" in str(ask(database, f"EXPLAIN QUERY PLAN {query}"))


class TestSearch:
    def test_words_are_found_inside_longer_ones(self) -> None:
        assert {"脱贫", "攻坚", "攻坚战"} <= set(tokens("脱贫攻坚战").split())
        assert tokens("〔２０１８〕81号，ＡＢ") == "2018 81 号 AB"
        assert asked('"资金" AND (监管)') == '"资金" "AND" "监管"'
        assert asked("，。") == ""

    @given(st.text(st.sampled_from("市教育局脱贫攻坚战责任单位发展和改革委员会研究生命题abX019_éのё𠮷"), max_size=16))
    @settings(max_examples=300, deadline=None)
    def test_words_are_those_of_jieba(self, text: str) -> None:
        assert tokens(text) == " ".join(jieba.lcut_for_search(text, HMM=False))

    def test_words_of_notices_are_those_of_jieba(self) -> None:
        for document in DOCUMENTS:
            for part in re.findall(r"\w+", normalize("NFKC", document.text)):
                assert cut(part) == jieba.lcut(part, HMM=False)

    def test_a_hit_is_a_passage_with_its_place(self, database: Path) -> None:
        hits = policyparse.find(database, "〔2018〕81号")
        assert [h.document_number for h in hits] == ["吉交发〔2018〕81号"]
        source = DOCUMENTS[0]
        assert source.text[hits[0].span.start : hits[0].span.end] == hits[0].text == "吉交发〔2018〕81号"
        assert hits[0].line == source.locate(hits[0].span)[0].line

    def test_every_word_must_be_there(self, database: Path) -> None:
        for hit in policyparse.find(database, "资金 监管", limit=100):
            assert "资金" in hit.text and "监管" in hit.text
        assert policyparse.find(database, "资金 航天飞机") == []

    def test_a_hit_in_a_measure_names_it(self, database: Path) -> None:
        hit = policyparse.find(database, "危桥改造")[0]
        assert ask(database, "SELECT count(*) FROM ledger WHERE measure_id = ?", hit.measure_id) == [(1,)]

    def test_what_the_dictionary_cuts_otherwise_is_found_as_written(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sqlite"
        sqlite.write([made_up("a.txt", "关于做好工作的通知\n\n市长江大桥养护\n")], path)
        assert [h.text for h in policyparse.find(path, "长江大桥养")] == ["市长江大桥养护"]

    def test_search_syntax_in_a_query_is_harmless(self, database: Path) -> None:
        for query in (
            '"',
            "NEAR(",
            "words:资金",
            "资金*",
            "^资金",
            "'; DROP TABLE documents; --",
            "  ",
            "-资金",
            "（）",
        ):
            policyparse.find(database, query)

    def test_what_is_no_database_says_so(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableFile, match="is not there"):
            policyparse.find(tmp_path / "none.sqlite", "资金")
        (tmp_path / "a.sqlite").write_text("no database, certainly not" * 100)
        with pytest.raises(UnreadableFile, match="no SQLite database"):
            policyparse.find(tmp_path / "a.sqlite", "资金")


@settings(max_examples=25, deadline=None)
@given(text=notices())
def test_any_notice_goes_in_and_comes_out(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.sqlite"  # one for all: each takes the place of the last
    doc = policyparse.parse_bytes(text.encode(), "a.txt")
    sqlite.write([doc], path)
    assert counts(path)["documents"] == 1
    assert ask(path, "PRAGMA foreign_key_check") == []
    passages = ask(path, "SELECT span_start, span_end FROM passages ORDER BY ordinal")
    assert [doc.text[a:b] for a, b in passages] == [line for line in doc.text.split("\n") if line.strip()]


class TestAdding:
    def test_documents_are_added_to_what_is_there(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sqlite"
        sqlite.write(DOCUMENTS[:2], path)
        sqlite.write(DOCUMENTS[2:], path)
        sqlite.write(DOCUMENTS[:1], tmp_path / "b.sqlite")
        assert counts(path)["documents"] == 5

    def test_the_same_documents_again_change_nothing(self, tmp_path: Path, database: Path) -> None:
        path = tmp_path / "a.sqlite"
        for _ in range(3):
            sqlite.write(DOCUMENTS, path)
        assert counts(path) == counts(database)
        assert [h.text for h in policyparse.find(path, "危桥")] == [h.text for h in policyparse.find(database, "危桥")]
        assert ask(path, "PRAGMA foreign_key_check") == []

    def test_a_changed_file_takes_the_place_of_the_earlier_one(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sqlite"
        sqlite.write(
            [made_up("a.txt", "关于防汛的通知\n\n一、加强巡查。\n"), made_up("b.txt", "关于防火的通知\n")], path
        )
        sqlite.write([made_up("a.txt", "关于抗旱的通知\n\n一、加强灌溉。\n")], path)
        assert ask(path, "SELECT path, title FROM documents ORDER BY path") == [
            ("a.txt", "关于抗旱的通知"),
            ("b.txt", "关于防火的通知"),
        ]
        assert policyparse.find(path, "防汛") == [] == policyparse.find(path, "巡查")
        assert counts(path)["search"] == counts(path)["passages"]

    def test_the_same_bytes_at_two_places_are_two_documents(self, tmp_path: Path) -> None:
        with sqlite.open(tmp_path / "a.sqlite") as out:
            out.add(DOCUMENTS[0], "甲/a.txt")
            out.add(DOCUMENTS[0], "乙/a.txt")
        assert counts(tmp_path / "a.sqlite")["documents"] == 2

    def test_texts_without_a_name_are_not_taken_for_each_other(self, tmp_path: Path) -> None:
        sqlite.write([PolicyDocument(source=Source(), text=t) for t in ("甲", "乙", "甲")], tmp_path / "a.sqlite")
        assert counts(tmp_path / "a.sqlite")["documents"] == 2

    def test_flushed_documents_stay_when_the_rest_is_dropped(self, tmp_path: Path) -> None:
        with pytest.raises(ZeroDivisionError), sqlite.open(tmp_path / "a.sqlite") as out:
            out.add(DOCUMENTS[0])
            out.flush()
            out.add(DOCUMENTS[1])
            raise ZeroDivisionError
        assert ask(tmp_path / "a.sqlite", "SELECT name FROM documents") == [(DOCUMENTS[0].source.name,)]

    def test_a_document_that_fails_leaves_the_others(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        with sqlite.open(tmp_path / "a.sqlite") as out:
            out.add(DOCUMENTS[0])
            with monkeypatch.context() as broken, pytest.raises(RuntimeError):
                broken.setattr(sqlite, "tokens", lambda text: (_ for _ in ()).throw(RuntimeError))
                out.add(DOCUMENTS[1])
            out.add(DOCUMENTS[2])
        assert counts(tmp_path / "a.sqlite")["documents"] == 2
        assert ask(tmp_path / "a.sqlite", "PRAGMA foreign_key_check") == []

    def test_others_files_are_left_alone(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(tmp_path / "theirs.sqlite")
        connection.execute("CREATE TABLE t (x)")
        connection.commit()
        connection.close()
        with pytest.raises(UnreadableFile, match="another program"):
            sqlite.open(tmp_path / "theirs.sqlite")
        (tmp_path / "text.sqlite").write_text("no database" * 200)
        with pytest.raises(UnreadableFile, match="no SQLite database"):
            sqlite.open(tmp_path / "text.sqlite")

    def test_a_database_of_another_version_says_what_to_do(self, tmp_path: Path) -> None:
        path = tmp_path / "a.sqlite"
        sqlite.write([], path)
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        with pytest.raises(UnreadableFile, match=r"version 99.*convert again"):
            sqlite.open(path)

    def test_a_locked_database_is_an_error_of_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sqlite, "_WAIT", 0.05)
        with sqlite.open(tmp_path / "a.sqlite"), pytest.raises(OSError, match="locked"):
            sqlite.open(tmp_path / "a.sqlite")

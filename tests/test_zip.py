"""Archives: every member a document of its own; names, passwords, archives in archives; bombs and damage."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest

import policyparse
from policyparse import LimitExceeded, Limits, Member, PolicyParseError, UnreadableFile, UnsupportedFormat
from policyparse.limits import ReadOptions
from policyparse.readers.zipped import Shelf
from policyparse.readers.zipped import files as zipped_files
from policyparse.readers.zipped.names import Names, clean, skipped
from tests.workbooks import ledger_xlsx
from tests.zips import encrypted, notice, raw_zip, stored, tarred, zeros, zipped

OPTIONS = ReadOptions(limits=Limits())


def members(data: bytes | Path, **options: object) -> list[Member]:
    return list(policyparse.parse_archive(data, **options))  # type: ignore[arg-type]


def names(data: bytes) -> list[str]:
    return [e.name for e in Shelf(data, OPTIONS).entries()]


def why(member: Member) -> str:
    """Why there is no document, in words."""
    return str(member.error)


# --- members ----------------------------------------------------------------------------------------------------


def test_each_member_is_a_document(tmp_path: Path) -> None:
    data = zipped(
        [
            ("甲.txt", notice("甲")),
            ("夹/", b""),
            ("夹/乙.html", "<p>关于乙的通知</p>".encode()),
            ("表.xlsx", ledger_xlsx()),
        ]
    )
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    for source in (data, path):
        found = members(source)
        assert [m.name for m in found] == ["甲.txt", "夹/乙.html", "表.xlsx"]
        assert all(m.document and not m.error for m in found)
        assert [m.document.source.name for m in found if m.document] == ["甲.txt", "乙.html", "表.xlsx"]
    assert members(path)[0].document == policyparse.parse_bytes(notice("甲"), "甲.txt")


def test_a_bad_member_stops_no_other() -> None:
    found = members(
        zipped(
            [("a.txt", notice()), ("b.png", b"\x89PNG\r\n\x1a\n"), ("c.rar", b"Rar!\x1a\x07\x00"), ("d.txt", notice())]
        )
    )
    assert [bool(m.document) for m in found] == [True, False, False, True]
    assert "RAR archive" in why(found[2])
    assert "unpack it" in why(found[2])


def test_members_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = Shelf.read
    monkeypatch.setattr(Shelf, "read", lambda self, path: read.append(path[-1]) or real(self, path))  # type: ignore[func-returns-value]
    iterator = policyparse.parse_archive(zipped([(f"{n}.txt", notice()) for n in range(5)]))
    next(iterator)
    assert read == ["0.txt"]


def test_one_document_inside_is_the_document() -> None:
    data = zipped([("通知.txt", notice()), ("logo.ico", b"\x00\x00\x01\x00"), ("__MACOSX/._通知.txt", b"\x00\x05")])
    doc = policyparse.parse_bytes(data, "a.zip")
    assert doc.title is not None
    assert doc.source.name == "a.zip"
    assert policyparse.parse_bytes(zipped([("in.zip", data)]), "b.zip").text == doc.text


@pytest.mark.parametrize("name", ["a.zip", None])
def test_several_documents_inside_are_an_error_that_says_what_to_do(name: str | None) -> None:
    data = zipped([("a.txt", notice()), ("b.txt", notice()), ("in.zip", zipped([("c.txt", notice())]))])
    with pytest.raises(UnsupportedFormat, match=r"archive of 3 documents.*parse_archive.*policyparse convert"):
        policyparse.parse_bytes(data, name)


def test_an_archive_without_documents() -> None:
    with pytest.raises(UnreadableFile, match="without documents"):
        policyparse.parse_bytes(zipped([]), "a.zip")
    assert members(zipped([("夹/", b"")])) == []


def test_documents_are_no_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(ledger_xlsx())
    for source in (path, ledger_xlsx(), notice()):
        with pytest.raises(UnsupportedFormat, match=r"no archive.*policyparse\.parse"):
            policyparse.parse_archive(source)
    with pytest.raises(UnreadableFile, match="nowhere"):
        policyparse.parse_archive(tmp_path / "nowhere.zip")


def test_an_archive_with_a_folder_named_word_is_one() -> None:
    assert names(zipped([("word/通知.txt", notice()), ("xl/乙.txt", notice())])) == ["word/通知.txt", "xl/乙.txt"]
    assert [m.name for m in members(zipped([("word/通知.txt", notice())]))] == ["word/通知.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_tar(mode: str) -> None:
    found = members(tarred([("夹/甲.txt", notice()), ("../乙.txt", notice()), (".hidden", b"x")], mode))
    assert [m.name for m in found] == ["夹/甲.txt", "乙.txt"]
    assert all(m.document for m in found)


def test_one_file_packed_with_gzip(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt.gz"
    path.write_bytes(gzip.compress(notice()))
    assert [m.name for m in members(path)] == ["通知.txt"]
    assert policyparse.parse(path).title


@pytest.mark.parametrize("data", [b"Rar!\x1a\x07\x01\x00" + bytes(50), b"7z\xbc\xaf\x27\x1c" + bytes(50)])
def test_archives_that_are_not_read(data: bytes) -> None:
    for act in (policyparse.parse_archive, policyparse.parse_bytes):
        with pytest.raises(UnsupportedFormat, match="unpack it and give the folder"):
            act(data)


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("通知/关于防汛.txt".encode("gb18030"), "通知/关于防汛.txt"),
        ("通知.txt".encode(), "通知.txt"),
        ("乗\\甲.txt".encode("gb18030"), "乗/甲.txt"),
        (b"caf\x82.txt", "café.txt"),
        (b"plain.txt", "plain.txt"),
    ],
)
def test_names_in_old_code_pages(raw: bytes, name: str) -> None:
    assert names(stored([(raw, notice())])) == [name]


def test_a_name_in_utf_8_beside_the_old_one() -> None:
    raw = b"???.txt".replace(b"?", b"\x81")
    field = struct.pack("<BI", 1, zlib.crc32(raw)) + "通知.txt".encode()
    extra = struct.pack("<HH", 0x7075, len(field)) + field
    assert names(raw_zip([(raw, b"")], extra=extra)) == ["通知.txt"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\docs\\a.txt", "C_/docs/a.txt"),
        ("a/./b/../c.txt", "a/b/c.txt"),
        ("a\x00b\n.txt", "a_b_.txt"),
        ("..", ""),
        (" 通知 .txt", "通知 .txt"),
        ("a?b*<c>|.txt", "a_b__c__.txt"),
    ],
)
def test_names_are_made_safe(name: str, plain: str) -> None:
    assert clean(name) == plain


@pytest.mark.parametrize("name", ["__MACOSX/a.txt", "夹/.DS_Store", "~$通知.docx", "夹/Thumbs.db", ".git/config"])
def test_rubbish_is_skipped(name: str) -> None:
    assert skipped(name)
    assert not skipped("夹/通知.txt")


def test_members_of_the_same_name() -> None:
    assert names(zipped([("a/x.txt", b"1"), ("a/x.txt", b"2"), ("a//x.txt", b"3")])) == [
        "a/x.txt",
        "a/x (2).txt",
        "a/x (3).txt",
    ]
    given = Names()
    began = time.perf_counter()
    assert len({given.unique("a.txt") for _ in range(20_000)}) == 20_000
    assert time.perf_counter() - began < 2


def test_links_are_skipped() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", notice())
    assert names(out.getvalue()) == ["a.txt"]


# --- passwords --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_members_with_a_password(encoding: str) -> None:
    data = encrypted("a.txt", notice(), "密码".encode(encoding))
    assert members(data, password="密码")[0].document
    assert "--password" in why(members(data)[0])
    assert "cannot be opened with this password" in why(members(data, password="错误")[0])
    assert policyparse.parse_bytes(data, "a.zip", password="密码").title


def test_members_in_a_way_that_python_does_not_know() -> None:
    assert "unpack the archive first" in why(members(raw_zip([(b"a.txt", b"x")], method=99))[0])
    aes = members(raw_zip([(b"a.txt", b"x" * 20)], method=99, flags=1), password="x")[0]
    assert "unpack the archive first" in why(aes)


# --- limits -----------------------------------------------------------------------------------------------------


def nested(levels: int) -> bytes:
    data = zipped([("底.txt", notice())])
    for n in range(levels):
        data = zipped([(f"{n}.zip", data)])
    return data


def test_archives_in_archives_up_to_a_depth() -> None:
    assert names(nested(4)) == ["3.zip/2.zip/1.zip/0.zip/底.txt"]
    assert members(nested(4))[0].document
    found = members(nested(5))
    assert [m.name for m in found] == ["4.zip/3.zip/2.zip/1.zip/0.zip"]
    assert "--max-depth" in why(found[0])
    assert members(nested(1), limits=Limits(depth=40))[0].error
    assert members(nested(5), limits=Limits(depth=300))[0].document


def test_a_nest_of_bombs_ends_soon() -> None:
    """Sixteen archives in each of sixteen in each of …, and at the bottom four gigabytes: as 42.zip is made."""
    data = raw_zip([(b"0.dll", zeros(0) + bytes(50))], size=4 << 30)
    for _ in range(5):
        data = zipped([(f"{n}.zip", data) for n in range(16)])
    began = time.perf_counter()
    with pytest.raises(PolicyParseError):
        policyparse.parse_bytes(data, "42.zip")
    found = list(policyparse.parse_archive(data, limits=Limits(members=2_000)))
    assert time.perf_counter() - began < 20
    assert not any(m.document for m in found)


def test_ten_gigabytes_of_zeros_are_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = raw_zip([(b"zeros.txt", zeros(10)), (b"a.txt", zlib.compress(b"x", 9)[2:-4])], size=10 << 30)
    assert len(bomb) < 12 << 20
    monkeypatch.setattr(zipped_files.Zip, "_read", lambda *_: pytest.fail("it was unpacked"))
    found = members(bomb)
    assert "--max-bytes" in why(found[0])
    assert f"{10 << 30} bytes" in why(found[0])


def test_a_member_that_lies_about_its_size() -> None:
    found = members(raw_zip([(b"zeros.txt", zeros(1))], size=1000))
    assert found[0].document is None or len(found[0].document.text) <= 1000
    found = members(raw_zip([(b"a.txt", zlib.compress(notice())[2:-4])], size=1_000_000))
    assert found[0].error or found[0].document


def test_a_large_member_fails_alone() -> None:
    data = zipped([("大.txt", notice() * 1000), ("小.txt", notice())])
    found = members(data, limits=Limits(bytes=10_000))
    assert [bool(m.document) for m in found] == [False, True]
    assert "--max-bytes" in why(found[0])


def test_a_member_packed_like_a_bomb_fails_alone() -> None:
    found = members(zipped([("零.txt", bytes(20 << 20)), ("小.txt", notice())]))
    assert [bool(m.document) for m in found] == [False, True]
    assert "--max-ratio" in why(found[0])


def test_all_members_together_have_a_limit() -> None:
    data = zipped([(f"{n}.txt", notice() * 500) for n in range(20)])
    found = members(data, limits=Limits(unpacked=200_000))
    assert 0 < sum(bool(m.document) for m in found) < 20
    assert "--max-unpacked" in why(found[-1])


def test_more_members_than_the_limit() -> None:
    data = zipped([(f"{n}.txt", b"") for n in range(20_001)])
    with pytest.raises(LimitExceeded, match="--max-members"):
        policyparse.parse_archive(data)
    assert len(names(zipped([(f"{n}.txt", b"") for n in range(2_000)]))) == 2_000
    inner = [(f"{n}.zip", zipped([(f"{k}.txt", b"") for k in range(50)])) for n in range(5)]
    found = members(zipped(inner), limits=Limits(members=150))
    assert sum(bool(m.document) for m in found) == 100
    assert "--max-members" in why(found[-1])


def test_a_bomb_of_gzip() -> None:
    with pytest.raises(LimitExceeded, match="--max-unpacked"):
        list(policyparse.parse_archive(gzip.compress(bytes(50 << 20)), limits=Limits(unpacked=1 << 20)))


# --- damage -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [zipped, tarred])
def test_cut_archives_and_flipped_bytes(make: object) -> None:
    data: bytes = make([("甲.txt", notice()), ("夹/乙.txt", notice("乙")), ("in.zip", nested(1))])  # type: ignore[operator]
    for at in range(0, len(data), 7):
        for broken in (data[:at], data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]):
            try:
                for m in policyparse.parse_archive(broken):
                    assert (m.document is None) != (m.error is None)
            except PolicyParseError as error:
                assert str(error)


def test_a_cut_archive_says_that_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped([("a.txt", notice())])[:-10])
    with pytest.raises(UnreadableFile, match="damaged zip archive"):
        policyparse.parse_archive(path)
    with pytest.raises(UnreadableFile, match=r"a\.zip is a damaged zip archive"):
        policyparse.parse(path)


def test_a_damaged_member_fails_alone() -> None:
    data = bytearray(zipped([("a.txt", notice()), ("b.txt", notice("b"))]))
    at = data.index(b"PK\x03\x04") + 60
    data[at] ^= 0xFF
    assert [bool(m.document) for m in members(bytes(data))] == [False, True]

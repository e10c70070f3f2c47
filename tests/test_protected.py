"""Office files with a password: encrypted here by the same standard that Office uses."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import policyparse
from policyparse import MissingExtra, UnreadableFile

SAMPLE = Path(__file__).parent.parent / "corpora" / "formats" / "000_d3411eaaf7ef5d1a.docx"


@pytest.fixture(scope="module")
def locked() -> bytes:
    """The first sample, encrypted with a password."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(SAMPLE.read_bytes())).encrypt("机密123", out)
    return out.getvalue()


def test_the_password_opens_it(locked: bytes) -> None:
    plain = policyparse.parse(SAMPLE)
    opened = policyparse.parse_bytes(locked, "locked.docx", password="机密123")
    assert opened.text == plain.text and opened.measures == plain.measures


@pytest.mark.parametrize(("password", "says"), [(None, "protected by a password"), ("falsch", "with this password")])
def test_without_it_the_message_says_what_to_do(locked: bytes, password: str | None, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        policyparse.parse_bytes(locked, "locked.docx", password=password)


def test_without_the_extra_the_message_tells_the_command(locked: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    with pytest.raises(MissingExtra, match=r"pip install 'policyparse\[password\]'"):
        policyparse.parse_bytes(locked, "locked.docx", password="机密123")

"""doc and pdf, saved by LibreOffice from the docx. Needed to make the samples, not to test them.

    apt-get install --no-install-recommends libreoffice-writer fonts-arphic-uming fonts-droid-fallback

The fonts that offices use (仿宋_GB2312, 方正小标宋简体) are not free; for the pdf free ones take their places.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

from .docx import package

FREE = {
    "方正小标宋简体": "AR PL UMing CN",
    "仿宋_GB2312": "Droid Sans Fallback",
    "楷体_GB2312": "Droid Sans Fallback",
    "黑体": "Droid Sans Fallback",
    "宋体": "Droid Sans Fallback",
    "Times New Roman": "AR PL UMing CN",
}
"""The body in the font whose outlines are smallest: the samples should not weigh much."""
PDF = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}'


def doc(files: dict[str, str]) -> bytes:
    """The docx of these parts as Word 97-2003 file."""
    return _converted(package(files), "doc:MS Word 97")


def pdf(files: dict[str, str], fonts: dict[str, str] = FREE) -> bytes:
    """The docx of these parts printed, fonts embedded."""
    printed = dict(files)
    for name in ("word/document.xml", "word/styles.xml", *(x for x in files if x.startswith("word/footer"))):
        for office, free in fonts.items():
            printed[name] = printed[name].replace(f'"{office}"', f'"{free}"')
    return _undated(_converted(package(printed), PDF))


def _undated(data: bytes) -> bytes:
    """Without the moment of making, which LibreOffice puts into the date and the identifiers: the same bytes twice."""
    data = re.sub(rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:20200630080000", data)
    return re.sub(rb"(?<=[</])[0-9A-F]{32}(?=[>\n])", b"0" * 32, data)


def _converted(data: bytes, to: str) -> bytes:
    with tempfile.TemporaryDirectory() as place:
        source = Path(place, "notice.docx")
        source.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", to]
        environment = {**os.environ, "TZ": "UTC"}
        subprocess.run(
            [*command, "--outdir", place, str(source)], check=True, capture_output=True, timeout=300, env=environment
        )
        return source.with_suffix("." + to.partition(":")[0]).read_bytes()

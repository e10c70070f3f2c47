"""`python -m tools.formats [docx|doc|pdf|ofd|html …]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import docx, libre
from .html_pages import html
from .notice import ROOT, Notice, notices

FOLDER = ROOT / "corpora" / "formats"
SITES = Path(__file__).with_name("sites")
KINDS = ("docx", "doc", "pdf", "ofd", "html")


def made(notice: Notice, kind: str, folder: Path = FOLDER) -> bytes:
    """The bytes of the notice in one format (ofd: from the pdf in `folder`)."""
    if kind == "html":
        return html(notice, {p.name: p.read_text("utf-8") for p in SITES.iterdir()})
    if kind == "ofd":
        from .ofd import ofd  # pypdfium2 loads slowly

        return ofd(notice, (folder / f"{notice.name}.pdf").read_bytes())
    write = {"docx": docx.package, "doc": libre.doc, "pdf": libre.pdf}[kind]
    return write(docx.parts(notice))


def main() -> None:
    """Make the files of the kinds asked for."""
    parser = argparse.ArgumentParser(prog="python -m tools.formats", description=__doc__)
    parser.add_argument("kinds", nargs="*", default=list(KINDS), help="all when left out")
    parser.add_argument("--out", type=Path, default=FOLDER)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for kind in args.kinds:
        for notice in notices():
            data = made(notice, kind, args.out)
            path = args.out / f"{notice.name}.{kind}"
            path.write_bytes(data)
            print(f"{len(data):9,} {path.name}")


if __name__ == "__main__":
    main()

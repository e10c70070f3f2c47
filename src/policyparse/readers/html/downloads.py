"""附件下载： the files of a document that a page lists below or beside its text."""

from __future__ import annotations

import re

from .items import Grid, Paragraph, Part

_FILE_NOTE = 16
"""Characters beside the name of a file: 附件【…】已下载123次, （25.5KB）."""
_DOWNLOADS = re.compile(
    r"[\s【\[]*(?:相关|本文|正文|文件|公文)?附\s{0,4}件(?:下载|列表|目录|清单)?[\s】\]]*[：:]?[\s\xa0]*"
)
_OF_A_LIST = re.compile(r"[\s【\[]*(?:相关|本文|正文|文件|公文)?附\s{0,4}[件表]")
_ONLY_NUMBERS = re.compile(r"[^：:]{0,8}[：:\s]*(?:附件\d{0,2}\.[A-Za-z]{2,4}[\s\xa0、，,]*)+")


def take_downloads(parts: list[Part]) -> None:
    """附件下载： and the files below it, outside the container of the text: they belong to the document."""
    first = next((n for n, p in enumerate(parts) if p.node.inside), 0)
    head: Paragraph | None = None
    open_ = False
    for part in parts[first:]:
        if isinstance(part, Grid) or part.node.chrome or part.kind is not None:
            head, open_ = None, False
        elif not part.files and _DOWNLOADS.fullmatch(part.text, 0, 40):
            head, open_ = part, True
        elif part.files * 2 >= len(part.text) - _FILE_NOTE and (open_ or _OF_A_LIST.match(part.text)):
            if not _ONLY_NUMBERS.fullmatch(part.text):
                part.kind = "paragraph"
                if head is not None:
                    head.kind = "paragraph"
            head = None
        else:
            head, open_ = None, False

"""Where the links of a page lead: the address as written, also when a script opens it."""

from __future__ import annotations

import re

_NOWHERE = ("javascript:", "#", "vbscript:")
# download('/d/1.doc'), openFile("P020210406.doc", '名单'), window.open('/att/3')
_QUOTED = re.compile(r"[\"']([^\"'\s<>]{1,500})[\"']")
_FILE = re.compile(
    r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|dps|ofd|rtf|txt|zip|rar|7z|ceb|jpe?g|png|tiff?)(?=$|[?#&\s（(])", re.IGNORECASE
)
_ADDRESS = re.compile(r"/[^/]|\.(?:jspx?|aspx?|php|do|action|s?html?)(?=$|\?)", re.IGNORECASE)
_SERVED = re.compile(r"download|attach|wbfileid|fileid", re.IGNORECASE)


def target(href: str, onclick: str = "") -> str:
    """The address a link leads to; '' when it leads nowhere (javascript:void(0), #top)."""
    href = href.strip()
    if href and not href.lower().startswith(_NOWHERE):
        return href
    if "'" not in (script := f"{href} {onclick}") and '"' not in script:
        return ""
    found: list[str] = _QUOTED.findall(script, 0, 4000)
    return next((f for f in found if _FILE.search(f)), next((f for f in found if _ADDRESS.search(f)), ""))


def is_file(href: str, text: str = "") -> bool:
    """True for the address of a file, or of a page that serves one (download.jsp?id=3), or by the name shown."""
    return bool(_FILE.search(href) or _FILE.search(text[-12:]) or ("?" in href and _SERVED.search(href)))

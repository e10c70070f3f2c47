"""Characters of symbol fonts as ordinary ones: Wingdings 0xFE is ☑."""

from __future__ import annotations

_WINGDINGS = {
    **dict(zip(range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿", strict=False)),
    **dict(zip(range(0x81, 0x8B), "①②③④⑤⑥⑦⑧⑨⑩", strict=False)),
    **dict(zip((0x21, 0x22, 0x28, 0x29, 0x2A, 0x2B, 0x32, 0x46, 0x4A, 0x6C, 0x6D, 0x6E), "✏✂☎✆✉✉🗎☞☺●❍■", strict=True)),
    **dict(zip((0x6F, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x9E), "□❐❑❒⬧⧫◆❖⬥☒·", strict=True)),
    **dict(zip((0x9F, 0xA0, 0xA1, 0xA7, 0xA8, 0xAA, 0xAB, 0xB2, 0xD8, 0xE0, 0xE8), "•▪○▪□✦★✧➢→➔", strict=True)),
    **dict(zip((0xDF, 0xE1, 0xE2, 0xF0, 0xFB, 0xFC, 0xFD, 0xFE), "←↑↓⇨✗√☒☑", strict=True)),
}
_WINGDINGS_2 = {
    **dict(zip(range(0x6A, 0x74), "①②③④⑤⑥⑦⑧⑨⑩", strict=False)),
    **dict(zip((0x50, 0x52, 0x4F, 0x51, 0x53, 0x54, 0x2A, 0x97, 0xA3, 0x95), "√☑✗☒☒☒□●□•", strict=True)),
}
_SYMBOL = dict(
    zip(
        (0xB7, 0xD7, 0xA3, 0xB3, 0xB1, 0xB4, 0xB0, 0xAE, 0xB9, 0xBB, 0xA5, 0xD6, 0x2D, 0xB8, 0xA8, 0xA7, 0x7E),
        "•⋅≤≥±×°→≠≈∞√−÷♦♣∼",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL, "webdings": {0x61: "√", 0x63: "□"}}


def symbol(code: int, font: str | None) -> str:
    """The character that position `code` (0x20–0xFF, or the same from 0xF000) of a symbol font shows.

    A position that is not in the tables is given as the square that stands for it.
    """
    table = _FONTS.get((font or "").lower())
    if 0xF000 <= code <= 0xF0FF:
        return (table or _WINGDINGS).get(code - 0xF000) or ("•" if table is _SYMBOL else "□")
    if table is not None and code < 0x100:
        return table.get(code) or (chr(code) if code >= 0x20 else "")
    return chr(code) if 0x20 <= code < 0xD800 or 0xDFFF < code < 0x110000 else ""


def plain(string: str, font: str | None) -> str:
    """`string` with the characters of the private area (U+F000–F0FF) shown as the font does."""
    return "".join(symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in string)

"""Which part of a page is the document, which is metadata, and which is the page itself.

Nothing is thrown away: what is not the document becomes a boilerplate block.
"""

from __future__ import annotations

import re

from .. import chrome, controls
from .downloads import take_downloads
from .items import Grid, Node, Paragraph, Part

_ENOUGH = (0.95, 0.8)
"""Share of the running text that the container of the document holds; the second for pages with long side texts."""
_SHORT = 1500
"""On a page with less text, the site's own words (address, 主办单位) may be half of it."""
_LONG = 60
_VEILED = 150
"""Characters of running text."""
# an annex or a part of the text in a container of its own; never the site's own words
_OPENS = re.compile(
    r"\s*(?:附\s{0,2}[件表录]\s?\d{0,2}(?:[：:\s]|$)|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章条部])"
)
_NOTICE_OF_SITE = re.compile("声明|版权|免责|解读|相关|推荐|评论")
_SPACE = re.compile(r"\s+")


def classify(parts: list[Part], nodes: list[Node]) -> list[Part]:
    """Give every part its kind; a metadata label and the value in the next block become one part."""
    _weigh(parts, nodes)
    content = _content(nodes)
    for node in nodes:
        node.inside = node is content or (node.parent is not None and node.parent.inside)
    if content.signed:
        _take_annexes(parts, nodes, content)
    take_downloads(parts)
    parts = _meta(parts)
    repeated = _opening(parts)
    title = _title_above(parts, repeated) if content.signed else None
    for part in parts:
        if isinstance(part, Grid):
            part.kind = "cell" if (part.node.inside or not content.signed) and not part.node.hidden else "boilerplate"
        elif part.kind is None:
            part.kind = "paragraph" if part is title or _belongs(part, content, repeated) else "boilerplate"
    return parts


def _weigh(parts: list[Part], nodes: list[Node]) -> None:
    """Running text in each container: links, labels and page controls count nothing."""
    for part in parts:
        if isinstance(part, Grid):
            part.node.weight += sum(len(c.text) for row in part.rows for c in row)
        elif (
            part.kind is None
            and (free := len(part.text) - part.linked) >= 12
            and not controls.is_boilerplate(part.text)
        ):
            part.node.weight += free
    for node in reversed(nodes):
        if node.parent is not None and (node.parent.hidden or not node.hidden):
            node.parent.weight += node.weight
    _unveil(nodes)
    for node in nodes:
        if node.hidden:
            node.weight = 0
    total = nodes[0].weight
    for node in nodes:  # a share or footer sign on the container of the whole text is no such thing
        inherited = node.parent is not None and node.parent.chrome
        node.chrome = node.hidden or inherited or (node.chrome and node.weight * 4 <= total)


def _unveil(nodes: list[Node]) -> None:
    """Text that a script shows once the page is loaded: a hidden container of an article that holds nearly all."""
    veiled = [n for n in nodes if n.conceals and n.signed and n.parent is not None and not n.parent.hidden]
    most = max(veiled, key=lambda n: n.weight, default=None)
    if most is None or most.weight < _VEILED or most.weight < 2 * nodes[0].weight:
        return
    around: list[Node] = []
    node = most.parent
    while node is not None:
        around.append(node)
        node = node.parent
    above = set(map(id, around))
    if any(n.signed and not n.hidden and n.weight > _LONG and id(n) not in above for n in nodes):
        return  # the article is there: what is hidden is a window that opens on a click
    shown = {id(most)}
    most.hidden = most.chrome = False
    for node in nodes:
        if node.parent is not None and id(node.parent) in shown and not node.conceals:
            shown.add(id(node))
            node.hidden = False
    for node in around:
        node.weight += most.weight


def _content(nodes: list[Node]) -> Node:
    """The deepest container with a telling name that holds nearly all running text; else the whole page."""
    total = nodes[0].weight
    for share in _ENOUGH if total > _SHORT else (*_ENOUGH, 0.5):
        found = [n for n in nodes if n.signed and not n.chrome and n.weight >= share * total > 0]
        if found:
            return found[-1]
    return nodes[0]


def _take_annexes(parts: list[Part], nodes: list[Node], content: Node) -> None:
    """Containers after the one that holds the document may go on with it: an annex in a div of its own."""
    last = max((n for n, p in enumerate(parts) if p.node.inside), default=len(parts))
    if last + 1 >= len(parts):
        return
    above = {id(content)}
    node = content.parent
    while node is not None:
        above.add(id(node))
        node = node.parent
    beside: dict[int, Node] = {}  # container -> the one around it that stands beside the document
    for node in nodes:
        if node.parent is not None and id(node) not in above:
            beside[id(node)] = beside.get(id(node.parent), node)
    groups: dict[int, list[Part]] = {}
    for part in parts[last + 1 :]:
        if (outer := beside.get(id(part.node))) is not None and not part.node.chrome:
            groups.setdefault(id(outer), []).append(part)
    for group in groups.values():
        if _goes_on(group):
            beside[id(group[0].node)].inside = True
    for node in nodes:
        node.inside = node.inside or (node.parent is not None and node.parent.inside)


def _goes_on(group: list[Part]) -> bool:
    """Does this container hold text of the document: an annex, numbered items, a table, or a lot of sentences?"""
    texts: list[str] = []
    for part in group:
        if isinstance(part, Grid):
            cells = [c for row in part.rows for c in row]
            linked = sum(p.linked for c in cells for p in c.parts if isinstance(p, Paragraph))
            if sum(len(c.text) for c in cells) >= _LONG + 5 * linked:
                return True
        elif part.kind is None and part.linked * 2 <= len(part.text) and not controls.is_boilerplate(part.text):
            texts.append(part.text)
    if not texts or _NOTICE_OF_SITE.search(texts[0]):
        return False
    sentences = [t for t in texts if t.rstrip().endswith("。")]
    if _OPENS.match(texts[0]):
        return len(texts) > 1 and bool(sentences)
    return len(sentences) > 2 and sum(map(len, sentences)) >= 5 * _LONG


def _belongs(part: Paragraph, content: Node, repeated: str) -> bool:
    """True for a paragraph of the document."""
    if part.node.chrome or controls.is_boilerplate(part.text):
        return False
    if part.node.inside and content.signed:
        return True
    if content.signed:  # outside the text: only the document's title, when the text does not open with it
        return (part.node.title or part.heading in (1, 2)) and _is_title(part.text, repeated)
    return (part.linked - part.files) * 2 <= len(part.text)


def _title_above(parts: list[Part], repeated: str) -> Paragraph | None:
    """The title that stands in a plain cell or block above the text: the last such line before it, no link in it."""
    if _IN_TITLE.search(repeated[:200]):
        return None
    found = None
    for part in parts:
        if part.node.inside:
            return found
        if isinstance(part, Paragraph) and part.kind is None and not part.linked and not part.node.chrome:
            found = part if _is_title(part.text, repeated) else found
    return None


def _is_title(text: str, repeated: str) -> bool:
    squeezed = _SPACE.sub("", text)
    return (
        8 <= len(squeezed) <= 120
        and ("关于" in squeezed or squeezed.endswith(_KINDS) or (squeezed[0] == "《" and squeezed.endswith(_EXPLAINS)))
        and squeezed not in repeated
    )


_EXPLAINS = ("解读", "说明", "问答")
"""《某某补贴办法》政策解读."""
_IN_TITLE = re.compile(r"关于[^，。；：]{2,80}的(?:通知|意见|方案|办法|通报|公告|通告|决定|规定|函|批复|报告|请示)")
_KINDS = (
    "通知",
    "意见",
    "方案",
    "办法",
    "通报",
    "公告",
    "通告",
    "决定",
    "规定",
    "细则",
    "规划",
    "计划",
    "措施",
    "要点",
    "清单",
    "函",
    "批复",
)


def _opening(parts: list[Part]) -> str:
    """The first words of the text, without white space: a title that stands there need not be taken from the page."""
    inside = [p.text for p in parts if isinstance(p, Paragraph) and p.node.inside and p.kind is None][:30]
    return _SPACE.sub("", "".join(t[:200] for t in inside))


def _meta(parts: list[Part]) -> list[Part]:
    """Turn `label：value` blocks before the text, and outside it, into metadata."""
    found: list[Part] = []
    started = False
    n = 0
    while n < len(parts):
        part = parts[n]
        n += 1
        if isinstance(part, Grid) or part.kind is not None or (started and part.node.inside):
            found.append(part)
            started = started or (isinstance(part, Grid) and part.node.inside)
            continue
        label = _label(part)
        if label and (not chrome.is_weak(label) or _in_run(found, parts, n)):
            if _is_bare(part) and (value := _value(parts, n, part.node.inside)) is not None:
                found.append(Paragraph(f"{label}：{value.text}", part.node, kind="meta", links=[]))
                n += 1
            else:
                found.extend(_split(part))
            continue
        started = started or (part.node.inside and (len(part.text) > _LONG or part.text.rstrip()[-1:] in "：:"))
        found.append(part)
    return found


def _label(part: Paragraph) -> str | None:
    if len(part.text) > 400:
        return None
    if part.text[:1] in ("1", "2") and controls.is_byline(part.text):
        return "发布时间"
    return chrome.label_of(part.text) or (chrome.bare(part.text) if part.term and chrome.is_label(part.text) else None)


def _is_bare(part: Paragraph) -> bool:
    return chrome.is_label(part.text)


def _value(parts: list[Part], n: int, inside: bool) -> Paragraph | None:
    """The value of a label that stands alone in its block (dt and dd, two spans, two divs)."""
    if n < len(parts):
        part = parts[n]
        if isinstance(part, Grid) or part.kind is not None or part.node.inside != inside:
            return None
        if len(part.text) <= 200 and not _label(part):
            return part
    return None


def _in_run(found: list[Part], parts: list[Part], n: int) -> bool:
    before = found[-1] if found else None
    after = parts[n] if n < len(parts) else None
    return (before is not None and before.kind == "meta") or (
        isinstance(after, Paragraph) and (after.kind == "meta" or _label(after) is not None)
    )


def _split(part: Paragraph) -> list[Part]:
    pieces = chrome.pieces(part.text)
    if len(pieces) == 1:
        part.kind = "meta" if pieces[0].meta else "boilerplate"
        part.text = _unpadded(part.text)
        part.links = []
        return [part]
    return [
        Paragraph(_unpadded(text), part.node, kind="meta" if p.meta else "boilerplate")
        for p in pieces
        if (text := part.text[p.start : p.end].strip(" "))
    ]


def _unpadded(text: str) -> str:
    """索 引 号：x -> 索引号：x."""
    cut = min((i for i in (text.find("："), text.find(":")) if i >= 0), default=-1)
    if text[:1].isdigit():  # 2021-04-08 10:22
        return text
    return f"{chrome.bare(text[:cut])}：{text[cut + 1 :].strip(' ')}" if 0 < cut <= 20 else text

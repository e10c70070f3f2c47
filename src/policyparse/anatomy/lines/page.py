"""What a web page adds to a document: breadcrumb, buttons and labels of metadata, which are none of its text."""

from __future__ import annotations

import re

from ... import lexicon
from .rows import Row

_NOISE = re.compile(
    r"(?:当前|您的?|所在)(?:的)?(?:当前)?位置|首页[>》/\-政]|网站首页|登录|注册|打印|字号|字体|【字体|分享|浏览次数|来源[:：]|发布(?:时间|日期)[:：]|"
    r"(?:发布)?时间[:：]\d|信息来源|作者[:：]|点击|阅读|原文链接|链接[:：]|正文$|={3,}|-{3,}|[—─━]{6,}|\*{3,}|【法宝|附件下载|扫一扫|关闭|上一篇|下一篇|"
    r"相关(?:链接|附件|文章|解读|新闻)|主办单位|承办单位|版权所有|网站标识码|网站地图|联系我们|责任编辑|编辑[:：]|审核[:：]|扫码|微信|打开|手机(?:扫|浏览|阅读|打开|查看)"
)
"""当前位置：首页>政务公开, 【字体：大 中 小】, 来源：市政府办公室."""
_NOISE_STARTS = frozenset("─━手当您你所首网登注打字【分浏来发时信作点阅原链正=-—*附扫关上下相主承版责编审微")
"""What each branch of the pattern begins with."""
META_LABELS = frozenset(w.split()[0] for w in lexicon.words("disclosure_labels"))
"""索引号, 主题分类, 发文日期."""
_BOXED = re.compile(r"[\[【](?P<label>[^\[\]【】]{2,14})[\]】]")


def is_noise(flat: str) -> bool:
    """Whether a line is a page's own: breadcrumb, share buttons, 来源：…, 附件下载."""
    return (flat[:1] in _NOISE_STARTS and _NOISE.match(flat) is not None) or "ICP备" in flat[:24]


def is_field_row(row: Row) -> bool:
    """Whether a table row is of a page's metadata: 索引号 | 0143/2021-15 | 主题分类 | 教育."""
    cells = ["".join(cell.split()).rstrip("：:") for cell in row.raw.split("\t", 12)] if row.table else []
    labels = cells[::2]
    if len(cells) < 2 or labels[0] not in META_LABELS or any(cell in META_LABELS for cell in cells[1::2]):
        return False
    return all(label in META_LABELS or not label for label in labels)


def begins_with_meta_label(flat: str) -> bool:
    """[有效性], 【索引号】11500/2024-001: a label of page metadata in brackets, with its value or without."""
    boxed = _BOXED.match(flat) if flat.startswith(("[", "【")) else None
    return boxed is not None and boxed["label"] in META_LABELS

"""Pages as the sites of Chinese governments, universities and editors write them, around one invented notice."""

from __future__ import annotations

import gzip
import re
from html import escape

TITLE = "云溪市教育局关于开展校园饮水安全检查工作的通知"
NUMBER = "云教发〔2021〕17号"
SIGNED = "云溪市教育局"
DATE = "2021年4月6日"
OPENING = "各县（区）教育局，局属各学校："
PARAGRAPHS = (
    "为进一步保障师生饮水安全，根据《云溪市校园饮水管理办法》要求，现就开展校园饮水安全检查工作有关事项通知如下。",
    "一、工作目标",
    "到2021年底，全市学校饮水设施完好率达到100%，管理制度全部建立。",
    "二、工作任务",
    "（一）全面排查。各学校对饮水设施逐台登记，建立台账。（责任单位：局后勤科、各县（区）教育局）",
    "（二）集中整改。对排查发现的问题限期整改，2021年9月底前完成。（责任单位：局后勤科）",
    "三、有关要求",
    "各县（区）教育局于5月10日前将联系人名单报局后勤科。",
)
NOTED = "<p>附件：1.饮水设施登记表</p><p>2.联系人名单</p>"
LINKED = '<p>附件：1.<a href="./P001.doc">饮水设施登记表</a></p><p>2.<a href="./P002.xls">联系人名单</a></p>'
HEADING = f"<h1>{TITLE}</h1>"
NAV = (
    '<div class="header"><a href="/">首页</a><a href="/zwgk">政务公开</a></div><div class="position">您所在的位置：'
    '<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; 正文</div>'
)
FOOT = (
    '<div class="foot"><p>主办：云溪市人民政府办公室　承办：云溪市大数据中心</p>'
    "<p>ICP备案：云ICP备00000000号　网站标识码：0000000000</p></div>"
)


def page(inside: str, charset: str = "utf-8", head: str = "") -> str:
    """A whole page."""
    meta = f'<meta charset="{charset}"><title>通知_云溪市人民政府</title>{head}'
    return f"<!DOCTYPE html><html><head>{meta}</head><body>{inside}</body></html>"


def body(attached: str = LINKED, number: bool = True, signed: bool = True) -> str:
    """The notice without its title, a <p> a paragraph."""
    out = (f'<p style="text-align:center">{NUMBER}</p>' if number else "") + f"<p>{OPENING}</p>"
    out += "".join(f"<p>　　{t}</p>\n" for t in PARAGRAPHS) + attached
    if signed:
        out += f'<p style="text-align:right">{SIGNED}</p><p style="text-align:right">{DATE}</p>'
    return out


def content(inside: str, outside: str = "") -> str:
    """A page with the notice in a container that says so."""
    return page(f'{NAV}<div class="content">{HEADING}{inside}</div>{outside}{FOOT}')


def disclosure() -> tuple[tuple[str, str], ...]:
    return (
        ("索 引 号", "00001/2021-00017"),
        ("发文机关", SIGNED),
        ("发文字号", NUMBER),
        ("成文日期", "2021年04月06日"),
        ("标　　题", TITLE),
    )


def lines() -> list[str]:
    """The notice as typed in lines, placed by full-width spaces."""
    far = "　" * 18
    note = ["　　附件：1.饮水设施登记表", "　　　　　2.联系人名单"]
    text = [f"　　{t}" for t in PARAGRAPHS]
    return [f"　　　　　　{TITLE}", f"{'　' * 9}{NUMBER}", "", OPENING, *text, *note, "", far + SIGNED, far + DATE]


def gov_cn() -> str:
    pairs = [f"<td><b>{label}：</b></td><td>{value}</td>" for label, value in disclosure()]
    rows = "".join(f"<tr>{a}{b}</tr>" for a, b in zip(pairs[::2], [*pairs[1::2], ""], strict=True))
    return page(
        f'<table class="bd1"><tr><td><table>{rows}</table></td></tr></table><div class="pages_content" '
        f'id="UCAP-CONTENT"><p style="text-align:center"><span><strong>{TITLE}</strong></span></p>{body()}</div>'
        "<div class='pages-date'>2021-04-08 10:22 来源：云溪市教育局【字体：<a>大</a> <a>中</a> <a>小</a>】"
        "<a>打印</a></div>" + FOOT
    )


def trs() -> str:
    items = "".join(f"<li><span>{label}：</span>{value}</li>" for label, value in disclosure())
    return page(
        f'{NAV}<div class="xxgk_content"><ul>{items}</ul><h2 class="tit">{TITLE}</h2>'
        '<div class="info">发布时间：2021-04-08 '
        "&nbsp; 来源：市教育局 &nbsp; 浏览次数：<script>document.write(12)</script><span>123</span>次 "
        "<a>【打印】</a></div>"
        f'<div class="view TRS_UEDITOR"><style>.TRS_Editor P{{a:b}}</style><div class="TRS_Editor">{body(number=False)}'
        '</div></div></div><div class="xgyd"><h3>相关阅读</h3><ul><li><a href="1">关于做好冬季防火工作的通知'
        "</a></li></ul></div>"
    )


def jcms() -> str:
    rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in disclosure())
    return page(
        f"<table align=center><tr><td>{NAV}</td></tr><tr><td><table>{rows}</table></td></tr><tr><td align=center "
        f'class="title">{TITLE}</td></tr><tr><td><div id="zoom"><!--ZJEG_RSS.content.begin-->{body(number=False)}'
        '</div></td></tr><tr><td align=right>【<a href="javascript:doZoom(16)">大</a>】【<a>中</a>】【<a>小</a>】'
        '【<a href="javascript:window.close()">关闭窗口</a>】</td></tr></table>'
    )


def hanweb() -> str:
    terms = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in disclosure())
    return page(f"<dl>{terms}</dl><p class='title'>{TITLE}</p><div id='mainText'>{body(number=False)}</div>{FOOT}")


def kaipu() -> str:
    cells = "".join(f"<th>{label}</th><td>{value}</td>" for label, value in disclosure()[:3])
    return page(
        f"{NAV}<div class='xl-main'><table><tr>{cells}</tr></table><div class='xl-tit'>{TITLE}</div>"
        "<div class='xl-info'>"
        "时间：2021-04-08 08:30:00 来源：云溪市教育局 作者： 访问量：<span></span></div>"
        f"<div class='xl-con'>{body(number=False)}"
        "</div><div class='xl-pn'><span>上一篇：</span><a href=1>关于甲的通知</a><span>下一篇：</span>"
        "<a href=2>关于乙的通知</a></div></div>"
    )


def university() -> str:
    files = "".join(
        f'<p>附件【<a href="/_content/download.jsp?type=a&amp;wbfileid={n}">附件{n}.{name}</a>】已下载<span>7'
        "</span>次</p>"
        for n, name in ((1, "饮水设施登记表.doc"), (2, "联系人名单.xls"))
    )
    return page(
        f"{NAV}<form><div><h2>{TITLE}</h2><p>发布者：张甲　　时间：2021-04-08　　点击：[<script>hits(1)</script>]</p>"
        f'<div id="vsb_content_2">{body(NOTED)}</div>{files}</div></form><p>上一条：<a href="1">关于培训的通知</a></p>'
    )


def asp() -> str:
    text = "".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{t}<br>" for t in PARAGRAPHS)
    article = (
        f"<table><tr><td align=center><font size=4><b>{TITLE}</b></font></td></tr><tr>"
        "<td align=center>发布时间：2021-4-8 "
        f"阅读：233次</td></tr><tr><td><font>{NUMBER}<br><br>{OPENING}<br>{text}{LINKED}"
        f"<div align=right>{SIGNED}&nbsp;&nbsp;"
        f"</div><div align=right>{DATE}</div></font></td></tr></table>"
    )
    side = "<table><tr><td>栏目导航</td></tr><tr><td><a href=1.asp>机构设置</a></td></tr></table>"
    return (
        '<%@LANGUAGE="VBSCRIPT" CODEPAGE="936"%><html><body><table width=760><tr><td><img src=top.jpg></td></tr>'
        f"<tr><td><table><tr><td width=180>{side}</td><td>{article}</td></tr></table></td></tr><tr><td align=center>"
        "版权所有：云溪市教育局　技术支持：某某公司</td></tr></table></body></html>"
    )


def frontpage() -> str:
    return page(
        '<table width="778"><tr><td colspan="2"><p><img src="top.gif"></td></tr><tr><td><p>'
        '<a href="index.htm">返回首页</a></p>'
        f'</td><td><p align="center"><b><font>{TITLE}</font></b></p>{body()}</td></tr><tr><td colspan="2"><p>'
        "云溪市教育局 版权所有</p></td></tr></table>"
    )


def word() -> bytes:
    """Saved by Word: conditional comments, an island of settings, o:p, numbers in spans of their own."""

    def paragraph(text: str) -> str:
        text = re.sub("([0-9]+%?)", r"<span lang=EN-US>\1</span>", text)
        return (
            f"<p class=MsoNormal><span style='font-family:仿宋_GB2312'>{text}<span lang=EN-US><o:p></o:p>"
            "</span></span></p>\n"
        )

    note = paragraph("附件：1.饮水设施登记表") + paragraph("　　　2.联系人名单")
    return (
        '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><!--[if gte mso 9]><xml><w:WordDocument>"
        "<w:View>Normal</w:View></w:WordDocument></xml><![endif]--><style><!-- p.MsoNormal{margin:0cm} -->"
        "</style></head>"
        "<body><xml><w:View>Normal</w:View></xml><div class=Section1><p class=MsoNormal align=center>"
        "<b>云溪市教育局文件</b>"
        "</p><!--[if gte vml 1]><v:shape><v:textbox><div>图中文字</div></v:textbox></v:shape><![endif]--><![if !vml]>"
        f"<img src='x.gif'><![endif]><p class=MsoNormal align=center>{paragraph(NUMBER)}</p><p align=center>"
        f"{TITLE[:14]}<br>{TITLE[14:]}</p>{paragraph(OPENING)}{''.join(map(paragraph, PARAGRAPHS))}{note}"
        f"<p align=right>{SIGNED}<o:p></o:p></p><p align=right>{DATE}</p><p><o:p>&nbsp;</o:p></p></div></body></html>"
    ).encode("gbk")


def wechat() -> str:
    text = "".join(
        f'<section><p><span style="letter-spacing:1px">{t}</span></p></section>' for t in (OPENING, *PARAGRAPHS)
    )
    return page(
        f'<div id="js_article"><h1 id="activity-name">{TITLE}</h1><div><span>云溪教育</span>'
        "<em>2021-04-08 18:00</em></div>"
        '<div id="js_content" style="visibility: hidden; opacity: 0;"><section><section><p style="text-align:center">'
        f"{NUMBER}</p></section>{text}{NOTED}<p>{SIGNED}</p><p>{DATE}</p></section></div><div>阅读 <span>1000"
        "</span> 在看</div>"
        "</div><div id='js_pc_qr_code'>微信扫一扫<br>关注该公众号</div>"
    )


def textarea() -> str:
    return page(
        f"{NAV}{HEADING}<div id=c></div><textarea id=t>{escape(body())}</textarea><script>show(t)</script>{FOOT}"
    )


def layout_tables(depth: int = 5) -> str:
    inside = HEADING + body()
    for _ in range(depth):
        inside = f"<table><tbody><tr><td>{inside}</td></tr></tbody></table>"
    return page(NAV + inside + FOOT)


def unnamed() -> str:
    return page(
        f"<div><div><a href=/>首页</a>|<a href=/1>机构</a></div><div><div>{TITLE}</div>"
        "<div>2021-04-08 来源：本站 点击：34</div>"
        f"<div>{body()}</div></div><div><a href=#>返回顶部</a></div>"
        "<div>电话：000-1234567 版权所有 云溪市教育局</div></div>"
    )


def view_source() -> str:
    rows = "".join(
        f'<tr><td class="line-number" value="{n}"></td><td class="line-content">{escape(line)}</td></tr>'
        for n, line in enumerate(content(body()).split("\n"))
    )
    return f"<html><head><title>view-source:www.example.cn</title></head><body><table>{rows}</table></body></html>"


def signature_table() -> str:
    cells = f"<tr><td width=60%></td><td align=center>{SIGNED}</td></tr><tr><td></td><td align=center>{DATE}</td></tr>"
    return content(body(signed=False) + f"<table>{cells}</table>")


def red_header() -> str:
    rows = ("<font color=red>云溪市教育局文件</font>", NUMBER, "<hr color=red>", f"<b>{SIGNED}<br>{TITLE[6:]}</b>")
    table = "".join(f"<tr><td align=center>{row}</td></tr>" for row in rows)
    return page(f'<div class="content"><table width=100%>{table}</table>{body(number=False)}</div>')


def two_encodings(template: str, article: str) -> bytes:
    outer = page(f"{NAV}<div class='content'>@@</div>{FOOT}", template).encode(template)
    return outer.replace(b"@@", (HEADING + body()).encode(article))


PLAIN = content(body())
TYPED = "\n".join(lines())
HEADERS = "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=gbk\r\n\r\n"

PAGES: dict[str, str | bytes] = {
    "gov.cn": gov_cn(),
    "TRS": trs(),
    "jcms": jcms(),
    "hanweb": hanweb(),
    "kaipu": kaipu(),
    "university": university(),
    "asp": asp(),
    "FrontPage": frontpage(),
    "Word": word(),
    "WeChat": wechat(),
    "textarea": textarea(),
    "layout tables": layout_tables(),
    "no names": unnamed(),
    "view-source": view_source(),
    "signature in a table": signature_table(),
    "red header in a table": red_header(),
    "phone": page(
        f"<section><h3>{TITLE}</h3><div>2021-04-08 09:00</div><div class=detail-text>{body()}</div></section>"
    ),
    "copy for the printer": content(body(), f"<div style='display:none'>{HEADING}{body()}</div>"),
    "pre": page(f"<pre>{TYPED}</pre>"),
    "br": page(f"<div id=content>{'<br/>'.join(lines())}</div>"),
    "div a line": page("<div id=content>" + "".join(f"<div>{line or '<br>'}</div>" for line in lines()) + "</div>"),
    "span a word": page(
        "<div id=content>"
        + "".join("<p>" + "".join(f"<span>{w}</span>" for w in re.findall(".{1,3}", x)) + "</p>\n" for x in lines())
        + "</div>"
    ),
    "entities": re.sub("[\u3000-\uffff]", lambda m: f"&#{ord(m[0])};", PLAIN),
    "saved from": "<!-- saved from url=(0042)http://www.example.cn/art/1.html -->\n" + PLAIN,
    "base": PLAIN.replace("<title>", "<base href='http://x.cn/a/'><title>"),
    "GBK said to be UTF-8": PLAIN.encode("gbk"),
    "UTF-8 said to be GBK": PLAIN.replace("utf-8", "gbk").encode(),
    "GB18030 said to be GB2312": PLAIN.replace("utf-8", "gb2312")
    .replace("有关事项", "有关事项（镕）")
    .encode("gb18030"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16 without mark": PLAIN.encode("utf-16-le"),
    "UTF-8 with mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "NULs": PLAIN.replace("</p>", "\0</p>"),
    "Latin-1 in between": PLAIN.encode().decode("latin-1"),
    "windows-1252 in between": "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in PLAIN.encode()),
    "template GBK, article UTF-8": two_encodings("gbk", "utf-8"),
    "template UTF-8, article GBK": two_encodings("utf-8", "gbk"),
    "gzip": gzip.compress(PLAIN.encode()),
    "headers of the server": (HEADERS + PLAIN).encode("gbk"),
}

"""The article's portlet in the portal theme, and the post's content in it.

Three templates take turns, by the number of the post: headline in ``h1``, ``h2`` or a ``div``;
date above or below it, alone or in a line with views and font sizes; and the text as editors
leave it: ``div`` elements with inline styles, paragraphs pasted from a word processor, or lines
parted by ``br`` in one ``div``. Related news stand under ``Tin liên quan``, ``Các tin khác``
(with days) or, by age, ``Tin mới hơn`` and ``Tin cũ hơn``.
"""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urljoin

from tests.mockcity.text import attribute, markup
from tests.mockcity.text import content as shown
from tests.mockcity.truth import Facts
from tests.mockcity.view import View, printed_day

_FONT = "font-family: 'Times New Roman', serif; font-size: 14pt;"


def article_portlet(view: View, article: Facts) -> str:
    """Trail of sections, headline, date, tools, sapo, content, source, tags, rating, other news."""
    turn = view.numbers[article["slug"]] % 3
    parts = [
        _trail(view, article),
        _heading(view, article, turn),
        _sapo(article),
        f'<div class="noidungTin" id="divNoiDung"><div>\n{content(view, article)}\n</div></div>',
        _source(view, article),
        _tags(view, article),
        _tools(),
        _comments(view, article),
        _related(view, article, turn),
    ]
    return f'<div class="PortletBody ctTin">\n{chr(10).join(filter(None, parts))}\n</div>'


def content(view: View, article: Facts) -> str:
    """The post's content as an editor leaves it in the portal's text box."""
    turn = view.numbers[article["slug"]] // 3 % 3
    runs = [
        (kind, [text for _, text in run]) for kind, run in groupby(_blocks(view, article), lambda b: b[0])
    ]
    return "\n".join(_run(kind, texts, turn) for kind, texts in runs)


def _blocks(view: View, article: Facts) -> list[tuple[str, str]]:
    """(kind, inner markup) of each block; kinds are text, li and done."""
    quirks = article["quirks"]
    blocks: list[tuple[str, str]] = []
    if "bold" in article["lead_kind"]:
        blocks.append(("text", f"<b>{shown(article['lead'], quirks)}</b>"))
    blocks += _pictures(view, article, 0)
    for index, paragraph in enumerate(article["paragraphs"]):
        mark = article["marks"].get(str(index), "p")
        text = shown(paragraph, quirks)
        head = f'<strong><span style="color: #0000cd;">{text}</span></strong>'
        blocks.append(("li", text) if mark == "li" else ("text", text if mark == "p" else head))
        blocks += _pictures(view, article, index + 1)
    if article["byline"]:
        blocks.append(("done", _byline(markup(article["byline"]), view.numbers[article["slug"]])))
    if article["attachments"]:
        blocks.append(("done", _attachments(view, article)))
    return blocks


def _run(kind: str, texts: list[str], turn: int) -> str:
    if kind == "done":
        return "\n".join(texts)
    if kind == "li":
        items = "".join(
            f'<li style="text-align: justify;"><span style="{_FONT}">{t}</span></li>' for t in texts
        )
        return f'<ul style="list-style-type: disc;">{items}</ul>'
    if turn == 0:
        return "\n".join(
            f'<div style="text-align: justify; margin: 6px 0;"><span style="{_FONT}">{t}</span></div>'
            for t in texts
        )
    if turn == 1:
        pasted = '<p class="MsoNormal" style="margin: 6pt 0cm; text-indent: 1cm;">'
        empty = f"{pasted}<o:p>&nbsp;</o:p></p>\n"
        return empty.join(
            f'{pasted}<span lang="VI" style="{_FONT}">{t}<o:p></o:p></span></p>\n' for t in texts
        )
    return f'<div style="{_FONT}">' + "<br />\n<br />\n".join(texts) + "<br />\n</div>"


def _byline(line: str, number: int) -> str:
    if number % 2:
        bold = f'<strong><span style="{_FONT}">{line}</span></strong>'
        return f'<p align="right" style="text-align: right;">{bold}</p>'
    return f'<div class="tacgia" style="text-align: right; font-weight: bold;">{line}</div>'


def _pictures(view: View, article: Facts, after: int) -> list[tuple[str, str]]:
    return [
        ("done", _picture(view, image, place["caption_kind"], article["quirks"]))
        for image, place in zip(article["images"], article["placement"], strict=True)
        if place["after"] == after
    ]


def _picture(view: View, image: Facts, kind: str | None, quirks: Facts) -> str:
    name = image["src"].rpartition("/")[2]
    tag = f'<img alt="{name}" src="{view.url(image["src"])}" style="width: 560px; height: 373px;" />'
    if not image["caption"]:
        return f'<div style="text-align: center;">{tag}</div>'
    caption = shown(image["caption"], quirks)
    if kind == "figcaption":
        return f"""<table align="center" border="0" class="bangAnh" style="width: 560px;"><tbody>
<tr><td style="text-align: center;">{tag}</td></tr>
<tr><td style="text-align: center;"><span style="font-size: 12pt;"><em>{caption}</em></span></td></tr>
</tbody></table>"""
    if kind == "italic":
        below = f'<div style="text-align: justify;"><em>{caption}</em></div>'
        return f'<div style="text-align: center;">{tag}</div>\n{below}'
    return f"""<p style="text-align: center;">{tag}</p>
<p style="text-align: center;"><span style="color: #696969;"><i>{caption}</i></span></p>"""


def _attachments(view: View, article: Facts) -> str:
    rows = "".join(
        f'<tr><td>{n}</td><td><a target="_blank" href="{view.url(file["path"])}">'
        f"{markup(file['name'])}</a></td><td>{214 + n} KB</td></tr>"
        for n, file in enumerate(article["attachments"], 1)
    )
    return f"""<div class="tepKem"><div class="tepKem_td">Tệp đính kèm:</div>
<table class="gridTep"><tr><th>STT</th><th>Tên tệp</th><th>Dung lượng</th></tr>{rows}</table></div>"""


def _trail(view: View, article: Facts) -> str:
    links = " &raquo; ".join(
        f'<a href="{view.url(view.section(name)["path"])}">{markup(name)}</a>' for name in article["sections"]
    )
    return f'<div class="duongdan"><a href="{view.base}/">Trang chủ</a> &raquo; {links}</div>'


def _heading(view: View, article: Facts, turn: int) -> str:
    number, day = view.numbers[article["slug"]], article["published_raw"]
    title = markup(article["title"])
    original = ""
    if article["original"]:
        target = attribute(urljoin(view.url("/"), article["original"]))
        original = f' <a class="linkGoc" target="_blank" href="{target}">Gốc</a>'
    if turn == 0:
        return f"""<h1 class="titleTin">{title}</h1>
<div class="thongtinTin"><span class="ngayDang">Ngày đăng: {day}</span> | Lượt xem: {number * 37} | \
Cỡ chữ <a href="javascript:;">A-</a> <a href="javascript:;">A+</a>{original}</div>"""
    if turn == 1:
        return f"""<div class="ngayCapNhat">{day}</div>
<h2 class="tenTin">{title}</h2>
<div class="nghe"><audio controls="controls"></audio><span>Đọc bài viết</span> \
<select><option>Giọng nữ</option><option>Giọng nam</option></select>{original}</div>"""
    return f"""<div class="title">{title}</div>
<table class="tblTool"><tr><td>{day}</td><td>Xem với cỡ chữ <a href="javascript:;">T</a></td>\
<td><a href="javascript:;">Đọc bài</a>{original}</td></tr></table>"""


def _sapo(article: Facts) -> str:
    if "excerpt" not in article["lead_kind"]:
        return ""
    return f'<div class="txtSapo">{shown(article["lead"], article["quirks"])}</div>'


def _source(view: View, article: Facts) -> str:
    number, value = view.numbers[article["slug"]], markup(article["source_line"] or "")
    if article["quirks"].get("glued_source"):
        return f'<div class="nguonTin">Nguồn tin {value} | Số lượt đọc: {number * 37}</div>'
    label = '<span class="lbNguon">Nguồn tin:</span>'
    return f'<div class="nguonTin">{label} <span class="vlNguon">{value}</span></div>'


def _tags(view: View, article: Facts) -> str:
    if not article["tags"]:
        return ""
    links = ", ".join(f'<a href="{view.url(view.tag(t)["path"])}">{markup(t)}</a>' for t in article["tags"])
    return f'<div class="tuKhoa"><span>Từ khóa:</span> {links}</div>'


def _tools() -> str:
    stars = "".join(f'<a class="sao" title="{n} sao" href="javascript:;">{n}</a>' for n in range(1, 6))
    return f"""<div class="congcu"><a href="javascript:window.print()">In trang</a> \
<a href="mailto:?subject=Tin">Gửi email</a> <a href="javascript:;">Chia sẻ Zalo</a></div>
<div class="danhgia">Đánh giá: {stars} <span>4,5/5 (2 lượt đánh giá)</span></div>"""


def _comments(view: View, article: Facts) -> str:
    said = ""
    if view.numbers[article["slug"]] % 4 == 0:
        said = f"""<div class="yKien"><b>Bạn đọc Lò Muối</b> <span>{TALKED}</span>
<div>Bài viết rất bổ ích, mong tòa soạn có thêm tin về khu phố của chúng tôi.</div></div>"""
    return f"""<div class="gopY"><div class="gopY_td">Ý kiến của bạn</div>{said}
<input type="text" name="ctl00$hoTen" value="Họ và tên" />
<textarea name="ctl00$noiDung" rows="3">Nội dung</textarea> <span>Mã xác nhận</span>
<input type="text" name="ctl00$capcha" /><input type="submit" value="Gửi ý kiến" /></div>"""


TALKED = "15/03/2026 21:08"
"""When the comment was written: after all articles."""


def _related(view: View, article: Facts, turn: int) -> str:
    days = {a["path"]: printed_day(a) for a in view.articles}
    dated = {path: f" <span>({day})</span>" for path, day in days.items()} if turn else {}
    links = [
        f'<li><a href="{view.url(to["path"])}">{markup(to["title"])}</a>{dated.get(to["path"], "")}</li>'
        for to in article["related"]
    ]
    headed = [("Tin liên quan", links)] if turn == 0 else [("Các tin khác", links)]
    if turn == 2:
        headed = [("Tin mới hơn", links[:1]), ("Tin cũ hơn", links[1:])]
    return "\n".join(
        f'<div class="tinKhac"><div class="tinKhac_td">{name}</div>'
        f'<ul class="dsTinKhac">{"".join(some)}</ul></div>'
        for name, some in headed
        if some
    )

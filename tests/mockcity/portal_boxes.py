"""What surrounds the article in the portal theme: bars, boxes, poll, counters, footer.

All of it is noise to a reader of the article: dates of today and of other news, names of
editors, numbers of visits.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.mockcity.text import markup
from tests.mockcity.truth import Facts
from tests.mockcity.view import View, printed_day

TODAY = "Thứ Hai, 16/03/2026 07:42"
"""What the clock in the bar says on every page: after all articles, in their own form."""


def page_top(view: View, base: str, *, heading: bool) -> str:
    """The utility bar, the banner (a heading on pages whose article has none of that rank), the menu."""
    tag = "h1" if heading else "div"
    return f"""<div class="ThanhTren"><div class="Container1200">
<span class="homNay"><span id="ngayHienTai">{TODAY}</span>:<span id="giay">18</span></span>
<span class="hotLine">Đường dây nóng: 0200 555 0119</span>
<a href="javascript:void(0)" class="cochu">A-</a> <a href="javascript:void(0)" class="cochu">A+</a>
<a href="{view.url("/lien-he.html")}">Liên hệ</a> <span class="ngonngu">Tiếng Việt | English</span>
<input name="ctl00$txtSearch" type="text" value="Nhập từ khóa..." id="ctl00_txtSearch" />
</div></div>
<div class="Banner"><a href="{view.base}/"><img src="{base}/banner.png" alt="" /></a>
<{tag} class="tenCong">{markup(view.name)}</{tag}>
<div class="khauhieu">Công khai - Minh bạch - Phục vụ</div></div>
<div class="MenuNgang"><ul class="rmRootGroup">{_menu(view)}</ul></div>
<div class="ChuChay"><marquee>Chào mừng bạn đến với {markup(view.name)}! Hộp thư góp ý: \
toasoan@cuabach.example</marquee></div>"""


def _menu(view: View) -> str:
    sections = view.sections() if view.has("listings") else []
    children = "".join(
        f'<li class="rmItem"><a class="rmLink" href="{view.url(s["path"])}">{markup(s["name"])}</a></li>'
        for s in sections
    )
    return f"""<li class="rmItem"><a class="rmLink" href="{view.base}/">Trang chủ</a></li>
<li class="rmItem"><a class="rmLink" href="{view.url("/gioi-thieu.html")}">Giới thiệu</a></li>
<li class="rmItem"><span class="rmText">Tin tức - Sự kiện</span><ul class="rmLevel2">{children}</ul></li>
<li class="rmItem"><span class="rmText">Văn bản</span></li>
<li class="rmItem"><span class="rmText">Dịch vụ công</span></li>"""


def boxes_left(view: View, article: Facts) -> str:
    """Newest notices with day and time, in the very form of an article's date; a poll."""
    rows = "".join(
        f'<li><span class="tgian">{a["published_raw"]}</span> '
        f'<a href="{view.url(a["path"])}">{markup(a["title"])}</a></li>'
        for a in view.others(article, 3)
    )
    return f"""{_box("Thông báo mới", f'<ul class="dsThongBao">{rows}</ul>')}
{_box("Thăm dò ý kiến", _poll())}
{_box("Văn bản mới ban hành", _documents())}"""


def boxes_right(view: View, article: Facts | None) -> str:
    """Most read news (beside an article only), weather, web links and the counter of visits."""
    read = ""
    if article is not None:
        others: Iterable[Facts] = view.others(article, 7)[3:]
        rows = "".join(
            f'<div class="tinDocNhieu"><a href="{view.url(a["path"])}">{markup(a["title"])}</a>'
            f"<i>({printed_day(a)})</i></div>"
            for a in others
        )
        read = _box("Tin đọc nhiều", rows)
    weather = "<div>Cửa Bạch: 24°C, độ ẩm 81%</div><div>Gió: Đông Nam, cấp 3</div>"
    links = '<select class="lienket"><option>-- Liên kết --</option><option>Sở Kênh rạch</option></select>'
    counter = (
        "<div>Đang online: <b>37</b></div><div>Hôm nay: 1.204</div><div>Tổng lượt truy cập: 12.845.771</div>"
    )
    return "\n".join(
        [read, _box("Thời tiết", weather), _box("Liên kết", links), _box("Thống kê truy cập", counter)]
    )


def page_foot(view: View) -> str:
    """Licence, editor in charge, address: names and dates that are nobody's article."""
    return f"""<div class="ChanTrang"><div class="Container1200">
<div><b>{markup(view.name.upper())}</b></div>
<div>Giấy phép số 18/GP-TTĐT do Sở Thông tin cấp ngày 05/03/2019</div>
<div>Chịu trách nhiệm chính: Bà Cấn Mộc Sương - Trưởng Ban Biên tập</div>
<div>Địa chỉ: Số 18 phố Bến Đá, phường Lò Muối. Điện thoại: 0200 555 0118</div>
<div>Ghi rõ nguồn "{markup(view.name)}" khi phát hành lại thông tin từ website này.</div>
<div>Thiết kế bởi Trung tâm Phần mềm Ghe Sáu. Bản quyền © 2015 - 2026</div>
<div><a href="{view.url("/gioi-thieu.html")}">Giới thiệu</a> | <a href="#Top">Về đầu trang</a></div>
</div></div>"""


def _poll() -> str:
    choices = ("Rất hài lòng", "Hài lòng", "Chưa hài lòng")
    rows = "".join(
        f'<tr><td><input type="radio" name="ctl00$poll" value="{n}" /><label>{choice}</label></td></tr>'
        for n, choice in enumerate(choices)
    )
    return f"""<div class="cauhoi">Bạn đánh giá thế nào về giao diện mới của cổng?</div>
<table class="rblPoll">{rows}</table>
<input type="submit" value="Biểu quyết" /> <a href="#kq">Xem kết quả</a>"""


def _documents() -> str:
    named = (
        ("214/QĐ-UBND", "11/03/2026", "Về lịch mở cống mùa khô"),
        ("87/KH-UBND", "02/03/2026", "Kế hoạch nạo vét"),
    )
    rows = "".join(f"<tr><td>{a}</td><td>{day}</td><td>{text}</td></tr>" for a, day, text in named)
    return f'<table class="gridVanBan"><tr><th>Số hiệu</th><th>Ngày</th><th>Trích yếu</th></tr>{rows}</table>'


def _box(heading: str, body: str) -> str:
    return (
        f'<div class="hopBen"><div class="hopBen_td">{heading}</div><div class="hopBen_nd">{body}</div></div>'
    )

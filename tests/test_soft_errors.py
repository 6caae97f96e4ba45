"""Pages that answer 200 and say that there is nothing, and news about such pages."""

# ruff: noqa: E501
from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract_html
from pipelines.model import Rejection

CAPTURED = datetime(2026, 3, 20, tzinfo=UTC)
SITE = "Cổng tin Thành phố Mẫu"


def rejected(title: str, body: str, *, language: str = "vi", head: str = "") -> Rejection | None:
    html = (
        f'<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body><ul><li><a href="/">Home</a></li></ul>{body}<footer>© 2026 {SITE}</footer></body></html>'
    )
    read = extract_html(html.encode(), "https://tin.example.vn/mot-trang.html", captured_at=CAPTURED)
    return read if isinstance(read, Rejection) else None


ERRORS = {
    "not found": (f"Không tìm thấy trang - {SITE}", "<h1>Lỗi 404</h1><p>Liên kết có thể đã cũ, mời bạn về trang chủ để tìm lại tin cần đọc.</p>"),
    "not found, said in the text": (SITE, "<h2>Thông tin</h2><p>Trang bạn tìm không tồn tại hoặc đã được chuyển sang địa chỉ khác trên cổng.</p>"),
    "maintenance": (f"Thông báo bảo trì - {SITE}", "<p>Cổng đang được nâng cấp để phục vụ tốt hơn, vui lòng quay lại sau ít phút nữa.</p>"),
    "maintenance, site's name as title": (SITE, "<h1>Thông báo tới bạn đọc</h1><p>Hệ thống được nâng cấp tối nay. Kính mong bạn đọc vui lòng quay lại sau 22 giờ.</p>"),
    "login": ("Đăng nhập hệ thống", "<form><p>Nhập tên và mật khẩu đã được cấp để vào hệ thống quản lý.</p><input type=password></form>"),
    "Cloudflare": ("Just a moment...", "<h1>city.example</h1><h2>Checking if the site connection is secure</h2><p>city.example needs to review the security of your connection before proceeding.</p>"),
    "Cloudflare, blocked": ("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>You are unable to access city.example for reasons that its owner has set.</p>"),
    "another firewall": ("Request Rejected", "<p>The requested URL was rejected. Please consult with your administrator. Your support ID is 4711.</p>"),
    "browser check": ("tin.example.vn", "<h1>Một chút thời gian</h1><p>Đang kiểm tra trình duyệt của bạn trước khi vào trang, việc này chỉ mất vài giây.</p>"),
    "suspended": ("Account Suspended", "<h1>Account Suspended</h1><p>This account has been suspended. Contact your hosting provider for more information.</p>"),
    "parked": ("tin.example.vn", "<h1>tin.example.vn</h1><p>This domain is for sale. Inquire now and get an answer within a day, no strings attached.</p>"),
    "German": ("Seite nicht gefunden | Stadt Muster", "<p>Die Seite wurde verschoben oder gelöscht. Bitte nutzen Sie die Suche oben rechts.</p>"),
    "French": ("Page introuvable - Ville", "<p>La page a été déplacée ou supprimée. Utilisez le moteur de recherche de notre site.</p>"),
    "Spanish": ("Página no encontrada", "<p>La página fue movida o eliminada. Utilice el buscador que está arriba a la derecha.</p>"),
    "Polish": ("Nie znaleziono strony", "<p>Strona została przeniesiona albo usunięta. Skorzystaj z wyszukiwarki u góry ekranu.</p>"),
    "Korean": ("페이지를 찾을 수 없습니다", "<p>주소가 잘못 입력되었거나 페이지가 옮겨졌을 수 있습니다. 처음 화면에서 다시 찾아 주십시오.</p>"),
    "Japanese": ("ページが見つかりません", "<p>アドレスが間違っているか、ページが移動した可能性があります。トップページからお探しください。</p>"),
    "Chinese": ("页面不存在", "<p>地址可能有误，或者该页面已经移动到别处。请返回首页重新查找您需要的内容，谢谢您的理解。</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_pages_that_say_that_there_is_nothing_are_soft_errors(name: str) -> None:
    read = rejected(*ERRORS[name])
    assert read is not None and read.reason == "soft_error" and read.detail


SHELLS = {
    "a root for scripts": '<div id="root"></div><script src="/app.js"></script>',
    "and a line for browsers without": '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div><script src="/app.js"></script>',
}  # fmt: skip


@pytest.mark.parametrize("name", SHELLS)
def test_an_empty_shell_is_a_soft_error(name: str) -> None:
    html = f"<html><head><title>Cổng tin</title></head><body>{SHELLS[name]}</body></html>"
    read = extract_html(html.encode(), "https://tin.example.vn/a.html", captured_at=CAPTURED)
    assert isinstance(read, Rejection) and read.reason == "soft_error"


TITLE = "Tuyến xe buýt số bảy chạy thử qua cầu mới"


def test_a_page_of_one_film_or_one_file_is_no_article_and_says_so() -> None:
    film = rejected(TITLE, f'<h1>{TITLE}</h1><video src="/a.mp4"></video><script>play()</script>')
    file = rejected(TITLE, f'<h1>{TITLE}</h1><p><a href="/van-ban/12.pdf">Tải về</a></p>')
    shown = rejected(TITLE, f'<h1>{TITLE}</h1><iframe src="/van-ban/12.pdf"></iframe>')
    read = (film, file, shown)
    assert [r and (r.reason, "video" in str(r.detail), "file" in str(r.detail)) for r in read] == [
        ("no_body", True, False), ("no_body", False, True), ("no_body", False, True),
    ]  # fmt: skip


NEWS = {
    "a not found of another kind": ("Thành phố xử lý 404 phản ánh của người dân", "Trong quý một, tổ công tác nhận 404 phản ánh và đã trả lời 390 phản ánh, chủ yếu về cây xanh và chiếu sáng."),
    "a missing file": ("Không tìm thấy hồ sơ, cán bộ phải xin lỗi dân", "Quy định mới nêu rõ cán bộ làm thất lạc hồ sơ phải xin lỗi bằng văn bản trong hai ngày làm việc."),
    "maintenance of a bridge": ("Bảo trì cầu Ván trong ba đêm, xe tải đi đường vòng", "Từ 22 giờ mỗi đêm, đơn vị quản lý thay khe co giãn và sơn lại lan can, xe máy vẫn qua lại được."),
    "maintenance of the water works": ("Trang thông tin cấp nước thông báo lịch bảo trì hệ thống cấp nước", "Ba phường phía đông tạm ngừng cấp nước từ 8 giờ đến 17 giờ thứ Bảy để súc rửa đường ống chính."),
    "a portal with a login": ("Ra mắt cổng đăng nhập một lần cho dịch vụ công", "Người dân chỉ cần một tài khoản để nộp hồ sơ ở mọi phường, không phải đăng ký lại từng nơi."),
    "a bridge, in English": ("Bridge maintenance begins Monday on Quay Street", "Crews will replace joints at night, and one lane stays open to buses and bicycles through Friday."),
    "a login page, in English": ("City launches single login for permits and taxes", "Residents can now pay taxes and follow permits with one account, the clerk's office said on Tuesday."),
    "a mistake, in English": ("Error in ballot printing delays mailing by two days", "The printer found the wrong date on 300 ballots and has begun to print them anew at its own cost."),
    "works, in German": ("Wartung der Ampeln an der Hafenstraße ab Montag", "Die Stadtwerke tauschen die Lampen an vier Kreuzungen aus, der Verkehr wird von Hand geregelt."),
    "works, in Korean": ("상수도 시설 정기 점검으로 동구 일부 지역 단수", "토요일 오전 여덟 시부터 오후 다섯 시까지 세 개 동의 수돗물 공급이 중단되며 급수차가 배치된다."),
    "a dated notice of works on the city's own system": ("Thông báo bảo trì hệ thống dịch vụ công", "Tối thứ Bảy, cổng dịch vụ công tạm ngừng nhận hồ sơ từ 20 giờ đến 23 giờ để thay máy chủ."),
}  # fmt: skip


@pytest.mark.parametrize("name", NEWS)
def test_short_news_about_errors_and_works_is_news(name: str) -> None:
    title, text = NEWS[name]
    body = f"<div><h1>{title}</h1><p>Thứ Hai, 09/03/2026 08:15</p><p>{text}</p></div>"
    assert rejected(f"{title} - {SITE}", body) is None

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
    "a firewall that takes us for a machine": ("Pardon Our Interruption", "<p>As you were browsing something about your browser made us think you were a bot.</p>"),
    "no database": ("tin.example.vn", "<h1>Error establishing a database connection</h1>"),
    "no application": ("Runtime Error", "<h1>Server Error</h1><p>Description: An application error occurred on the server, and its details are hidden.</p>"),
    "a fresh server": ("Welcome to nginx!", "<p>If you see this page, the nginx web server is successfully installed and working.</p>"),
    "parked, for sale": ("tin.example.vn", "<p>Buy this domain. It may be for sale by its owner, and related searches are shown below.</p>"),
    "nothing found": ("Oops!", "<h1>Oops!</h1><p>It looks like nothing was found at this location. Maybe try a search?</p>"),
    "German, kindly": ("Stadt Muster", "<h1>Hoppla!</h1><p>Leider konnte die gewünschte Seite nicht gefunden werden. Bitte prüfen Sie die Adresse.</p>"),
    "French, kindly": ("Ville", "<h1>Oups</h1><p>Désolé, cette page n’existe plus. Vous pouvez revenir à l’accueil du site.</p>"),
    "Portuguese, kindly": ("Prefeitura", "<h1>Ops!</h1><p>Desculpe, não foi possível encontrar a página solicitada. Volte ao início.</p>"),
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


def test_a_page_that_sends_the_browser_on_is_a_soft_error() -> None:
    text = "<h1>Tuyến xe buýt số bảy</h1><p>Trang tin về tuyến xe buýt đã có địa chỉ mới, mời bạn chờ giây lát.</p>"
    for content, reason in (("0; url=/moi.html", "soft_error"), ("3;URL='/moi.html'", "soft_error"), ("300", None), ("600; url=/", None)):
        read = rejected("Tuyến xe buýt số bảy", text, head=f'<meta http-equiv="refresh" content="{content}">')
        assert (read.reason if read else None) == reason, content


TITLE = "Tuyến xe buýt số bảy chạy thử qua cầu mới"


def rejected_as(body: str, *, title: str = TITLE, language: str = "vi", head: str = "") -> str | None:
    read = rejected(f"{title} - {SITE}", f"<main><h1>{title}</h1><p>09/03/2026 08:15</p>{body}</main>", language=language, head=head)
    return read.reason if read else None


CAPTION = "<p>Các đội đua thuyền tranh tài trên sông sáng 9/3.</p>"
WATCH = "<p>Watch highlights from the races under the old bridge.</p>"
FRAME = '<iframe src="https://www.youtube.com/embed/abc"></iframe>'
FILMS = {
    "a player alone": '<video src="/a.mp4"></video><script>play()</script>',
    "a player and a caption": f'<video controls src="/a.mp4"></video>{CAPTION}',
    "a frame, a caption and who made it": f"<div>{FRAME}</div>{CAPTION}<p>Thực hiện: Minh Hà</p>",
    "a film in a figure": '<figure><video src="/a.mp4"></video><figcaption>Crews race under the old bridge.</figcaption></figure>',
    "a frame of a platform": f'<iframe src="https://player.vimeo.com/video/1"></iframe>{WATCH}',
    "a sound": '<audio controls src="/a.mp3"></audio><p>Nghe bản tin phát thanh của thành phố.</p>',
}  # fmt: skip
FILES = {
    "a link": '<p><a href="/van-ban/12.pdf">Tải về</a></p>',
    "a link in a sentence": '<p>Xem toàn văn quyết định <a href="/van-ban/12.pdf">tại đây</a>.</p>',
    "a sentence in English": '<p>Read the full <a href="/docs/budget.pdf">budget report (PDF, 2 MB)</a>.</p>',
    "a frame": '<iframe src="/van-ban/12.pdf"></iframe>',
    "an object": '<object data="/van-ban/12" type="application/pdf"><p>Không xem được ở đây.</p></object>',
    "pdf.js and a caption": f'<iframe src="/pdfjs/web/viewer.html?file=%2Fdocs%2Fbudget.pdf"></iframe>{WATCH}',
    "another viewer": '<iframe data-src="https://viewer.example/gview?url=https://a.example/b.pdf&embedded=true"></iframe>',
}  # fmt: skip


@pytest.mark.parametrize("name", FILMS)
def test_a_page_that_shows_a_film_and_its_caption_is_no_article(name: str) -> None:
    assert rejected_as(FILMS[name]) == "video_only"


def test_metadata_may_call_a_page_a_film() -> None:
    assert rejected_as(CAPTION, head='<meta property="og:type" content="video.other">') == "video_only"
    said = '<script type="application/ld+json">{"@type":"VideoObject","name":"x"}</script>'
    assert rejected_as(WATCH, language="en", head=said) == "video_only"


@pytest.mark.parametrize("name", FILES)
def test_a_page_that_is_there_for_a_document_is_no_article(name: str) -> None:
    assert rejected_as(FILES[name]) == "document_only"


def test_a_text_beside_a_film_or_a_document_makes_an_article() -> None:
    text = "<p>Mười hai đội thuyền của các phường tranh tài trên đoạn sông dài hai cây số, trước hàng nghìn người dân hai bờ. Đội Bến Cũ về nhất, đội Cầu Ván về nhì.</p>"
    both = "<p>Đội Bến Cũ về nhất ở nội dung thuyền nam, lần thứ ba trong năm năm.</p><p>Lễ hội còn kéo dài đến hết tuần với các trò chơi dân gian.</p>"
    map_ = '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>'
    for body in (FRAME + text, both + FRAME, FILES["a frame"] + text, FILES["a link"] + both, map_ + text):
        assert rejected_as(body) is None
    assert rejected_as("", title=TITLE) == "no_body"
    assert rejected_as(f"<nav>{FRAME}{FILES['a link']}</nav>") == "no_body"


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

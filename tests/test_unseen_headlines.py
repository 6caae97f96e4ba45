"""Headlines of pages as board software, portals and standards elsewhere print them."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.extract import extract_html
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."
K = "새로 놓인 보행교는 토요일에 열리며 처음 알린 날보다 두 주 빠르다고 시는 밝혔다."
K += " 자전거는 월요일부터 다닐 수 있다."
C = "新建的人行桥将于周六开放，比原定日期提前两周。自行车从周一起可以通行，北侧护栏已经加高。"


def title(
    body: str, *, head: str = "", url: str = "https://town.example/news.php?id=7", lang: str = "en"
) -> str:
    html = f"<html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    article = extract_html(html.encode(), url, captured_at=datetime(2026, 3, 20, tzinfo=UTC))
    assert isinstance(article, Article), article
    return article.title


def test_a_sections_name_in_the_h1_is_not_the_headline() -> None:
    path = '<p><a href="/">Start</a> <a href="/news.php">Town Notes</a></p>'
    body = f"{path}<h1>Town Notes</h1><h3>Footbridge opens early</h3><div><p>{P}</p><p>{Q}</p></div>"
    head = "<title>Town Notes | Millrace</title>"
    assert title(body, head=head) == "Footbridge opens early"
    # Where no link names a section, the short line is the headline.
    assert title(body.replace(path, ""), head=head) == "Town Notes"


def test_boards_print_the_headline_beside_its_label() -> None:
    rows = "<tr><th>제목</th><td>물레방아 옆 보행교 토요일에 개통</td></tr>"
    rows += "<tr><th>작성일</th><td>2024.05.07</td></tr>"
    table = f"<h1>시정 소식</h1><table>{rows}</table><div><p>{K}</p><p>{K[::-1]}</p></div>"
    assert (
        title(table, head="<title>시정 소식 | 물가시</title>", lang="ko")
        == "물레방아 옆 보행교 토요일에 개통"
    )
    listed = f"<dl><dt>件名</dt><dd>水車横の歩道橋、土曜に開通</dd></dl><div><p>{C}</p><p>{C}</p></div>"
    assert title(listed, head="<title>お知らせ</title>", lang="ja") == "水車横の歩道橋、土曜に開通"


def test_a_label_inside_the_text_is_none() -> None:
    form = "<table><tr><th>Headline</th><td>What to write on the form</td></tr></table>"
    assert title(f"<h1>How to send us your news</h1><p>{P}</p>{form}<p>{Q}</p>") == "How to send us your news"


def test_the_chinese_standards_metadata_names_it() -> None:
    head = "<title>水磨沟人行桥周六开放_新闻_水磨沟</title>"
    head += '<meta name="ArticleTitle" content="水磨沟人行桥周六开放">'
    path = '<div>您所在的位置：<a href="/">首页</a> &gt; <a href="/n/">今日新闻</a> &gt; 正文</div>'
    body = f"{path}<div>水磨沟人行桥周六开放</div><div><p>{C}</p><p>{C}</p></div>"
    assert title(body, head=head, lang="zh") == "水磨沟人行桥周六开放"


def test_the_path_to_the_page_is_not_the_line_above_the_text() -> None:
    path = (
        '<div>You are here: <a href="/">Start of the site</a> » <a href="/n">News from the old town</a></div>'
    )
    body = f"{path}<div><p>{P}</p><p>{Q}</p></div>"
    assert title(body, head="<title>Footbridge opens early</title>") == "Footbridge opens early"


def test_a_banner_above_the_menu_is_the_sites_name() -> None:
    menu = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in ("council", "forms", "contact"))
    body = f"<h1>The Borough of Millrace</h1><ul>{menu}</ul><div>Footbridge at the mill opens early</div>"
    head = "<title>Article - The Borough of Millrace</title>"
    assert title(f"{body}<div><p>{P}</p><p>{Q}</p></div>", head=head) == "Footbridge at the mill opens early"


def test_a_headline_above_its_tags_is_no_banner() -> None:
    tags = "".join(f'<li><a href="/tag/{n}">{n}</a></li>' for n in ("bridges", "river", "paths"))
    head = "<title>Millrace Borough - Footbridge opens early</title>"
    top = "<p>Millrace Borough</p><h1>Footbridge opens early</h1>"
    body = f"{top}<ul>{tags}</ul><div><p>{P}</p><p>{Q}</p></div>"
    assert title(body, head=head) == "Footbridge opens early"


def test_the_link_to_the_folder_of_the_page_is_not_its_headline() -> None:
    url = "https://town.example/news-from-the-old-town/article.aspx?id=7"
    menu = '<li><a href="/news-from-the-old-town">News from the old town</a></li>'
    body = f"<ul>{menu}</ul><div>Footbridge at the mill opens early</div><div><p>{P}</p><p>{Q}</p></div>"
    assert title(body, head="<title>x</title>", url=url) == "Footbridge at the mill opens early"


def test_broken_references_below_a_banner_are_no_menu_and_no_error() -> None:
    menu = "<li><a href='http://[x'>Council</a></li><li><a href='//]/'>Forms</a></li><li><a>Contact</a></li>"
    body = f"<h1>The Borough of Millrace</h1><ul>{menu}</ul><h2>It opens early</h2><p>{P}</p><p>{Q}</p>"
    assert title(body, head="<title>Article - The Borough of Millrace</title>") == "The Borough of Millrace"


def test_the_kind_of_a_text_is_no_headline() -> None:
    facts = "<ul><li>작성자 : 노인복지과</li><li>작성일 : 2026-03-05</li><li>조회수 : 55</li></ul>"
    files = "<dl><dt>첨부파일</dt><dd><a href=/f.hwp>0305 다리.hwp</a></dd></dl>"
    html = (
        "<html lang=ko><head><meta charset=utf-8><title>보도자료 | 물레시청</title></head><body>"
        "<h2>보도자료</h2>"
        f"<h3>물레방아 옆 보행교 토요일 개통</h3>{facts}{files}<div>"
        "<p>물레시는 물레방아 옆 보행교를 예정보다 두 주 앞당겨 이번 토요일에 개통한다고 5일 밝혔다.</p>"
        "<p>자전거는 북쪽 난간을 높이는 공사가 끝나는 다음 주 월요일부터 다닐 수 있다고 시는 설명했다.</p>"
        "</div></body></html>"
    )
    article = extract_html(
        html.encode(), "https://mulle.go.kr/b?q=7", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
    )
    assert isinstance(article, Article), article
    assert article.title == "물레방아 옆 보행교 토요일 개통"


T = "เทศบาลเปิดสะพานคนเดินข้ามคลองข้างโรงสีเก่าเมื่อวันเสาร์ เร็วกว่ากำหนดเดิมสองสัปดาห์ และเปิดให้จักรยานใช้ได้ตั้งแต่วันจันทร์"


def test_a_bold_line_without_a_stop_is_the_headline_where_sentences_have_none() -> None:
    line = "เทศบาลเปิดสะพานคนเดินข้ามคลองข้างโรงสีเก่าก่อนกำหนดสองสัปดาห์"
    menu = "<div>วันนี้ 214<br>ทั้งหมด 1,250,887</div>"
    table = "<table><tr><td><strong>{}</strong></td></tr><tr><td><p>{}</p><p>{}</p></td></tr></table>"
    head = "<title>::เทศบาลริมคลอง::</title>"
    assert title(menu + table.format(line, T, T[::-1]), head=head, lang="th") == line
    # In plain type it is a paragraph, and a counter is no headline.
    plain = (menu + table.format(line, T, T[::-1])).replace("strong", "span")
    assert title(plain, head=head, lang="th") == "::เทศบาลริมคลอง::"


def test_a_label_and_its_number_are_no_headline() -> None:
    body = "<div>{}</div><div><p>" + P + "</p><p>" + Q + "</p></div>"
    assert title(body.format("Visits in all 1,250,887"), head="<title>Millrace</title>") == "Millrace"
    line = "Bridge opens in 2024"
    assert title(body.format(line), head="<title>Millrace</title>") == line


def test_a_label_and_a_headline_long_enough_for_a_text() -> None:
    told = "เทศบาลตำบลริมน้ำเปิดสะพานคนเดินข้ามลำรางโรงสีในวันเสาร์นี้เร็วกว่าที่ประกาศไว้"
    rows = f"<tr><td>หัวข้อข่าว :</td><td>{told}</td></tr><tr><td>วันที่ลงข่าว :</td><td>7 กุมภาพันธ์ 2568</td></tr>"
    body = f"<td>ข่าวประชาสัมพันธ์</td><table>{rows}</table><div>{told * 2}</div><div>{told * 3}</div>"
    assert title(body, head="<title>เทศบาลตำบลริมน้ำ</title>", lang="th") == told


def test_sub_headlines_and_lists_of_facts_stand_under_the_headline() -> None:
    facts = "<ul><li>작성자 기획실<li>등록일 2025-04-06<li>조회수 174</ul>"
    facts += "<dl><dt>첨부파일<dd><a href=/f.pdf>보행교.pdf</a></dl>"
    under = "<p>- 자전거는 월요일부터 새 난간 옆으로</p><p>- 낡은 다리는 이달 말까지 보행자에게</p>"
    body = f"<div>물레방아 옆 보행교 토요일에 개통</div>{facts}<div>{under}<p>{K}</p><p>{K[::-1]}</p></div>"
    assert title(body, head="<title>물가시</title>", lang="ko") == "물레방아 옆 보행교 토요일에 개통"


def test_who_wrote_the_text_is_no_headline() -> None:
    lines = "<tr><td>The footbridge opens early<tr><td>First published 5 March 2026"
    body = f"<table>{lines}<tr><td>By Rosa Maria Lake-Mill<tr><td>{P}<tr><td>{Q}</table>"
    assert title(body, head="<title>Millrace Evening Post</title>") == "The footbridge opens early"


def test_the_path_to_the_page_is_no_headline_though_its_address_names_it() -> None:
    url = "https://town.example/tin-tuc/hoat-dong-chuyen-mon/khanh-thanh-cau-40211.html"
    told = "Cầu đi bộ qua rạch Cối Xay mở cửa từ thứ bảy, sớm hơn hai tuần so với ngày đã thông báo."
    menu = "<ul><li><a href=/a>Giới thiệu</a><li><a href=/hoat-dong>Hoạt động chuyên môn</a></ul>"
    path = "<div><a href=/>Trang chủ</a> » <a href=/hoat-dong>Hoạt động chuyên môn</a></div>"
    body = f"{menu}{path}<h2>Khánh thành cầu đi bộ</h2><div><p>{told}</p><p>{told[::-1]}</p></div>"
    assert title(body, head="<title>Cối Xay</title>", url=url, lang="vi") == "Khánh thành cầu đi bộ"


def test_a_heading_that_goes_on_where_the_stated_title_stops() -> None:
    head = "<title>How the footbridge opens - Millrace</title>"
    url = "https://town.example/how-the-footbridge-opens/"
    card = "<div><h2>How the footbridge opens</h2><ul><li>On Saturday<li>At noon</ul></div>"
    body = f"<h1>How the footbridge opens (and why nobody knew)</h1><div><p>{P}</p>{card}<p>{Q}</p></div>"
    assert title(body, head=head, url=url) == "How the footbridge opens (and why nobody knew)"


def test_the_name_of_what_shows_posts_is_no_headline() -> None:
    for name in ("Blog", "News List", "Новости города"):
        body = f"<h1>{name}</h1><h2>Footbridge opens early</h2><div><p>{P}</p><p>{Q}</p></div>"
        assert title(body, head=f"<title>{name}</title>") == "Footbridge opens early"

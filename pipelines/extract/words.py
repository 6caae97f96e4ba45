"""The words of each language that reading goes by: one table per language.

Words are written folded (:func:`pipelines.text.fold`: no case, no diacritics), and text
is folded before it is compared. A language without a table still gets title, body, and
dates in digits.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's table. Every entry is folded."""

    months: tuple[str, ...] = ()
    """Twelve entries; spellings of one month divided by ``|``."""
    weekdays: tuple[str, ...] = ()
    """Monday to Sunday, spellings divided by ``|``."""
    published: tuple[str, ...] = ()
    """Labels before a date of publication."""
    updated: tuple[str, ...] = ()
    """Labels before a date of change."""
    related: tuple[str, ...] = ()
    """Headings over links to other news."""
    end: tuple[str, ...] = ()
    """Lines (or beginnings of lines with a colon) at which an article is over."""
    over: tuple[str, ...] = ()
    """Those of ``end`` that only ever stand under the text: comments, ratings, neighbours."""
    furniture: tuple[str, ...] = ()
    """Whole lines that belong to the page and not to the text: print, share …"""
    boilerplate: tuple[str, ...] = ()
    """Parts of sentences that only a footer or a form says."""
    error: tuple[str, ...] = ()
    """Parts of titles of pages that say that there is no page."""


TABLES: dict[str, Words] = {
    "vi": Words(
        months=tuple(f"thang {n}|thang {n:02d}" for n in range(1, 13)),
        weekdays=(
            "thu hai|thu 2|t2", "thu ba|thu 3|t3", "thu tu|thu 4|t4", "thu nam|thu 5|t5",
            "thu sau|thu 6|t6", "thu bay|thu 7|t7", "chu nhat|cn",
        ),
        published=(
            "ngay dang tin", "ngay dang", "dang ngay", "dang luc", "ngay xuat ban", "xuat ban",
            "thoi gian dang", "ngay ban hanh", "ngay tao", "dang tai", "phat hanh",
        ),
        updated=(
            "cap nhat", "ngay cap nhat", "cap nhat luc", "cap nhat ngay", "sua doi", "chinh sua",
            "cap nhat lan cuoi", "lan sua cuoi",
        ),
        related=(
            "tin khac", "cac tin khac", "tin lien quan", "cac tin lien quan", "bai viet lien quan",
            "bai lien quan", "tin cung chuyen muc", "cung chuyen muc", "tin da dua", "cac tin da dua",
            "tin cu hon", "tin moi hon", "nhung tin cu hon", "nhung tin moi hon", "cac tin cu hon",
            "cac tin moi hon", "doc them", "xem them", "tham khao them", "co the ban quan tam",
            "bai viet khac", "cac bai viet khac", "bai viet cung chuyen muc", "tin tuc lien quan",
            "tin tuc khac", "tin bai lien quan", "tin bai khac", "cac bai khac", "tin cung loai",
            "bai viet moi", "nhung tin khac", "cac tin da dang",
        ),
        end=(
            "tien ich thong tin", "nguon tin", "qr code", "chung toi tren mang xa hoi", "chia se",
            "binh luan", "y kien ban doc", "y kien cua ban", "gui binh luan", "tu khoa",
            "danh gia bai viet", "tong so diem cua bai viet", "xem them ve", "tac gia bai viet",
            "tin noi bat", "viet binh luan", "thong ke truy cap", "tags", "tai lieu dinh kem",
            "file dinh kem", "tep dinh kem", "tag", "tin moi nhat", "tin moi", "xem nhieu", "doc nhieu",
            "xem nhieu nhat", "tin xem nhieu", "tin doc nhieu", "chu de", "su kien", "tin moi cap nhat",
        ),
        over=(
            "binh luan", "y kien ban doc", "y kien cua ban", "gui binh luan", "viet binh luan", "qr code",
            "tien ich thong tin", "danh gia bai viet", "tong so diem cua bai viet", "thong ke truy cap",
            "xem them ve",
        ),
        furniture=(
            "print", "in", "in trang", "in bai", "in bai viet", "goc", "ban in", "gui email", "email",
            "chia se", "sao chep lien ket", "luu bai viet", "nghe doc bai", "co chu", "quay lai", "tro ve",
            "ve dau trang", "theo doi tren", "xem cac bai viet cua tac gia", "nghe bai viet", "a a",
            "doc bai", "tang giam co chu", "gui binh luan", "bookmark", "in tin", "gui tin",
            "xem binh luan", "phan hoi",
        ),
        boilerplate=(
            "giay phep", "ban quyen", "co quan quan ly", "co quan chu quan", "dien thoai:", "fax:",
            "tong bien tap", "chiu trach nhiem", "dia chi:", "hotline", "ghi ro nguon", "dang nhap",
            "luot truy cap", "ma qr", "so luot xem",
        ),
        error=(
            "khong tim thay", "khong ton tai", "trang loi", "dang bao tri", "dang nhap", "loi 404",
            "khong co quyen truy cap", "tu choi truy cap",
        ),
    ),
    "en": Words(
        months=(
            "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul",
            "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec",
        ),
        weekdays=(
            "monday|mon", "tuesday|tue|tues", "wednesday|wed", "thursday|thu|thurs", "friday|fri",
            "saturday|sat", "sunday|sun",
        ),
        published=(
            "published", "posted", "published on", "posted on", "date published", "news date", "date",
            "release date", "date posted", "post date", "publish date", "for immediate release",
            "publication date", "released", "issued", "published date", "created",
        ),
        updated=(
            "updated", "last updated", "modified", "last modified", "updated on", "last reviewed",
            "date modified", "date updated", "last update", "updated date", "reviewed",
        ),
        related=(
            "related", "related news", "related articles", "related stories", "related posts", "more news",
            "read more", "read also", "see also", "you may also like", "more stories", "related links",
            "related content", "recommended", "also read", "more from this section", "other news",
            "related press releases", "latest news", "more in this section", "further reading",
            "related topics", "more news releases", "recent news", "recent posts", "related information",
            "more press releases", "related items",
        ),
        end=(
            "share", "share this", "comments", "leave a comment", "tags", "filed under", "share this page",
            "leave a reply", "media contact", "press contact", "contact", "contacts", "share this article",
            "receive email updates", "subscribe", "about the author", "post navigation", "media contacts",
            "for media inquiries", "sign up", "newsletter", "categories", "share this post", "###", "-30-",
            "# # #", "most read", "most popular", "trending", "return to full list", "back to top",
            "for more information contact", "media inquiries", "share this story", "follow us",
        ),
        over=(
            "comments", "leave a comment", "leave a reply", "post navigation", "back to top",
            "return to full list",
        ),
        furniture=(
            "print", "share", "email", "tweet", "facebook", "twitter", "linkedin", "whatsapp", "copy link",
            "back", "back to previous page", "listen", "x", "pinterest", "print this page", "rss",
            "print page", "telegram", "skip to main content", "save", "google+", "reddit", "next",
            "previous", "back to news", "advertisement", "pdf", "copy", "share on facebook",
        ),
        boilerplate=(
            "copyright", "all rights reserved", "privacy policy", "cookie", "terms of use", "phone:",
            "fax:", "log in", "javascript", "newsletter", "subscribe to", "powered by",
        ),
        error=(
            "not found", "404", "403", "error", "maintenance", "access denied", "log in", "login",
            "sign in", "forbidden", "just a moment", "attention required", "are you a robot", "captcha",
            "page unavailable", "temporarily unavailable", "under construction",
        ),
    ),
    "de": Words(
        months=(
            "januar|janner|jan", "februar|feb", "marz|mar", "april|apr", "mai", "juni|jun", "juli|jul",
            "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "dezember|dez",
        ),
        weekdays=(
            "montag|mo", "dienstag|di", "mittwoch|mi", "donnerstag|do", "freitag|fr", "samstag|sa",
            "sonntag|so",
        ),
        published=(
            "veroffentlicht", "veroffentlicht am", "datum", "erstellt am", "meldung vom", "vom",
            "stand vom",
        ),
        updated=(
            "aktualisiert", "aktualisiert am", "letzte anderung", "zuletzt geandert", "geandert am",
            "stand", "letzte aktualisierung",
        ),
        related=(
            "weitere meldungen", "weitere nachrichten", "mehr zum thema",
            "das konnte sie auch interessieren", "weiterfuhrende informationen", "verwandte artikel",
            "weitere artikel", "lesen sie auch", "verwandte themen", "ahnliche artikel",
            "weitere informationen", "weiterfuhrende links", "weitere pressemitteilungen",
            "mehr nachrichten",
        ),
        end=(
            "kontakt", "ansprechpartner", "pressekontakt", "teilen", "kommentare", "schlagworte",
            "downloads", "seite drucken", "zuruck", "ansprechpartnerin", "ansprechperson", "seite teilen",
            "offnungszeiten",
        ),
        over=(
            "kommentare", "seite drucken",
        ),
        furniture=(
            "drucken", "teilen", "seite drucken", "vorlesen", "zuruck", "nach oben", "suche",
            "seite vorlesen", "zur ubersicht",
        ),
        boilerplate=(
            "impressum", "datenschutz", "telefon:", "alle rechte vorbehalten", "telefax",
        ),
        error=(
            "nicht gefunden", "wartung", "anmelden", "fehler",
        ),
    ),
    "pt": Words(
        months=(
            "janeiro|jan", "fevereiro|fev", "marco|mar", "abril|abr", "maio|mai", "junho|jun", "julho|jul",
            "agosto|ago", "setembro|set", "outubro|out", "novembro|nov", "dezembro|dez",
        ),
        weekdays=(
            "segunda-feira|segunda", "terca-feira|terca", "quarta-feira|quarta", "quinta-feira|quinta",
            "sexta-feira|sexta", "sabado", "domingo",
        ),
        published=(
            "publicado", "publicado em", "publicada em", "data", "postado em", "data de publicacao",
        ),
        updated=(
            "atualizado", "atualizado em", "ultima atualizacao", "ultima modificacao", "modificado em",
        ),
        related=(
            "noticias relacionadas", "leia tambem", "veja tambem", "mais noticias", "relacionadas",
            "outras noticias", "materias relacionadas", "conteudo relacionado", "saiba mais", "leia mais",
        ),
        end=(
            "compartilhe", "comentarios", "tags", "contato", "compartilhar", "assuntos",
            "deixe um comentario",
        ),
        over=(
            "comentarios", "deixe um comentario",
        ),
        furniture=(
            "imprimir", "compartilhar", "voltar", "facebook twitter google+ whatsapp", "voltar ao topo",
            "compartilhe", "ouvir",
        ),
        boilerplate=(
            "todos os direitos reservados", "cnpj", "telefone:",
        ),
        error=(
            "nao encontrada", "nao encontrado", "manutencao", "erro 404",
        ),
    ),
    "es": Words(
        months=(
            "enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul",
            "agosto|ago", "septiembre|setiembre|sept|sep", "octubre|oct", "noviembre|nov", "diciembre|dic",
        ),
        weekdays=(
            "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
        ),
        published=(
            "publicado", "publicado el", "fecha", "fecha de publicacion", "publicada el",
        ),
        updated=(
            "actualizado", "actualizado el", "ultima actualizacion", "ultima modificacion",
        ),
        related=(
            "noticias relacionadas", "lea tambien", "mas noticias", "relacionadas", "otras noticias",
            "le puede interesar", "articulos relacionados", "te puede interesar", "contenido relacionado",
        ),
        end=(
            "compartir", "comentarios", "etiquetas", "contacto", "comparte", "deja un comentario",
        ),
        over=(
            "comentarios", "deja un comentario",
        ),
        furniture=(
            "imprimir", "compartir", "volver", "escuchar", "subir",
        ),
        boilerplate=(
            "todos los derechos reservados", "telefono:", "aviso legal",
        ),
        error=(
            "no encontrada", "no encontrado", "mantenimiento", "iniciar sesion",
        ),
    ),
    "fr": Words(
        months=(
            "janvier|janv", "fevrier|fevr", "mars", "avril|avr", "mai", "juin", "juillet|juil", "aout",
            "septembre|sept", "octobre|oct", "novembre|nov", "decembre|dec",
        ),
        weekdays=(
            "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        ),
        published=(
            "publie", "publie le", "mis en ligne le", "date", "date de publication", "poste le",
        ),
        updated=(
            "mis a jour", "mis a jour le", "derniere mise a jour", "modifie le", "derniere modification",
        ),
        related=(
            "a lire aussi", "articles lies", "sur le meme sujet", "autres actualites", "lire aussi",
            "voir aussi", "plus d'actualites", "a voir aussi", "articles similaires", "en savoir plus",
        ),
        end=(
            "partager", "commentaires", "contact", "mots-cles", "laisser un commentaire", "contact presse",
        ),
        over=(
            "commentaires", "laisser un commentaire",
        ),
        furniture=(
            "imprimer", "partager", "retour", "ecouter", "haut de page",
        ),
        boilerplate=(
            "tous droits reserves", "mentions legales", "telephone",
        ),
        error=(
            "introuvable", "non trouvee", "maintenance", "se connecter",
        ),
    ),
    "ko": Words(
        weekdays=(
            "월요일|월", "화요일|화", "수요일|수", "목요일|목", "금요일|금", "토요일|토", "일요일|일",
        ),
        published=(
            "날짜", "등록일", "작성일", "게시일", "등록일자", "입력", "보도일", "작성일자", "제공일",
            "배포일",
        ),
        updated=(
            "수정일", "최종수정일", "수정", "최종업데이트", "최종수정", "갱신일",
        ),
        related=(
            "관련기사", "관련 기사", "관련뉴스", "관련 글", "관련글", "다른 기사", "관련 뉴스",
        ),
        end=(
            "첨부파일", "목록", "담당부서", "다음글", "이전글", "추천하기", "공유하기", "댓글",
            "만족도조사", "등록된 글이 없습니다", "태그", "<끝>", "파일첨부", "키워드",
        ),
        over=(
            "댓글", "목록", "다음글", "이전글", "추천하기", "등록된 글이 없습니다", "첨부파일",
        ),
        furniture=(
            "인쇄", "인쇄하기", "스크랩", "공유", "목록", "url 복사", "조회수", "카카오톡", "페이스북",
            "네이버블로그", "스크랩 열기",
        ),
        boilerplate=(
            "저작물", "만족하십니까", "로그인",
        ),
        error=(
            "찾을 수 없", "로그인", "점검",
        ),
    ),
    "ja": Words(
        weekdays=(
            "月曜日|月", "火曜日|火", "水曜日|水", "木曜日|木", "金曜日|金", "土曜日|土", "日曜日|日",
        ),
        published=(
            "公開日", "掲載日", "登録日", "発表日", "投稿日", "作成日", "配信日",
        ),
        updated=(
            "更新日", "最終更新日", "最終更新", "更新", "ページ更新日",
        ),
        related=(
            "関連記事", "関連情報", "関連リンク", "関連ニュース", "関連ページ", "おすすめ記事",
        ),
        end=(
            "お問い合わせ", "このページについて", "問い合わせ先", "このページに関する", "ページトップへ",
            "お問い合わせ先", "このページに関するお問い合わせ", "添付ファイル", "このページの担当",
        ),
        over=(
            "お問い合わせ", "このページについて", "このページに関する", "お問い合わせ先",
        ),
        furniture=(
            "印刷", "シェア", "本文ここから", "ページトップへ", "ツイート",
        ),
        boilerplate=(
            "adobe", "お持ちでない方",
        ),
        error=(
            "見つかりません", "ログイン", "メンテナンス",
        ),
    ),
    "zh": Words(
        weekdays=(
            "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日|星期天",
        ),
        published=(
            "发布时间", "发布日期", "发表时间", "時間", "日期", "發布日期", "發佈日期", "时间",
        ),
        updated=(
            "更新时间", "更新日期", "更新時間", "最後更新",
        ),
        related=(
            "相关新闻", "相关文章", "相关链接", "相關新聞", "相關連結", "相關文章", "延伸阅读",
        ),
        end=(
            "分享", "评论", "責任編輯", "责任编辑", "编辑", "打印", "附件",
        ),
        over=(
            "评论", "責任編輯", "责任编辑",
        ),
        furniture=(
            "打印", "分享", "关闭", "列印", "返回", "收藏",
        ),
        boilerplate=(
            "版权所有", "備案", "备案",
        ),
        error=(
            "找不到", "维护", "登录",
        ),
    ),
}  # fmt: skip


def _folded(field: str) -> frozenset[str]:
    return frozenset(fold(word) for table in TABLES.values() for word in getattr(table, field))


PUBLISHED = _folded("published")
UPDATED = _folded("updated")
RELATED = _folded("related")
END = _folded("end") | _folded("over")
OVER = _folded("over")
FURNITURE = _folded("furniture")
BOILERPLATE = _folded("boilerplate")
ERROR = _folded("error")


def _numbered(field: str) -> dict[str, int]:
    """Every spelling of the table's rows, with the number of its row from 1."""
    found: dict[str, int] = {}
    for table in TABLES.values():
        for number, row in enumerate(getattr(table, field), 1):
            for spelling in row.split("|"):
                found.setdefault(fold(spelling), number)
    return found


MONTHS = {name: number for name, number in _numbered("months").items() if not name.startswith("thang")}
WEEKDAYS = _numbered("weekdays")

"""Bylines as city portals and papers print them in each language that has a table."""

from __future__ import annotations

import pytest

from pipelines.extract.byline import parse_byline

Forms = list[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]
"""Line, authors, photo credits, source."""

KOREAN: Forms = [
    ("홍길동 기자", ("홍길동",), (), None),
    ("[시정뉴스=홍길동 기자]", ("홍길동",), (), None),
    ("[가람시=가람뉴스] 홍길동 기자", ("홍길동",), (), "가람뉴스"),
    ("(가람시=가람뉴스) 홍길동 기자 =", ("홍길동",), (), "가람뉴스"),
    ("글 홍길동 / 사진 김철수", ("홍길동",), ("김철수",), None),
    ("글·사진 홍길동", ("홍길동",), ("홍길동",), None),
    ("글: 홍길동, 사진: 김철수", ("홍길동",), ("김철수",), None),
    ("글 | 홍길동 사진 | 김철수", ("홍길동",), ("김철수",), None),
    ("홍길동 기자 hong@news.example", ("홍길동",), (), None),
    ("홍길동기자 hong@news.example", ("홍길동",), (), None),
    ("홍길동·김철수 기자", ("홍길동", "김철수"), (), None),
    ("홍길동 시민기자", ("홍길동",), (), None),
    ("글 홍길동 기자 | 사진 김철수 기자", ("홍길동",), ("김철수",), None),
    ("기자 홍길동", ("홍길동",), (), None),
    ("취재 홍길동", (), (), None),
    ("사진=가람시 제공", (), ("가람시",), None),
    ("사진제공=가람시", (), ("가람시",), None),
    ("사진 제공: 가람시청", (), ("가람시청",), None),
    ("출처: 가람뉴스", (), (), "가람뉴스"),
    ("작성자 : 홍길동", ("홍길동",), (), None),
    ("작성자 : 공보담당관", (), (), None),
    ("작성자: 관리자", (), (), None),
    ("담당부서: 홍보담당관", (), (), None),
    ("담당자 홍길동", (), (), None),
    ("문의: 홍길동 주무관", (), (), None),
    ("홍길동 시장", (), (), None),
    ("기자 간담회", (), (), None),
    ("사진 공모전", (), (), None),
]

JAPANESE: Forms = [
    ("文・写真 山田太郎", ("山田太郎",), ("山田太郎",), None),
    ("文／山田太郎", ("山田太郎",), (), None),
    ("文＝山田太郎 写真＝鈴木花子", ("山田太郎",), ("鈴木花子",), None),
    ("文：山田 太郎　写真：鈴木 花子", ("山田 太郎",), ("鈴木 花子",), None),
    ("取材・文／山田太郎", ("山田太郎",), (), None),
    ("取材・文・写真：佐々木さくら", ("佐々木さくら",), ("佐々木さくら",), None),
    ("写真：みなと市提供", (), ("みなと市",), None),
    ("写真提供：みなと市", (), ("みなと市",), None),
    ("写真＝鈴木花子撮影", (), ("鈴木花子",), None),
    ("撮影：鈴木花子", (), ("鈴木花子",), None),
    ("（山田太郎）", ("山田太郎",), (), None),
    ("【山田太郎】", ("山田太郎",), (), None),
    ("山田太郎記者", ("山田太郎",), (), None),
    ("記者 山田太郎", ("山田太郎",), (), None),
    ("執筆：山田太郎", ("山田太郎",), (), None),
    ("ライター：山田太郎", ("山田太郎",), (), None),
    ("出典：みなと新聞", (), (), "みなと新聞"),
    ("文責：広報課", (), (), None),
    ("（広報課）", (), (), None),
    ("お問い合わせ：広報課 山田太郎", (), (), None),
    ("担当：山田太郎", (), (), None),
    ("記者会見", (), (), None),
    ("写真展示", (), (), None),
    ("文化振興課", (), (), None),
    ("（終了しました）", (), (), None),
    ("（雨天中止）", (), (), None),
]

CHINESE: Forms = [
    ("记者 张三", ("张三",), (), None),
    ("记者 张三 李四", ("张三", "李四"), (), None),
    ("记者张三", ("张三",), (), None),
    ("本报记者 张三", ("张三",), (), None),
    ("记者 张三 摄", (), ("张三",), None),
    ("张三 摄", (), ("张三",), None),
    ("（张三 摄）", (), ("张三",), None),
    ("记者 张三 文/图", ("张三",), ("张三",), None),
    ("（记者 李四 通讯员 王五）", ("李四", "王五"), (), None),
    ("（记者李四 通讯员王五）", ("李四", "王五"), (), None),
    ("记者 李四 通讯员 王五 文/图", ("李四", "王五"), ("李四", "王五"), None),
    ("作者：张三", ("张三",), (), None),
    ("作者：张三 来源：水磨晚报", ("张三",), (), "水磨晚报"),
    ("来源：水磨晚报 作者：张三 编辑：李四", ("张三",), (), "水磨晚报"),
    ("来源：水磨市人民政府网", (), (), "水磨市人民政府网"),
    ("来源：水磨晚报 责任编辑：李四", (), (), "水磨晚报"),
    ("责任编辑：李四", (), (), None),
    ("编辑：李四", (), (), None),
    ("（责任编辑：李四）", (), (), None),
    ("摄影：张三", (), ("张三",), None),
    ("文：张三 图：李四", ("张三",), ("李四",), None),
    ("图/文：张三", ("张三",), ("张三",), None),
    ("图文：张三", ("张三",), ("张三",), None),
    ("文/张三 图/李四", ("张三",), ("李四",), None),
    ("撰文 张三 摄影 李四", ("张三",), ("李四",), None),
    ("图片来源：水磨市博物馆", (), ("水磨市博物馆",), None),
    ("供稿：张三", ("张三",), (), None),
    ("供稿：宣传部", (), (), None),
    ("供稿单位：宣传部", (), (), "宣传部"),
    ("（张三）", (), (), None),
    ("（张小三）", ("张小三",), (), None),
    ("作者：办公室", (), (), None),
    ("记者会现场", (), (), None),
    ("文化广场", (), (), None),
    ("图书馆", (), (), None),
    ("（完）", (), (), None),
    ("（节选）", (), (), None),
    ("審核：李四", (), (), None),
    ("一審：李四 二審：王五", (), (), None),
]

GERMAN: Forms = [
    ("Text: Anna Muster; Fotos: Bernd Muster", ("Anna Muster",), ("Bernd Muster",), None),
    ("Text: A. Muster; Fotos: B. Muster", ("A. Muster",), ("B. Muster",), None),
    ("Text/Foto: Anna Muster", ("Anna Muster",), ("Anna Muster",), None),
    ("Text & Bild: Anna Muster", ("Anna Muster",), ("Anna Muster",), None),
    ("Von Anna Muster und Bernd Muster", ("Anna Muster", "Bernd Muster"), (), None),
    ("von Anna Muster", ("Anna Muster",), (), None),
    ("Von Anna Muster (Text) und Bernd Muster (Fotos)", ("Anna Muster",), ("Bernd Muster",), None),
    ("Bild: Stadt Musterau / Anna Muster", (), ("Anna Muster",), None),
    ("Foto: Stadt Musterau", (), ("Stadt Musterau",), None),
    ("Fotos: privat", (), (), None),
    ("Bildnachweis: Stadt Musterau", (), ("Stadt Musterau",), None),
    ("Quelle: Musterauer Anzeiger", (), (), "Musterauer Anzeiger"),
    ("Autorin: Anna Muster", ("Anna Muster",), (), None),
    ("Redaktion: Anna Muster", ("Anna Muster",), (), None),
    ("Von der Stadtverwaltung", (), (), None),
    ("Von Montag an", (), (), None),
    ("Text: Stadtverwaltung", (), (), None),
]

FRENCH: Forms = [
    ("Texte et photos : Jeanne Exemple", ("Jeanne Exemple",), ("Jeanne Exemple",), None),
    ("Texte : Jeanne Exemple – Photos : Luc Modèle", ("Jeanne Exemple",), ("Luc Modèle",), None),
    ("Crédit photo : Jeanne Exemple", (), ("Jeanne Exemple",), None),
    ("Crédits photos : Ville de Belmont", (), ("Ville de Belmont",), None),
    ("Par Jeanne Exemple, le 3 mars", ("Jeanne Exemple",), (), None),
    ("Par Jeanne Exemple, le 3 mars 2026", ("Jeanne Exemple",), (), None),
    ("Par Jeanne Exemple et Luc Modèle", ("Jeanne Exemple", "Luc Modèle"), (), None),
    ("Propos recueillis par Jeanne Exemple", ("Jeanne Exemple",), (), None),
    ("Photo : DR", (), (), None),
    ("Source : Le Courrier de Belmont", (), (), "Le Courrier de Belmont"),
    ("Par la Rédaction", (), (), None),
    ("Par le service communication", (), (), None),
    ("Par Mairie de Belmont", (), (), None),
]

SPANISH: Forms = [
    ("Redacción", (), (), None),
    ("Redacción: Clara Muestra", ("Clara Muestra",), (), None),
    ("Texto: Clara Muestra. Fotos: Luis Modelo", ("Clara Muestra",), ("Luis Modelo",), None),
    ("Texto y fotos: Clara Muestra", ("Clara Muestra",), ("Clara Muestra",), None),
    ("Por Clara Muestra y Luis Modelo", ("Clara Muestra", "Luis Modelo"), (), None),
    ("Por: Clara Muestra", ("Clara Muestra",), (), None),
    ("Fotos: Ayuntamiento de Miraflor", (), ("Ayuntamiento de Miraflor",), None),
    ("Foto: Clara Muestra / Ayuntamiento de Miraflor", (), ("Clara Muestra",), None),
    ("Fotografía: Luis Modelo", (), ("Luis Modelo",), None),
    ("Fuente: Diario de Miraflor", (), (), "Diario de Miraflor"),
    ("Por Redacción", (), (), None),
    ("Por Prensa Municipal", (), (), None),
]

PORTUGUESE: Forms = [
    ("Texto: Clara Amostra | Fotos: Luís Modelo", ("Clara Amostra",), ("Luís Modelo",), None),
    ("Texto e fotos: Clara Amostra", ("Clara Amostra",), ("Clara Amostra",), None),
    ("Foto: Clara Amostra/Secom", (), ("Clara Amostra",), None),
    ("Fotos: Secom/Prefeitura de Rio Belo", (), ("Prefeitura de Rio Belo",), None),
    ("Foto: Divulgação", (), (), None),
    ("Foto: Divulgação/Prefeitura de Rio Belo", (), ("Prefeitura de Rio Belo",), None),
    ("Reportagem: Clara Amostra", ("Clara Amostra",), (), None),
    ("Por Clara Amostra", ("Clara Amostra",), (), None),
    ("Por: Clara Amostra | Secom", ("Clara Amostra",), (), None),
    ("Fonte: Folha de Rio Belo", (), (), "Folha de Rio Belo"),
    ("Por Assessoria de Comunicação", (), (), None),
    ("Edição: Luís Modelo", (), (), None),
    ("Texto: Clara Amostra - Edição: Luís Modelo", ("Clara Amostra",), (), None),
]

ITALIAN: Forms = [
    ("di Pia Monte", ("Pia Monte",), (), None),
    ("Di Pia Monte e Ugo Colle", ("Pia Monte", "Ugo Colle"), (), None),
    ("Foto di Ugo Colle", (), ("Ugo Colle",), None),
    ("Testo di Pia Monte, foto di Ugo Colle", ("Pia Monte",), ("Ugo Colle",), None),
    ("Testo e foto: Pia Monte", ("Pia Monte",), ("Pia Monte",), None),
    ("Foto: Archivio Comune di Valchiara", (), (), None),
    ("Fonte: Gazzetta di Valchiara", (), (), "Gazzetta di Valchiara"),
    ("A cura dell'Ufficio Stampa", (), (), None),
    ("di Redazione", (), (), None),
    ("Di Roma e Milano", (), (), None),
]

POLISH: Forms = [
    ("fot. Anna Wzór", (), ("Anna Wzór",), None),
    ("Fot. A. Wzór", (), ("A. Wzór",), None),
    ("tekst: Jan Przykład, fot. Anna Wzór", ("Jan Przykład",), ("Anna Wzór",), None),
    ("Tekst i zdjęcia: Jan Przykład", ("Jan Przykład",), ("Jan Przykład",), None),
    ("tekst i fot. Jan Przykład", ("Jan Przykład",), ("Jan Przykład",), None),
    ("oprac. Jan Przykład", ("Jan Przykład",), (), None),
    ("Oprac.: Jan Przykład", ("Jan Przykład",), (), None),
    ("Opracowanie: Jan Przykład", ("Jan Przykład",), (), None),
    ("Zdjęcia: Anna Wzór, archiwum", (), ("Anna Wzór",), None),
    ("Źródło: Kurier Rzeczny", (), (), "Kurier Rzeczny"),
    ("Autor: Wydział Promocji", (), (), None),
]

DUTCH: Forms = [
    ("Door Jan Voorbeeld", ("Jan Voorbeeld",), (), None),
    ("Door: Jan Voorbeeld en Els de Proef", ("Jan Voorbeeld", "Els de Proef"), (), None),
    ("Tekst: Jan Voorbeeld, foto: Els de Proef", ("Jan Voorbeeld",), ("Els de Proef",), None),
    ("Tekst en foto's: Jan Voorbeeld", ("Jan Voorbeeld",), ("Jan Voorbeeld",), None),
    ("Foto: Els de Proef", (), ("Els de Proef",), None),
    ("Foto: Gemeente Waterdam", (), ("Gemeente Waterdam",), None),
    ("Beeld: Els de Proef", (), ("Els de Proef",), None),
    ("Bron: Waterdamse Courant", (), (), "Waterdamse Courant"),
    ("Door Gemeente Waterdam", (), (), None),
    ("Door Redactie", (), (), None),
]

INDONESIAN: Forms = [
    ("Penulis: Budi Contoh", ("Budi Contoh",), (), None),
    ("Penulis: Budi Contoh | Editor: Sri Misal", ("Budi Contoh",), (), None),
    ("Penulis : Budi Contoh Editor : Sri Misal Foto : Adi Umpama", ("Budi Contoh",), ("Adi Umpama",), None),
    ("Editor: Sri Misal", (), (), None),
    ("Foto: Adi Umpama", (), ("Adi Umpama",), None),
    ("Foto: Humas Pemkot Tepian", (), ("Humas Pemkot Tepian",), None),
    ("Teks: Budi Contoh. Foto: Adi Umpama", ("Budi Contoh",), ("Adi Umpama",), None),
    ("Pewarta: Budi Contoh", ("Budi Contoh",), (), None),
    ("(bud/sri)", ("bud", "sri"), (), None),
    ("(bud)", (), (), None),
    ("Sumber: Harian Tepian", (), (), "Harian Tepian"),
    ("Oleh: Dinas Kominfo", (), (), None),
]

EVERY = [
    *KOREAN, *JAPANESE, *CHINESE, *GERMAN, *FRENCH, *SPANISH, *PORTUGUESE, *ITALIAN, *POLISH, *DUTCH,
    *INDONESIAN,
]  # fmt: skip


@pytest.mark.parametrize(("line", "authors", "credits", "source"), EVERY)
def test_a_line_as_it_is_printed_elsewhere(
    line: str, authors: tuple[str, ...], credits: tuple[str, ...], source: str | None
) -> None:
    found = parse_byline(line)
    assert (found.authors, found.photo_credits, found.source) == (authors, credits, source)

"""One short piece of news in each language whose table has bylines: headline, two paragraphs, date."""

from __future__ import annotations

TEXTS = {
    "ko": (
        "가람시 새 보행교 토요일 개통",
        "가람시는 강 북쪽과 남쪽을 잇는 새 보행교를 오는 토요일에 연다고 밝혔다. 예정보다 두 주 빠르다.",
        "참나무 들보는 박물관으로 옮겨 마을 목수가 긴 의자로 만든다고 시 관계자는 설명했다.",
    ),
    "ja": (
        "新しい歩道橋が土曜日に開通",
        "みなと市は、川の北側と南側を結ぶ新しい歩道橋を土曜日に開通させると発表した。予定より二週間早い。",
        "樫の梁は博物館に運ばれ、町の大工が長いすに作り替える。",
    ),
    "zh": (
        "新建人行桥周六开放",
        "新建的人行桥将于周六开放，比原定日期提前两周。自行车从周一起可以通行，北侧护栏已经加高。",
        "桥头的小广场种了三十棵榆树，夜里有灯，居民可以在那里乘凉。",
    ),
    "en": (
        "The footbridge opens early",
        "The footbridge over the mill race opens on Saturday, two "
        "weeks before the date that was first announced.",
        "The oak beams go to the museum, where the town's wheelwright makes benches of them.",
    ),
    "de": (
        "Der neue Steg öffnet früher",
        "Der Steg über den Mühlgraben öffnet am Samstag, zwei Wochen vor dem zuerst genannten Tag.",
        "Die Eichenbalken kommen ins Museum, wo der Stellmacher daraus Bänke baut.",
    ),
    "fr": (
        "La passerelle ouvre plus tôt",
        "La passerelle sur le canal du moulin ouvre samedi, deux semaines avant la date annoncée.",
        "Les poutres de chêne iront au musée, où le charron en fera des bancs.",
    ),
    "es": (
        "La pasarela abre antes",
        "La pasarela sobre el canal del molino abre el sábado, dos semanas antes de la fecha anunciada.",
        "Las vigas de roble irán al museo, donde el carretero hará bancos con ellas.",
    ),
    "pt": (
        "A passarela abre mais cedo",
        "A passarela sobre o canal do moinho abre no sábado, duas semanas antes da data anunciada.",
        "As vigas de carvalho irão para o museu, onde o carpinteiro fará bancos com elas.",
    ),
    "it": (
        "La passerella apre prima",
        "La passerella sul canale del mulino apre sabato, due settimane prima della data annunciata.",
        "Le travi di quercia andranno al museo, dove il carradore ne farà panche.",
    ),
    "pl": (
        "Kładka otwarta wcześniej",
        "Kładka nad młynówką zostanie otwarta w sobotę, dwa tygodnie przed zapowiadanym terminem.",
        "Dębowe belki trafią do muzeum, gdzie kołodziej zrobi z nich ławki.",
    ),
    "nl": (
        "De voetbrug gaat eerder open",
        "De voetbrug over de molenbeek gaat zaterdag open, twee weken voor de eerst genoemde datum.",
        "De eiken balken gaan naar het museum, waar de wagenmaker er banken van maakt.",
    ),
    "id": (
        "Jembatan penyeberangan dibuka lebih awal",
        "Jembatan penyeberangan di atas saluran kincir dibuka hari "
        "Sabtu, dua minggu sebelum tanggal yang diumumkan.",
        "Balok kayu jati dibawa ke museum, dan tukang roda membuat bangku darinya.",
    ),
    "vi": (
        "Cầu đi bộ mở sớm hai tuần",
        "Cầu đi bộ bắc qua mương cối xay mở vào thứ Bảy, sớm hai tuần so với ngày công bố ban đầu.",
        "Những thanh dầm gỗ sồi được đưa về bảo tàng, nơi thợ mộc đóng thành ghế dài.",
    ),
}
"""By language: headline and paragraphs."""

DATES = {
    "ko": "등록일 2026-03-05",
    "ja": "公開日：2026年3月5日",
    "zh": "发布时间：2026-03-05 08:30",
    "en": "March 5, 2026",
    "de": "5. März 2026",
    "fr": "3 mars 2026",
    "es": "5 de marzo de 2026",
    "pt": "5 de março de 2026",
    "it": "5 marzo 2026",
    "pl": "5 marca 2026",
    "nl": "5 maart 2026",
    "id": "5 Maret 2026",
    "vi": "05/03/2026",
}
"""By language: the date as its portals print it."""

"""Ukrainian, Russian, Bulgarian, Slovak and Slovene: dates, and what stands beside them."""

from __future__ import annotations

from pipelines.extract.words.table import Words

UKRAINIAN = Words(
    months=(
        "січня|січень", "лютого|лютий", "березня|березень", "квітня|квітень", "травня|травень",
        "червня|червень", "липня|липень", "серпня|серпень", "вересня|вересень", "жовтня|жовтень",
        "листопада|листопад", "грудня|грудень",
    ),
    weekdays=("понеділок", "вівторок", "середа", "четвер", "п'ятниця|п’ятниця", "субота", "неділя"),
    at=("о", "об"),
    pages=("новини", "новина", "оголошення", "всі новини", "головна"),
    published=("опубліковано", "дата", "дата публікації", "розміщено", "створено"),
    change_words=("оновл", "змін", "редагован"),
    updated=("оновлено", "останнє оновлення", "змінено", "дата оновлення"),
    popular=("популярне", "найпопулярніше", "найбільш читані"),
    neighbours=("попередня", "наступна", "попередня новина", "наступна новина"),
    related_words=(
        "схожі", "пов'язані",
    ),
    related=("читайте також", "схожі новини", "пов'язані новини", "інші новини", "матеріали за темою"),
    recent=("останні новини", "свіжі новини"),
    end=("коментарі", "поділитися", "поширити"),
    over=("коментарі", "залишити коментар", "додати коментар"),
    furniture=("друк", "роздрукувати", "поділитися", "назад", "версія для друку", "реклама"),
    counted=("переглядів", "перегляди", "кількість переглядів"),
    text_nouns=("текст",),
    photo_nouns=("фото", "світлина", "світлини", "світлин"),
    ands=("та", "і"),
    writer=("автор:", "авторка:", "автор тексту та світлин:", "автор тексту та фото:", "автор тексту:"),
    source=("джерело",),
    sign_up=(
        "підпишіться", "розсилку",
    ),
    comments=(
        "коментар", "коментарів",
    ),
)  # fmt: skip

RUSSIAN = Words(
    months=(
        "января|январь|янв", "февраля|февраль|фев", "марта|март|мар", "апреля|апрель|апр", "мая|май",
        "июня|июнь|июн", "июля|июль|июл", "августа|август|авг", "сентября|сентябрь|сен",
        "октября|октябрь|окт", "ноября|ноябрь|ноя", "декабря|декабрь|дек",
    ),
    weekdays=("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    at=("в",),
    pages=("новости", "новость", "объявления", "все новости", "новости города", "главная", "пресс-центр"),
    published=("опубликовано", "дата публикации", "размещено", "создано"),
    change_words=("обновл", "измен", "отредактир", "актуально"),
    updated=("обновлено", "последнее обновление", "изменено", "дата изменения"),
    popular=("популярное", "самое читаемое"),
    neighbours=("предыдущая", "следующая", "предыдущая новость", "следующая новость"),
    related_words=(
        "похожие",
    ),
    related=("читайте также", "похожие новости", "другие новости", "материалы по теме", "по теме"),
    recent=("последние новости", "свежие новости"),
    end=("комментарии", "поделиться"),
    over=("комментарии", "добавить комментарий", "оставить комментарий", "ваш комментарий"),
    furniture=("печать", "распечатать", "поделиться", "назад", "версия для печати", "реклама"),
    counted=("просмотров", "просмотры", "количество просмотров", "количество показов", "показов"),
    text_nouns=("текст",),
    photo_nouns=("фото", "фотография", "фотографии"),
    ands=("и",),
    writer=("автор:",),
    offices=(
        "администрация", "администрации", "пресс", "служба", "редакция", "агентство", "управление", "отдел",
        "министерство", "правительство", "департамент",
    ),
    source=("источник",),
    sign_up=(
        "подпишитесь", "подписаться на", "рассылку",
    ),
    comments=(
        "комментарий", "комментария", "комментариев",
    ),
)  # fmt: skip

BULGARIAN = Words(
    months=(
        "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври",
        "ноември", "декември",
    ),
    weekdays=("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя"),
    pages=("новини", "новина", "съобщения", "начало"),
    published=("публикувано", "публикувана", "публикувано на", "дата на публикуване"),
    change_words=("обнов", "промен", "промян", "актуализ"),
    updated=("обновено", "последна промяна", "последна актуализация", "актуализирано"),
    related_words=(
        "свързани", "подобни",
    ),
    related=("свързани новини", "още новини", "подобни новини", "прочетете още"),
    recent=("последни новини", "най-нови"),
    end=("коментари", "сподели"),
    over=("коментари", "добави коментар"),
    furniture=("печат", "отпечатай", "сподели", "назад", "реклама"),
    photo_nouns=("снимка", "снимки"),
    writer=("автор:",),
    source=("източник",),
    sign_up=(
        "абонирайте се",
    ),
    popular=(
        "най-четени", "най-популярни",
    ),
)  # fmt: skip

SLOVAK = Words(
    months=(
        "januára|január", "februára|február", "marca|marec", "apríla|apríl", "mája|máj", "júna|jún",
        "júla|júl", "augusta|august", "septembra|september", "októbra|október", "novembra|november",
        "decembra|december",
    ),
    weekdays=("pondelok", "utorok", "streda", "štvrtok", "piatok", "sobota", "nedeľa"),
    at=("o",),
    pages=("aktuality", "aktualita", "novinky", "správy", "oznamy", "tlačové správy", "úvod"),
    published=("zverejnené", "dátum zverejnenia", "publikované", "vytvorené", "pridané", "vyvesené"),
    change_words=("zmen", "aktualiz", "upraven", "posledná úprav"),
    updated=("aktualizované", "posledná aktualizácia", "naposledy zmenené", "zmenené", "dátum aktualizácie"),
    neighbours=("predchádzajúci", "nasledujúci"),
    related_words=(
        "súvisiace", "podobné",
    ),
    related=("súvisiace články", "súvisiace správy", "ďalšie správy", "ďalšie aktuality", "čítajte aj"),
    recent=("najnovšie správy", "najnovšie aktuality"),
    end=("komentáre", "zdieľať"),
    over=("komentáre", "diskusia", "pridať komentár"),
    furniture=("tlačiť", "vytlačiť", "zdieľať", "späť", "reklama"),
    photo_nouns=("fotografia", "fotografie"),
    writer=("autor:", "autorka:", "napísal:"),
    source=("zdroj:",),
    sign_up=(
        "odber noviniek",
    ),
    popular=(
        "najčítanejšie",
    ),
)  # fmt: skip

SLOVENE = Words(
    months=(
        "januarja|januar", "februarja|februar", "marca|marec", "aprila|april", "maja|maj", "junija|junij",
        "julija|julij", "avgusta|avgust", "septembra|september", "oktobra|oktober", "novembra|november",
        "decembra|december",
    ),
    weekdays=("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja"),
    at=("ob",),
    pages=("novice", "novica", "obvestila", "sporočila za javnost", "domov"),
    published=("objavljeno", "datum objave", "objavljeno dne", "objava"),
    change_words=("posod", "sprem"),
    updated=("posodobljeno", "zadnja sprememba", "zadnja posodobitev"),
    neighbours=("prejšnja", "naslednja"),
    related_words=(
        "sorodne", "povezane",
    ),
    related=("sorodne novice", "povezane novice", "preberite tudi", "druge novice"),
    recent=("zadnje novice", "najnovejše novice"),
    end=("komentarji", "deli"),
    over=("komentarji", "dodaj komentar"),
    furniture=("natisni", "deli", "nazaj"),
    photo_nouns=("fotografija",),
    writer=("avtor:", "avtorica:", "besedilo:"),
    source=("vir:",),
    sign_up=(
        "naročite se", "e-novice",
    ),
    popular=(
        "najbolj brano",
    ),
)  # fmt: skip

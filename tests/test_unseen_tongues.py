"""Pages in Slavic languages, Romanian, Catalan and Arabic: what their tables of words are for."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from pipelines.extract import extract_html
from pipelines.extract.moments import Moment, moments
from pipelines.model import Article

P = "The footbridge over the mill race opens on Saturday, two weeks before the date that was first announced."
Q = "Cyclists may use it from Monday on, when the railings on the northern side have been raised."


@pytest.mark.parametrize(
    ("lang", "printed", "clock"),
    [
        ("uk", "5 листопада 2025 р., 14:02", time(14, 2)),
        ("uk", "05 листопада 2025 о 14:02", time(14, 2)),
        ("ru", "5 ноября 2025 г. 14:02", time(14, 2)),
        ("bg", "5 ноември 2025 г.", None),
        ("sk", "streda 5. novembra 2025 o 14:02", time(14, 2)),
        ("sl", "5. november 2025 ob 14:02", time(14, 2)),
        ("ro", "05 noiembrie 2025, ora 14:02", time(14, 2)),
        ("ca", "dc, 05/11/2025 - 14:02h", time(14, 2)),
        ("ca", "5 de novembre de 2025 a les 14:02", time(14, 2)),
        ("ar", "الأربعاء 5 تشرين الثاني 2025 - 14:02", time(14, 2)),
        ("ar", "٥ نوفمبر ٢٠٢٥", None),
    ],
)
def test_days_in_words(lang: str, printed: str, clock: time | None) -> None:
    (found,) = moments(printed, language=lang)
    assert isinstance(found, Moment)
    assert (found.day, found.clock) == (date(2025, 11, 5), clock)
    assert found.weekday_agrees in (None, True)


def test_a_month_after_an_elided_preposition() -> None:
    (found,) = moments("12 d'octubre de 2025", language="ca")
    assert isinstance(found, Moment) and found.day == date(2025, 10, 12)


@pytest.mark.parametrize(
    ("lang", "section", "published", "updated", "related"),
    [
        ("uk", "Новини", "Опубліковано: 05.11.2025", "Оновлено: 07.11.2025 10:00", "Читайте також"),
        ("ru", "Новости", "Дата публикации: 05.11.2025", "Обновлено: 07.11.2025 10:00", "По теме"),
        ("bg", "Новини", "Публикувано на 05.11.2025", "Последна промяна: 07.11.2025 10:00", "Още новини"),
        ("sk", "Aktuality", "Zverejnené: 5.11.2025", "Zmenené: 7.11.2025 10:00", "Čítajte aj"),
        ("sl", "Novice", "Objavljeno: 5.11.2025", "Posodobljeno: 7.11.2025 10:00", "Sorodne novice"),
        ("ro", "Știri", "Publicat la: 05.11.2025", "Actualizat: 07.11.2025 10:00", "Știri similare"),
        ("ca", "Notícies", "Publicat el 05/11/2025", "Actualitzat: 07/11/2025 10:00", "Llegeix també"),
        ("ar", "المركز الإعلامي", "تاريخ النشر: 05/11/2025", "آخر تحديث: 07/11/2025 10:00", "أخبار ذات صلة"),
    ],
)
def test_labels_sections_boxes(lang: str, section: str, published: str, updated: str, related: str) -> None:
    more = "".join(f"<li><a href=/n{n}>The mill wheel turns again in street {n}</a></li>" for n in (1, 2))
    body = f"<main><h1>{section}</h1><h2>Footbridge over the mill race opens</h2>"
    body += f"<p>{updated}</p><p>{published}</p>"
    body += f"<div><p>{P}</p><p>{Q}</p></div><h3>{related}</h3><ul>{more}</ul></main>"
    head = f"<head><meta charset=utf-8><title>{section}</title></head>"
    html = f"<html lang={lang}>{head}<body>{body}</body></html>"
    article = extract_html(
        html.encode(), "https://town.example.de/n?id=7", captured_at=datetime(2026, 3, 20, tzinfo=UTC)
    )
    assert isinstance(article, Article), article
    assert article.title == "Footbridge over the mill race opens"
    assert article.published_date == date(2025, 11, 5)
    assert article.modified_at is not None and article.modified_at.day == 7
    assert [link.url[-3:] for link in article.related] == ["/n1", "/n2"]
    assert article.paragraphs == (P, Q)

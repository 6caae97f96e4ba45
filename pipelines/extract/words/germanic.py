"""German."""

from __future__ import annotations

from pipelines.extract.words.table import Words

GERMAN = Words(
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
    event=(
        "wann|uhrzeit|termin|beginn|ende|zeit|zeitraum|einlass", "wo|ort|veranstaltungsort|treffpunkt",
        "eintritt|kosten|preis|anmeldung|teilnahmegebuhr|vorverkauf",
        "veranstalter|veranstalterin|leitung",
    ),
    original=(
        "originalartikel", "zuerst erschienen in", "zuerst veroffentlicht in", "originalbeitrag",
        "zum originalartikel", "originalmeldung",
    ),
)  # fmt: skip

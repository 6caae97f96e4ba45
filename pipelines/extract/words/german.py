"""German."""

from __future__ import annotations

from pipelines.extract.words.table import Words

GERMAN = Words(
    months=(
        "januar|janner|jan", "februar|feb", "marz|mar|mrz", "april|apr", "mai", "juni|jun", "juli|jul",
        "august|aug", "september|sept|sep", "oktober|okt", "november|nov", "dezember|dez",
    ),
    weekdays=(
        "montag|mo", "dienstag|di", "mittwoch|mi", "donnerstag|do", "freitag|fr", "samstag|sa",
        "sonntag|so",
    ),
    at=(
        "um", "ab",
    ),
    today=(
        "heute",
    ),
    yesterday=(
        "gestern",
    ),
    ago=(
        "vor…",
    ),
    units=(
        "minute|minuten", "stunde|stunden", "tag|tagen", "woche|wochen",
    ),
    pages=(
        "aktuelles", "aktuelle meldungen", "nachrichten", "nachricht", "neuigkeiten", "pressemitteilungen",
        "pressemeldungen", "meldungen", "meldung", "news", "presse", "startseite", "newsdetail",
        "detailansicht",
    ),
    published=(
        "veroffentlicht", "veroffentlicht am", "datum", "erstellt am", "meldung vom", "vom",
        "stand vom",
    ),
    change_words=("aktualisier", "geändert", "änderung", "bearbeitet", "bearbeitung", "überarbeitet"),
    held=(
        "frist", "bewerbungsfrist", "bewerbungsschluss", "anmeldeschluss", "anmeldefrist",
        "einsendeschluss", "gültig bis", "gültig ab", "sitzungstermin", "sitzung am",
        "datum der veranstaltung", "veranstaltungsdatum", "in kraft ab", "geburtsdatum",
    ),
    updated=(
        "aktualisiert", "aktualisiert am", "letzte anderung", "zuletzt geandert", "geandert am",
        "stand", "letzte aktualisierung",
    ),
    popular=(
        "meistgelesen", "am meisten gelesen", "beliebte artikel", "beliebte beiträge", "beliebt",
        "top-themen", "topthemen",
        "im fokus", "meistgelesene artikel", "meist gelesen",
        "gesponserte inhalte", "gesponsert",
    ),
    neighbours=(
        "vorheriger beitrag", "nächster beitrag", "vorheriger artikel", "nächster artikel",
        "vorherige meldung",
        "nächste meldung", "zurück", "weiter", "vorheriger", "nächster",
        "mehr in dieser kategorie",
        "zurück zu",
    ),
    recent=(
        "neueste meldungen", "neueste beiträge", "aktuelle meldungen", "neueste nachrichten",
        "letzte meldungen",
    ),
    related_words=(
        "verwandte", "ähnliche", "passende",
    ),
    unrelated_words=(
        "dokumente", "themen", "links", "dateien", "dienstleistungen",
    ),
    others=(
        "weitere meldungen", "weitere nachrichten", "weitere artikel", "weitere pressemitteilungen",
        "mehr nachrichten", "weitere beiträge", "weitere neuigkeiten", "weitere aktuelle meldungen",
    ),
    related=(
        "weitere meldungen", "weitere nachrichten", "mehr zum thema",
        "das konnte sie auch interessieren", "weiterfuhrende informationen", "verwandte artikel",
        "weitere artikel", "lesen sie auch", "verwandte themen", "ahnliche artikel",
        "weitere informationen", "weiterfuhrende links", "weitere pressemitteilungen",
        "mehr nachrichten",
        "ähnliche meldungen", "ähnliche beiträge", "ähnliche nachrichten", "passend zum thema",
        "auch interessant", "das könnte dich auch interessieren", "verwandte meldungen",
        "weitere beiträge", "weitere neuigkeiten",
        "weitere aktuelle meldungen", "mehr zu diesem thema", "weitere themen", "siehe auch",
        "lesen sie mehr",
    ),
    here=(
        "sie sind hier", "sie befinden sich hier",
    ),
    release=(
        "pressemitteilung", "medienmitteilung", "presseinformation", "presseinfo", "pressemeldung",
        "medieninformation",
    ),
    site=(
        "offizielle website", "offizielle webseite", "internetauftritt",
    ),
    offers=(
        "jederzeit kündbar", "monatlich kündbar", "bereits abonnent", "schon abonnent",
        "lesen sie alle artikel", "bereits ein abo",
    ),
    sign_up=(
        "newsletter", "abonnieren", "in ihr postfach", "in dein postfach", "per e-mail erhalten",
    ),
    end=(
        "kontakt", "ansprechpartner", "pressekontakt", "teilen", "kommentare", "schlagworte",
        "downloads", "seite drucken", "zuruck", "ansprechpartnerin", "ansprechperson", "seite teilen",
        "offnungszeiten",
    ),
    over=(
        "kommentare", "seite drucken",
        "antworten",
        "kommentar schreiben", "schreibe einen kommentar", "hinterlasse einen kommentar",
        "leserkommentare",
    ),
    furniture=(
        "drucken", "teilen", "seite drucken", "vorlesen", "zuruck", "nach oben", "suche",
        "seite vorlesen", "zur ubersicht",
        "anzeige", "werbung",
        "zur merkliste hinzufügen", "artikel anhören", "merken", "jetzt weiterlesen",
        "artikel wird nach der anzeige fortgesetzt", "nach der anzeige geht der text weiter",
        "der artikel wird nach dieser anzeige fortgesetzt",
    ),
    counted=(
        "aufrufe", "mal gelesen", "zugriffe",
    ),
    boilerplate=(
        "impressum", "datenschutz", "telefon:", "alle rechte vorbehalten", "telefax",
    ),
    error=(
        "nicht gefunden", "seite nicht gefunden", "wartung",
        "wartungsarbeiten", "wartungsmodus", "anmelden",
        "anmeldung", "fehler", "zugriff verweigert",
        "existiert nicht",
    ),
    gone=(
        "seite nicht gefunden werden", "seite leider nicht gefunden", "seite ist nicht mehr verfügbar",
        "seite wurde nicht gefunden", "seite existiert nicht", "seite konnte nicht gefunden",
        "aktivieren sie javascript", "wegen wartungsarbeiten nicht erreichbar", "bitte melden sie sich an",
        "später noch einmal",
    ),
    text_nouns=(
        "text", "bericht", "beitrag", "autor",
    ),
    photo_nouns=(
        "foto", "fotos", "bild", "bilder", "aufnahme", "grafik",
    ),
    by=(
        "von",
    ),
    ands=(
        "und",
    ),
    writer=(
        "von", "verfasst von", "autor:", "autorin:", "redaktion:", "verfasser:", "geschrieben von",
        "erstellt von:",
        "erstellt von",
    ),
    editor=(
        "schlussredaktion:", "verantwortlich:", "lektorat:",
    ),
    agencies=(
        "dpa",
    ),
    photographer=(
        "bildquelle:", "fotograf:", "fotografin:", "bildnachweis:", "fotonachweis:",
    ),
    source=(
        "quelle",
    ),
    nobody=(
        "archiv", "privat", "symbolbild", "symbolfoto", "archivbild", "archivfoto", "red", "redaktion",
        "administrator",
    ),
    offices=(
        "stadt", "presse", "amt", "redaktion", "pressestelle", "abteilung", "ministerium", "referat",
        "verwaltung", "stadtverwaltung", "landkreis", "gemeinde", "rathaus", "pressemitteilung",
        "medien", "zeitung", "gmbh", "verein", "offentlichkeitsarbeit", "öffentlichkeitsarbeit",
        "feuerwehr", "polizei", "universität", "kommunikation", "staatskanzlei", "museum", "hochschule",
        "verband",
    ),
    articles=(
        "der", "die", "das", "ein", "eine", "so", "hier",
    ),
    employer=(
        "für die", "für den", "für",
    ),
    jobs=(
        "redakteur", "redakteurin", "pressesprecher", "pressesprecherin",
    ),
    section_labels=(
        "kategorie", "kategorien", "rubrik", "thema", "themen", "ressort", "bereich",
    ),
    tag_labels=(
        "schlagworte", "schlagwörter", "stichworte", "tags", "schlagwort",
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
    comments=(
        "kommentar",
    ),
)  # fmt: skip

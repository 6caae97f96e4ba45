"""German and Dutch."""

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
        "ähnliche meldungen", "ähnliche beiträge", "ähnliche nachrichten", "passend zum thema",
        "auch interessant", "das könnte dich auch interessieren", "verwandte meldungen",
        "weitere beiträge", "lesen sie mehr",
    ),
    here=(
        "sie sind hier", "sie befinden sich hier",
    ),
    release=(
        "pressemitteilung", "medienmitteilung", "presseinformation", "presseinfo", "pressemeldung",
        "medieninformation",
    ),
    sign_up=(
        "newsletter", "abonnieren", "in ihr postfach",
    ),
    end=(
        "kontakt", "ansprechpartner", "pressekontakt", "teilen", "kommentare", "schlagworte",
        "downloads", "seite drucken", "zuruck", "ansprechpartnerin", "ansprechperson", "seite teilen",
        "offnungszeiten",
    ),
    over=(
        "kommentare", "seite drucken",
        "antworten",
    ),
    furniture=(
        "drucken", "teilen", "seite drucken", "vorlesen", "zuruck", "nach oben", "suche",
        "seite vorlesen", "zur ubersicht",
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
)  # fmt: skip

DUTCH = Words(
    months=(
        "januari|jan", "februari|feb", "maart|mrt", "april|apr", "mei", "juni|jun", "juli|jul",
        "augustus|aug", "september|sept|sep", "oktober|okt", "november|nov", "december|dec",
    ),
    weekdays=(
        "maandag|ma", "dinsdag", "woensdag|wo", "donderdag", "vrijdag|vr", "zaterdag|za", "zondag|zo",
    ),
    at=(
        "om",
    ),
    today=(
        "vandaag",
    ),
    yesterday=(
        "gisteren",
    ),
    ago=(
        "geleden",
    ),
    units=(
        "minuut|minuten", "uur|uren", "dag|dagen", "week|weken",
    ),
    published=(
        "gepubliceerd", "gepubliceerd op", "geplaatst op", "publicatiedatum", "datum",
    ),
    updated=(
        "bijgewerkt", "bijgewerkt op", "laatst gewijzigd", "laatst bijgewerkt", "laatste wijziging",
        "gewijzigd op",
    ),
    related=(
        "gerelateerd nieuws", "gerelateerde berichten", "lees ook", "meer nieuws", "zie ook", "ander nieuws",
        "lees meer", "gerelateerd", "overig nieuws", "meer informatie",
        "vergelijkbaar nieuws", "lees verder", "bekijk ook", "misschien ook interessant",
        "meer over dit onderwerp",
    ),
    here=(
        "u bent hier", "je bent hier",
    ),
    release=(
        "persbericht",
    ),
    sign_up=(
        "nieuwsbrief", "abonneer", "in je mail", "in uw mailbox", "aanmelden",
    ),
    end=(
        "delen", "deel deze pagina", "reacties", "contact", "plaats een reactie", "uw reactie", "trefwoorden",
    ),
    over=(
        "reacties", "plaats een reactie", "uw reactie",
    ),
    furniture=(
        "afdrukken", "delen", "terug", "voorlezen", "lees voor", "print deze pagina", "naar boven",
    ),
    counted=(
        "keer bekeken", "keer gelezen", "weergaven",
    ),
    boilerplate=(
        "alle rechten voorbehouden", "telefoonnummer:", "proclaimer",
    ),
    error=(
        "niet gevonden", "pagina niet gevonden", "onderhoud",
        "inloggen", "bestaat niet", "toegang geweigerd",
    ),
    gone=(
        "pagina is niet gevonden", "pagina bestaat niet", "pagina kon niet worden gevonden",
        "schakel javascript in", "probeer het later opnieuw", "in onderhoud",
    ),
    text_nouns=(
        "tekst", "bericht",
    ),
    photo_nouns=(
        "foto", "foto's", "fotografie", "beeld",
    ),
    by=(
        "van", "door",
    ),
    ands=(
        "en",
    ),
    writer=(
        "door", "geschreven door", "geplaatst door", "auteur:",
    ),
    photographer=(
        "fotograaf:", "bron foto:", "fotocredit:",
    ),
    source=(
        "bron",
    ),
    nobody=(
        "archief", "eigen foto", "redactie",
    ),
    offices=(
        "gemeente", "redactie", "provincie", "ministerie", "afdeling", "stadhuis", "woordvoerder",
        "politie", "brandweer", "universiteit", "stichting",
    ),
    jobs=(
        "verslaggever", "redacteur", "journalist",
    ),
    section_labels=(
        "categorie", "categorieën", "rubriek", "thema", "onderwerp", "onderwerpen",
    ),
    tag_labels=(
        "tags", "trefwoorden", "labels",
    ),
)  # fmt: skip

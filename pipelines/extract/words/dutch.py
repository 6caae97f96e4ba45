"""Dutch."""

from __future__ import annotations

from pipelines.extract.words.table import Words

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
    pages=(
        "nieuws", "nieuwsbericht", "nieuwsberichten", "actueel", "persberichten", "nieuwsoverzicht",
    ),
    published=(
        "gepubliceerd", "gepubliceerd op", "geplaatst op", "publicatiedatum", "datum",
    ),
    change_words=("gewijzigd", "wijziging", "bijgewerkt", "aangepast", "aanpassing", "update"),
    held=(
        "sluitingsdatum", "uiterlijk", "deadline", "startdatum", "einddatum", "datum evenement",
        "vergaderdatum", "geboortedatum",
    ),
    updated=(
        "bijgewerkt", "bijgewerkt op", "laatst gewijzigd", "laatst bijgewerkt", "laatste wijziging",
        "gewijzigd op",
    ),
    popular=(
        "meest gelezen", "populair", "populaire berichten", "meest bekeken", "uitgelicht",
        "gesponsorde inhoud",
    ),
    neighbours=(
        "vorig bericht", "volgend bericht", "vorig artikel", "volgend artikel", "vorige", "volgende",
        "terug naar",
    ),
    recent=("laatste nieuws", "recente berichten", "meest recent"),
    related_words=(
        "gerelateerde", "gerelateerd", "verwante",
    ),
    unrelated_words=(
        "documenten", "onderwerpen", "links",
    ),
    others=(
        "meer nieuws", "ander nieuws", "overig nieuws",
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
    site=(
        "officiële website", "officiele website",
    ),
    offers=(
        "maandelijks opzegbaar", "per maand opzegbaar", "al abonnee", "altijd opzegbaar",
    ),
    sign_up=(
        "nieuwsbrief", "abonneer", "in je mail", "in uw mailbox", "aanmelden",
    ),
    end=(
        "delen", "deel deze pagina", "reacties", "contact", "plaats een reactie", "uw reactie", "trefwoorden",
    ),
    over=(
        "reacties", "plaats een reactie", "uw reactie",
        "laat een reactie achter", "geef een reactie", "reageer",
    ),
    furniture=(
        "afdrukken", "delen", "terug", "voorlezen", "lees voor", "print deze pagina", "naar boven",
        "advertentie",
        "tekst gaat verder onder de foto", "tekst loopt door onder de foto",
        "tekst gaat door onder de foto", "tekst gaat verder onder de video",
        "tekst loopt door onder de video", "artikel gaat verder onder de foto",
        "artikel gaat verder onder de advertentie", "lees verder onder de foto",
        "lees verder onder de afbeelding", "de tekst gaat verder onder de foto",
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
    editor=(
        "redactie:", "eindredactie:",
    ),
    agencies=(
        "ANP",
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
        "politie", "brandweer", "universiteit", "stichting", "omroep",
    ),
    articles=(
        "de", "het", "een",
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
    comments=(
        "reactie",
    ),
)  # fmt: skip

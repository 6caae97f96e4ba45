"""Romanian and Catalan: dates, and what stands beside them."""

from __future__ import annotations

from pipelines.extract.words.table import Words

ROMANIAN = Words(
    months=(
        "ianuarie|ian", "februarie|feb", "martie|mar", "aprilie|apr", "mai", "iunie|iun", "iulie|iul",
        "august|aug", "septembrie|sept", "octombrie|oct", "noiembrie|nov", "decembrie|dec",
    ),
    weekdays=("luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică"),
    at=("ora", "la ora"),
    pages=(
        "știri", "știre", "noutăți", "comunicate", "comunicate de presă", "anunțuri", "actualitate", "acasă",
    ),
    published=("publicat", "publicat la", "publicat pe", "publicat în", "data publicării", "postat pe"),
    change_words=("actualiz", "modific"),
    updated=("actualizat", "actualizat la", "ultima actualizare", "modificat", "ultima modificare"),
    popular=("cele mai citite", "populare"),
    neighbours=("articolul precedent", "articolul următor", "precedent", "următor", "articolul anterior"),
    related_words=(
        "similare", "asemănătoare",
    ),
    related=(
        "articole similare", "știri similare", "citiți și", "citește și", "articole asemănătoare",
        "pe aceeași temă",
    ),
    recent=("ultimele știri", "știri recente", "articole recente"),
    end=("comentarii", "distribuie"),
    over=("comentarii", "lasă un comentariu", "adaugă un comentariu"),
    furniture=("tipărire", "distribuie", "înapoi", "imprimare", "tipărește", "publicitate"),
    counted=("accesări", "vizualizări", "afișări"),
    release=("comunicat de presă",),
    photo_nouns=("fotografie", "fotografii"),
    writer=("scris de", "autor:"),
    source=("sursa:", "sursă:"),
    sign_up=(
        "abonează-te", "abonați-vă",
    ),
    comments=(
        "comentariu",
    ),
)  # fmt: skip

CATALAN = Words(
    months=(
        "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre",
        "novembre", "desembre",
    ),
    weekdays=(
        "dilluns|dl", "dimarts|dt", "dimecres|dc", "dijous|dj", "divendres|dv", "dissabte|ds", "diumenge|dg",
    ),
    at=("a les",),
    pages=(
        "notícies", "notícia", "actualitat", "sala de premsa", "notes de premsa", "inici",
        "totes les notícies",
    ),
    published=("publicat", "publicat el", "data de publicació", "data publicació"),
    change_words=("actualitz", "modific"),
    updated=(
        "actualitzat", "actualitzat el", "darrera actualització", "última actualització", "modificat el",
    ),
    popular=("el més llegit", "més llegides"),
    neighbours=("anterior", "següent", "notícia anterior", "notícia següent"),
    related_words=(
        "relacionades", "relacionats",
    ),
    unrelated_words=(
        "documents", "enllaços",
    ),
    related=("notícies relacionades", "també et pot interessar", "continguts relacionats", "llegeix també"),
    recent=("últimes notícies", "darreres notícies"),
    end=("comentaris", "comparteix"),
    over=("comentaris", "deixa un comentari"),
    furniture=("imprimeix", "comparteix", "torna", "imprimir", "publicitat"),
    release=("nota de premsa", "comunicat de premsa"),
    photo_nouns=("imatge", "imatges", "fotografia"),
    writer=("autoria:", "redacció:", "escrit per"),
    source=("font:",),
    sign_up=(
        "subscriu-te", "butlletí",
    ),
    comments=(
        "comentari",
    ),
)  # fmt: skip

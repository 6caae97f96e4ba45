"""Swedish, Norwegian, Danish and Finnish: dates, and what stands beside them."""

from __future__ import annotations

from pipelines.extract.words.table import Words

SWEDISH = Words(
    months=(
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
        "november", "december",
    ),
    weekdays=("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    at=("kl", "kl.", "klockan"),
    pages=(
        "nyheter", "nyhet", "aktuellt", "pressmeddelanden", "pressmeddelande",
    ),
    published=("publicerad", "publicerat", "publicerades", "publiceringsdatum", "publicerad den"),
    change_words=("ändrad", "uppdater", "granskad"),
    updated=(
        "uppdaterad", "uppdaterat", "senast uppdaterad", "senast ändrad", "sidan uppdaterad",
        "sidan uppdaterades",
    ),
    popular=(
        "mest lästa", "populärt",
    ),
    neighbours=(
        "föregående", "nästa",
    ),
    related_words=(
        "relaterade", "relaterat",
    ),
    others=("fler nyheter",),
    related=(
        "läs mer", "relaterade nyheter", "relaterat", "relaterade artiklar", "läs också", "läs även",
        "fler nyheter",
    ),
    recent=("senaste nytt", "senaste nyheterna"),
    end=(
        "kontakt", "kontaktperson", "för mer information", "presskontakt", "dela", "dela sidan",
        "hjälpte informationen på den här sidan dig?", "hade du nytta av sidan?",
    ),
    over=(
        "hjälpte informationen på den här sidan dig?", "hade du nytta av sidan?", "kommentarer",
        "lämna en kommentar", "skriv en kommentar",
    ),
    furniture=(
        "dela", "skriv ut", "lyssna", "annons", "artikeln fortsätter efter annonsen",
        "artikeln fortsätter under annonsen",
    ),
    writer=("av", "publicerad av", "publicerat av", "skribent:", "författare:"),
    source=("källa:",),
    sign_up=(
        "nyhetsbrev", "prenumerera på",
    ),
    comments=(
        "kommentar",
    ),
)  # fmt: skip

NORWEGIAN = Words(
    months=(
        "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
        "november", "desember",
    ),
    weekdays=("mandag", "tirsdag|tysdag", "onsdag", "torsdag", "fredag", "lørdag|laurdag", "søndag|sundag"),
    at=("kl", "kl.", "klokken"),
    pages=(
        "nyheter", "nyhet", "aktuelt", "pressemeldinger", "pressemelding",
    ),
    published=("publisert", "publisert den", "publiseringsdato", "lagt ut"),
    change_words=("endret", "revidert", "oppdater"),
    updated=("sist endret", "sist oppdatert", "oppdatert", "sist endra", "sist oppdatert den"),
    popular=(
        "mest lest",
    ),
    neighbours=(
        "forrige", "neste", "forrige artikkel", "neste artikkel",
    ),
    related_words=(
        "relaterte", "relatert",
    ),
    others=("flere nyheter",),
    related=(
        "les mer", "relaterte nyheter", "relaterte artikler", "les også", "flere nyheter",
        "relatert innhold",
    ),
    recent=("siste nytt", "siste nyheter"),
    end=(
        "kontakt", "kontaktperson", "for mer informasjon", "pressekontakt", "del",
        "fant du det du lette etter?", "fant du det du leita etter?",
    ),
    over=(
        "fant du det du lette etter?", "fant du det du leita etter?", "kommentarer",
        "legg igjen en kommentar", "skriv en kommentar",
    ),
    furniture=(
        "skriv ut", "annonse", "saken fortsetter under annonsen", "artikkelen fortsetter under annonsen",
    ),
    writer=("av", "skrevet av", "publisert av", "forfatter:"),
    source=("kilde:",),
    sign_up=(
        "nyhetsbrev",
    ),
)  # fmt: skip

DANISH = Words(
    months=(
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober",
        "november", "december",
    ),
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    at=("kl", "kl.", "klokken"),
    pages=(
        "nyheder", "nyhed", "aktuelt", "pressemeddelelser", "pressemeddelelse",
    ),
    published=("publiceret", "offentliggjort", "udgivet", "publiceret den", "udgivelsesdato"),
    change_words=("opdater", "ændret", "redigeret", "revideret"),
    updated=("sidst opdateret", "opdateret", "senest opdateret", "sidst ændret"),
    popular=(
        "mest læste",
    ),
    neighbours=(
        "forrige", "næste",
    ),
    related_words=(
        "relaterede", "relateret",
    ),
    others=("flere nyheder",),
    related=("læs mere", "relaterede nyheder", "relaterede artikler", "læs også", "flere nyheder"),
    recent=("seneste nyt", "seneste nyheder"),
    end=(
        "kontakt", "kontaktperson", "yderligere information", "yderligere oplysninger", "pressekontakt",
        "del siden",
    ),
    furniture=(
        "udskriv", "annonce", "artiklen fortsætter efter annoncen", "artiklen fortsætter under annoncen",
    ),
    writer=("af", "skrevet af", "publiceret af", "forfatter:"),
    source=("kilde:",),
    over=(
        "kommentarer", "skriv en kommentar", "tilføj kommentar",
    ),
    sign_up=(
        "nyhedsbrev",
    ),
)  # fmt: skip

FINNISH = Words(
    months=(
        "tammikuuta|tammikuu", "helmikuuta|helmikuu", "maaliskuuta|maaliskuu", "huhtikuuta|huhtikuu",
        "toukokuuta|toukokuu", "kesäkuuta|kesäkuu", "heinäkuuta|heinäkuu", "elokuuta|elokuu",
        "syyskuuta|syyskuu", "lokakuuta|lokakuu", "marraskuuta|marraskuu", "joulukuuta|joulukuu",
    ),
    weekdays=("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    at=("klo", "kello"),
    pages=(
        "uutiset", "uutinen", "ajankohtaista", "tiedotteet", "tiedote",
    ),
    published=("julkaistu", "julkaisupäivä", "julkaisupäivämäärä"),
    change_words=("päivity", "päivitetty", "muutettu", "muokattu"),
    updated=("päivitetty", "viimeksi päivitetty", "muokattu", "viimeksi muokattu", "sivu päivitetty"),
    popular=(
        "luetuimmat", "suosituimmat",
    ),
    neighbours=(
        "edellinen", "seuraava",
    ),
    related=("aiheeseen liittyvää", "aiheeseen liittyvät uutiset", "lue myös", "lisää uutisia"),
    recent=("uusimmat uutiset", "viimeisimmät uutiset"),
    end=(
        "yhteystiedot", "lisätietoja", "lisätiedot", "jaa",
    ),
    furniture=(
        "tulosta", "jaa", "mainos", "juttu jatkuu mainoksen jälkeen",
        "artikkeli jatkuu mainoksen jälkeen", "juttu jatkuu kuvan jälkeen",
    ),
    photo_nouns=("kuva", "kuvat", "valokuva"),
    photographer=("kuvaaja:",),
    writer=("kirjoittaja:",),
    source=("lähde:",),
    over=(
        "kommentit", "jätä kommentti",
    ),
    sign_up=(
        "uutiskirje",
    ),
    related_words=(
        "liittyvät", "liittyviä",
    ),
    comments=(
        "kommentti", "kommenttia",
    ),
)  # fmt: skip

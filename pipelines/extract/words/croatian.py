"""Croatian: dates, and what stands beside them."""

from __future__ import annotations

from pipelines.extract.words.table import Words

CROATIAN = Words(
    months=(
        "siječnja|siječanj|sij", "veljače|veljača|velj", "ožujka|ožujak|ožu", "travnja|travanj|tra",
        "svibnja|svibanj|svi", "lipnja|lipanj|lip", "srpnja|srpanj|srp", "kolovoza|kolovoz|kol",
        "rujna|rujan|ruj", "listopada|listopad|lis", "studenoga|studenog|studeni|stu",
        "prosinca|prosinac|pro",
    ),
    weekdays=(
        "ponedjeljak", "utorak", "srijeda", "četvrtak", "petak", "subota", "nedjelja",
    ),
    at=(
        "u",
    ),
    pages=(
        "novosti", "vijesti", "novost", "vijest", "aktualnosti", "priopćenja", "obavijesti", "naslovnica",
    ),
    published=(
        "objavljeno", "datum objave", "objavljeno dana",
    ),
    change_words=("ažurir", "izmjen", "izmijen"),
    updated=(
        "ažurirano", "zadnja izmjena", "posljednja izmjena", "zadnje ažuriranje",
    ),
    popular=(
        "najčitanije", "popularno", "izdvojeno",
    ),
    neighbours=(
        "prethodni članak", "sljedeći članak", "prethodno", "sljedeće", "prethodna", "sljedeća",
    ),
    related_words=(
        "povezano", "povezane", "povezani", "srodne",
    ),
    related=(
        "povezane vijesti", "povezani članci", "ostale vijesti", "pročitajte i", "vezane vijesti",
    ),
    recent=(
        "najnovije", "najnovije vijesti",
    ),
    here=(
        "vi ste ovdje", "nalazite se ovdje",
    ),
    end=(
        "podijeli", "komentari", "kontakt", "prethodni članak", "sljedeći članak",
    ),
    over=(
        "komentari",
        "komentiraj", "ostavi komentar",
    ),
    furniture=(
        "ispis", "podijeli", "povratak", "prethodno", "sljedeće",
    ),
    boilerplate=(
        "sva prava pridržana",
    ),
    photographer=(
        "snimio:", "snimila:", "snimatelj:", "fotografirao:", "fotografirala:",
    ),
    photo_nouns=(
        "fotografija", "fotografije",
    ),
    ands=(
        "i",
    ),
    writer=(
        "autor:", "autorica:", "napisao:", "napisala:",
    ),
    source=(
        "izvor",
    ),
    section_labels=(
        "kategorija", "kategorije",
    ),
    sign_up=(
        "prijavite se na newsletter", "pretplatite se",
    ),
)  # fmt: skip

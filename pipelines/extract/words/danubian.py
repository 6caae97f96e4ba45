"""Czech and Hungarian: dates, and what stands beside them."""

from __future__ import annotations

from pipelines.extract.words.table import Words

CZECH = Words(
    months=(
        "ledna|leden", "února|únor", "března|březen", "dubna|duben", "května|květen", "června|červen",
        "července|červenec", "srpna|srpen", "září", "října|říjen", "listopadu|listopad", "prosince|prosinec",
    ),
    weekdays=("pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"),
    at=("v",),
    pages=(
        "aktuality", "aktualita", "novinky", "zprávy", "tiskové zprávy", "tisková zpráva",
        "detail aktuality", "oznámení",
    ),
    published=(
        "datum vložení", "vloženo", "zveřejněno", "publikováno", "datum zveřejnění", "datum publikace",
        "vytvořeno", "vydáno", "vyvěšeno", "datum vyvěšení",
    ),
    change_words=("změn", "aktualiz", "upraven", "poslední úprav"),
    updated=(
        "datum poslední aktualizace", "aktualizováno", "poslední aktualizace", "datum aktualizace",
        "poslední změna", "naposledy změněno", "naposledy upraveno", "změněno",
    ),
    popular=(
        "nejčtenější",
    ),
    neighbours=(
        "předchozí", "další", "předchozí článek", "následující článek",
    ),
    related_words=(
        "související",
    ),
    unrelated_words=(
        "dokumenty", "soubory",
    ),
    related=("související články", "související", "další články", "další aktuality", "čtěte také"),
    recent=("nejnovější články", "nejnovější aktuality"),
    end=("komentáře", "sdílet"),
    over=("komentáře", "diskuse", "diskuze", "přidat komentář"),
    furniture=(
        "vytisknout", "sdílet", "zpět", "tisk", "reklama", "inzerce", "článek pokračuje pod reklamou",
        "text pokračuje pod reklamou",
    ),
    boilerplate=("všechna práva vyhrazena",),
    photo_nouns=("fotografie",),
    writer=("autor:", "autorka:", "napsal:", "napsala:"),
    source=("zdroj:",),
    sign_up=(
        "odběr novinek", "přihlaste se k odběru",
    ),
    comments=(
        "komentář", "komentářů",
    ),
)  # fmt: skip

HUNGARIAN = Words(
    months=(
        "január|jan", "február|febr", "március|márc", "április|ápr", "május|máj", "június|jún", "július|júl",
        "augusztus|aug", "szeptember|szept", "október|okt", "november|nov", "december|dec",
    ),
    weekdays=("hétfő", "kedd", "szerda", "csütörtök", "péntek", "szombat", "vasárnap"),
    pages=(
        "hírek", "hír", "aktuális", "aktualitások", "közlemények", "sajtóközlemények",
    ),
    published=("közzétéve", "megjelent", "közzététel dátuma", "megjelenés dátuma", "publikálva", "feltöltve"),
    change_words=("frissít", "frissült", "módosít"),
    updated=("frissítve", "utoljára frissítve", "módosítva", "utolsó módosítás", "utoljára módosítva"),
    popular=(
        "legolvasottabb", "népszerű", "kiemelt hírek",
    ),
    neighbours=(
        "előző", "következő", "előző cikk", "következő cikk",
    ),
    related_words=(
        "kapcsolódó",
    ),
    related=(
        "kapcsolódó cikkek", "kapcsolódó hírek", "kapcsolódó bejegyzések", "további hírek", "további cikkek",
    ),
    recent=("legfrissebb hírek", "legutóbbi bejegyzések", "friss hírek"),
    end=("hozzászólások",),
    over=("hozzászólások", "szóljon hozzá", "új hozzászólás"),
    furniture=("nyomtatás", "megosztás", "vissza", "hirdetés"),
    boilerplate=("minden jog fenntartva",),
    photo_nouns=("fotó", "fénykép"),
    writer=("szerző", "írta:"),
    source=("forrás:",),
    sign_up=(
        "hírlevél",
    ),
    comments=(
        "hozzászólás",
    ),
)  # fmt: skip

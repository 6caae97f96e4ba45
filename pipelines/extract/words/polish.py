"""Polish."""

from __future__ import annotations

from pipelines.extract.words.table import Words

POLISH = Words(
    months=(
        "stycznia|styczeń|sty", "lutego|luty|lut", "marca|marzec|mar", "kwietnia|kwiecień|kwi", "maja|maj",
        "czerwca|czerwiec|cze", "lipca|lipiec|lip", "sierpnia|sierpień|sie", "września|wrzesień|wrz",
        "października|październik|paź", "listopada|listopad|lis", "grudnia|grudzień|gru",
    ),
    weekdays=(
        "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela",
    ),
    at=(
        "godz.", "o godz.", "godzina", "o godzinie",
    ),
    today=(
        "dzisiaj", "dziś",
    ),
    yesterday=(
        "wczoraj",
    ),
    ago=(
        "temu",
    ),
    units=(
        "minuta|minuty|minut", "godzina|godziny|godzin", "dzień|dni", "tydzień|tygodnie|tygodni",
    ),
    pages=(
        "aktualności", "aktualność", "wiadomości", "komunikaty", "biuletyn informacji publicznej",
        "strona główna", "szczegóły",
    ),
    published=(
        "opublikowano", "data publikacji", "opublikowany", "data", "dodano", "data dodania",
        "data utworzenia", "data opublikowania", "opublikowano w bip", "data udostępnienia",
    ),
    change_words=("zmian", "zmienion", "zmodyfik", "modyfik", "aktualiz", "zaktualiz"),
    held=(
        "termin", "termin składania", "termin składania ofert", "data wydarzenia", "data posiedzenia",
        "obowiązuje od", "ważne do",
    ),
    updated=(
        "aktualizacja", "zaktualizowano", "data aktualizacji", "ostatnia aktualizacja", "data modyfikacji",
        "ostatnia modyfikacja", "data ostatniej aktualizacji", "data ostatniej zmiany", "zmodyfikowano",
    ),
    popular=(
        "najczęściej czytane", "najpopularniejsze", "popularne", "polecane wiadomości", "najchętniej czytane",
        "treści sponsorowane", "materiały sponsorowane",
    ),
    neighbours=(
        "poprzedni", "następny", "poprzedni artykuł", "następny artykuł", "poprzedni wpis", "następny wpis",
        "poprzednia", "następna",
    ),
    recent=("najnowsze", "najnowsze wiadomości", "ostatnie wpisy", "ostatnie aktualności"),
    related_words=(
        "powiązane", "podobne",
    ),
    unrelated_words=(
        "dokumenty", "pliki", "tematy",
    ),
    others=(
        "inne aktualności", "pozostałe aktualności", "więcej aktualności",
    ),
    related=(
        "zobacz także", "czytaj także", "zobacz też", "czytaj również", "powiązane artykuły",
        "powiązane wiadomości", "inne aktualności", "pozostałe aktualności", "podobne artykuły",
        "zobacz również", "więcej aktualności", "polecane",
        "podobne wiadomości", "może cię zainteresować", "podobne aktualności", "przeczytaj także",
        "przeczytaj też",
    ),
    headline=(
        "tytuł",
    ),
    here=(
        "jesteś tutaj", "tu jesteś", "znajdujesz się",
    ),
    release=(
        "komunikat prasowy", "informacja prasowa", "komunikat",
    ),
    site=(
        "oficjalny serwis", "oficjalna strona", "oficjalny portal",
    ),
    offers=(
        "masz już subskrypcję", "zrezygnuj w każdej chwili", "możesz zrezygnować w każdej chwili",
    ),
    sign_up=(
        "newsletter", "zapisz sie", "subskrybuj",
    ),
    end=(
        "udostępnij", "komentarze", "kontakt", "załączniki", "dodaj komentarz", "metryka",
        "pliki do pobrania",
    ),
    over=(
        "komentarze", "dodaj komentarz", "metryka",
        "skomentuj", "napisz komentarz",
    ),
    furniture=(
        "drukuj", "udostępnij", "powrót", "wstecz", "do góry", "wersja do druku",
        "reklama",
        "dalsza część artykułu pod materiałem wideo", "dalsza część tekstu pod materiałem wideo",
        "dalszy ciąg materiału pod wideo", "dalsza część artykułu pod wideo",
    ),
    counted=(
        "odsłon", "odsłony", "wyświetleń", "wyświetlenia",
    ),
    boilerplate=(
        "wszelkie prawa zastrzeżone", "polityka prywatności", "tel.:",
    ),
    error=(
        "nie znaleziono", "nie znaleziono strony", "strona nie istnieje",
        "nie istnieje", "przerwa techniczna", "zaloguj",
        "zaloguj się", "logowanie", "odmowa dostępu",
        "błąd 404",
    ),
    gone=(
        "strona której szukasz", "strona o podanym adresie nie istnieje", "nie znaleziono strony",
        "włącz javascript", "spróbuj ponownie później", "zaloguj się aby",
    ),
    text_nouns=(
        "tekst",
    ),
    photo_nouns=(
        "fot.", "fot", "foto", "zdjęcie", "zdjęcia", "fotografia",
    ),
    ands=(
        "i", "oraz",
    ),
    writer=(
        "autor:", "autorka:", "opracowanie:", "opracował:", "opracowała:", "napisał:", "napisała:",
        "oprac.",
        "opr.",
    ),
    editor=(
        "redakcja:", "korekta:",
        "opublikował:", "opublikowała:", "zamieścił:", "zamieściła:", "wprowadził:", "wprowadziła:",
    ),
    agencies=(
        "PAP",
    ),
    photographer=(
        "fot.", "autor zdjęcia:", "fotograf:", "autor zdjęć:",
        "zdj.",
    ),
    source=(
        "źródło",
    ),
    nobody=(
        "archiwum", "redakcja", "admin",
    ),
    offices=(
        "urząd", "urzędu", "redakcja", "miasto", "miasta", "gmina", "gminy", "powiat", "starostwo",
        "ministerstwo", "wydział", "biuro", "prasowe", "prasowy", "referat", "archiwum", "policja", "agencja",
    ),
    jobs=(
        "rzecznik prasowy", "dziennikarz", "dziennikarka",
    ),
    section_labels=(
        "kategoria", "kategorie", "dział", "temat",
    ),
    tag_labels=(
        "tagi", "słowa kluczowe", "etykiety",
    ),
    comments=(
        "komentarz", "komentarzy",
    ),
)  # fmt: skip

"""What is said of each language: the columns of its table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's table. Entries are compared folded; those marked *as spelt* are written
    with their diacritics and compared without regard to case alone."""

    months: tuple[str, ...] = ()
    """Twelve entries; spellings of one month divided by ``|``."""
    weekdays: tuple[str, ...] = ()
    """Monday to Sunday, spellings divided by ``|``."""
    am: tuple[str, ...] = ()
    """What stands beside a time of day before noon, where twelve hours are counted."""
    pm: tuple[str, ...] = ()
    """The same after noon."""
    at: tuple[str, ...] = ()
    """What stands between a day and its time of day: at, Uhr."""
    today: tuple[str, ...] = ()
    yesterday: tuple[str, ...] = ()
    ago: tuple[str, ...] = ()
    """What follows (or, with ``…`` at its end, precedes) a number and its unit: 3 hours ago."""
    units: tuple[str, ...] = ()
    """Minute, hour, day and week, spellings divided by ``|``."""
    pages: tuple[str, ...] = ()
    """Names of what shows news, which are no headlines: the section, the front page, details of news."""
    published: tuple[str, ...] = ()
    """Labels before a date of publication."""
    held: tuple[str, ...] = ()
    """Labels before the day on which something is held, is due, begins or ends."""
    change_words: tuple[str, ...] = ()
    """Beginnings of words, one of which makes a short label before a date one of change."""
    updated: tuple[str, ...] = ()
    """Labels before a date of change."""
    related_words: tuple[str, ...] = ()
    """Words that make a short heading one over related news, whatever else it says: related."""
    unrelated_words: tuple[str, ...] = ()
    """Words that with one of those make it a heading over something else: documents, services."""
    related: tuple[str, ...] = ()
    """Headings over links to other news."""
    others: tuple[str, ...] = ()
    """Those of ``related`` that head whatever else the site has: other news, older news."""
    recent: tuple[str, ...] = ()
    """Headings over the newest posts: related within the article's part of the page, elsewhere not."""
    popular: tuple[str, ...] = ()
    """Headings over what is read most, or shown off: never related, wherever they stand."""
    neighbours: tuple[str, ...] = ()
    """What stands before a link to the page before or after this one: previous article, next."""
    release: tuple[str, ...] = ()
    """What press offices call their texts, before a number and a date: press release."""
    headline: tuple[str, ...] = ()
    """Labels before a headline, as the tables of message boards have them."""
    site: tuple[str, ...] = ()
    """With what the names of official sites begin, where a title ends with the site's name: portal of."""
    sign_up: tuple[str, ...] = ()
    """Parts of what stands in a box that asks for an address of mail: newsletter, subscribe."""
    offers: tuple[str, ...] = ()
    """Parts of sentences that only offers of subscriptions say: cancel anytime, already a subscriber."""
    here: tuple[str, ...] = ()
    """What stands before the path from the front page to a page: you are here."""
    end: tuple[str, ...] = ()
    """Lines (or beginnings of lines with a colon) at which an article is over."""
    over: tuple[str, ...] = ()
    """Those of ``end`` that only ever stand under the text: comments, ratings, neighbours."""
    comments: tuple[str, ...] = ()
    """Nouns for what readers say, with whose number alone a line ends the text: 1 comment, opinions (6)."""
    furniture: tuple[str, ...] = ()
    """Whole lines that belong to the page and not to the text: print, share …"""
    counted: tuple[str, ...] = ()
    """What stands before or after the number of those who have seen the page: views."""
    boilerplate: tuple[str, ...] = ()
    """Parts of sentences that only a footer or a form says."""
    error: tuple[str, ...] = ()
    """Parts of titles of pages that say that there is no page; they make up most of such a title."""
    gone: tuple[str, ...] = ()
    """Parts of sentences with which a page says that it has nothing to show, or not yet, or not to you."""
    event: tuple[str, ...] = ()
    """Labels of what a calendar's entry says: its time, its place, its price or how to take
    part, who holds it. Four entries; spellings of one kind divided by ``|``."""
    original: tuple[str, ...] = ()
    """Labels of the link to the article that was taken over."""

    text_nouns: tuple[str, ...] = ()
    """What writers make, before a colon or a word of ``by``: story, text."""
    photo_nouns: tuple[str, ...] = ()
    """What photographers make: photo, pictures."""
    both_nouns: tuple[str, ...] = ()
    """Words that are both, in scripts that write no spaces."""
    by: tuple[str, ...] = ()
    """The word between a noun and its maker: by."""
    ands: tuple[str, ...] = ()
    """The word between two nouns, or between the last two of several names."""
    writer: tuple[str, ...] = ()
    """Labels before a writer; one that ends with a colon is none without it."""
    writer_after: tuple[str, ...] = ()
    """What stands behind a writer's name, in scripts that write no spaces: 기자."""
    photographer: tuple[str, ...] = ()
    """Labels before a photographer, or before who lent a picture; colons as for ``writer``."""
    photographer_after: tuple[str, ...] = ()
    """What stands behind a photographer's name: 摄."""
    lent_after: tuple[str, ...] = ()
    """What stands behind the name of who lent a picture: 제공."""
    editor: tuple[str, ...] = ()
    """Labels before who edits, checks or answers for a text and wrote none of it; colons as for
    ``writer``."""
    source: tuple[str, ...] = ()
    """Labels before the paper or office that a text was taken from."""
    agencies: tuple[str, ...] = ()
    """As spelt: signs of news agencies, as they stand in brackets at the end of a text."""
    nobody: tuple[str, ...] = ()
    """What stands for a name and names nobody: archive, handout."""
    offices: tuple[str, ...] = ()
    """As spelt: words of the names of offices, papers and teams that no person's name has."""
    office_openings: tuple[str, ...] = ()
    """As spelt: words with which names of offices and papers begin, and no person's name."""
    office_parts: tuple[str, ...] = ()
    """Parts of the names of offices and papers in scripts that write no spaces."""
    office_ends: tuple[str, ...] = ()
    """With what such names end, and names of persons hardly ever."""
    surnames: tuple[str, ...] = ()
    """The most frequent surnames, where a name begins with it and is written without a space."""
    employer: tuple[str, ...] = ()
    """As spelt: what stands between a name and the office or paper that its bearer works for."""
    articles: tuple[str, ...] = ()
    """As spelt: words with which descriptions begin, and names of offices only where the rest says so."""
    jobs: tuple[str, ...] = ()
    """What a writer may be called after the name: staff writer."""
    section_labels: tuple[str, ...] = ()
    """Labels before the sections that an article is filed under."""
    tag_labels: tuple[str, ...] = ()
    """Labels before an article's keywords."""

"""English."""

from __future__ import annotations

from pipelines.extract.words.table import Words

ENGLISH = Words(
    months=(
        "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul",
        "august|aug", "september|sept|sep", "october|oct", "november|nov", "december|dec",
    ),
    weekdays=(
        "monday|mon", "tuesday|tue|tues", "wednesday|wed", "thursday|thu|thurs", "friday|fri",
        "saturday|sat", "sunday|sun",
    ),
    am=(
        "am", "a.m.", "a.m",
    ),
    pm=(
        "pm", "p.m.", "p.m",
    ),
    at=(
        "at", "@",
    ),
    today=(
        "today", "today is", "today's date",
    ),
    yesterday=(
        "yesterday",
    ),
    ago=(
        "ago",
    ),
    units=(
        "minute|minutes|min|mins", "hour|hours|hr|hrs", "day|days", "week|weeks",
    ),
    pages=(
        "news", "newsroom", "news room", "news flash", "news details", "news detail", "news item",
        "news article", "news releases", "press releases", "media releases", "media release details",
        "news and events", "news & events", "news and media", "press room", "press office", "latest news",
        "city news", "news list", "blog", "home", "homepage", "article details",
    ),
    published=(
        "published", "posted", "published on", "posted on", "date published", "news date", "date",
        "release date", "date posted", "post date", "publish date", "for immediate release",
        "publication date", "released", "issued", "published date", "created",
    ),
    change_words=(
        "updat", "modif", "edited", "revis", "amended", "last chang", "changed", "last review", "reviewed",
    ),
    held=(
        "deadline", "closing date", "closes", "closing", "due", "due date", "apply by", "valid until",
        "valid from", "expires", "expiry date", "expiration date", "effective", "effective date",
        "meeting date", "date of meeting", "date of event", "hearing date", "opening date", "date of birth",
    ),
    updated=(
        "updated", "last updated", "modified", "last modified", "updated on", "last reviewed",
        "date modified", "date updated", "last update", "updated date", "reviewed",
    ),
    popular=(
        "most read", "most popular", "trending", "trending now", "popular", "popular now", "top stories",
        "popular posts",
        "popular news", "most viewed", "editor's picks", "featured", "featured news", "highlights",
        "in the spotlight",
        "sponsored content", "sponsored links", "around the web", "from the web", "from our partners",
    ),
    neighbours=(
        "previous", "next", "previous article", "next article", "previous post", "next post",
        "previous story", "next story",
        "previous news", "next news", "older post", "newer post", "older", "newer", "prev",
        "more in this category",
        "back to",
    ),
    related_words=(
        "related",
    ),
    unrelated_words=(
        "documents", "files", "services", "links", "topics", "pages", "tags", "downloads", "legislation",
        "videos", "events", "organisations", "organizations", "departments",
    ),
    others=(
        "other news", "more news", "other stories", "more stories", "more news releases",
        "more press releases", "more posts", "more articles",
    ),
    related=(
        "related", "related news", "related articles", "related stories", "related posts", "more news",
        "read more", "read also", "see also", "you may also like", "more stories", "related links",
        "related content", "recommended", "also read", "more from this section", "other news",
        "related press releases", "more in this section", "further reading",
        "related topics", "more news releases", "related information",
        "more press releases", "related items", "more posts", "more articles",
        "people are also reading", "you might also like", "you might also be interested in",
        "you may be interested in", "you might be interested in", "you may also be interested in",
        "more on this", "more on this story", "keep reading", "read next", "related coverage",
        "other stories", "also in the news", "more on this topic", "also of interest", "similar stories",
        "similar news",
        "more like this",
        "on this topic", "also on this story", "associated links", "explore more",
        "related pages",
    ),
    recent=(
        "latest news", "recent news", "recent posts", "latest posts", "recent articles",
    ),
    headline=(
        "headline",
    ),
    here=(
        "you are here", "you are in",
    ),
    release=(
        "press release", "news release", "media release", "press statement",
    ),
    site=(
        "official website", "official site", "official portal", "website of", "web portal",
    ),
    offers=(
        "cancel anytime", "cancel at any time", "already a subscriber", "already subscribed?",
        "subscribe to continue reading", "subscribe to keep reading",
    ),
    sign_up=(
        "newsletter", "subscribe", "sign up", "your inbox", "email updates", "mailing list",
    ),
    end=(
        "share", "share this", "comments", "leave a comment", "tags", "filed under", "share this page",
        "leave a reply", "media contact", "press contact", "contact", "contacts", "share this article",
        "receive email updates", "subscribe", "about the author", "post navigation", "media contacts",
        "for media inquiries", "sign up", "newsletter", "categories", "share this post", "###", "-30-",
        "# # #", "most read", "most popular", "trending", "return to full list", "back to top",
        "for more information contact", "media inquiries", "share this story", "follow us",
        "investor contact", "investor contacts", "investor relations contact", "read this release in",
    ),
    over=(
        "comments", "leave a comment", "leave a reply", "post navigation", "back to top",
        "return to full list",
        "replies", "responses", "reply", "response", "about the author",
    ),
    furniture=(
        "print", "share", "email", "tweet", "facebook", "twitter", "linkedin", "whatsapp", "copy link",
        "back", "back to previous page", "listen", "x", "pinterest", "print this page", "rss",
        "print page", "telegram", "skip to main content", "save", "google+", "reddit", "next",
        "previous", "back to news", "advertisement", "pdf", "copy", "share on facebook",
        "font size", "decrease font size", "increase font size", "rate this item", "print this story",
        "e-mail to a friend", "email to a friend", "article continues below advertisement",
        "advertisement - continue reading below", "sharing is caring!", "jump to recipe", "print recipe",
        "story continues below advertisement", "article continues below", "story continues below",
        "article continues after advertisement", "story continues after advertisement",
    ),
    counted=(
        "views", "page views", "reads", "hits", "times read", "viewed",
        "visitor counter", "visitor count",
    ),
    boilerplate=(
        "copyright", "all rights reserved", "privacy policy", "cookie", "terms of use", "phone:",
        "fax:", "log in", "javascript", "newsletter", "subscribe to", "powered by",
        "this entry was posted", "responses to this entry",
        "view source version on",
    ),
    error=(
        "page not found", "not found", "404",
        "403", "error", "maintenance",
        "scheduled maintenance", "under maintenance", "access denied",
        "log in", "login", "log in to your account",
        "sign in", "sign in to continue", "forbidden",
        "just a moment", "one moment please", "attention required",
        "are you a robot", "captcha", "page unavailable",
        "service unavailable", "temporarily unavailable", "under construction",
        "checking your browser", "security check", "verify you are human",
        "human verification", "robot check", "ddos protection",
        "request rejected", "bad gateway", "internal server error",
        "account suspended", "website expired", "site not published",
        "domain for sale", "is for sale", "parked domain",
        "coming soon", "page does not exist", "index of",
    ),
    gone=(
        "nothing was found at this location", "page can’t be found", "page can't be found",
        "page cannot be found", "made us think you were a bot", "establishing a database connection",
        "domain is registered and parked", "buy this domain", "may be for sale by its owner",
        "application error occurred on the server", "web server is successfully installed",
        "incident id", "browser does not redirect you",
        "page you requested could not be found", "page you are looking for", "page could not be found",
        "page does not exist", "no longer exists at this address", "checking your browser",
        "verify you are human", "verify that you are human", "enable javascript and cookies",
        "need to enable javascript", "please enable javascript", "javascript is required",
        "javascript is disabled", "account has been suspended", "domain is for sale",
        "domain may be for sale", "domain is parked", "domain has expired",
        "down for maintenance", "undergoing maintenance", "performing scheduled maintenance",
        "please come back later", "check back soon", "please log in to continue",
        "you must be logged in", "please sign in to continue", "your access to this site has been",
        "ray id", "reference id incident", "requested url was rejected",
        "unusual traffic from your",
    ),
    text_nouns=(
        "story", "stories", "text", "words", "report", "article", "reporting", "written",
    ),
    photo_nouns=(
        "photos", "photo", "photo(s)", "photographs", "photograph", "photography", "pictures", "picture",
        "images", "image", "video", "illustration",
    ),
    by=(
        "by",
    ),
    ands=(
        "and", "with",
    ),
    writer=(
        "by", "written by", "reported by", "posted by", "published by", "submitted by", "author:",
        "authors:", "reporter:", "writer:", "contributed by", "compiled by", "with reporting by",
        "additional reporting by", "with additional reporting by",
    ),
    editor=(
        "edited by", "editing by", "editor:",
    ),
    agencies=(
        "PIA", "PNA", "AP", "AFP", "Reuters", "Bernama", "VNA",
    ),
    photographer=(
        "photo courtesy of", "photos courtesy of", "image courtesy of", "images courtesy of",
        "picture courtesy of", "courtesy of", "photo courtesy:", "photo credit:", "photo credits:",
        "image credit:", "credit:", "credits:", "photographer:", "courtesy:", "photo provided by",
        "photos provided by",
    ),
    source=(
        "source", "news source", "originally published in", "first published in",
        "originally published by", "reprinted from",
    ),
    nobody=(
        "file", "file photo", "file photos", "handout", "archive", "internet", "unknown", "none", "n/a",
        "stock", "stock photo", "stock image", "provided", "courtesy", "submitted", "contributed",
        "admin", "administrator", "webmaster", "super user", "superuser", "system account", "site admin",
        "site administrator", "sysadmin", "guest", "web admin", "editor", "staff", "staff writer",
        "staff report", "web team", "webteam", "web master", "guest author", "admin web",
    ),
    offices=(
        "central", "radio",
        "office", "department", "dept", "city", "county", "press", "team", "council", "staff", "bureau",
        "agency", "ministry", "authority", "university", "college", "commission", "committee",
        "government", "town", "village", "township", "news", "newsroom", "media", "communications",
        "communication", "division", "services", "service", "association", "foundation", "inc", "llc",
        "ltd", "board", "school", "district", "state", "federal", "public", "relations", "police", "fire",
        "library", "museum", "center", "centre", "program", "society", "institute", "group", "company",
        "times", "tribune", "gazette", "magazine", "chronicle", "website", "editorial", "secretariat",
        "affairs", "national", "municipal", "municipality",
        "herald", "journal", "observer", "courier", "dispatch", "examiner", "bulletin", "beacon", "sentinel",
        "telegraph", "advocate",
    ),
    articles=(
        "the", "a", "an", "this", "these", "here",
    ),
    office_openings=(
        "the",
    ),
    employer=(
        "for the", "for", "of the", "with the", "special to the",
    ),
    jobs=(
        "staff writer", "reporter", "editor", "director", "officer", "correspondent", "coordinator",
        "intern", "manager", "specialist", "writer", "photographer", "contributor", "mayor",
        "spokesperson", "assistant", "staff", "freelance", "columnist", "analyst", "guest author",
    ),
    section_labels=(
        "topic", "topics", "category", "categories", "section", "filed under", "posted in",
        "news category", "filed in", "published in", "subject", "subjects",
        "channel",
    ),
    tag_labels=(
        "tags", "tag", "keywords", "keyword", "tagged", "tagged with", "tagged as", "labels",
        "related tags",
    ),
    event=(
        "when|time|times|start|starts|end|ends|start time|end time|event date|event time|date and time|"
        "date & time|start date|end date|time of event|doors open",
        "where|location|venue|place|event location|meeting place|address",
        "cost|admission|price|tickets|fee|entry|cost to attend|registration|rsvp",
        "organizer|organiser|organized by|organised by|host|hosted by|led by|event contact|age group|"
        "ages|audience",
    ),
    original=(
        "first published in", "first published by", "first published on", "first published at",
        "originally published", "originally published in", "originally published by",
        "originally published on", "originally published at", "originally appeared in",
        "originally appeared on", "first appeared in", "original article", "original story",
        "original source", "read the original", "read the original article", "original",
    ),
    comments=(
        "comment",
    ),
)  # fmt: skip

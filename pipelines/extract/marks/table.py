"""The table of marks: every class, role, property, relation and name of metadata that the reader looks at.

Each row says where a mark stands, the mark itself, what it says, and whose word it is: a
specification that defines it, or a published platform whose own code prints it on every site
that runs it. No mark of any theme or site stands here, and none stands elsewhere in the reader
(``tests/test_marks.py``). To add one: a row with its source, and where its meaning is a new one,
a constant above the table.
"""

from __future__ import annotations

ELEMENT, ATTRIBUTE, META = "element", "attribute", "meta"
"""Where a mark can stand but in the attribute that its row names: it is an element's name itself, an
attribute's name, or the name of a ``meta`` element (its ``name``, ``property`` or ``http-equiv``)."""

TEXT = "the element that holds the article's text"
LEAD = "the description between headline and text"
PLAIN = "how a paragraph is set, whatever it says"
PUBLICATION, CHANGE, EITHER = "publication", "change", "either"
"""What a time is; ``EITHER`` is hAtom's ``updated``, which every entry must have, also one that
was never changed: beside a time of publication it is one of change."""
WRITER = "with all marks of this kind, the writer of an entry"
WRITERS_PAGE = "a link to a writer's page"
ITEM_WRITER, ITEM_NAME = "the writer of an item", "the name of an item"
PORTRAIT = "the picture of a writer or commenter"
CENTRED, AT_RIGHT = "centred text, or a caption", "text at the right margin"
FLOATED = "a picture that text flows around"
OWN_BOX = "a box among the paragraphs or below them that is no text: comments, share buttons, sign-up, a post"
COMMENTS = "what readers say of the text"
WIDGET, WIDGETS = "a box beside or below the content", "a column of such boxes"
SECTION, SECTIONS, TAG = "a link to a section", "a list of links to sections", "a link to a tag or section"
NEIGHBOUR = "a link to the page before or after this one"
CANONICAL = "a link to the page's canonical address"
MAIN = "the page's main part"
BESIDE, AROUND = "a part beside the text", "another part around the text, or over it"
DRAWER = "a menu that is drawn out over the page"
HIDDEN = "what is not shown"
LISTS, POST = "a page that lists posts", "the page of one post"
STANDING, NUMBERED = "a page that is no post", "a page that is no post, with its number"
UPLOAD = "with all marks of this kind, the page of one uploaded file"
EVENT = "an entry of a calendar"
IN_LINE, PICTURE = "a part of a line", "a picture"
SHOWN, NOT_TEXT = "a film, a sound or another page inside this one", "what is no text"
DISCLOSES = "whether what a button discloses is open"
LAZY, LAZY_SET = "where a picture's address waits for a script", "the same, of several sizes"
TITLES, SITE_NAME, LANGUAGE = "the page's title", "the site's name", "the page's language"
STATED_PUBLICATION, STATED_CHANGE = "the moment of publication", "the moment of the last change"
STATED_WRITER, STATED_SECTION, STATED_TAG = "who wrote it", "the section it is in", "one of its tags"
KIND = "what kind of page it is"
STATED_SUMMARY = "what sums the page up"
REFRESH = "when the browser asks anew, and for which address"

_ARIA = "WAI-ARIA 1.2, landmark and widget roles"
_AMP = "AMP, amp.dev, components"
_BODY = "WordPress core, get_body_class"
_COMMENTS = "WordPress core, Walker_Comment and the comment templates of its default themes"
_DC = "Dublin Core, DCMI metadata terms in HTML"
_GBF = "Chinese State Council, specification of government sites, GBF 2017/1"
_GHOST = "Ghost, Koenig cards"
_OG = "Open Graph protocol"
_RDFA = "schema.org, as RDFa in a meta element"
_SIZES = "lazysizes, and others after it"

TABLE = (
    # (where it stands, the mark, what it says, whose word it is); # stands for a number, * for
    # letters. Where order matters, the first row counts.
    ("itemprop", "articleBody", TEXT, "schema.org Article"),
    ("class", "entry-content", TEXT, "microformats hAtom; WordPress, its default themes"),
    ("class", "wp-block-post-content", TEXT, "WordPress core block, core/post-content"),
    ("class", "e-content", TEXT, "microformats2 h-entry"),
    ("class", "field--name-body", TEXT, "Drupal core, field.html.twig with the body field"),
    ("class", "artl-cnt", TEXT, "AMP for WP, plugin for WordPress, its design Swift"),
    ("class", "amp-wp-article-content", TEXT, "AMP, plugin for WordPress, templates/single.php"),
    ("itemprop", "text", TEXT, "schema.org CreativeWork"),
    ("class", "documentDescription", LEAD, "Plone core, its document views"),
    ("class", "p-summary", LEAD, "microformats2 h-entry"),
    ("itemprop", "description", LEAD, "schema.org Thing"),
    ("itemprop", "abstract", LEAD, "schema.org CreativeWork"),
    ("itemprop", "alternativeHeadline", LEAD, "schema.org CreativeWork"),
    ("class", "has-drop-cap", PLAIN, "WordPress core block, core/paragraph"),
    ("class", "has-text-align-left", PLAIN, "WordPress core, block support for text alignment"),
    ("class", "has-text-align-center", PLAIN, "WordPress core, block support for text alignment"),
    ("class", "has-text-align-right", PLAIN, "WordPress core, block support for text alignment"),
    ("class", "MsoNormal", PLAIN, "Microsoft Office, Word saved as HTML"),
    ("class", "wp-block-post-date__modified-date", CHANGE, "WordPress core block, core/post-date"),
    ("itemprop", "datePublished", PUBLICATION, "schema.org CreativeWork"),
    ("class", "published", PUBLICATION, "microformats hAtom"),
    ("class", "dt-published", PUBLICATION, "microformats2 h-entry"),
    ("class", "entry-date", PUBLICATION, "WordPress, its default themes"),
    ("class", "wp-block-post-date", PUBLICATION, "WordPress core block, core/post-date"),
    ("itemprop", "dateModified", CHANGE, "schema.org CreativeWork"),
    ("class", "updated", EITHER, "microformats hAtom"),
    ("class", "dt-updated", CHANGE, "microformats2 h-entry"),
    ("class", "author", WRITER, "microformats hAtom"),
    ("class", "vcard", WRITER, "microformats hCard"),
    ("rel", "author", WRITERS_PAGE, "HTML, 4.6.7.3"),
    ("itemprop", "author", ITEM_WRITER, "schema.org CreativeWork"),
    ("itemprop", "name", ITEM_NAME, "schema.org Thing"),
    ("class", "avatar", PORTRAIT, "WordPress core, get_avatar"),
    ("class", "wp-caption-text", CENTRED, "WordPress core, img_caption_shortcode"),
    ("class", "has-text-align-center", CENTRED, "WordPress core, block support for text alignment"),
    ("class", "aligncenter", CENTRED, "WordPress core, alignment of pictures and blocks"),
    ("class", "has-text-align-right", AT_RIGHT, "WordPress core, block support for text alignment"),
    ("class", "alignleft", FLOATED, "WordPress core, alignment of pictures and blocks"),
    ("class", "alignright", FLOATED, "WordPress core, alignment of pictures and blocks"),
    ("id", "comments", COMMENTS, "WordPress core, get_comments_link; Drupal 7 core, comment-wrapper.tpl.php"),
    ("class", "comment-list", OWN_BOX, _COMMENTS),
    ("class", "comment-respond", OWN_BOX, "WordPress core, comment_form"),
    ("class", "comment-content", OWN_BOX, _COMMENTS),
    ("class", "comment-meta", OWN_BOX, _COMMENTS),
    ("class", "wp-block-comments", OWN_BOX, "WordPress core block, core/comments"),
    ("class", "kg-signup-card", OWN_BOX, _GHOST),
    ("class", "kg-cta-card", OWN_BOX, _GHOST),
    ("class", "twitter-tweet", OWN_BOX, "X, publish.x.com, the markup of an embedded post"),
    ("class", "instagram-media", OWN_BOX, "Instagram, oEmbed, the markup of an embedded post"),
    ("class", "tiktok-embed", OWN_BOX, "TikTok, oEmbed, the markup of an embedded post"),
    ("class", "sharedaddy", OWN_BOX, "Jetpack, sharing"),
    ("class", "elementor-widget-share-buttons", OWN_BOX, "Elementor Pro, its widget share-buttons"),
    ("class", "widget", WIDGET, "WordPress core, register_sidebar"),
    ("class", "widget-area", WIDGETS, "WordPress, its default themes"),
    ("rel", "category", SECTION, "WordPress core, get_the_category_list"),
    ("class", "taxonomy-category", SECTIONS, "WordPress core block, core/post-terms"),
    ("rel", "tag", TAG, "microformats rel-tag; HTML, 4.6.7.22"),
    ("rel", "prev", NEIGHBOUR, "HTML, 4.6.7.17"),
    ("rel", "next", NEIGHBOUR, "HTML, 4.6.7.15"),
    ("rel", "canonical", CANONICAL, "RFC 6596; HTML, 4.6.7.4"),
    ("role", "main", MAIN, _ARIA),
    ("role", "navigation", BESIDE, _ARIA),
    ("role", "complementary", BESIDE, _ARIA),
    ("role", "search", BESIDE, _ARIA),
    ("role", "contentinfo", AROUND, _ARIA),
    ("role", "dialog", AROUND, _ARIA),
    ("role", "menu", AROUND, _ARIA),
    ("role", "alert", AROUND, _ARIA),
    (ELEMENT, "amp-sidebar", DRAWER, _AMP),
    ("aria-hidden", "true", HIDDEN, "WAI-ARIA 1.2, aria-hidden"),
    ("class", "home", LISTS, _BODY),
    ("class", "blog", LISTS, _BODY),
    ("class", "archive", LISTS, _BODY),
    ("class", "category", LISTS, _BODY),
    ("class", "tag", LISTS, _BODY),
    ("class", "search", LISTS, _BODY),
    ("class", "author", LISTS, _BODY),
    ("class", "date", LISTS, _BODY),
    ("class", "single", POST, _BODY),
    ("class", "page", STANDING, _BODY),
    ("class", "page-id-#", NUMBERED, _BODY),
    ("class", "attachment", UPLOAD, _BODY),
    ("class", "single-attachment", UPLOAD, _BODY),
    ("itemtype", "https://schema.org/*Event", EVENT, "schema.org Event and the types under it, microdata"),
    ("itemtype", "http://schema.org/*Event", EVENT, "schema.org Event, microdata; either scheme is right"),
    ("typeof", "schema:*Event", EVENT, "schema.org Event and the types under it, RDFa"),
    ("typeof", "*Event", EVENT, "schema.org Event and the types under it, RDFa with a vocab"),
    ("class", "h-event", EVENT, "microformats2 h-event"),
    ("class", "vevent", EVENT, "microformats hCalendar"),
    (ELEMENT, "o:p", IN_LINE, "Microsoft Office, Word saved as HTML"),
    (ELEMENT, "amp-img", PICTURE, _AMP),
    (ELEMENT, "amp-anim", PICTURE, _AMP),
    (ELEMENT, "amp-video", SHOWN, _AMP),
    (ELEMENT, "amp-youtube", SHOWN, _AMP),
    (ELEMENT, "amp-audio", SHOWN, _AMP),
    (ELEMENT, "amp-iframe", SHOWN, _AMP),
    (ELEMENT, "amp-ad", NOT_TEXT, _AMP),
    (ELEMENT, "amp-analytics", NOT_TEXT, _AMP),
    (ELEMENT, "amp-embed", NOT_TEXT, _AMP),
    (ELEMENT, "amp-social-share", NOT_TEXT, _AMP),
    (ATTRIBUTE, "aria-expanded", DISCLOSES, "WAI-ARIA 1.2, aria-expanded"),
    (ATTRIBUTE, "data-src", LAZY, _SIZES),
    (ATTRIBUTE, "data-original", LAZY, "Lazy Load, plugin for jQuery"),
    (ATTRIBUTE, "data-lazy-src", LAZY, "Jetpack, lazy images; WP Rocket"),
    (ATTRIBUTE, "data-lazyload", LAZY, "Slider Revolution, plugin for WordPress"),
    (ATTRIBUTE, "data-url", LAZY, "Jetpack, tiled galleries"),
    (ATTRIBUTE, "data-full-url", LAZY, "WordPress core block, core/gallery"),
    (ATTRIBUTE, "data-srcset", LAZY_SET, _SIZES),
    (META, "articletitle", TITLES, _GBF),
    (META, "og:title", TITLES, _OG),
    (META, "twitter:title", TITLES, "X, cards markup"),
    (META, "dc.title", TITLES, _DC),
    (META, "og:site_name", SITE_NAME, _OG),
    (META, "application-name", SITE_NAME, "HTML, 4.2.5.1"),
    (META, "og:locale", LANGUAGE, _OG),
    (META, "content-language", LANGUAGE, "HTML, 4.2.5.3"),
    (META, "og:type", KIND, _OG),
    (META, "refresh", REFRESH, "HTML, 4.2.5.3"),
    (META, "description", STATED_SUMMARY, "HTML, 4.2.5.1"),
    (META, "og:description", STATED_SUMMARY, _OG),
    (META, "twitter:description", STATED_SUMMARY, "X, cards markup"),
    (META, "article:published_time", STATED_PUBLICATION, f"{_OG}, article"),
    (META, "og:published_time", STATED_PUBLICATION, f"{_OG}, published_time under the prefix og"),
    (META, "og:article:published_time", STATED_PUBLICATION, f"{_OG}, article, its name in full"),
    (META, "datepublished", STATED_PUBLICATION, _RDFA),
    (META, "dc.date.issued", STATED_PUBLICATION, _DC),
    (META, "dcterms.created", STATED_PUBLICATION, _DC),
    (META, "dc.date.created", STATED_PUBLICATION, _DC),
    (META, "dcterms.issued", STATED_PUBLICATION, _DC),
    (META, "pubdate", STATED_PUBLICATION, _GBF),
    (META, "parsely-pub-date", STATED_PUBLICATION, "Parse.ly, metadata of pages"),
    (META, "sailthru.date", STATED_PUBLICATION, "Sailthru, meta tags"),
    (META, "cxenseparse:recs:publishtime", STATED_PUBLICATION, "Cxense (Piano), content metadata"),
    (META, "article:modified_time", STATED_CHANGE, f"{_OG}, article"),
    (META, "og:updated_time", STATED_CHANGE, f"{_OG}, as Facebook documents it"),
    (META, "datemodified", STATED_CHANGE, _RDFA),
    (META, "dcterms.modified", STATED_CHANGE, _DC),
    (META, "dc.date.modified", STATED_CHANGE, _DC),
    (META, "last-modified", STATED_CHANGE, "RFC 9110, 8.8.2, as http-equiv"),
    (META, "author", STATED_WRITER, "HTML, 4.2.5.1"),
    (META, "article:author", STATED_WRITER, f"{_OG}, article"),
    (META, "dc.creator", STATED_WRITER, _DC),
    (META, "article:section", STATED_SECTION, f"{_OG}, article"),
    ("property", "article:tag", STATED_TAG, f"{_OG}, article"),
)  # fmt: skip

SCHEMA_ORG = frozenset(
    (
        "AboutPage", "Article", "BlogPosting", "BreadcrumbList", "CheckoutPage", "CollectionPage",
        "ContactPage", "Event", "FAQPage", "GovernmentOrganization", "GovernmentService", "JobPosting",
        "NewsMediaOrganization", "Organization", "ProfilePage", "QAPage", "Report", "SearchResultsPage",
        "VideoObject", "WebPage", "WebSite", "articleSection", "dateModified", "datePublished", "hasPart",
        "itemListElement", "mainEntity", "mainEntityOfPage",
    )
)  # fmt: skip
"""Types and properties of schema.org that are read in JSON-LD, each defined at ``https://schema.org/`` and
its name. They are the vocabulary's own names, so they stand in the rules as they are."""

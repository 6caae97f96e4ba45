"""French and Italian."""

from __future__ import annotations

from pipelines.extract.words.table import Words

FRENCH = Words(
    months=(
        "janvier|janv", "fevrier|fevr", "mars", "avril|avr", "mai", "juin", "juillet|juil", "aout",
        "septembre|sept", "octobre|oct", "novembre|nov", "decembre|dec",
    ),
    weekdays=(
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    ),
    at=(
        "à",
    ),
    today=(
        "aujourd'hui",
    ),
    yesterday=(
        "hier",
    ),
    ago=(
        "il y a…",
    ),
    units=(
        "minute|minutes", "heure|heures", "jour|jours", "semaine|semaines",
    ),
    pages=(
        "actualités", "actualité", "actus", "toutes les actualités", "communiqués", "communiqués de presse",
        "espace presse", "accueil", "détail actualité",
    ),
    published=(
        "publie", "publie le", "mis en ligne le", "date", "date de publication", "poste le",
    ),
    change_words=(
        "mis à jour", "mise à jour", "mises à jour", "actualisé", "actualisation", "modifi", "révis",
    ),
    held=(
        "date limite", "date de clôture", "clôture", "jusqu'au", "valable du", "date de l'événement",
        "date de la réunion", "date de début", "date de fin", "à partir du", "date de naissance",
    ),
    updated=(
        "mis a jour", "mis a jour le", "derniere mise a jour", "modifie le", "derniere modification",
    ),
    popular=(
        "les plus lus", "articles les plus lus", "les plus lues", "à la une", "les plus consultés",
        "articles populaires", "le plus lu",
        "contenus sponsorisés", "contenu sponsorisé", "ailleurs sur le web",
    ),
    neighbours=(
        "précédent", "suivant", "article précédent", "article suivant", "actualité précédente",
        "actualité suivante", "précédente", "suivante",
        "plus dans cette catégorie",
        "retour à", "retour vers",
    ),
    recent=("dernières actualités", "actualités récentes", "articles récents", "dernières nouvelles"),
    related_words=(
        "similaires", "associés", "liés",
    ),
    unrelated_words=(
        "documents", "liens", "démarches", "thématiques",
    ),
    related=(
        "a lire aussi", "articles lies", "sur le meme sujet", "autres actualites", "lire aussi",
        "voir aussi", "plus d'actualites", "a voir aussi", "articles similaires", "en savoir plus",
        "à lire également", "lire également", "à voir également", "dans la même rubrique",
        "actualités liées", "à découvrir aussi", "sur le même thème", "articles connexes",
        "ça peut vous intéresser", "vous aimerez aussi", "d'autres actualités",
    ),
    here=(
        "vous êtes ici",
    ),
    release=(
        "communiqué de presse", "communiqué",
    ),
    site=(
        "site officiel", "site internet", "portail officiel",
    ),
    offers=(
        "déjà abonné", "sans engagement, résiliable", "résiliable à tout moment", "annulable à tout moment",
    ),
    sign_up=(
        "s'abonner", "s’abonner", "abonnez-vous", "lettre d'information", "infolettre",
        "inscrivez-vous", "je m'inscris", "je m’inscris", "je m'abonne", "je m’abonne", "boîte mail",
    ),
    end=(
        "partager", "commentaires", "contact", "mots-cles", "laisser un commentaire", "contact presse",
        "vos commentaires", "les commentaires", "vos réactions",
    ),
    over=(
        "commentaires", "laisser un commentaire",
        "réponses", "réponse", "commentaire",
        "vos commentaires", "les commentaires", "vos réactions",
        "laisser une réponse", "ajouter un commentaire",
    ),
    furniture=(
        "imprimer", "partager", "retour", "ecouter", "haut de page",
        "publicité",
        "la suite après cette publicité", "la suite après la publicité",
        "l'article continue après la publicité",
    ),
    counted=(
        "vues", "lectures",
    ),
    boilerplate=(
        "tous droits reserves", "mentions legales", "telephone:", "telephone :",
    ),
    error=(
        "introuvable", "page introuvable", "non trouvée",
        "maintenance", "site en maintenance", "en maintenance",
        "se connecter", "connexion", "accès refusé",
        "erreur 404",
    ),
    gone=(
        "page demandée n existe pas", "page que vous cherchez", "page que vous recherchez",
        "activer javascript", "activez javascript", "revenir plus tard",
        "devez vous connecter pour",
        "page n existe plus", "page demandée est introuvable", "page demandée n a pas été trouvée",
    ),
    text_nouns=(
        "texte", "article",
    ),
    photo_nouns=(
        "photo", "photos", "image", "images", "crédit photo", "photographie", "photographies",
    ),
    by=(
        "par", "de",
    ),
    ands=(
        "et",
    ),
    writer=(
        "par", "publié par", "écrit par", "rédigé par", "auteur:", "auteure:", "posté par",
        "propos recueillis par",
    ),
    photographer=(
        "crédit photo:", "crédits photo:", "crédits photos:", "crédit:", "crédits:", "photographe:",
    ),
    source=(
        "source",
    ),
    nobody=(
        "archives", "dr", "illustration", "admin", "archive",
    ),
    offices=(
        "mairie", "ville", "service", "rédaction", "préfecture", "ministère", "direction",
        "communication", "presse", "département", "région", "commune", "conseil", "agence", "métropole",
        "office", "université", "bureau",
    ),
    articles=("le", "la", "les", "un", "une", "des"),
    jobs=(
        "journaliste", "rédacteur", "rédactrice",
    ),
    section_labels=(
        "rubrique", "catégorie", "catégories", "thème", "thèmes", "thématique", "thématiques",
    ),
    tag_labels=(
        "mots-clés", "étiquettes", "tags", "mots clés",
    ),
    event=(
        "quand|horaires|horaire|heure|debut|fin|date et heure|dates et horaires", "ou|lieu|adresse",
        "tarif|tarifs|prix|entree|inscription|billetterie", "organisateur|organise par",
    ),
    original=(
        "article original", "publie a l'origine dans", "lire l'article original", "paru dans",
    ),
    comments=(
        "réaction", "réactions",
    ),
)  # fmt: skip

ITALIAN = Words(
    months=(
        "gennaio|gen", "febbraio|feb", "marzo|mar", "aprile|apr", "maggio|mag", "giugno|giu", "luglio|lug",
        "agosto|ago", "settembre|set|sett", "ottobre|ott", "novembre|nov", "dicembre|dic",
    ),
    weekdays=(
        "lunedì|lun", "martedì", "mercoledì|mer", "giovedì|gio", "venerdì|ven", "sabato|sab", "domenica|dom",
    ),
    at=(
        "alle ore", "alle", "ore", "h",
    ),
    today=(
        "oggi",
    ),
    yesterday=(
        "ieri",
    ),
    ago=(
        "fa",
    ),
    units=(
        "minuto|minuti", "ora|ore", "giorno|giorni", "settimana|settimane",
    ),
    pages=(
        "notizie", "notizia", "novità", "comunicati", "comunicati stampa", "comunicato stampa",
        "dettaglio notizia", "dettaglio news", "avvisi", "in primo piano",
    ),
    published=(
        "pubblicato", "pubblicato il", "pubblicata il", "data", "data di pubblicazione", "data pubblicazione",
    ),
    change_words=("aggiorna", "modific", "revisione"),
    held=(
        "scadenza", "data di scadenza", "termine", "entro il", "data evento", "data dell'evento",
        "data inizio", "data fine", "data di inizio", "data di fine", "data di nascita",
    ),
    updated=(
        "aggiornato", "aggiornato il", "ultimo aggiornamento", "ultima modifica", "data aggiornamento",
    ),
    popular=(
        "i più letti", "più letti", "le più lette", "in evidenza", "articoli più letti",
        "notizie in evidenza",
        "contenuti sponsorizzati", "contenuto sponsorizzato",
    ),
    neighbours=(
        "precedente", "successivo", "articolo precedente", "articolo successivo", "prossimo articolo",
        "notizia precedente", "notizia successiva",
        "altro in questa categoria",
        "torna a",
    ),
    recent=("ultime notizie", "notizie recenti", "ultimi articoli"),
    related_words=(
        "correlati", "correlate", "collegate", "simili",
    ),
    unrelated_words=(
        "documenti", "servizi", "argomenti", "link",
    ),
    related=(
        "notizie correlate", "articoli correlati", "leggi anche", "vedi anche", "altre notizie",
        "potrebbe interessarti", "ti potrebbe interessare", "contenuti correlati",
        "notizie simili", "potrebbe interessarti anche", "potrebbero interessarti", "per approfondire",
        "articoli simili",
    ),
    headline=(
        "oggetto",
    ),
    here=(
        "sei qui", "sei in", "ti trovi in",
    ),
    release=(
        "comunicato stampa", "comunicato",
    ),
    site=(
        "sito ufficiale", "sito istituzionale", "portale istituzionale",
    ),
    offers=(
        "già abbonato", "sei già abbonata", "disdici quando vuoi", "annulla quando vuoi",
    ),
    sign_up=(
        "iscriviti", "newsletter", "tua casella", "tua email",
    ),
    end=(
        "condividi", "commenti", "contatti", "allegati", "lascia un commento", "documenti",
        "ulteriori informazioni",
    ),
    over=(
        "commenti", "lascia un commento",
        "risposte", "risposta",
        "i commenti", "lascia una risposta",
    ),
    furniture=(
        "stampa", "condividi", "indietro", "ascolta", "torna su", "torna indietro",
        "pubblicità",
        "continua dopo la pubblicità", "l'articolo prosegue dopo la pubblicità",
        "l'articolo continua dopo la pubblicità",
    ),
    counted=(
        "visualizzazioni", "letture", "visite",
    ),
    boilerplate=(
        "tutti i diritti riservati", "note legali", "partita iva", "telefono:",
        "riproduzione riservata",
    ),
    error=(
        "non trovata", "non trovato", "pagina non trovata",
        "manutenzione", "sito in manutenzione", "in manutenzione",
        "accedi", "accesso negato", "errore 404",
    ),
    gone=(
        "pagina richiesta non esiste", "pagina che stai cercando", "pagina cercata non",
        "abilita javascript", "abilitare javascript", "riprova più tardi",
        "effettua l accesso per",
    ),
    text_nouns=(
        "testo", "articolo",
    ),
    photo_nouns=(
        "foto", "fotografia", "immagine", "immagini",
    ),
    by=(
        "di",
    ),
    ands=(
        "e", "ed",
    ),
    writer=(
        "di", "a cura di", "scritto da", "pubblicato da", "autore:", "autrice:",
    ),
    photographer=(
        "crediti:", "foto di", "ph.", "ph:", "per gentile concessione di", "fotografo:",
    ),
    agencies=(
        "ANSA",
    ),
    source=(
        "fonte",
    ),
    nobody=(
        "archivio", "redazione", "repertorio",
    ),
    offices=(
        "comune", "ufficio", "stampa", "redazione", "città", "regione", "provincia", "comunicazione",
        "ministero", "servizio", "settore", "assessorato", "università",
    ),
    articles=("il", "lo", "la", "i", "gli", "le", "un", "una"),
    jobs=(
        "giornalista", "redattore", "redattrice",
    ),
    section_labels=(
        "categoria", "categorie", "argomenti", "argomento", "sezione",
    ),
    tag_labels=(
        "tag", "parole chiave", "etichette",
    ),
    comments=(
        "commento",
    ),
)  # fmt: skip

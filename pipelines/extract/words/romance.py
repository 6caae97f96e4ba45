"""French, Spanish and Portuguese."""

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
    published=(
        "publie", "publie le", "mis en ligne le", "date", "date de publication", "poste le",
    ),
    updated=(
        "mis a jour", "mis a jour le", "derniere mise a jour", "modifie le", "derniere modification",
    ),
    related=(
        "a lire aussi", "articles lies", "sur le meme sujet", "autres actualites", "lire aussi",
        "voir aussi", "plus d'actualites", "a voir aussi", "articles similaires", "en savoir plus",
    ),
    end=(
        "partager", "commentaires", "contact", "mots-cles", "laisser un commentaire", "contact presse",
    ),
    over=(
        "commentaires", "laisser un commentaire",
    ),
    furniture=(
        "imprimer", "partager", "retour", "ecouter", "haut de page",
    ),
    boilerplate=(
        "tous droits reserves", "mentions legales", "telephone:", "telephone :",
    ),
    error=(
        "introuvable", "non trouvee", "maintenance", "se connecter",
    ),
    event=(
        "quand|horaires|horaire|heure|debut|fin|date et heure|dates et horaires", "ou|lieu|adresse",
        "tarif|tarifs|prix|entree|inscription|billetterie", "organisateur|organise par",
    ),
    original=(
        "article original", "publie a l'origine dans", "lire l'article original", "paru dans",
    ),
)  # fmt: skip

SPANISH = Words(
    months=(
        "enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul",
        "agosto|ago", "septiembre|setiembre|sept|sep", "octubre|oct", "noviembre|nov", "diciembre|dic",
    ),
    weekdays=(
        "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
    ),
    published=(
        "publicado", "publicado el", "fecha", "fecha de publicacion", "publicada el",
    ),
    updated=(
        "actualizado", "actualizado el", "ultima actualizacion", "ultima modificacion",
    ),
    related=(
        "noticias relacionadas", "lea tambien", "mas noticias", "relacionadas", "otras noticias",
        "le puede interesar", "articulos relacionados", "te puede interesar", "contenido relacionado",
    ),
    end=(
        "compartir", "comentarios", "etiquetas", "contacto", "comparte", "deja un comentario",
    ),
    over=(
        "comentarios", "deja un comentario",
    ),
    furniture=(
        "imprimir", "compartir", "volver", "escuchar", "subir",
    ),
    boilerplate=(
        "todos los derechos reservados", "telefono:", "aviso legal",
    ),
    error=(
        "no encontrada", "no encontrado", "mantenimiento", "iniciar sesion",
    ),
    event=(
        "cuando|horario|hora|inicio|fin|fecha y hora|fecha del evento", "donde|lugar|ubicacion",
        "entrada|precio|entradas|inscripcion|inscripciones|costo|coste", "organiza|organizador",
    ),
    original=(
        "publicado originalmente en", "articulo original", "noticia original", "enlace original",
        "fuente original",
    ),
)  # fmt: skip

PORTUGUESE = Words(
    months=(
        "janeiro|jan", "fevereiro|fev", "marco|mar", "abril|abr", "maio|mai", "junho|jun", "julho|jul",
        "agosto|ago", "setembro|set", "outubro|out", "novembro|nov", "dezembro|dez",
    ),
    weekdays=(
        "segunda-feira|segunda", "terca-feira|terca", "quarta-feira|quarta", "quinta-feira|quinta",
        "sexta-feira|sexta", "sabado", "domingo",
    ),
    published=(
        "publicado", "publicado em", "publicada em", "data", "postado em", "data de publicacao",
    ),
    updated=(
        "atualizado", "atualizado em", "ultima atualizacao", "ultima modificacao", "modificado em",
    ),
    related=(
        "noticias relacionadas", "leia tambem", "veja tambem", "mais noticias", "relacionadas",
        "outras noticias", "materias relacionadas", "conteudo relacionado", "saiba mais", "leia mais",
    ),
    end=(
        "compartilhe", "comentarios", "tags", "contato", "compartilhar", "assuntos",
        "deixe um comentario",
    ),
    over=(
        "comentarios", "deixe um comentario",
    ),
    furniture=(
        "imprimir", "compartilhar", "voltar", "facebook twitter google+ whatsapp", "voltar ao topo",
        "compartilhe", "ouvir",
    ),
    boilerplate=(
        "todos os direitos reservados", "cnpj", "telefone:",
    ),
    error=(
        "nao encontrada", "nao encontrado", "manutencao", "erro 404",
    ),
    event=(
        "quando|horario|hora|inicio|termino|data e hora|data do evento", "onde|local|endereco",
        "entrada|ingressos|valor|preco|inscricoes|inscricao", "organizador|organizacao|realizacao",
    ),
    original=(
        "publicado originalmente em", "materia original", "noticia original", "link original",
        "fonte original",
    ),
)  # fmt: skip

"""Spanish."""

from __future__ import annotations

from pipelines.extract.words.table import Words

SPANISH = Words(
    months=(
        "enero|ene", "febrero|feb", "marzo|mar", "abril|abr", "mayo|may", "junio|jun", "julio|jul",
        "agosto|ago", "septiembre|setiembre|sept|sep", "octubre|oct", "noviembre|nov", "diciembre|dic",
    ),
    weekdays=(
        "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo",
    ),
    am=(
        "a. m.", "am",
    ),
    pm=(
        "p. m.", "pm",
    ),
    at=(
        "a las", "a la",
    ),
    today=(
        "hoy",
    ),
    yesterday=(
        "ayer",
    ),
    ago=(
        "hace…",
    ),
    units=(
        "minuto|minutos", "hora|horas", "día|días", "semana|semanas",
    ),
    pages=(
        "noticias", "noticia", "detalle noticia", "detalle de la noticia", "detalle de noticia",
        "actualidad", "sala de prensa", "notas de prensa", "nota de prensa", "comunicados", "inicio",
    ),
    published=(
        "publicado", "publicado el", "fecha", "fecha de publicacion", "publicada el",
    ),
    change_words=("actualiza", "modific", "editad", "edición", "revisión"),
    held=(
        "fecha límite", "plazo", "cierre", "fecha de cierre", "vigencia", "fecha de inicio", "fecha de fin",
        "fecha de la reunión", "hasta el", "a partir del", "fecha de nacimiento",
    ),
    updated=(
        "actualizado", "actualizado el", "ultima actualizacion", "ultima modificacion",
    ),
    recent=("últimas noticias", "noticias recientes", "más recientes"),
    popular=(
        "lo más leído", "más leídas", "las más leídas", "más leídos", "lo más visto", "destacados",
        "destacadas",
        "noticias destacadas", "más populares", "lo más popular",
        "contenido patrocinado",
    ),
    neighbours=(
        "anterior", "siguiente", "artículo anterior", "artículo siguiente", "noticia anterior",
        "noticia siguiente",
        "entrada anterior", "entrada siguiente", "siguiente noticia",
        "más en esta categoría",
        "volver a",
    ),
    related_words=(
        "relacionadas", "relacionados", "relacionada", "similares",
    ),
    unrelated_words=(
        "documentos", "enlaces", "temas", "trámites", "servicios",
    ),
    others=(
        "más noticias", "otras noticias",
    ),
    related=(
        "noticias relacionadas", "lea tambien", "mas noticias", "relacionadas", "otras noticias",
        "le puede interesar", "articulos relacionados", "te puede interesar", "contenido relacionado",
        "también te puede interesar", "noticias similares", "lee también", "seguí leyendo", "sigue leyendo",
        "seguir leyendo", "lea más", "mirá también",
        "mira también", "ver también", "más información", "podría interesarle", "tambien le puede interesar",
        "artículos similares", "más sobre este tema",
    ),
    here=(
        "estás aquí", "usted está aquí", "se encuentra en", "está en",
    ),
    release=(
        "nota de prensa", "comunicado de prensa", "boletín de prensa",
    ),
    site=(
        "sitio oficial", "página oficial", "portal oficial", "web oficial", "sitio web",
    ),
    offers=(
        "ya eres suscriptor", "ya soy suscriptor", "cancela cuando quieras", "sin permanencia",
    ),
    sign_up=(
        "suscribete", "boletin de noticias", "suscribase", "suscribirse", "en tu correo", "en su correo",
    ),
    end=(
        "compartir", "comentarios", "etiquetas", "contacto", "comparte", "deja un comentario",
    ),
    over=(
        "comentarios", "deja un comentario",
        "respuestas", "respuesta",
        "deja una respuesta", "deja tu comentario", "comenta esta noticia",
    ),
    furniture=(
        "imprimir", "compartir", "volver", "escuchar", "subir",
        "publicidad",
        "la noticia continúa debajo de esta publicidad", "continúa después de la publicidad",
    ),
    counted=(
        "visitas", "visto", "lecturas",
    ),
    boilerplate=(
        "todos los derechos reservados", "telefono:", "aviso legal",
    ),
    error=(
        "no encontrada", "no encontrado", "página no encontrada",
        "mantenimiento", "sitio en mantenimiento", "en mantenimiento",
        "iniciar sesión", "acceso denegado", "error 404",
    ),
    gone=(
        "no se encontró la página", "página que buscas no existe", "página que intenta ver",
        "inténtelo de nuevo más tarde",
        "página que busca no existe", "página solicitada no existe", "no se ha encontrado la página",
        "habilite javascript", "vuelva más tarde", "debe iniciar sesión para",
    ),
    text_nouns=(
        "texto", "redacción", "nota",
    ),
    photo_nouns=(
        "foto", "fotos", "fotografía", "fotografías", "imagen", "imágenes",
    ),
    by=(
        "por", "de",
    ),
    ands=(
        "y", "e",
    ),
    writer=(
        "por", "publicado por", "escrito por", "redactado por", "autor:", "autora:", "redactor:",
        "elaborado por",
    ),
    editor=(
        "edición:", "editor:", "editora:", "editado por",
    ),
    agencies=(
        "EFE",
    ),
    photographer=(
        "crédito:", "créditos:", "fotógrafo:", "cortesía de", "foto cortesía de",
    ),
    source=(
        "fuente",
    ),
    nobody=(
        "archivo", "cortesía", "internet", "redacción", "admin",
        "cedida", "cedidas", "cedido", "cedidos",
    ),
    offices=(
        "ayuntamiento", "prensa", "comunicación", "gobierno", "secretaría", "municipalidad", "alcaldía",
        "ministerio", "dirección", "oficina", "departamento", "municipio", "ciudad", "intendencia",
        "consejo", "agencia", "redacción", "universidad", "concejo", "subsecretaría", "diputación",
    ),
    articles=(
        "el", "la", "los", "las", "un", "una",
    ),
    employer=(
        "para el", "para la", "para",
    ),
    jobs=(
        "periodista", "redactor", "redactora",
    ),
    section_labels=(
        "categoría", "categorías", "sección", "temas", "tema", "área",
    ),
    tag_labels=(
        "archivado en", "etiquetas", "palabras clave", "tags",
    ),
    event=(
        "cuando|horario|hora|inicio|fin|fecha y hora|fecha del evento", "donde|lugar|ubicacion",
        "entrada|precio|entradas|inscripcion|inscripciones|costo|coste", "organiza|organizador",
    ),
    original=(
        "publicado originalmente en", "articulo original", "noticia original", "enlace original",
        "fuente original",
    ),
    comments=(
        "comentario",
    ),
)  # fmt: skip

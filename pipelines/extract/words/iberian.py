"""Spanish and Portuguese."""

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
    published=(
        "publicado", "publicado el", "fecha", "fecha de publicacion", "publicada el",
    ),
    updated=(
        "actualizado", "actualizado el", "ultima actualizacion", "ultima modificacion",
    ),
    recent=("últimas noticias", "noticias recientes", "más recientes"),
    related=(
        "noticias relacionadas", "lea tambien", "mas noticias", "relacionadas", "otras noticias",
        "le puede interesar", "articulos relacionados", "te puede interesar", "contenido relacionado",
        "también te puede interesar", "noticias similares", "lee también", "tambien le puede interesar",
        "artículos similares", "más sobre este tema",
    ),
    here=(
        "estás aquí", "usted está aquí", "se encuentra en", "está en",
    ),
    release=(
        "nota de prensa", "comunicado de prensa", "boletín de prensa",
    ),
    sign_up=(
        "suscribete", "boletin de noticias", "suscribase", "suscribirse",
    ),
    end=(
        "compartir", "comentarios", "etiquetas", "contacto", "comparte", "deja un comentario",
    ),
    over=(
        "comentarios", "deja un comentario",
        "respuestas", "respuesta",
    ),
    furniture=(
        "imprimir", "compartir", "volver", "escuchar", "subir",
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
    photographer=(
        "crédito:", "créditos:", "fotógrafo:", "cortesía de", "foto cortesía de",
    ),
    source=(
        "fuente",
    ),
    nobody=(
        "archivo", "cortesía", "internet", "redacción", "admin",
    ),
    offices=(
        "ayuntamiento", "prensa", "comunicación", "gobierno", "secretaría", "municipalidad", "alcaldía",
        "ministerio", "dirección", "oficina", "departamento", "municipio", "ciudad", "intendencia",
        "consejo", "agencia", "redacción", "universidad", "concejo", "subsecretaría", "diputación",
    ),
    jobs=(
        "periodista", "redactor", "redactora",
    ),
    section_labels=(
        "categoría", "categorías", "sección", "temas", "tema", "área",
    ),
    tag_labels=(
        "etiquetas", "palabras clave", "tags",
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
    at=(
        "às", "as",
    ),
    today=(
        "hoje",
    ),
    yesterday=(
        "ontem",
    ),
    ago=(
        "há…", "atrás",
    ),
    units=(
        "minuto|minutos", "hora|horas", "dia|dias", "semana|semanas",
    ),
    published=(
        "publicado", "publicado em", "publicada em", "data", "postado em", "data de publicacao",
    ),
    updated=(
        "atualizado", "atualizado em", "ultima atualizacao", "ultima modificacao", "modificado em",
    ),
    recent=("últimas notícias", "notícias recentes", "mais recentes"),
    related=(
        "noticias relacionadas", "leia tambem", "veja tambem", "mais noticias", "relacionadas",
        "outras noticias", "materias relacionadas", "conteudo relacionado", "saiba mais", "leia mais",
        "você também pode gostar", "notícias semelhantes", "leia mais sobre", "ver também",
        "ler também", "artigos relacionados",
    ),
    here=(
        "você está aqui", "está aqui",
    ),
    release=(
        "nota de imprensa", "comunicado de imprensa", "comunicado à imprensa",
    ),
    sign_up=(
        "inscreva-se", "assine a", "boletim informativo", "cadastre-se",
    ),
    end=(
        "compartilhe", "comentarios", "tags", "contato", "compartilhar", "assuntos",
        "deixe um comentario",
    ),
    over=(
        "comentarios", "deixe um comentario",
        "respostas", "resposta",
    ),
    furniture=(
        "imprimir", "compartilhar", "voltar", "facebook twitter google+ whatsapp", "voltar ao topo",
        "compartilhe", "ouvir", "partilhar", "topo", "enviar por email",
    ),
    counted=(
        "visualizações", "acessos", "leituras",
    ),
    boilerplate=(
        "todos os direitos reservados", "cnpj", "telefone:",
    ),
    error=(
        "não encontrada", "não encontrado", "página não encontrada",
        "manutenção", "em manutenção", "site em manutenção",
        "erro 404", "acesso negado", "fazer login",
    ),
    gone=(
        "página que você procura não", "página solicitada não existe", "página não foi encontrada",
        "habilite o javascript", "volte mais tarde", "faça login para continuar",
    ),
    text_nouns=(
        "texto", "reportagem", "redação", "matéria",
    ),
    photo_nouns=(
        "foto", "fotos", "imagem", "imagens", "fotografia",
    ),
    by=(
        "por", "de",
    ),
    ands=(
        "e",
    ),
    writer=(
        "por", "publicado por", "escrito por", "postado por", "autor:", "autora:", "repórter:",
        "jornalista:",
    ),
    photographer=(
        "crédito:", "créditos:", "crédito da foto:", "fotógrafo:", "fotos:",
    ),
    source=(
        "fonte",
    ),
    nobody=(
        "arquivo", "divulgação", "reprodução", "internet", "redação", "admin", "ascom", "secom",
    ),
    offices=(
        "prefeitura", "secretaria", "assessoria", "comunicação", "câmara", "governo", "imprensa",
        "departamento", "município", "agência", "ministério", "diretoria", "coordenadoria", "redação",
        "universidade", "municipal", "fundação", "ascom", "secom", "gabinete", "portal", "polícia",
    ),
    jobs=(
        "jornalista", "repórter", "redator", "redatora", "estagiária", "estagiário",
    ),
    section_labels=(
        "categoria", "categorias", "seção", "editoria", "assunto", "assuntos", "secretaria",
    ),
    tag_labels=(
        "tags", "palavras-chave", "marcadores", "etiquetas",
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

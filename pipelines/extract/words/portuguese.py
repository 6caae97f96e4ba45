"""Portuguese."""

from __future__ import annotations

from pipelines.extract.words.table import Words

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
    pages=(
        "notícias", "notícia", "detalhe da notícia", "atualidades", "sala de imprensa", "imprensa",
        "comunicados", "página inicial", "últimas notícias",
    ),
    published=(
        "publicado", "publicado em", "publicada em", "data", "postado em", "data de publicacao",
    ),
    change_words=("atualiza", "modific", "editad", "edição", "altera", "revisão"),
    held=(
        "prazo", "prazo final", "data limite", "até", "validade", "data de início", "data de fim",
        "data da reunião", "data de nascimento",
    ),
    updated=(
        "atualizado", "atualizado em", "ultima atualizacao", "ultima modificacao", "modificado em",
    ),
    recent=("últimas notícias", "notícias recentes", "mais recentes"),
    popular=(
        "mais lidas", "as mais lidas", "mais lidos", "mais vistas", "mais populares", "em destaque",
        "destaques",
        "notícias em destaque", "mais acessadas",
        "conteúdo patrocinado",
    ),
    neighbours=(
        "anterior", "próximo", "próxima", "notícia anterior", "próxima notícia", "artigo anterior",
        "próximo artigo",
        "post anterior", "próximo post", "seguinte",
        "mais nesta categoria",
        "voltar para", "voltar a",
    ),
    related_words=(
        "relacionadas", "relacionados", "relacionado", "semelhantes", "similares",
    ),
    unrelated_words=(
        "documentos", "serviços", "links", "tags", "assuntos",
    ),
    others=(
        "mais notícias", "outras notícias",
    ),
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
    site=(
        "site oficial", "página oficial", "portal oficial", "portal da",
    ),
    offers=(
        "já é assinante", "cancele quando quiser", "sem fidelização",
    ),
    sign_up=(
        "inscreva-se", "subscreva", "assine a", "boletim informativo",
        "no seu e-mail", "no seu email", "cadastre-se",
    ),
    end=(
        "compartilhe", "comentarios", "tags", "contato", "compartilhar", "assuntos",
        "deixe um comentario",
    ),
    over=(
        "comentarios", "deixe um comentario",
        "respostas", "resposta",
        "deixe uma resposta", "deixe seu comentário",
    ),
    furniture=(
        "imprimir", "compartilhar", "voltar", "facebook twitter google+ whatsapp", "voltar ao topo",
        "compartilhe", "ouvir", "partilhar", "topo", "enviar por email",
        "publicidade", "a publicidade segue dentro de momentos", "veja as imagens", "veja as fotos",
        "continua após a publicidade", "continua depois da publicidade",
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
        "possível encontrar a página", "página que procura não", "página não existe",
        "tente novamente mais tarde",
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
    editor=(
        "edição:", "revisão:", "editor:", "editora:", "editado por", "supervisão:",
    ),
    agencies=(
        "Lusa",
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
    articles=(
        "o", "a", "os", "as", "um", "uma",
    ),
    employer=(
        "para a", "para o", "para",
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
    comments=(
        "comentário",
    ),
)  # fmt: skip

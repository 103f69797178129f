"""Words by which rows that are no data are known: totals, kinds of entry, examples, footnotes."""

import re

TOTALS = frozenset(
    (
        *("total", "totals", "grand total", "sum", "subtotal", "sub-total", "sub total"),
        *("overall", "all cities", "total general", "total général", "total geral", "sous-total"),
        *("somme", "ensemble", "suma", "suma total", "totales", "totaux", "totais", "soma"),
        *("totale", "totale generale", "somma", "summe", "gesamt", "gesamtsumme", "insgesamt"),
        *("zwischensumme", "endsumme", "gesamtergebnis", "totaal", "subtotaal", "totalt", "i alt"),
        *("summa", "yhteensä", "razem", "ogółem", "łącznie", "celkem", "spolu", "összesen"),
        *("ukupno", "skupaj", "kokku", "kopā", "iš viso", "toplam", "genel toplam", "σύνολο"),
        *("итого", "всего", "усього", "разом", "общо", "合计", "合計", "总计", "總計", "総計"),
        *("小计", "小計", "总和", "计", "計", "합계", "총계", "소계", "المجموع", "الإجمالي"),
        *("إجمالي", 'סה"כ', "कुल", "योग", "jumlah", "tổng", "tổng cộng", "รวม", "รวมทั้งหมด"),
    )
)
"""Folded; a colon may stand behind them."""

KINDS_OF_ENTRY = frozenset(
    (
        *("text", "free text", "string", "number", "numeric", "integer", "decimal", "date", "year"),
        *("boolean", "yes/no", "dropdown", "drop-down", "drop down", "drop-down list", "list"),
        *("choice", "single choice", "multiple choice", "url", "link", "email", "mandatory"),
        *("required", "optional", "compulsory", "percentage", "float", "int", "varchar", "char"),
        *(
            "texte",
            "champ texte",
            "texte libre",
            "champ libre",
            "nombre",
            "nombre entier",
            "entier",
        ),
        *("liste", "liste déroulante", "choix", "choix multiple", "choix unique", "oui/non"),
        *("obligatoire", "facultatif", "optionnel", "année", "décimal"),
        *("texto", "texto libre", "número", "numero", "numérico", "fecha", "lista"),
        *("lista desplegable", "desplegable", "sí/no", "obligatorio", "opcional", "año", "entero"),
        *("data", "número inteiro", "lista suspensa", "sim/não", "obrigatório", "ano"),
        *("testo", "testo libero", "numero intero", "menu a tendina", "elenco a discesa"),
        *("obbligatorio", "facoltativo", "anno"),
        *("freitext", "textfeld", "zahl", "ganzzahl", "dezimalzahl", "datum", "jahr", "auswahl"),
        *("auswahlliste", "auswahlfeld", "dropdown-liste", "ja/nein", "pflichtfeld", "pflicht"),
        *("optional", "freiwillig", "tekst", "getal", "keuzelijst", "verplicht", "optioneel"),
        *("текст", "число", "дата", "список", "год", "文本", "数字", "日期", "下拉", "下拉列表"),
        *("必填", "选填", "文字列", "数値", "日付", "必須", "任意", "نص", "رقم", "تاريخ", "قائمة"),
    )
)
"""What rows below headers say about the cells to come, folded."""

VAGUE_HEADERS = TOTALS | frozenset(
    (
        *("name", "value", "values", "number", "amount", "unit", "year", "date"),
        *("start", "begin", "end", "from"),
        *("email", "e-mail", "phone"),
        *("telephone", "address", "male", "female", "men", "women", "urban", "rural", "min", "max"),
        *("mean", "average", "target", "baseline", "actual", "planned", "share", "rate", "rank"),
        *("nom", "valeur", "nombre", "montant", "unité", "année", "début", "fin"),
        *("téléphone", "adresse", "hommes", "femmes"),
        *("moyenne", "objectif", "cible", "taux", "courriel", "mail"),
        *("nombre", "valor", "número", "cantidad", "unidad", "año", "fecha"),
        *("inicio", "fin", "código", "teléfono", "correo"),
        *("hombres", "mujeres", "urbano", "media", "meta", "línea base", "tasa"),
        *("nome", "quantidade", "unidade", "ano", "data", "início", "fim", "telefone"),
        *("homens", "mulheres", "média", "valore", "numero", "unità", "anno", "inizio"),
        *("fine", "maschi", "femmine", "telefono", "indirizzo"),
        *("wert", "werte", "anzahl", "einheit", "jahr", "datum", "beginn", "ende"),
        *("von", "bis", "telefon", "adresse"),
        *("männer", "frauen", "männlich", "weiblich", "ist", "soll", "ziel", "anteil", "mittel"),
        *("naam", "waarde", "aantal", "eenheid", "jaar", "begin", "einde", "nazwa"),
        *("wartość", "liczba", "rok", "jednostka", "имя", "название", "значение", "число", "год"),
        *("дата", "名称", "数量", "单位", "年份", "日期", "面积", "名前", "値", "単位", "年", "数"),
        *("男", "女", "الاسم", "القيمة", "العدد", "السنة"),
    )
)
"""Headers, folded, that say too little without the name of the group above them."""

PATTERN_OF_DAY = re.compile(
    r"(?:[dmyjatgrçñ]{1,4}[./ -]){1,2}[dmyjatgr]{2,4}(?: ?\(?[a-z]{0,10}\)?)?"
    r"|[dmyjatgr]{4}|hh:mm(?::ss)?|[年月日/-]+"
)
IN_BRACKETS = re.compile(
    r"[\[<{(«‹](?:enter|insert|choose|select|type|add|please|write|number|text|date|year"
    r"|saisir|indiquer|choisir|sélectionner|eingeben|eintragen|wählen|auswählen|bitte|zahl"
    r"|introduzca|ingrese|elija|seleccione|escriba|inserire|scegliere|inserir|escolher"
    r"|请|選択|入力)\b.*[\]>})»›]",
)
INSTRUCTION = re.compile(
    r"(?:[a-zéèêç]+ez (?:ici|l[ea]s?|une?|en|vos?|votre|sous|si) |[a-zéèêç]+ez [dl]."
    r"|si vo(?:s|tre) "
    r"|texte court|ce champ|cette colonne|this (?:field|column|cell)|dieses feld|diese spalte"
    r"|este campo|esta columna|esta coluna|questo campo|questa colonna|[➔→►▶☞]"
    r"|please |enter |choose |select |insert |fill in|specify|indicate|describe |e\.g\.|i\.e\."
    r"|bitte |hier |z\. ?b\.|geben sie|wählen sie|tragen sie|angabe |beschreiben"
    r"|veuillez|indiquer|indiquez|préciser|précisez|choisir|choisissez|saisir|ex\. ?:|p\. ?ex"
    r"|par exemple|décrire|décrivez"
    r"|indique|ingrese|introduzca|seleccione|elija|escriba|describa|por ejemplo|p\. ?ej|ej\. ?:"
    r"|indicar|inserir|escolher|descrever|por exemplo|inserire|indicare|scegliere|descrivere"
    r"|ad esempio|per esempio|vul |kies |请|請|例如|记入|ご記入|入力してください"
    r"|укажите|введите|выберите)"
)
"""How a sentence begins that says what belongs into a cell, folded."""

EXAMPLE = re.compile(
    r"[\[(]?(?:example|beispiel|bsp|exemple|ejemplo|exemplo|esempio|voorbeeld|пример|przykład"
    r"|示例|例|記入例|مثال)(?: ?\d| row|zeile)?\b ?[.:\])]*",
)
FOOTNOTE = re.compile(
    r"(?:sources?|data sources?|quellen?|datenquelle|fuentes?|fontes?|fonti|bron|källa|kilde"
    r"|lähde|źródło|zdroj|forrás|источник|джерело|来源|资料来源|數據來源|数据来源|出典|資料|المصدر"
    r"|notes?|remarks?|footnotes?|hinweise?|anmerkung(?:en)?|bemerkung(?:en)?|fußnoten?|legende?"
    r"|notas?|observaciones|remarques?|nota bene|note|opmerking|noten|uwagi?|poznámka|примечани[ея]"
    r"|注|注释|备注|備考|stand|as of|updated?|last updated?|mise à jour|actualizado|atualizado"
    r"|aggiornato|licence|license|lizenz|licencia|licença|©|\(c\)|copyright"
    r")\s*(?:\d{1,2}\)?)?\s*[:：.\]]"
    r"|[*†‡§¹²³⁴⁵]|\(?\d{1,2}\)(?=\s)|©|\(c\) |n\. ?d\.|n/a ?[=:]|[-_=~]{2,}"
)
"""How a line below a table begins, folded."""

SECTION = re.compile(
    r"(?:goal|objective|theme|topic|pillar|priority|chapter|section|sector|field of action|area"
    r"|strategy|component|outcome|programme|category|part"
    r"|handlungsfeld|bereich|themenfeld|thema|ziel|schwerpunkt|kapitel|maßnahmenfeld|strategie"
    r"|axe|orientation|enjeu|thématique|thème|objectif|domaine|volet|chapitre|secteur"
    r"|eje|línea|linea|objetivo|ámbito|área|estrategia|programa|sector|capítulo|componente"
    r"|eixo|linha|setor|asse|obiettivo|ambito|settore|area|misura|cel|obszar|priorytet|kierunek"
    r"|doel|pijler|speerpunt|cíl|oblast|направление|раздел|цель|第.{1,3}[章节部条]|领域|目标|基本目標|施策|分野"
    r")\b.{2,}"
)
"""How a row begins that is a heading of those below it, folded."""

INSTRUCTION_SHEETS = re.compile(
    r"read ?me|instructions?|how to|guide|guidance|guidelines?|help|about|info(?:rmation)?s?"
    r"|introduction|cover|title|contents?|index|notes?|metadata|glossary|definitions?|legend"
    r"|mode d.emploi|notice|consignes|aide|sommaire|présentation|lisez.?moi|légende|accueil"
    r"|anleitung|hinweise?|ausfüllhinweise|erläuterung(?:en)?|deckblatt|inhalt|legende|hilfe|titel"
    r"|titelseite|inhaltsverzeichnis|impressum|instrucciones|ayuda|guía|portada|índice|indice"
    r"|léeme|leyenda|metadatos|instruções|ajuda|capa|leia.?me|legenda|istruzioni|guida|copertina"
    r"|toelichting|uitleg|инструкция|справка|说明|填表说明|填写说明|目录|封面|使い方|説明|凡例|تعليمات"
)
LISTS_OF_CHOICES = re.compile(
    r"lists?|listes?(?: déroulantes?)?|listen?|listas?(?: desplegables?)?|elench[io]|liste di.*"
    r"|drop.?downs?|choices?|options?|lookups?|codes?|code ?lists?|validations?|data ?validation"
    r"|reference(?: data)?|ref|parameters?|settings?|config|auswahl(?:listen?|werte)?|werte"
    r"|wertelisten?|schlüssel|codelisten?|stammdaten|paramètres|référentiels?|nomenclatures?"
    r"|opciones|parámetros|códigos|validación|opções|validação|parametri|keuzelijst(?:en)?"
    r"|справочники?|списки?|списък|下拉|下拉列表|列表|选项|リスト|選択肢|قوائم"
)
"""Names of sheets, folded, without numbers."""

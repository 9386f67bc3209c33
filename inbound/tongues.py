"""What mail programs write around people's words, in the languages of our people.

English, French, Spanish, Portuguese, Swahili; German, Dutch and Arabic beside them, for
partners who write from there. Patterns look at one line each.
"""

import re

# "On … X wrote:" – the word that says so.
WROTE = re.compile(
    r"\b(wrote|writes|a écrit|à écrit|écrit|escribió|escribio|ha escrito|escribe"
    r"|escreveu|escreve|aliandika|ameandika|ameandika yafuatayo|anaandika|schrieb"
    r"|geschrieben|schreef|geschreven|skrev|ha scritto|napisał)\b"
    r"|كتب|كتبت|كتابة",
    re.IGNORECASE,
)

# Names of header lines, as programs write them above what they quote.
FROM = (
    "from|de|von|van|da|desde|kutoka|kutoka kwa|mtumaji|من|المرسل|expéditeur|remitente"
    "|remetente|absender|afzender"
)
OTHERS = (
    "sent|date|to|cc|bcc|subject|reply-to|importance|attachments"
    "|envoyé|envoyé le|envoyé par|à|a|copie|copie à|objet|répondre à|pièces jointes"
    "|enviado|enviado el|enviado por|fecha|para|asunto|responder a"
    "|enviado em|enviada|enviada em|data|assunto"
    "|imetumwa|ilitumwa|tarehe|kwa|nakala|mada|kichwa"
    "|gesendet|datum|an|kopie|betreff|antwort an"
    "|verzonden|verstuurd|aan|onderwerp|bijlagen"
    "|التاريخ|تاريخ الإرسال|تم الإرسال|أُرسلت|أرسلت|الإرسال|إلى|الى|نسخة|الموضوع"
)
FROM_LINE = re.compile(rf"^[>*\s]{{0,4}}({FROM})\*?\s?[:：]\*?\s*\S", re.IGNORECASE)
HEADER_LINE = re.compile(
    rf"^[>*\s]{{0,4}}({FROM}|{OTHERS})\*?\s?[:：]\*?(\s|$)", re.IGNORECASE
)

# "-----Original Message-----"
SEPARATOR = re.compile(
    r"^[>\s]{0,4}[-_]{2,}\s?("
    r"original (message|appointment)|reply message|message d['’]origine"
    r"|message d['’]origine|message original|mensaje original|mensagem original"
    r"|ursprüngliche nachricht|originalnachricht|oorspronkelijk bericht"
    r"|ujumbe (asili|wa awali|halisi)|الرسالة الأصلية|رسالة أصلية"
    r")\s?[-_]{2,}\s*$",
    re.IGNORECASE,
)

# What somebody passes on is their contribution, not a quote of ours.
FORWARDED = re.compile(
    r"^[>\s]{0,4}(-{2,}\s?)?(begin )?("
    r"forwarded message|message transféré|début du message transféré"
    r"|mensaje reenviado|inicio del mensaje reenviado|mensagem (encaminhada|reenviada)"
    r"|ujumbe uliotumwa|ujumbe uliosambazwa|weitergeleitete nachricht"
    r"|anfang der weitergeleiteten nachricht|doorgestuurd bericht"
    r"|رسالة (معاد|مُعاد) توجيهها|الرسالة المعاد توجيهها"
    r")\s?(:|-{2,})\s*$",
    re.IGNORECASE,
)

# The line a phone adds: no person wrote it.
ADDED = re.compile(
    r"^\W{0,3}("
    r"(sent|replied) (from|via|with|using) .{1,90}"
    r"|get outlook for .{1,90}|download outlook .{1,90}"
    r"|envoyé (de|depuis|à partir de|avec) .{1,90}|obtenir outlook pour .{1,90}"
    r"|télécharger outlook .{1,90}|provenance : .{1,90}"
    r"|enviado (desde|con) .{1,90}|obtener outlook para .{1,90}"
    r"|enviad[oa] (do|da|a partir d[oa]|pelo|com) .{1,90}"
    r"|obter o? ?outlook para .{1,90}"
    r"|imetumwa (kutoka|kwa|kupitia) .{1,90}|pata outlook .{1,90}"
    r"|(von meinem|von unterwegs|diese nachricht wurde von) .{1,90}"
    r"|gesendet (von|mit|über) .{1,90}|(holen sie sich )?outlook für .{1,90}"
    r"|(verzonden|verstuurd) (vanaf|van|met|via) .{1,90}|outlook voor .{1,90}"
    r"|(أرسلت|أُرسلت|مرسل|تم الإرسال|مُرسل) من .{1,90}|احصل على outlook .{1,90}"
    r"|الحصول على outlook .{1,90}"
    r"|yahoo mail: .{1,90}"
    r")$",
    re.IGNORECASE,
)
# Where such a line names its program; "Sent from the field with my thanks" does not.
PROGRAMS = re.compile(
    r"iphone|ipad|android|samsung|galaxy|huawei|xiaomi|redmi|tecno|infinix|itel|nokia"
    r"|pixel|oppo|vivo|blackberry|windows|mobile|smartphone|telefon|téléphone|celular"
    r"|móvil|handy|mobiel|simu|outlook|yahoo|gmail|proton|thunderbird|aquamail|k-9"
    r"|fairemail|mail\.ru|webmail|hotmail|icloud|orange|bluemail|spark|الهاتف|جوال|هاتف"
    r"|آيفون|ايفون",
    re.IGNORECASE,
)

# What out-of-office programs call their letters.
AUTOMATIC_SUBJECT = re.compile(
    r"^\W*(auto(matic|matische|matisch|mated)?[ -]?(reply|response|antwort|svar)"
    r"|automatische antwort|abwesen(d|heit)|automatisch antwoord|afwezig"
    r"|out of (the )?office|vacation|away from"
    r"|r[eé]ponse automatique|absence|absent du bureau"
    r"|respuesta autom[aá]tica|fuera de (la )?oficina|ausente"
    r"|resposta autom[aá]tica|fora do escrit[oó]rio|aus[eê]ncia"
    r"|jibu (la moja kwa moja|otomatiki)|nje ya ofisi"
    r"|رد تلقائي|الرد التلقائي|خارج المكتب"
    r"|undeliver(ed|able)|mail delivery|delivery (status|failure|has failed)"
    r"|returned mail|failure notice|unzustellbar|onbestelbaar|non remis"
    r"|no se pudo entregar|لم يتم التسليم)",
    re.IGNORECASE,
)

# "Re: Fwd: AW: …" says nothing.
_PREFIX = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|wg|sv|tr|rv|res|enc|antw|rif|ynt|رد|إعادة توجيه)"
    r"\s*(?:\[\d+\])?\s*[:：])+\s*",
    re.IGNORECASE,
)


def without_prefix(subject):
    """A subject without what programs put before it."""
    return _PREFIX.sub("", subject).strip()

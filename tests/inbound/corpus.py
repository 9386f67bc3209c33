"""Letters as the mail programs of the world write them, made from tables.

``letters()`` gives every sample: its name, its bytes, what its writer's own words are,
and the lines that must not be lost (in the words, or behind the fold). Samples that no
table makes lie beside their expected text in ``letters/``.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from pathlib import Path

from django.conf import settings

DOMAIN = settings.ALLIANCE_MAIL_DOMAIN
FOLDER = Path(__file__).parent / "letters"


@dataclass(frozen=True)
class Sample:
    """One letter."""

    name: str
    raw: bytes
    expected: str
    lines: tuple


@dataclass(frozen=True)
class Tongue:
    """What programs write in one language, and what a person answers."""

    delimiter: str
    words: tuple
    gmail: str
    apple: str
    yahoo: str
    thunderbird: str
    heads: tuple
    original: str
    iphone: str
    outlook_phone: str


FORUM = f"Forest Forum <hello@{DOMAIN}>"
TONGUES = {
    "en": Tongue(
        "Write your answer above this line",
        ("Two feet, my friend.", "Deeper where it is dry: see 2019."),
        f"On Mon, 23 Nov 2026 at 07:00, {FORUM} wrote:",
        f"On 23 Nov 2026, at 07:00, {FORUM} wrote:",
        f"On Monday, November 23, 2026 at 07:00:00 AM GMT+1, {FORUM} wrote:",
        "On 23/11/2026 07:00, Forest Forum wrote:",
        ("From", "Sent", "To", "Subject"),
        "-----Original Message-----",
        "Sent from my iPhone",
        "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    ),
    "fr": Tongue(
        "Écrivez votre réponse au-dessus de cette ligne",
        ("Deux pieds, mon ami.", "Plus profond là où c’est sec : voir 2019."),
        f"Le lun. 23 nov. 2026 à 07:00, {FORUM} a écrit :",
        f"Le 23 nov. 2026 à 07:00, {FORUM} a écrit :",
        f"Le lundi 23 novembre 2026 à 07:00:00 UTC+1, {FORUM} a écrit :",
        "Le 23/11/2026 à 07:00, Forest Forum a écrit :",
        ("De", "Envoyé", "À", "Objet"),
        "-----Message d'origine-----",
        "Envoyé de mon iPhone",
        "Obtenir Outlook pour Android<https://aka.ms/AAb9ysg>",
    ),
    "es": Tongue(
        "Escriba su respuesta encima de esta línea",
        ("Dos pies, amigo.", "Más hondo donde está seco: véase 2019."),
        f"El lun, 23 nov 2026 a las 7:00, {FORUM} escribió:",
        f"El 23 nov 2026, a las 7:00, {FORUM} escribió:",
        f"El lunes, 23 de noviembre de 2026, 07:00:00 GMT+1, {FORUM} escribió:",
        "El 23/11/2026 a las 7:00, Forest Forum escribió:",
        ("De", "Enviado", "Para", "Asunto"),
        "-----Mensaje original-----",
        "Enviado desde mi iPhone",
        "Obtener Outlook para Android<https://aka.ms/AAb9ysg>",
    ),
    "pt": Tongue(
        "Escreva a sua resposta acima desta linha",
        ("Dois pés, meu amigo.", "Mais fundo onde é seco: ver 2019."),
        f"{FORUM} escreveu (segunda, 23/11/2026 à(s) 07:00):",
        f"No dia 23/11/2026, às 07:00, {FORUM} escreveu:",
        f"Em segunda-feira, 23 de novembro de 2026 07:00:00 BRT, {FORUM} escreveu:",
        "Em 23/11/2026 07:00, Forest Forum escreveu:",
        ("De", "Enviado", "Para", "Assunto"),
        "-----Mensagem original-----",
        "Enviado do meu iPhone",
        "Obter o Outlook para Android<https://aka.ms/AAb9ysg>",
    ),
    "sw": Tongue(
        "Andika jibu lako juu ya mstari huu",
        ("Futi mbili, rafiki yangu.", "Chini zaidi palipo pakavu: tazama 2019."),
        f"Mnamo Jtt, 23 Nov 2026 07:00 {FORUM} aliandika:",
        f"Tarehe 23 Nov 2026, saa 07:00, {FORUM} aliandika:",
        f"Jumatatu, 23 Novemba 2026 07:00:00 EAT, {FORUM} ameandika:",
        "Tarehe 23/11/2026 07:00, Forest Forum aliandika:",
        ("Kutoka", "Imetumwa", "Kwa", "Mada"),
        "-----Ujumbe Asili-----",
        "Imetumwa kutoka iPhone yangu",
        "Pata Outlook ya Android<https://aka.ms/AAb9ysg>",
    ),
    "de": Tongue(
        "Write your answer above this line",
        ("Zwei Fuß, mein Freund.", "Tiefer, wo es trocken ist: siehe 2019."),
        f"Am Mo., 23. Nov. 2026 um 07:00 Uhr schrieb {FORUM}:",
        f"Am 23.11.2026 um 07:00 schrieb {FORUM}:",
        f"Am Montag, 23. November 2026, 07:00 MEZ hat {FORUM} Folgendes geschrieben:",
        "Am 23.11.2026 um 07:00 schrieb Forest Forum:",
        ("Von", "Gesendet", "An", "Betreff"),
        "-----Ursprüngliche Nachricht-----",
        "Von meinem iPhone gesendet",
        "Outlook für Android beziehen<https://aka.ms/AAb9ysg>",
    ),
    "nl": Tongue(
        "Write your answer above this line",
        ("Twee voet, vriend.", "Dieper waar het droog is: zie 2019."),
        f"Op ma 23 nov 2026 om 07:00 schreef {FORUM}:",
        f"Op 23 nov. 2026 om 07:00 heeft {FORUM} het volgende geschreven:",
        f"Op maandag 23 november 2026 07:00:00 CET schreef {FORUM}:",
        "Op 23-11-2026 om 07:00 schreef Forest Forum:",
        ("Van", "Verzonden", "Aan", "Onderwerp"),
        "-----Oorspronkelijk bericht-----",
        "Verstuurd vanaf mijn iPhone",
        "Outlook voor Android downloaden<https://aka.ms/AAb9ysg>",
    ),
    "ar": Tongue(
        "Write your answer above this line",
        ("قدمان يا صديقي.", "أعمق حيث الأرض جافة: انظر ٢٠١٩."),
        f"‫في الاثنين، 23 نوفمبر 2026 في 7:00 ص تمت كتابة ما يلي بواسطة ‪{FORUM}‬‏:‬",
        f"في ٢٣ نوفمبر ٢٠٢٦، الساعة ٧:٠٠ ص، كتب {FORUM}:",
        f"في الاثنين، 23 نوفمبر 2026 07:00:00 غرينتش+3، كتب {FORUM}:",
        f"في 23/11/2026 07:00، كتب {FORUM}:",
        ("من", "تم الإرسال", "إلى", "الموضوع"),
        "-----الرسالة الأصلية-----",
        "أرسلت من الـ iPhone",
        "الحصول على Outlook لـ Android<https://aka.ms/AAb9ysg>",
    ),
}  # fmt: skip


def ours(tongue):
    """Our letter's plain text."""
    return f"""~~~ {tongue.delimiter} ~~~

Oda Lund asks:

How deep do you dig, and when? It is the third dry year on the ridge.

Read it on the web:
https://alliance.example/s/forest/exchange/12/

-- 
Alliance · Forest Forum
You get this because you follow this conversation."""


def quoted(text, mark="> "):
    return "\n".join((mark + line).rstrip() for line in text.split("\n"))


def heads(tongue, bold=False):
    star = "*" if bold else ""
    values = (FORUM, "Monday, 23 November 2026 07:00", "Ben <ben@example.org>", "Dig?")
    return "\n".join(
        f"{star}{name}:{star} {value}"
        for name, value in zip(tongue.heads, values, strict=True)
    )


def words(tongue):
    return "\n\n".join(tongue.words)


# Each: language → (the mail's plain text, what is expected).
PROGRAMS = {
    "gmail": lambda t: f"{words(t)}\n\n{t.gmail}\n\n{quoted(ours(t))}\n",
    "gmail-wrapped": lambda t: (
        f"{words(t)}\n\n{wrapped(t.gmail)}\n\n{quoted(ours(t))}\n"
    ),
    "apple-phone": lambda t: (
        f"{words(t)}\n\n{t.iphone}\n\n> {t.apple}\n> \n{quoted(ours(t))}\n"
    ),
    "apple": lambda t: f"{words(t)}\n\n> {t.apple}\n> \n{quoted(ours(t))}\n\n",
    "yahoo": lambda t: f"{words(t)}\n\n    {t.yahoo}  \n \n {ours(t)}\n  ",
    "thunderbird": lambda t: f"{words(t)}\n\n{t.thunderbird}\n{quoted(ours(t))}\n",
    "thunderbird-bottom": lambda t: (
        f"{t.thunderbird}\n{quoted(ours(t))}\n\n{words(t)}\n"
    ),
    "outlook": lambda t: (
        f"{words(t)}\n\n________________________________\n{heads(t)}\n\n{ours(t)}\n"
    ),
    "outlook-phone": lambda t: (
        f"{words(t)}\n\n{t.outlook_phone}\n________________________________\n"
        f"{heads(t)}\n\n{ours(t)}\n"
    ),
    "outlook-old": lambda t: f"{words(t)}\n\n{t.original}\n{heads(t)}\n\n{ours(t)}\n",
    "outlook-bold": lambda t: f"{words(t)}\n\n{heads(t, bold=True)}\n\n{ours(t)}\n",
}
LANGUAGES = tuple(TONGUES)


def wrapped(line):
    """As Gmail breaks a long introduction: before the address."""
    return line.replace(" <", " <\n", 1)


def interleaved(tongue):
    """Answers between the lines, with a signature."""
    return (
        f"{tongue.gmail}\n\n"
        f"> ~~~ {tongue.delimiter} ~~~\n>\n> How deep do you dig?\n\n"
        f"{tongue.words[0]}\n\n> And when?\n\n{tongue.words[1]}\n\n-- \nBen\n+233 1\n"
    )


def gmail_html(tongue):
    """Gmail without its plain part."""
    own = "".join(f"<div>{escape(line)}</div><div><br></div>" for line in tongue.words)
    quote = "".join(f"<p>{escape(line)}</p>" for line in ours(tongue).split("\n"))
    return (
        f'<div dir="auto">{own}</div><br><div class="gmail_quote">'
        f'<div dir="ltr" class="gmail_attr">{escape(tongue.gmail)}<br></div>'
        f'<blockquote class="gmail_quote">{quote}</blockquote></div>'
    )


def outlook_html(tongue):
    """Outlook as Exchange sends it on: HTML alone, no marks in the quote."""
    own = "".join(f'<p class="MsoNormal">{escape(line)}</p>' for line in tongue.words)
    head = "<br>".join(
        f"<b>{name}:</b> {escape(value)}"
        for name, value in (line.split(": ", 1) for line in heads(tongue).split("\n"))
    )
    quote = "".join(f"<p>{escape(line)}</p>" for line in ours(tongue).split("\n"))
    return (
        "<html><head><style>p{margin:0}</style></head><body>"
        f"{own}<div style='border-top:solid'><p>{head}</p></div>{quote}</body></html>"
    )


def mail(text, *, subtype="plain", charset="utf-8"):
    message = EmailMessage()
    message["From"] = "Ben Tetteh <ben@example.org>"
    message["To"] = f"reply@{DOMAIN}"
    message["Subject"] = "Re: How deep do you dig?"
    message["Message-ID"] = "<sample@example.org>"
    message.set_content(text, subtype=subtype, charset=charset)
    return message.as_bytes()


def letters():
    """Every sample."""
    for language, tongue in TONGUES.items():
        for program, text_of in PROGRAMS.items():
            yield Sample(
                f"{program}-{language}",
                mail(text_of(tongue)),
                words(tongue),
                tongue.words,
            )
        yield Sample(
            f"interleaved-{language}",
            mail(interleaved(tongue)),
            f"> ~~~ {tongue.delimiter} ~~~\n> How deep do you dig?\n".split("\n", 1)[1]
            + f"{tongue.words[0]}\n\n\n> And when?\n{tongue.words[1]}",
            (*tongue.words, "+233 1"),
        )
        yield Sample(
            f"gmail-html-{language}",
            mail(gmail_html(tongue), subtype="html"),
            words(tongue),
            tongue.words,
        )
        yield Sample(
            f"outlook-html-{language}",
            mail(outlook_html(tongue), subtype="html"),
            words(tongue),
            tongue.words,
        )
    for path in sorted(FOLDER.glob("*.eml")):
        expected = path.with_suffix(".txt").read_text().strip("\n")
        raw = path.read_bytes().replace(b"\n", b"\r\n")
        yield Sample(path.stem, raw, expected, tuple(expected.split("\n")))

"""The short words that do something in a mail to us: "+1", "mute", "weekly", "help" …

One table for every door that reads mail, in every language of our people; the first
word of a language is the one our letters teach.
"""

import re
import unicodedata

from django.utils.translation import get_language

TABLE = {
    "agree": {"": "+1 · 👍 · 👍🏽 · 👍🏾 · 👍🏿 · 👍🏼 · 👍🏻"},
    "unagree": {"": "-1"},
    "mute": {
        "en": "mute", "fr": "silence · muet", "es": "silenciar · silencio",
        "pt": "silenciar · silêncio", "sw": "nyamazisha · kimya",
        "de": "stumm · stummschalten", "nl": "dempen · stil", "ar": "كتم · اكتم",
    },
    "follow": {
        "en": "follow", "fr": "suivre", "es": "seguir", "pt": "seguir", "sw": "fuata",
        "de": "folgen", "nl": "volgen", "ar": "متابعة · تابع",
    },
    "stop": {
        "en": "stop · unsubscribe", "fr": "arrêt · arrêter · désabonner",
        "es": "parar · baja · pare", "pt": "parar · pare · cancelar",
        "sw": "acha · komesha", "de": "stopp · abmelden", "nl": "stop · afmelden",
        "ar": "توقف · الغاء الاشتراك · أوقف",
    },
    "help": {
        "en": "help · ?", "fr": "aide", "es": "ayuda", "pt": "ajuda", "sw": "msaada",
        "de": "hilfe", "nl": "hulp", "ar": "مساعدة",
    },
    "daily": {
        "en": "daily · every day", "fr": "quotidien · chaque jour",
        "es": "diario · cada día", "pt": "diário · todos os dias", "sw": "kila siku",
        "de": "täglich", "nl": "dagelijks", "ar": "يومي · يوميا",
    },
    "weekly": {
        "en": "weekly · every week", "fr": "hebdomadaire · chaque semaine",
        "es": "semanal · cada semana", "pt": "semanal · toda semana", "sw": "kila wiki",
        "de": "wöchentlich", "nl": "wekelijks", "ar": "أسبوعي · اسبوعيا",
    },
    "monthly": {
        "en": "monthly · every month", "fr": "mensuel · chaque mois",
        "es": "mensual · cada mes", "pt": "mensal · todo mês", "sw": "kila mwezi",
        "de": "monatlich", "nl": "maandelijks", "ar": "شهري · شهريا",
    },
    "off": {
        "en": "off · no digest", "fr": "pas de résumé", "es": "sin resumen",
        "pt": "sem resumo", "sw": "bila muhtasari", "de": "aus", "nl": "uit",
        "ar": "بدون ملخص",
    },
    "withdraw": {
        "en": "withdraw · undo", "fr": "retirer · annuler", "es": "retirar · deshacer",
        "pt": "retirar · desfazer", "sw": "ondoa · tengua", "de": "zurückziehen",
        "nl": "intrekken", "ar": "سحب · تراجع",
    },
}  # fmt: skip


def plain(text):
    """Words as they are compared: small letters, no accents, no stops."""
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[.!,;:\"'“”«»*]+", " ", text).split())


def _meanings():
    return {
        plain(word): name
        for name, languages in TABLE.items()
        for words in languages.values()
        for word in words.split(" · ")
    }


MEANINGS = _meanings()


def word_for(name):
    """How a command is called in the language our letter is written in."""
    languages = TABLE[name]
    language = (get_language() or "en").split("-")[0]
    words = languages.get(language) or languages.get("en") or languages[""]
    return words.split(" · ")[0]

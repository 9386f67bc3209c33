"""The words before a number in an answer to a digest, beside those of all letters.

``notifications.words`` has "mute", "+1", "weekly" and the like, for every letter.
"""

from notifications.words import TABLE

# "reply 3 …": says that a number follows, whatever comes after it.
REPLY = {
    "reply", "answer", "répondre", "réponse", "repondre", "reponse", "responder",
    "respuesta", "resposta", "jibu", "antwort", "antwoord", "رد",
}  # fmt: skip
# "reply to 3 …"
TO = {"to", "à", "a", "la", "kwa", "auf", "op", "على"}


def words_for(name):
    """Every word of all languages that means this.

    Args:
        name: a key of ``notifications.words.TABLE``.
    """
    return {word for words in TABLE[name].values() for word in words.split(" · ")}


# "mute 3": tell me nothing of it any more.
MUTE = words_for("mute")
# "+1 3", "3 👍": I say so too.
NOD = words_for("agree") | {"❤", "❤️", "🙏"}

"""Answers that come by mail: a calendar's own, a word, or talk."""

import re

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from conversations.notifications import answer_by_letter as answer_thread_by_letter
from webinars.actions import answer_webinar
from webinars.calendar import answer_in
from webinars.models import Registration
from webinars.permissions import can_answer_webinar


def answer_by_letter(webinar, person, letter):
    """A mailed answer: a calendar program's own, or a word.

    Args:
        webinar: the ``Webinar``.
        person: who answers.
        letter: an inbound letter.

    Returns:
        a sentence for the confirming mail; empty when a calendar answered.

    Raises:
        PermissionDenied: nothing can be answered any more; says why.
    """
    by_calendar = calendar_answer(webinar, letter)
    said = by_calendar or word_answer(letter.text)
    can_answer = can_answer_webinar(person, webinar)
    is_long = len(letter.text.split()) > MOST_WORDS
    if is_long and not can_answer:
        # "No rain here either, what a pity": cancelled or over, it is talk.
        said = by_calendar
    if said:
        if not can_answer:
            raise PermissionDenied(
                _("“%(title)s” is over, cancelled, or no longer yours to answer.")
                % {"title": webinar.title}
            )
        answer_webinar(
            webinar,
            by=person,
            answer=said,
            came_by="calendar" if by_calendar else "mail",
        )
        if by_calendar:
            return ""
        noted = _("Noted for “%(title)s”: %(answer)s.") % {
            "title": webinar.title,
            "answer": Registration.Answer(said).label,
        }
        if not is_long:
            return noted
        # Whoever says why they cannot come may not mean it for everybody.
        return f"{noted}\n\n" + _(
            "What else you wrote stands nowhere: “%(words)s”. To say it to everybody "
            "under the webinar, send it in a mail of its own."
        ) % {"words": letter.text.strip()}
    # Anything else is a contribution to the talk under the webinar.
    return answer_thread_by_letter(webinar.thread, letter, by=person)


def calendar_answer(webinar, letter):
    """What a calendar program said about this webinar, or None."""
    for name, data, kind in letter.attachments:
        if kind.startswith("text/calendar") or name.endswith(".ics"):
            found = answer_in(data)
            if found and found[0] == webinar.uid:
                return found[1]
    return None


def word_answer(text):
    """What a letter's first word says, in the languages of the site, or None."""
    words = re.split(r"[\s,.!;:]+", text.casefold().strip(AROUND), maxsplit=1)
    first = words[0].strip(AROUND)
    return next((said for said, words in WORDS.items() if first in words), None)


# An answer is a word and perhaps a name; more than that is talk.
MOST_WORDS = 4
# Our letters show the words in quotation marks; some people copy them too.
AROUND = " \t\r\n\"'*¡¿“”«»‘’\u00a0"
WORDS = {
    Registration.Answer.YES: {"yes", "oui", "sí", "si", "sim", "ndiyo", "coming", "+1"},
    Registration.Answer.MAYBE: {
        "maybe",
        "perhaps",
        "peut-être",
        "peut-etre",
        "quizás",
        "quizas",
        "quizá",
        "talvez",
        "labda",
    },
    Registration.Answer.NO: {"no", "non", "não", "nao", "hapana", "sorry"},
}

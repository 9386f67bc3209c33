"""One member's digest in words: titles, subject, and each item's few lines.

Everything in the active language and time zone.
"""

from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.models import Message
from digests.collect import MOST_MESSAGES
from digests.corner import reason_words
from digests.items import PAGES, QUESTIONS, STORIES, TALK, WEBINARS
from digests.links import item_path
from markup.rendering import excerpt as cut
from spaces.models import Space
from ui.times import moment_words, zone_name

MOST_NAMES = 3
# What most programs show of a subject.
SUBJECT_LENGTH = 60
# Longer addresses (titles in scripts that an address must encode) are given short.
LONGEST_PATH = 120
# The same words stand in the letters of many people of a space.
excerpt = lru_cache(maxsize=2048)(cut)
TOOLS = {
    QUESTIONS: Space.Tool.EXCHANGE,
    TALK: Space.Tool.EXCHANGE,
    STORIES: Space.Tool.STORIES,
    PAGES: Space.Tool.WIKI,
    WEBINARS: Space.Tool.WEBINARS,
}


def titles():
    """(section, its title) in the order in which they stand."""
    return [
        (QUESTIONS, _("Questions nobody has answered yet")),
        (TALK, _("What people are talking about")),
        (STORIES, _("Stories")),
        (PAGES, _("In the wiki")),
        (WEBINARS, _("Webinars")),
    ]


def tool_url(space, section):
    """Where a section's things live in a space."""
    # The address scheme of DESIGN §3; the tool's word is its folder.
    path = f"{space.get_absolute_url()}{TOOLS[section]}/"
    return f"{settings.ALLIANCE_SITE_URL}{path}"


def subject_of(selection, space):
    """What is waiting, the most urgent first, then the space; as much as is seen.

    Args:
        selection: a ``Selection``.
        space: its space.

    Returns:
        "2 questions without an answer, 1 story (Forest Forum)".
    """
    parts = counts_of(selection)[:3]
    name = space.name
    while len(parts) > 1 and len(", ".join(parts)) + len(name) + 3 > SUBJECT_LENGTH:
        parts.pop()
    # Plain signs: an encoded subject is larger, and some phones show it encoded.
    return f"{', '.join(parts)} ({name})"


def counts_of(selection):
    """All that a digest tells, counted in words by sort, the most urgent first."""
    count = {section: len(found) for section, found in selection.sections.items()}
    for section, number in selection.more.items():
        count[section] = count.get(section, 0) + number
    if selection.corner:
        section = selection.corner.item.section
        count[section] = count.get(section, 0) + 1
    words = (
        (
            QUESTIONS,
            lambda n: ngettext(
                "%d question without an answer", "%d questions without an answer", n
            ),
        ),
        (STORIES, lambda n: ngettext("%d story", "%d stories", n)),
        (WEBINARS, lambda n: ngettext("%d webinar", "%d webinars", n)),
        (TALK, lambda n: ngettext("%d conversation", "%d conversations", n)),
        (PAGES, lambda n: ngettext("%d wiki page", "%d wiki pages", n)),
    )
    return [
        words_of(count[section]) % count[section]
        for section, words_of in words
        if count.get(section)
    ]


def more_words(section, number):
    """How many of a section did not fit; "" where all did."""
    if not number:
        return ""
    words = {
        QUESTIONS: ngettext("%d more question", "%d more questions", number),
        TALK: ngettext("%d more conversation", "%d more conversations", number),
        STORIES: ngettext("%d more story", "%d more stories", number),
        PAGES: ngettext("%d more page", "%d more pages", number),
        WEBINARS: ngettext("%d more webinar", "%d more webinars", number),
    }
    return words[section] % number


def lines_of(entry, words):
    """One entry as the templates show it.

    Args:
        entry: an ``Entry``.
        words: how many words of people's own.

    Returns:
        dict of lead, title, words, honest, note, reason, url and short_url.
    """
    item = entry.item
    if item.section in (QUESTIONS, TALK):
        lines = _thread_lines(entry, words)
    elif item.section == STORIES:
        lines = _story_lines(entry, words)
    elif item.section == PAGES:
        lines = _page_lines(entry, words)
    else:
        lines = _webinar_lines(entry, words)
    short = f"{settings.ALLIANCE_SITE_URL}{item_path(*item.key)}"
    is_long = len(item.path) > LONGEST_PATH
    return {
        "lead": "",
        "title": "",
        "words": "",
        "honest": "",
        "note": "",
        "reason": reason_words(entry.reason) if entry.reason else "",
        "url": short if is_long else f"{settings.ALLIANCE_SITE_URL}{item.path}",
        "short_url": short,
        **lines,
    }


def _who(event):
    name = event.name or _("former member")
    return f"{name} ({event.group_name})" if event.group_name else name


def _names(events):
    """The people behind these events, newest first, the rest counted."""
    people = list(dict.fromkeys(_who(event) for event in reversed(events)))
    named, rest = people[:MOST_NAMES], len(people) - MOST_NAMES
    if rest > 0:
        others = ngettext("%d other", "%d others", rest) % rest
        named.append(others)
    if len(named) == 1:
        return named[0]
    return _("%(first)s and %(last)s") % {
        "first": ", ".join(named[:-1]),
        "last": named[-1],
    }


def _thread_lines(entry, words):
    item = entry.item
    opening = item.opening
    answers = [event for event in entry.events if event.key != opening.key]
    note = ""
    if answers:
        counted = {"number": len(answers), "people": _names(answers)}
        if len(item.events) >= MOST_MESSAGES:
            note = _("%(number)d new answers or more, from %(people)s") % counted
        else:
            note = ngettext(
                "%(number)d new answer, from %(people)s",
                "%(number)d new answers, from %(people)s",
                len(answers),
            )
            note %= counted
    elif item.is_unanswered and not entry.events and not entry.reason:
        note = _("Waiting since %(day)s") % {"day": moment_words(opening.when, "date")}
    if item.title:  # talk under a page, a story or a webinar
        last = entry.events[-1] if entry.events else opening
        if entry.events:
            # Neither an answer nor a question of its own: talk under something.
            note = ngettext(
                "%(number)d new message, from %(people)s",
                "%(number)d new messages, from %(people)s",
                len(entry.events),
            ) % {"number": len(entry.events), "people": _names(entry.events)}
        return {
            "title": _("Under “%(title)s”") % {"title": item.title},
            "words": excerpt(last.words, words=words),
            "note": note,
        }
    verbs = {
        Message.Talk.QUESTION: _("%(who)s asks"),
        Message.Talk.EXPERIENCE: _("%(who)s shares an experience"),
        Message.Talk.RESOURCE: _("%(who)s points to something useful"),
        Message.Talk.OFFER: _("%(who)s offers"),
        Message.Talk.VIEW: _("%(who)s sees it differently"),
        Message.Talk.THANKS: _("%(who)s says thank you"),
    }
    lead = verbs.get(opening.talk) or _("%(who)s writes")
    return {
        "lead": lead % {"who": _who(opening)},
        "words": excerpt(opening.words, words=words),
        "note": note,
    }


def _story_lines(entry, words):
    event = entry.events[0]
    lead = _who(event)
    if entry.item.place:
        lead = f"{lead} · {entry.item.place}"
    honest = (
        excerpt(entry.item.honest, words=words) if entry.item.honest.strip() else ""
    )
    return {
        "lead": lead,
        "title": entry.item.title,
        "honest": honest,
        "words": "" if honest else excerpt(event.words, words=words),
    }


def _page_lines(entry, words):
    events = entry.events
    if entry.item.is_new and len(events) == 1:
        note = _("New, by %(who)s") % {"who": _who(events[0])}
    elif entry.item.is_new:
        note = _("New, written by %(people)s") % {"people": _names(events)}
    else:
        note = _("Changed by %(people)s") % {"people": _names(events)}
    summary = next((event.words for event in reversed(events) if event.words), "")
    return {
        "title": entry.item.title,
        "words": excerpt(summary, words=words) if summary else "",
        "note": note,
    }


def _webinar_lines(entry, words):
    item = entry.item
    starts = moment_words(item.starts, "both")
    place = zone_name(timezone.get_current_timezone())
    question = item.events[0].words if item.events else ""
    return {
        "title": item.title,
        "words": excerpt(question, words=words) if question else "",
        "note": f"{starts} {place}",
    }

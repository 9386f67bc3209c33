"""Small pieces drawn in plain Python, because a page shows dozens of them.

A template include costs ten times as much as ``format_html``; a thread of thirty
replies has thirty avatars, groups, bylines and times.
"""

from functools import lru_cache

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ui.palette import shape_and_colour
from ui.sprite import icon
from ui.times import when as draw_when

EMPTY = SafeString("")
HIDDEN = SafeString(' class="hidden-visually"')
TONES = 8


def attributes(pairs):
    """Write HTML attributes.

    Args:
        pairs: name → value. Underscores become hyphens, a trailing one goes
            (``class_``). None, False and "" are left out; True is a bare name.

    Returns:
        Safe HTML with a leading space, or nothing.
    """
    written = []
    for name, value in pairs.items():
        if value is None or value is False or value == "":
            continue
        name = name.rstrip("_").replace("_", "-")
        if value is True:
            written.append(f" {name}")
        else:
            written.append(f' {name}="{conditional_escape(value)}"')
    return SafeString("".join(written))


def joined(pieces):
    """Join pieces of HTML, escaping those that are not safe already.

    Args:
        pieces: strings, safe or not.

    Returns:
        Safe HTML.
    """
    return SafeString("".join(map(conditional_escape, pieces)))


def initials(name):
    """Return one or two letters that stand for a name.

    Args:
        name: what a person is called.

    Returns:
        "EO" for "Esi Owusu"; "?" for nothing.
    """
    words = [word for word in str(name or "").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def person_name(person, fallback=""):
    """Return what a person is called, for someone who left their stored name."""
    if person is None:
        return fallback or _("Former member")
    return str(person)


def avatar(person=None, size="", name=""):
    """Draw a person's photo, or their initials on one of eight quiet tones.

    Args:
        person: ``str()`` is their name; perhaps has ``photo_url``; or None.
        size: "", "small" or "large".
        name: used when there is no person any more.

    Returns:
        Safe HTML. It is hidden from screen readers: the name stands beside it.
    """
    called = person_name(person, name)
    shape = f"avatar avatar-{size}" if size else "avatar"
    if photo := getattr(person, "photo_url", ""):
        return format_html(
            '<img class="{}" src="{}" alt="" width="40" height="40" loading="lazy">',
            shape,
            photo,
        )
    return _letters(called, shape)


@lru_cache(maxsize=4096)
def _letters(called, shape):
    tone = sum(map(ord, called)) % TONES
    return format_html(
        '<span class="{} tone-{}" aria-hidden="true">{}</span>',
        shape,
        tone,
        initials(called),
    )


def group(group, word=True):
    """Draw a stakeholder group: shape, colour and word, always together.

    Args:
        group: has ``name`` and ``palette`` (0 to 7); None draws nothing.
        word: False hides the word from the eye only (in a narrow table), never
            from a screen reader or the pointer.

    Returns:
        Safe HTML.
    """
    if group is None or group == "":
        return EMPTY
    return _group(str(group.name), group.palette, bool(word))


@lru_cache(maxsize=4096)
def _group(name, number, word):
    shape, colour = shape_and_colour(number)
    return format_html(
        '<span class="group group-{}"{}>{}<span{}>{}</span></span>',
        colour,
        EMPTY if word else format_html(' title="{}"', name),
        icon(f"shape-{shape}"),
        EMPTY if word else HIDDEN,
        name,
    )


def badge(content, kind="", icon_name=""):
    """Draw a short word on a tinted ground.

    Args:
        content: the word.
        kind: "", "leaf", "clay", "sun" or "solid".
        icon_name: a symbol in front.

    Returns:
        Safe HTML.
    """
    extra = f" badge-{kind}" if kind else ""
    return format_html(
        '<span class="badge{}">{}{}</span>', extra, icon(icon_name), content
    )


CAME_BY = {
    "mail": lambda: ("mail", _("by mail")),
    "sms": lambda: ("phone", _("by SMS")),
    "paper": lambda: ("paper", _("on paper")),
    "voice": lambda: ("voice", _("by phone")),
}


def byline(
    author=None,
    author_name="",
    group_=None,
    when=None,
    came_by="",
    entered_by=None,
    href="",
    picture=True,
    layout="relative",
    extra="",
    moment="",
):
    """Draw who said something, for which group, when and by which way.

    Args:
        author: a person, or None when the account is gone.
        author_name: the stored name of somebody without an account.
        group_: the stakeholder group they spoke from.
        when: the moment, linked to ``href`` if given.
        came_by: "web" (not mentioned), "mail", "sms", "paper" or "voice".
        entered_by: who typed it for them (a person), if somebody else did.
        href: where this very item is found.
        picture: draw the avatar too.
        layout: see ``ui.times.when``.
        extra: further safe words at the end.
        moment: drawn already, instead of ``when``.

    Returns:
        Safe HTML.
    """
    called = person_name(author, author_name)
    # The hottest lines of the site: f-strings over escaped parts, not format_html.
    parts = [f'<span class="byline-name" dir="auto">{escape(called)}</span>']
    if group_:
        parts.append(group(group_))
    if came_by in CAME_BY:
        symbol, words = CAME_BY[came_by]()
        parts.append(f"<span>{icon(symbol)}{escape(words)}</span>")
    if entered_by is not None and entered_by != author:
        typed = _("typed by %(name)s") % {"name": person_name(entered_by)}
        parts.append(f"<span>{escape(typed)}</span>")
    if when:
        moment = draw_when(when, layout)
        if href:
            moment = f'<a class="byline-when" href="{escape(href)}">{moment}</a>'
    if moment:
        parts.append(moment)
    if extra:
        parts.append(f"<span>{conditional_escape(extra)}</span>")
    face = avatar(author, "small", author_name) if picture else ""
    return SafeString(
        f'<div class="byline">{face}<div class="byline-words">{"".join(parts)}</div>'
        "</div>"
    )

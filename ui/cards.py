"""Items of lists, drawn in plain Python: a page that looks across shows dozens.

Everything but the moment is remembered by what it was drawn from, so a post costs its
drawing once, not once per reader.
"""

from functools import lru_cache
from html import escape

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ui.drawing import EMPTY, attributes, byline
from ui.sprite import icon as draw_icon
from ui.times import when as draw_when

# Stands for the moment while the rest is drawn; no text holds a control character.
MOMENT = "\x1a"


def card(
    content=EMPTY,
    *,
    title="",
    href="",
    kind="",
    tone="leaf",
    icon="",
    reason="",
    meta="",
    boxed=False,
    level=2,
    id="",
    extra=None,
):
    """Draw one item of a list: eyebrow, reason, title, meta, body.

    Args:
        content: the body, safe.
        title, href: the headline and where it leads.
        kind, tone, icon: the eyebrow's words, colour ("leaf", "clay") and symbol.
        reason: why it stands where it stands.
        meta: under the headline.
        boxed: with a frame.
        level: of the headline.
        id, extra: of the element; see ``ui.drawing.attributes``.

    Returns:
        Safe HTML.
    """
    parts = []
    if kind:
        parts.append(
            f'<p class="eyebrow eyebrow-{conditional_escape(tone)}">{draw_icon(icon)}'
            f"{conditional_escape(kind)}</p>"
        )
    if reason:
        parts.append(f'<p class="reason">{conditional_escape(reason)}</p>')
    if title:
        title = conditional_escape(title)
        if href:
            title = f'<a href="{conditional_escape(href)}">{title}</a>'
        level = int(level)
        parts.append(f'<h{level} class="card-title">{title}</h{level}>')
    if meta:
        parts.append(f'<div class="card-meta">{conditional_escape(meta)}</div>')
    if content:
        parts.append(f'<div class="card-body">{conditional_escape(content)}</div>')
    own = attributes({"id": id, **(extra or {})}) if id or extra else ""
    shape = "card card-boxed" if boxed else "card"
    return SafeString(f'<article class="{shape}"{own}>{"".join(parts)}</article>')


def honest(content, title=""):
    """Draw the warm box that says what did not work."""
    title = conditional_escape(title or _("What did not work:"))
    return SafeString(
        f'<div class="honest"><strong>{title}</strong> {conditional_escape(content)}'
        "</div>"
    )


def entry(when, **parts):
    """Draw one entry of a feed: a card with who, when, and the next step.

    Args:
        when: the moment it stands for.
        **parts: texts and numbers, all of ``_entry``.

    Returns:
        Safe HTML.
    """
    drawn = _entry(language=get_language(), **parts)
    return SafeString(drawn.replace(MOMENT, draw_when(when), 1))


@lru_cache(maxsize=4096)
def _entry(
    *,
    language,
    key,
    kind,
    title,
    url,
    tone="leaf",
    reason="",
    space=None,
    author="",
    group=None,
    came_by="",
    typed_by=None,
    honest_words="",
    text="",
    step="",
    step_url="",
    meta="",
):
    """The entry with ``MOMENT`` in the place of its time.

    Args:
        key: the element's id.
        space: (name, address) where entries of several spaces stand together.
        author: the name to print.
        group: the stakeholder group spoken from; a frozen thing with name and palette.
        typed_by: the name of who typed it for the author.
        honest_words: what did not work.
        step, step_url: the one next step, as a button.
        meta: a link to the item, in words.
    """
    parts = []
    if space:
        parts.append(
            f'<p class="entry-space"><a href="{escape(space[1])}">{escape(space[0])}'
            "</a></p>"
        )
    parts.append(
        byline(
            author,
            group_=group,
            came_by=came_by,
            entered_by=typed_by,
            moment=SafeString(MOMENT),
            picture=False,
        )
    )
    if honest_words:
        parts.append(honest(honest_words))
    if text:
        parts.append(f'<p class="entry-text" dir="auto">{escape(text)}</p>')
    if step or meta:
        button = link = ""
        if step:
            button = (
                '<a class="button button-primary button-small" '
                f'href="{escape(step_url)}">{escape(step)}</a>'
            )
        if meta:
            link = f'<a href="{escape(url)}">{escape(meta)}</a>'
        parts.append(f'<p class="entry-steps">{button}{link}</p>')
    return card(
        SafeString("".join(parts)),
        title=title,
        href=url,
        kind=kind,
        tone=tone,
        reason=reason,
        id=key,
    )


def hit(*, kind, title, url, where, when, pieces):
    """Draw one thing that was found.

    Args:
        kind, title, url: what it is and where it leads.
        where, when: its place and moment.
        pieces: (text, is_match) pairs of its words.

    Returns:
        Safe HTML.
    """
    words = "".join(
        f"<mark>{escape(text)}</mark>" if is_match else escape(text)
        for text, is_match in pieces
    )
    moment = f" · {draw_when(when)}" if when else ""
    return card(
        SafeString(
            f'<p class="entry-text" dir="auto">{words}</p>'
            f'<p class="line-meta">{escape(where)}{moment}</p>'
        ),
        title=title,
        href=url,
        kind=kind,
        level=3,
    )


@lru_cache(maxsize=4096)
def line(title, href, meta):
    """Draw one item of a short list: a link and a few words under it.

    Args:
        title, href: the link.
        meta: the words.

    Returns:
        Safe HTML, to stand in an ``<li>``.
    """
    return SafeString(
        f'<a class="line-title" href="{escape(href)}">{escape(title)}</a>'
        f'<p class="line-meta">{escape(meta)}</p>'
    )

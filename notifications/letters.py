"""From a claimed row to a letter: rendered in the reader's language and time zone."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from carriers.mail import Letter
from notifications.styling import styled_template

_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_TRAILING_SPACE = re.compile(r"(?<!^--)[ \t]+$", re.MULTILINE)
_without_html = set()
# A mailbox shows the beginning of a letter beside its subject: so much of it.
LONGEST_PREVIEW = 90
# Stands invisibly around that beginning, so that it is known again when a program
# quotes it in an answer (inbound.quoting).
PREVIEW_MARK = "\u2063\u2063"
_OURS = re.compile(r"^~~~ .+ ~~~$")


def compose(kind, target, delivery, extra=None):
    """Write the letter of one row.

    Args:
        kind: its ``Kind``.
        target: what it is about.
        delivery: the ``Delivery``, its recipient loaded.
        extra: context from ``Kind.gather``.

    Returns:
        A ``carriers.mail.Letter``.
    """
    language = language_of(delivery)
    with translation.override(language), timezone.override(zone_of(delivery)):
        return _compose(kind, target, delivery, extra or {}, language)


def language_of(delivery):
    """The language this recipient reads; an invited address reads its invitation's."""
    if delivery.recipient_id:
        return delivery.recipient.language
    return delivery.about.get("language") or settings.LANGUAGE_CODE


def zone_of(delivery):
    """The recipient's time zone; UTC for a bare address."""
    return delivery.recipient.zone if delivery.recipient_id else None


def _compose(kind, target, delivery, extra, language):
    scope = kind.scope(target)
    ready = extra.get("ready")
    if ready is None:
        ready = draw(kind, target, delivery, extra, scope)
    files = tuple(kind.attachments(target, delivery))
    calendar, method = _calendar(files)
    return Letter(
        to=delivery.to,
        subject=ready.subject,
        text=ready.text,
        html=ready.html,
        from_name=kind.from_name(target, delivery)
        or (scope.label if scope else settings.ALLIANCE_SITE_NAME),
        reply_to=delivery.reply_address,
        headers=_headers(scope, ready.quiet_url) | kind.mail_headers(target, delivery),
        attachments=files,
        calendar=calendar,
        calendar_method=method,
        message_id=delivery.message_id,
        language=language,
    )


@dataclass(frozen=True)
class Drawn:
    """A letter's words. ``Kind.gather`` may hand finished ones as ``ready``."""

    subject: str
    text: str
    html: str
    quiet_url: str


def draw(kind, target, delivery, extra, scope):
    """Render a letter's three templates, in the active language and zone.

    Args:
        kind, target, delivery: as for ``compose``.
        extra: more context.
        scope: from ``Kind.scope``.

    Returns:
        ``Drawn``.
    """
    about = delivery.about
    url = absolute(kind.url(target, about))
    quiet = extra.get("quiet_url") or kind.quiet_url(target, delivery)
    context = {
        "target": target,
        "recipient": delivery.recipient,
        "delivery": delivery,
        "about": about,
        "url": url,
        "scope": scope,
        "space": {"name": scope.label, "url": absolute(scope.url)} if scope else None,
        "site_name": settings.ALLIANCE_SITE_NAME,
        "site_url": settings.ALLIANCE_SITE_URL,
        "action_url": url,
        "action_label": _("Open it"),
        "is_answerable": bool(delivery.reply_token),
        **kind.mail_context(target, delivery),
        **extra,
        "quiet_url": absolute(quiet) if quiet else "",
    }
    stem = kind.template_stem
    plain = Context(context, autoescape=False)
    subject = get_template(f"{stem}_subject.txt").template.render(plain)
    text = tidy(get_template(f"{stem}.txt").template.render(plain))
    context["preview"] = preview_of(text, context.get("preview"))
    html = "" if context.get("text_only") else _html(f"{stem}.html", context)
    return Drawn(" ".join(subject.split()), text, html, context["quiet_url"])


def absolute(url):
    """A path as an address that works outside the site; never from a request's Host
    header."""
    return url if "://" in url else settings.ALLIANCE_SITE_URL + url


def tidy(text):
    """Plain text without the holes that template tags leave."""
    text = _TRAILING_SPACE.sub("", text.replace("\r\n", "\n"))
    return _MANY_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


def preview_of(text, own=""):
    """What a mailbox shows of a letter before it is opened.

    Without it that is the line that says where to write an answer, in every letter.

    Args:
        text: the letter's plain text.
        own: words that the Kind has for this, if any.

    Returns:
        One line between two marks.
    """
    if not own:
        paragraphs = [
            " ".join(each.split())
            for each in text.split("\n-- \n")[0].split("\n\n")
            if each.strip() and not _OURS.match(each.strip())
        ]
        # Whom it greets they know.
        if len(paragraphs) > 1 and paragraphs[0].endswith((",", "،")):
            del paragraphs[0]
        own = " ".join(paragraphs)
    words = " ".join(own.split()).replace(PREVIEW_MARK[0], "")
    return f"{PREVIEW_MARK}{Truncator(words).chars(LONGEST_PREVIEW)}{PREVIEW_MARK}"


def _html(name, context):
    if name in _without_html:
        return ""
    try:
        template = styled_template(name)
    except TemplateDoesNotExist as fault:
        if str(fault) != name:
            raise
        _without_html.add(name)
        return ""
    return template.template.render(Context(context))


def _headers(scope, quiet_url):
    headers = {
        "Auto-Submitted": "auto-generated",
        # Exchange and its kin answer only what does not say this.
        "X-Auto-Response-Suppress": "All",
    }
    if scope:
        label = scope.label.replace('"', "'").replace("\\", "")
        address = f"{scope.key}.{settings.ALLIANCE_MAIL_DOMAIN}"
        # An encoded word inside a quoted phrase is not read: leave the label out.
        headers["List-Id"] = (
            f'"{label}" <{address}>' if label.isascii() else f"<{address}>"
        )
        headers["List-Archive"] = f"<{absolute(scope.url)}>"
        headers["Precedence"] = "list"
    if quiet_url:
        headers["List-Unsubscribe"] = f"<{quiet_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _calendar(files):
    for _name, data, kind in files:
        if kind.startswith("text/calendar") and "method=" in kind.lower():
            method = re.search(r"method=\"?(\w+)", kind, re.IGNORECASE)[1].upper()
            return data.decode() if isinstance(data, bytes) else data, method
    return "", "REQUEST"

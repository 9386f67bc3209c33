"""Letters about an account: codes and notices. They leave at once, not by the outbox,
because somebody is looking at a page that waits for them."""

import logging

import css_inline
from django.conf import settings
from django.template.loader import render_to_string, select_template

from carriers.mail import Letter, Postman, Refused, Unreachable

log = logging.getLogger(__name__)

# Phones need the rules of dark mode, so what stands under @media is kept.
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def send_letter(name, address, context):
    """Write one letter in the reader's language and hand it over.

    Args:
        name: path of its templates without ``_subject.txt``, ``_message.txt`` or
            ``.txt`` (allauth's way of naming, or ours), and the same for HTML.
        address: where it goes.
        context: what its templates need.

    Returns:
        True when a mail server took it; False when it did not, which is logged
        without the address.
    """
    context = {
        "site_name": settings.ALLIANCE_SITE_NAME,
        "site_url": settings.ALLIANCE_SITE_URL,
        **context,
    }
    subject = render_to_string(f"{name}_subject.txt", context)
    letter = Letter(
        to=address,
        subject=" ".join(subject.split()),
        text=_body(name, "txt", context),
        html=INLINER.inline(_body(name, "html", context)),
        # Vacation notices must not answer to codes (RFC 3834).
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        with Postman() as postman:
            postman.post(letter)
    except (Refused, Unreachable) as fault:
        log.warning("letter %s not handed over: %s", name, type(fault).__name__)
        return False
    return True


def _body(name, kind, context):
    template = select_template([f"{name}_message.{kind}", f"{name}.{kind}"])
    return template.render(context).strip() + "\n"

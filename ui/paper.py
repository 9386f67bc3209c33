"""Pages as PDF, for people who read on paper and for boxes without a network."""

import hashlib
import json
import logging
import os
import re
import subprocess
import sys
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

SECONDS = 75
# Bytes and seconds: a document that is asked for again is not made again.
MOST_KEPT, KEPT_FOR = 2_000_000, 600
# Letters of HTML: some 400 printed pages.
MOST_LETTERS = 2_000_000
# No such host exists (RFC 6761), so nothing but a known picture can be meant.
_BASE = "http://paper.invalid"
_MODULE = ("-m", "ui.typesetting")
_PICTURE = re.compile(r'<img\b[^>]*?\ssrc="([^"]+)"')


_WORDS = {
    "missing": _(
        "This site cannot make PDFs: a program it needs (Pango) is not installed. Your "
        "browser can print the page into a PDF."
    ),
    "long": _("That is more than is printed in one go. Choose a smaller part."),
    "failed": _("The PDF could not be made. Printing from your browser works."),
    "busy": _("Your last PDF is still being made. Try again in a moment."),
}


class NoPaper(Exception):
    """No PDF was made.

    Attributes:
        why: ``missing`` (WeasyPrint's Pango is not on this machine), ``long`` (more
            than is printed in one go), ``busy`` (one at a time), or ``failed``.
        words: the same for the reader.
    """

    def __init__(self, why):
        self.why = why
        self.words = _WORDS[why]
        super().__init__(why)


def draw_pdf(template, context, *, find_pictures, who):
    """Typeset a template on A4.

    It is done by a process of its own with bounds (``ui/typesetting.py``).

    Args:
        template: extends ``paper/base.html``.
        context: for it.
        find_pictures: callable of a list of addresses as they stand in the document;
            returns {address: (path, content type)} of those the reader may see. The
            others are left out.
        who: asks; one gets one at a time, so that nobody takes all of the machine.

    Returns:
        bytes.

    Raises:
        NoPaper: it was not made, and why.
    """
    html = render_to_string(template, context)
    if len(html) > MOST_LETTERS:
        raise NoPaper("long")
    wanted = {unescape(address) for address in _PICTURE.findall(html)}
    pictures = find_pictures(sorted(wanted))
    order = {
        "html": html,
        "css": _style(),
        "base": _BASE,
        "pictures": {
            urljoin(_BASE, address): paths for address, paths in pictures.items()
        },
    }
    text = json.dumps(order)
    # Whoever may read the same words gets the same document.
    kept = f"paper-{hashlib.sha256(text.encode()).hexdigest()}"
    if (pdf := cache.get(kept)) is not None:
        return pdf
    turn = f"paper-{who}"
    if not cache.add(turn, True, SECONDS + 5):
        raise NoPaper("busy")
    try:
        pdf = _typeset(text)
        if len(pdf) <= MOST_KEPT:
            cache.set(kept, pdf, KEPT_FOR)
        return pdf
    finally:
        cache.delete(turn)


def _typeset(text):
    try:
        done = subprocess.run(  # noqa: S603  our own module, no shell
            [sys.executable, *_MODULE],
            input=text.encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NoPaper("long") from error
    if done.returncode == os.EX_UNAVAILABLE:
        raise NoPaper("missing")
    if done.returncode != 0:
        logger.error("Typesetting ended with %s", done.returncode)
        raise NoPaper("failed")
    return done.stdout


def pdf_response(pdf, name):
    """An answer that a browser shows, or saves under a name.

    Args:
        pdf: bytes.
        name: without its ending.
    """
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{name}.pdf")
    response["Cache-Control"] = "private, max-age=60"
    return response


@lru_cache(maxsize=1)
def _style():
    return Path(finders.find("css/paper.css")).read_text()

"""Photos that came by mail: the same check as on the web, the refusals in words."""

import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from files.actions import upload

# "Photo: women at the new well" – what a picture shows, in the words of its mail.
SHOWS = re.compile(
    r"^\W{0,3}(?:photos?|foto|fotos|fotografía|picha|image|imagen|imagem|picture|bild"
    r"|afbeelding|صورة|الصورة)\s*\d{0,2}\s*[:：]\s*(?P<words>\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
LONGEST_CAPTION = 140


def descriptions(text, *, number):
    """What the pictures of a mail show, as far as the mail says so.

    Args:
        text: the writer's words.
        number: how many pictures there are.

    Returns:
        so many texts; empty where nothing is said.
    """
    said = [found["words"].strip() for found in SHOWS.finditer(text)]
    text = " ".join(text.split())
    if not said and number == 1 and len(text) <= LONGEST_CAPTION:
        said = [text]
    return (said + [""] * number)[:number]


def take_photos(letter, space, *, by, most=1):
    """Keep the photos of a mail as drafts, to be hung on what is made of it.

    Args:
        letter: an inbound letter (``text``, ``photos``, ``documents``).
        space: where they will be shown.
        by: whose they are.
        most: how many can be hung.

    Returns:
        (list of ``File``, list of sentences about what was not taken).
    """
    photos = list(getattr(letter, "photos", ()))
    files, faults = [], []
    for (name, data, _kind), alt in zip(
        photos[:most], descriptions(letter.text, number=len(photos)), strict=False
    ):
        try:
            files.append(upload(space, ContentFile(data, name=name), by=by, alt=alt))
        except ValidationError as fault:
            words = {"name": name, "reason": " ".join(fault.messages)}
            faults.append(_("“%(name)s” was not added: %(reason)s") % words)
    if (more := len(photos) - most) > 0:
        faults.append(
            ngettext(
                "One more photo was not added; send it in a mail of its own.",
                "%(number)d more photos were not added; send each in its own mail.",
                more,
            )
            % {"number": more}
        )
    faults += [
        _("“%(name)s” was not added: only photos can be added by mail.")
        % {"name": name}
        for name, _data, kind in getattr(letter, "documents", ())
        if kind != "application/ics"
    ]
    return files, faults

"""Photos as pages show them: small first, larger where the screen is, never jumping."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

COLUMN = "(min-width: 42rem) 40rem, 92vw"


def photo(file, *, space=None, sizes=COLUMN, spare=False):
    """Draw a photo.

    Args:
        file: a ``File``, or None (draws nothing).
        space: its space, where the page knows it; saves a query.
        sizes: how wide it stands, as in HTML's ``sizes``.
        spare: the reader spares data: draw a link instead of the picture.

    Returns:
        Safe HTML.
    """
    if file is None:
        return ""
    file.space = space or file.space
    address = _address(file)
    if spare:
        return format_html(
            '<a class="photo-link" href="{}?size=480">{}</a>',
            address,
            _("Show the photo: %(alt)s") % {"alt": file.alt}
            if file.alt
            else _("Show the photo"),
        )
    widths = sorted(int(width) for width in file.sizes)
    webp = [f"{address}?size={width} {width}w" for width in widths]
    if file.width:
        webp.append(f"{address} {file.width}w")
    avif = [
        f"{address}?form={width}.avif {width}w"
        for width in widths
        if f"{width}.avif" in file.versions
    ]
    plain = f"{address}?size={widths[0]}" if widths else address
    image = format_html(
        '<img class="photo" src="{}" width="{}" height="{}" alt="{}" loading="lazy" '
        'decoding="async">',
        f"{address}?form=jpeg" if "jpeg" in file.versions else plain,
        file.width or "",
        file.height or "",
        file.alt,
    )
    return format_html(
        "<picture>{}{}{}</picture>",
        _source("avif", avif, sizes),
        _source("webp", webp, sizes),
        image,
    )


def _source(form, candidates, sizes):
    if not candidates:
        return ""
    return format_html(
        '<source type="image/{}" srcset="{}" sizes="{}">',
        form,
        ", ".join(candidates),
        sizes,
    )


def sound(file, *, cues="", label="", language=""):
    """Draw a player for sound: nothing of it is fetched before it is asked for.

    Args:
        file: a ``File`` that is ready.
        cues: address of its subtitles, or "".
        label: what the recording is called, for screen readers.
        language: in which it is spoken.

    Returns:
        Safe HTML.
    """
    address = _address(file)
    return format_html(
        '<audio controls preload="none" aria-label="{}">{}{}{}<a href="{}">{}</a>'
        "</audio>",
        label or file.name,
        format_html('<source src="{}" type="{}">', address, file.content_type),
        format_html('<source src="{}?form=mp3" type="audio/mpeg">', address)
        if "mp3" in file.versions
        else "",
        _track(cues, language),
        f"{address}?form=mp3" if "mp3" in file.versions else address,
        _("Load the recording"),
    )


def film(file, *, cues="", label="", language=""):
    """Draw a player for film, with a picture of its beginning.

    Args, Returns: as ``sound``.
    """
    address = _address(file)
    return format_html(
        '<video controls playsinline preload="none" width="{}" height="{}" poster="{}" '
        'aria-label="{}"><source src="{}" type="{}">{}<a href="{}">{}</a></video>',
        file.width or "",
        file.height or "",
        f"{address}?form=poster" if "poster" in file.versions else "",
        label or file.name,
        address,
        file.content_type,
        _track(cues, language),
        address,
        _("Load the film"),
    )


def _track(cues, language):
    if not cues:
        return ""
    return format_html(
        '<track kind="captions" src="{}" srclang="{}" label="{}" default>',
        cues,
        language,
        _("What is said"),
    )


def _address(file):
    return reverse("files:file_serve", kwargs={"space": file.space.slug, "pk": file.pk})


def kept_photo(form):
    """Draw the photo that a ``PhotoForm`` which came back still has.

    Args:
        form: the form.

    Returns:
        Safe HTML; "" where it has none.
    """
    if form.kept is None:
        return ""
    return format_html(
        '<div class="message-photo">{}<p class="soft small">{}</p></div>',
        photo(form.kept, sizes="10rem"),
        _("This photo is kept. Choose another to put in its place."),
    )

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
    space = space or file.space
    address = reverse("files:file_serve", kwargs={"space": space.slug, "pk": file.pk})
    if spare:
        return format_html(
            '<a class="photo-link" href="{}?size=480">{}</a>',
            address,
            _("Show the photo: %(alt)s") % {"alt": file.alt}
            if file.alt
            else _("Show the photo"),
        )
    widths = sorted(int(width) for width in file.sizes)
    candidates = [f"{address}?size={width} {width}w" for width in widths]
    if file.width:
        candidates.append(f"{address} {file.width}w")
    return format_html(
        '<img class="photo" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" '
        'alt="{}" loading="lazy" decoding="async">',
        f"{address}?size={widths[0]}" if widths else address,
        ", ".join(candidates),
        sizes,
        file.width or "",
        file.height or "",
        file.alt,
    )


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

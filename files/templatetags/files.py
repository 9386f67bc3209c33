"""``{% load files %}{% photo story.photo %}``."""

from django import template

from files import drawing

register = template.Library()


@register.simple_tag(takes_context=True)
def photo(context, file, sizes=drawing.COLUMN):
    """Draw a photo, or a link to it for a reader who spares data.

    Args:
        file: a ``File`` or None.
        sizes: how wide it stands, as in HTML's ``sizes``.
    """
    user = context.get("user")
    space = context.get("space")
    if space is not None and file is not None and space.pk != file.space_id:
        space = None
    return drawing.photo(
        file,
        space=space,
        sizes=sizes,
        spare=getattr(user, "low_bandwidth", False),
    )


@register.simple_tag
def kept_photo(form):
    """Draw the photo that a form which came back still has.

    Args:
        form: a ``files.forms.PhotoForm``.
    """
    return drawing.kept_photo(form)


@register.simple_tag
def sound(file, cues="", label="", language=""):
    """Draw a player for sound.

    Args:
        file: a ``File`` that is ready.
        cues, label, language: as for ``files.drawing.sound``.
    """
    return drawing.sound(file, cues=cues, label=label, language=language)


@register.simple_tag
def film(file, cues="", label="", language=""):
    """Draw a player for film.

    Args:
        file: a ``File`` that is ready.
        cues, label, language: as for ``files.drawing.sound``.
    """
    return drawing.film(file, cues=cues, label=label, language=language)


@register.filter
def duration(seconds):
    """Seconds as people say them: 1:05.

    Args:
        seconds: a number, or None.
    """
    whole = round(seconds or 0)
    return f"{whole // 60}:{whole % 60:02}"

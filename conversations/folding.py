"""What a mailed message quoted or signed with, behind a fold.

Only a person knows for certain which lines of a mail are their own words; what was cut
from it is kept, so that nothing anybody wrote is lost.
"""

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext as _

NOTHING = ""


def fold(message):
    """The cut part of a mailed message, closed.

    Args:
        message: a ``Message`` that this reader may read.

    Returns:
        Safe HTML; empty where nothing was cut.
    """
    if not message.trimmed or message.is_withdrawn:
        return NOTHING
    return format_html(
        '<details class="soft small"><summary>{}</summary>'
        '<blockquote dir="auto">{}</blockquote></details>',
        _("What else the mail held: a quote or a signature"),
        linebreaksbr(message.trimmed, autoescape=True),
    )

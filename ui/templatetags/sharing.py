"""What a page says of itself to search engines and to whoever shows a link to it."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# In a script element only these end it or open a comment (HTML 13.2.5.4).
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def structured_data(data):
    """Draw schema.org data as JSON-LD (https://www.w3.org/TR/json-ld11/).

    A data block: browsers neither run it nor hold it against the policy of the page.

    Args:
        data: what ``json`` can write; moments are written as ISO 8601.
    """
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        SafeString(text.translate(_ESCAPES)),
    )

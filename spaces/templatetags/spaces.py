"""What templates of any app above may draw of a space."""

from django import template

from accounts.zones import zone_names
from spaces.sentences import sentence as sentence_of

register = template.Library()


@register.inclusion_tag("spaces/_year_line.html")
def year_line(line):
    """Draw the line of the year; see ``spaces.drawing.year_line``."""
    return {"line": line}


@register.inclusion_tag("spaces/_zones.html")
def zone_list():
    """Offer every time zone to the inputs of ``ZoneField`` on this page."""
    return {"zone_names": zone_names()}


@register.filter
def sentence(record):
    """One line of the record as people read it."""
    return sentence_of(record)

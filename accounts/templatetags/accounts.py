"""What the sign-in pages need besides what allauth hands them."""

from django import template
from django.conf import settings
from django.utils.translation import gettext

from accounts.demo import DEMO_PASSWORD, DEMO_SIGN_INS
from accounts.models import User

register = template.Library()


@register.simple_tag
def demo_sign_ins():
    """The demo people who are there, as (address, what they are, password).

    Returns:
        a list; empty in production and where no demo was loaded.
    """
    if not settings.ALLIANCE_DEV_PAGES:
        return []
    addresses = [address for address, _word in DEMO_SIGN_INS]
    there = set(
        User.objects.with_account()
        .filter(email__in=addresses)
        .values_list("email", flat=True)
    )
    return [
        (address, word, DEMO_PASSWORD)
        for address, word in DEMO_SIGN_INS
        if address in there
    ]


@register.simple_tag
def offered_languages():
    """The languages of the site, each by its own name."""
    return settings.LANGUAGES


@register.simple_tag(takes_context=True)
def mail_failed(context):
    """Whether the last mail with a code could not be handed over."""
    return bool(context["request"].session.get("mail_failed"))


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def device(user_agent):
    """A browser and what it runs on, as people call them.

    Args:
        user_agent: what the browser says of itself.

    Returns:
        "Firefox · Android"; "A device" when nothing is known in it.
    """
    known = [
        next((word for sign, word in names if sign in user_agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(word for word in known if word) or gettext("A device")

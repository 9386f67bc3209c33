"""The short addresses of a digest: its items', its answers', and that of "read"."""

from functools import lru_cache

from django.conf import settings
from django.urls import reverse

from digests.models import sign_issue

# One letter names a kind: "t97" is thread 97.
LETTERS = {"thread": "t", "story": "s", "page": "p", "webinar": "w"}
KINDS = {letter: kind for kind, letter in LETTERS.items()}


@lru_cache(maxsize=4096)
def item_path(kind, pk):
    """A short path that leads on to an item's page: a feature phone shows it whole.

    Args:
        kind: "thread", "story", "page" or "webinar".
        pk: its number.
    """
    return reverse("digests:item_open", kwargs={"letter": LETTERS[kind], "pk": pk})


def item_address(token, number):
    """Where answers to one item of one letter go.

    The letter's own stored, expiring token, and the item's number behind it: the number
    opens nothing that the token does not.

    Args:
        token: the letter's reply token.
        number: the item's.
    """
    return f"reply+{token}-{number}@{settings.ALLIANCE_MAIL_DOMAIN}"


def rest_path(delivery):
    """The page with all that is new in a digest's window, also what did not fit."""
    return _rest_pattern().replace("/0/", f"/{delivery}/")


def read_path(delivery):
    """The page that marks a digest as read, open to whoever holds the letter."""
    return _read_pattern().replace(MARK, sign_issue(delivery))


MARK = "0:0"


@lru_cache(maxsize=1)
def _read_pattern():
    """Looked up once: a run needs it for every letter."""
    return reverse("digests:digest_read", kwargs={"token": MARK})


@lru_cache(maxsize=1)
def _rest_pattern():
    return reverse("digests:digest_detail", kwargs={"pk": 0})

"""Pages, kept while nothing is written (docs/decisions/kept-pages.md)."""

import re
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.utils.cache import get_conditional_response, set_response_etag

# In each web process; the ones kept longest go first.
MOST_BYTES = 24 * 1024 * 1024
LARGEST = 128 * 1024
# Words such as "5 minutes ago" grow old although nothing is written, and a session or a
# guest pass may end by the clock.
SECONDS = 60
# What a guest's browser may carry without being somebody: a form's token (a page that
# draws one sets the cookie, and is not kept) and the language, which is in the key.
HARMLESS = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME}
# Everything else of a request that a page may hang on.
VARYING = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT_LANGUAGE")
# What is done there is not to lie about, and is seldom looked at twice.
NEVER = ("/admin/", "/accounts/")
TOKEN = re.compile(rb"""(?<=X-CSRFToken": ")\w+|(?<=token" value=")\w+""")


@dataclass(frozen=True)
class Kept:
    """One drawn page, as it left."""

    snapshot: str
    drawn: float
    headers: tuple
    body: bytes


class KeptPages:
    """Give somebody the page that they were given before, while the database is the
    same. Guests are all the same somebody.

    PostgreSQL says in one word (``pg_current_snapshot``) whether any transaction has
    written since. A page is given again only when that word has not changed, so it can
    be neither another's nor old: a space that closes, closes at once, and who signs
    out is out.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.pages = OrderedDict()
        self.bytes = 0
        self.lock = Lock()

    def __call__(self, request):
        key = key_of(request)
        snapshot = key and snapshot_now()
        if not snapshot:
            return self.get_response(request)
        kept = self.pages.get(key)
        if (
            kept is not None
            and kept.snapshot == snapshot
            and time.monotonic() - kept.drawn < SECONDS
        ):
            return answer(request, kept)
        # The word was asked for before the page is drawn: what is written meanwhile
        # changes it, and the page drawn is not given again.
        response = self.get_response(request)
        if may_be_kept(response):
            self.keep(key, snapshot, response)
        return response

    def keep(self, key, snapshot, response):
        """Remember a page; the ones kept longest go."""
        kept = Kept(
            snapshot, time.monotonic(), tuple(response.items()), response.content
        )
        with self.lock:
            if before := self.pages.pop(key, None):
                self.bytes -= len(before.body)
            self.pages[key] = kept
            self.bytes += len(kept.body)
            while self.bytes > MOST_BYTES:
                _key, oldest = self.pages.popitem(last=False)
                self.bytes -= len(oldest.body)


def key_of(request):
    """What a page depends on besides the database; None where that is too much to say.

    Whoever carries a cookie that could name them has pages of their own: the whole
    header is in the key, so that nobody is given what another's cookies brought.
    """
    meta = request.META
    if (
        request.method != "GET"
        or "HTTP_HX_REQUEST" in meta
        or "HTTP_AUTHORIZATION" in meta
        or "HTTP_RANGE" in meta
        or request.path_info.startswith(NEVER)
    ):
        return None
    if request.COOKIES.keys() <= HARMLESS:
        reader = ("guest", request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    else:
        reader = ("somebody", meta["HTTP_COOKIE"])
    return (
        *reader,
        request.get_full_path(),
        "gzip" in meta.get("HTTP_ACCEPT_ENCODING", ""),
        *(meta.get(name) for name in VARYING),
    )


def snapshot_now():
    """PostgreSQL's word for everything that is written by now.

    Returns:
        None inside a transaction (whose own writes it does not tell), or when the
        database is away (which the page itself will say).
    """
    if connection.in_atomic_block:
        return None
    # This is as good a proof that a kept connection lives as Django's own SELECT 1.
    connection.health_check_done = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text")
            return cursor.fetchone()[0]
    except Error:
        connection.close()
        return None


def may_be_kept(response):
    """Whole, successful pages that give no cookie and are not for saving.

    A page that shows a waiting message changes the cookie that carried it.
    """
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and "Content-Disposition" not in response
        and "no-store" not in response.get("Cache-Control", "")
        and len(response.content) <= LARGEST
    )


def answer(request, kept):
    """The page again, or "unchanged" where the browser has it."""
    response = HttpResponse(kept.body)
    for name, text in kept.headers:
        response[name] = text
    return get_conditional_response(
        request, etag=response.get("ETag"), response=response
    )


class Unchanged(ConditionalGetMiddleware):
    """Django's ``ETag`` and 304, blind for the masks of form tokens.

    A token is written another way each time it is drawn; what it proves stays the same
    as long as the cookie does, so the cookie counts instead.
    """

    def process_response(self, request, response):
        if (
            request.method == "GET"
            and self.needs_etag(response)
            and not response.streaming
            and not response.has_header("ETag")
            and response.content
            and (secret := request.META.get("CSRF_COOKIE"))
        ):
            bare = HttpResponse(TOKEN.sub(secret.encode(), response.content))
            response["ETag"] = set_response_etag(bare)["ETag"]
        return super().process_response(request, response)

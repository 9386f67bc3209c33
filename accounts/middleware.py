"""Who is reading, in whose time zone and language; ended codes say so."""

import logging
from datetime import timedelta

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from requests import RequestException

from accounts.access import SignInFirst
from accounts.sessions import reader_of

log = logging.getLogger(__name__)


class Reader(AuthenticationMiddleware):
    """``request.user``, who comes in one query with the session."""

    def process_request(self, request):
        super().process_request(request)
        request.user = reader_of(request)


class ReaderZoneAndLanguage:
    """Activate what the signed-in person chose; guests get what they picked in the
    foot of a page (a cookie), else what their browser asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user
        if user.is_authenticated:
            language, zone = user.language, user.zone
        else:
            language, zone = translation.get_language_from_request(request), None
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        response.headers.setdefault(
            "Content-Language", language or settings.LANGUAGE_CODE
        )
        if response.headers.get("Content-Type", "").startswith("text/html"):
            if user.is_authenticated:
                # A browser may keep it, and asks each time whether it still holds.
                response.headers.setdefault("Cache-Control", "private, no-cache")
            else:
                patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response

    def process_exception(self, request, exception):
        """Send a guest to sign in and back to where they were going."""
        if isinstance(exception, SignInFirst):
            return redirect_to_login(request.get_full_path())
        return None


# Pages on which a mailed code is typed; allauth leaves them without a word when the
# code has run out, was used, or belongs to another browser.
CODE_PAGES = {
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
}
BEGINNINGS = ("/login/", "/login/code/", "/password/reset/", "/signup/", "/email/")


def say_why_the_code_ended(get_response):
    """Say that a code is no longer good when allauth goes back to the beginning.

    Args:
        get_response: the next layer.

    Returns:
        The middleware.
    """

    def middleware(request):
        response = get_response(request)
        match = request.resolver_match
        if (
            response.status_code == 302
            and match is not None
            and match.url_name in CODE_PAGES
            and "action" not in request.POST
            and response["Location"].split("?")[0].endswith(BEGINNINGS)
            and not messages.get_messages(request).added_new
        ):
            messages.warning(
                request,
                _(
                    "That code is no longer good: it was used already, or too much "
                    "time has passed, or it was asked for in another browser. "
                    "Ask for a new one here."
                ),
            )
        return response

    return middleware


class ProviderAway:
    """Say in words that the service through which somebody signs in does not answer.

    allauth catches this on the way back, not on the way there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Only sign-in pages ask other servers while somebody waits."""
        if not isinstance(exception, RequestException):
            return None
        log.warning("a sign-in provider does not answer: %s", type(exception).__name__)
        return render(
            request,
            "socialaccount/authentication_error.html",
            {"is_away": True},
            status=503,
        )


SEEN_EVERY = timedelta(minutes=10)


class SeenNowAndThen(UserSessionsMiddleware):
    """Remember when each device was last seen, to ten minutes.

    allauth's own writes on every page: four queries and a write to read one story.
    """

    def __call__(self, request):
        row = request.session.row if request.session.session_key else None
        if row is None or row.last_seen and timezone.now() - row.last_seen < SEEN_EVERY:
            return self.get_response(request)
        return super().__call__(request)

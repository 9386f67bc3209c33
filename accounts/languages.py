"""The language of somebody who has no account yet: a cookie of one year."""

from django.conf import settings

A_YEAR = 60 * 60 * 24 * 365


def has_chosen_language(request):
    """Whether this browser was told a language here before."""
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES


def remember_language(request, response, language):
    """Speak this language to this browser from now on.

    Args:
        request: the request answered.
        response: its answer; gets the cookie.
        language: one of ``settings.LANGUAGES``.

    Returns:
        the response.
    """
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response

"""Lets every view answer as if HTMX did not exist."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from ui.views import not_found

REDIRECTS = {301, 302, 303, 307, 308}


def htmx_answers(get_response):
    """Turn a view's answer into what HTMX needs.

    A redirect becomes ``HX-Redirect``: the browser would follow it before htmx
    sees it and put a whole page inside the element. Waiting messages are added
    to a piece, out of band. A redirect leaves them for the next page, and a whole
    page has drawn them already, so neither loses nor doubles one.

    Args:
        get_response: the next layer.

    Returns:
        The middleware.
    """

    def middleware(request):
        response = get_response(request)
        if request.headers.get("HX-Request") != "true":
            _vary(response)
            return response
        if response.status_code in REDIRECTS and "Location" in response:
            answer = HttpResponse(status=204)
            answer.cookies = response.cookies
            answer["HX-Redirect"] = response["Location"]
            _vary(answer)
            return answer
        _add_messages(request, response)
        _vary(response)
        return response

    return middleware


def known_token(get_response):
    """Give no browser the form token's cookie that it has just sent.

    Django gives it with every page that holds a form, to renew its year. Ours is given
    anew at each sign-in, which is never a year ago; and a page that gives no cookie can
    be kept (``ui.kept_pages``).

    Args:
        get_response: the next layer; stands right behind ``CsrfViewMiddleware``.

    Returns:
        The middleware.
    """

    def middleware(request):
        response = get_response(request)
        known = request.COOKIES.get(settings.CSRF_COOKIE_NAME)
        if known and known == request.META.get("CSRF_COOKIE"):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
            patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


def refuse_nul(get_response):
    """Answer 404 to an address that holds a NUL.

    PostgreSQL takes none in any text, so nothing is there; asked, it would be a fault.

    Args:
        get_response: the next layer.

    Returns:
        The middleware.
    """

    def middleware(request):
        if "\x00" in request.path_info:
            return not_found(request)
        return get_response(request)

    return middleware


def _vary(response):
    # Only HTML differs by these headers; files and feeds keep their caches whole.
    if response.get("Content-Type", "").startswith("text/html"):
        patch_vary_headers(response, ("HX-Request", "HX-Target"))


def _add_messages(request, response):
    is_html = response.get("Content-Type", "").startswith("text/html")
    if response.streaming or not is_html or response.status_code == 204:
        return
    storage = get_messages(request)
    # `used` says that a template iterated over them: the answer was a whole page.
    if getattr(storage, "used", True) or not len(storage):
        return
    piece = render_to_string(
        "components/flashes.html", {"messages": storage, "out_of_band": True}
    )
    response.content += piece.encode(response.charset)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))

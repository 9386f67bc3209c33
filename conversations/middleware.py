"""Puts what a visitor's guest passes open on the request's user."""

from conversations.models import GuestPass, Message

SESSION_KEY = "guest_passes"


def guest_passes(get_response):
    """Look up the passes this browser has shown, when it has shown any.

    Sets on ``request.user``: ``guest_passes`` (thread id → pass), ``guest_thread_ids``,
    ``guest_file_ids`` (their photos, asked for only when a file is) and ``guest_pass``
    (the one used last). Everybody else costs nothing.

    Args:
        get_response: the next layer.

    Returns:
        the middleware.
    """

    def middleware(request):
        shown = request.session.get(SESSION_KEY)
        if shown:
            _honour(request.user, shown)
        return get_response(request)

    return middleware


def _honour(user, shown):
    passes = {
        guest_pass.thread_id: guest_pass
        for guest_pass in GuestPass.objects.usable()
        .filter(pk__in=shown)
        .order_by("last_used")
    }
    if passes:
        user.guest_passes = passes
        user.guest_thread_ids = tuple(passes)
        user.guest_pass = list(passes.values())[-1]
        user.guest_file_ids = (
            Message.objects.shown()
            .filter(thread__in=tuple(passes), photo__isnull=False)
            .values("photo")
        )


def remember_pass(request, guest_pass):
    """Keep a pass with this browser's session.

    Args:
        request: the request that showed the token.
        guest_pass: the ``GuestPass``.
    """
    shown = [pk for pk in request.session.get(SESSION_KEY, []) if pk != guest_pass.pk]
    # A browser is not a key ring: the newest twenty are kept.
    request.session[SESSION_KEY] = [*shown, guest_pass.pk][-20:]

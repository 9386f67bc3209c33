"""Less of one conversation, from a letter."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from conversations.actions import set_level
from conversations.forms import LettersForm
from conversations.quieting import level_of, opened, undo_token, undone


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def thread_letters(request, space, token):
    """How much of one conversation comes to one person, without signing in.

    As ``spaces:mail_settings``: the signed token names both and can do nothing else,
    so no cookie and no CSRF token is asked.
    """
    found = opened(space, token)
    if found is None:
        return render(
            request, "conversations/thread_letters.html", {"thread": None}, status=404
        )
    thread, person = found
    with translation.override(person.language):
        return _thread_letters(request, thread, person)


def _thread_letters(request, thread, person):
    form = LettersForm(
        request.POST if request.method == "POST" else None,
        initial={"level": level_of(thread, person)},
    )
    status = 200
    if request.method == "POST":
        before = undone(request.POST.get("undo", ""), thread, person)
        if before:
            set_level(thread, by=person, level=before)
            return redirect(f"{request.path}?undone=1")
        if form.is_valid():
            undo = undo_token(thread, person)
            set_level(thread, by=person, level=form.cleaned_data["level"])
            return redirect(f"{request.path}?kept={undo}")
        status = 422
    kept = request.GET.get("kept", "")
    context = {
        "thread": thread,
        "person": person,
        "form": form,
        "undo": kept if undone(kept, thread, person) else "",
        "is_undone": "undone" in request.GET,
    }
    return render(request, "conversations/thread_letters.html", context, status=status)

"""Guest passes: opening one, giving one, taking one back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from conversations.actions import give_guest_pass, revoke_guest_pass, use_token
from conversations.entry import enter_thread
from conversations.forms import GuestPassForm
from conversations.middleware import remember_pass
from conversations.models import GuestPass
from conversations.permissions import can_give_guest_pass, can_revoke_guest_pass
from conversations.saying import readers_words
from spaces.entry import enter, find
from spaces.permissions import can_tend_space

MOST_SHOWN = 100


@login_not_required
@never_cache
@require_safe
def guest_pass_open(request, space, token):
    """Come in with a guest pass; ended and unknown ones say so."""
    guest_pass = use_token(token)
    if guest_pass is not None and guest_pass.thread.space.slug != space:
        guest_pass = None
    if guest_pass is not None and guest_pass.is_usable:
        remember_pass(request, guest_pass)
        return redirect(guest_pass.thread.own_path)
    return render(
        request,
        "conversations/guest_pass_open.html",
        {"guest_pass": guest_pass},
        status=404 if guest_pass is None else 410,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def guest_pass_list(request, space, pk):
    """Who holds a pass for this thread, and the form to give one."""
    thread = enter_thread(request, space, pk)
    if not can_tend_space(request.user, thread.space):
        raise PermissionDenied(_("Only stewards and facilitators ask guests in."))
    can_give = can_give_guest_pass(request.user, thread)
    form = GuestPassForm(request.POST or None, thread=thread) if can_give else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Nobody can write in this conversation now."))
        if form.is_valid():
            guest_pass = give_guest_pass(thread, by=request.user, **form.cleaned_data)
            messages.success(
                request,
                _("A letter to %(name)s is on its way.") % {"name": guest_pass.name},
            )
            return redirect(request.path)
    return render(
        request,
        "conversations/guest_pass_list.html",
        {
            "space": thread.space,
            "membership": thread.space.membership_of(request.user),
            "thread": thread,
            "passes": list(thread.guest_passes.newest_first()[:MOST_SHOWN]),
            "form": form,
            "readers": readers_words(thread),
        },
        status=422 if form is not None and form.is_bound else 200,
    )


@require_POST
def guest_pass_revoke(request, space, pk):
    """End a pass at once."""
    space = enter(request, space)
    guest_pass = find(
        request,
        GuestPass.objects.select_related("thread"),
        pk=pk,
        thread__space_id=space.pk,
    )
    guest_pass.thread.space = space
    if not can_revoke_guest_pass(request.user, guest_pass):
        raise PermissionDenied(_("Only stewards and facilitators end a guest pass."))
    revoke_guest_pass(guest_pass, by=request.user)
    messages.success(
        request, _("The pass of %(name)s has ended.") % {"name": guest_pass.name}
    )
    return redirect(
        "conversations:guest_pass_list", space=space.slug, pk=guest_pass.thread_id
    )

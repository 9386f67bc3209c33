"""Answering, editing, hiding, withdrawing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import SignInFirst
from conversations.actions import (
    edit_message,
    hide_message,
    post_message,
    release_message,
    restore_message,
    toggle_reaction,
    withdraw_message,
)
from conversations.drawing import drawing_of, new_rows, thread_context
from conversations.entry import enter_message, enter_thread, enters_by_pass
from conversations.forms import EditForm, HideForm, ReplyForm
from conversations.history import changes_of
from conversations.models import MESSAGES_PER_PAGE, Message, Reaction
from conversations.permissions import (
    can_edit_message,
    can_hide_message,
    can_react_to_message,
    can_read_wordings,
    can_release_message,
    can_restore_message,
    can_withdraw_message,
    can_write_in_thread,
    pass_for,
)
from conversations.saying import why_closed
from files.keeping import keep_photo, photo_of
from spaces.entry import refuse


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_create(request, space, pk):
    """Answer in a thread, wherever it stands.

    With HTMX the answer (and what others wrote meanwhile) is added below the last
    message, and the form comes back empty. Without, the page follows.
    """
    thread = enter_thread(request, space, pk)
    if not can_write_in_thread(request.user, thread):
        if not (request.user.is_authenticated or enters_by_pass(request, thread)):
            raise SignInFirst
        raise PermissionDenied(why_closed(request.user, thread))
    if request.method != "POST":
        return redirect(f"{thread.get_absolute_url()}#reply")
    form = ReplyForm(request.POST, request.FILES, thread=thread, user=request.user)
    if form.is_valid():
        try:
            message = _post(request, thread, form)
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return _answered(request, thread, message, form)
    if not form.is_guest:
        keep_photo(form, thread.space, by=request.user)
    return _draw_reply(request, thread, form=form, status=422)


def _post(request, thread, form):
    words = form.words()
    by, photo = request.user, None
    if form.is_guest:
        by = None
        words["author_name"] = pass_for(request.user, thread).byline
    else:
        photo = photo_of(form, thread.space, by=by)
    return post_message(
        thread, by=by, photo=photo, answers=form.cleaned_data["answers"], **words
    )


def _answered(request, thread, message, form):
    after = form.cleaned_data["after"]
    if not _wants_piece(request) or not after:
        message.thread = thread
        return redirect(_address(request, message))
    rows = new_rows(request, thread, after)
    fresh = ReplyForm(
        thread=thread, user=request.user, after=rows[-1].pk if rows else after
    )
    return _draw_reply(request, thread, form=fresh, rows=rows)


def _draw_reply(request, thread, *, form, rows=(), status=200):
    """The form alone: a piece for HTMX, else a page of its own."""
    context = {
        "space": thread.space,
        "membership": thread.space.membership_of(request.user),
        "by_pass": enters_by_pass(request, thread),
        "guest_pass": pass_for(request.user, thread),
        **thread_context(request, thread, form=form),
    }
    context["new_rows"] = rows
    if _wants_piece(request):
        return render(request, "conversations/_reply.html", context, status=status)
    return render(request, "conversations/message_create.html", context, status=status)


def _wants_piece(request):
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Target") == "reply"
    )


@login_not_required
@require_safe
def message_detail(request, space, pk):
    """Where a message stands: on the right page of its thread."""
    message = enter_message(request, space, pk)
    return redirect(_address(request, message))


def _address(request, message):
    thread = message.thread
    before = thread.messages.filter(
        created__lte=message.created, pk__lt=message.pk
    ).count()
    number = before // MESSAGES_PER_PAGE + 1
    if enters_by_pass(request, thread):
        path = thread.own_path
    else:
        path = thread.get_absolute_url()
    page = f"?talk={number}" if number > 1 else ""
    return f"{path}{page}#m{message.pk}"


@require_POST
def message_react(request, space, pk):
    """Nod to a message, or take the nod back.

    A script gets the reactions alone; without one, the page comes.
    """
    message = enter_message(request, space, pk)
    if not can_react_to_message(request.user, message):
        raise PermissionDenied(_("Members react to what others have written."))
    kind = request.POST.get("kind", "")
    if kind not in Reaction.Kind.values:
        raise BadRequest("no such reaction")
    toggle_reaction(message, by=request.user, kind=kind)
    if not request.htmx:
        return redirect(_address(request, message))
    drawn = drawing_of(request.user, message.thread, [])
    message = message.thread.messages.drawn_for(request.user).get(pk=pk)
    return HttpResponse(drawn.nods(message))


@login_not_required
@require_safe
def message_history(request, space, pk):
    """How a message read before it was edited: who changed what, and when."""
    message = enter_message(request, space, pk)
    if not can_read_wordings(request.user, message):
        refuse(request)
    return render(
        request,
        "conversations/message_history.html",
        {
            "space": message.thread.space,
            "membership": message.thread.space.membership_of(request.user),
            "by_pass": enters_by_pass(request, message.thread),
            "guest_pass": pass_for(request.user, message.thread),
            "message": message,
            "thread": message.thread,
            "steps": changes_of(message),
            "back": _address(request, message),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def message_edit(request, space, pk):
    """Change one's own words."""
    message = enter_message(request, space, pk)
    if not can_edit_message(request.user, message):
        raise PermissionDenied(_("Only its author can edit a message."))
    form = EditForm(
        request.POST or None,
        space=message.thread.space,
        initial={"body": message.body, "talk": message.talk},
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_message(message, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return redirect(_address(request, message))
    return _draw(request, message, "message_edit", form)


@require_http_methods(["GET", "HEAD", "POST"])
def message_hide(request, space, pk):
    """A steward takes a message out of sight, with a reason."""
    message = enter_message(request, space, pk)
    if not can_hide_message(request.user, message):
        raise PermissionDenied(_("Only stewards hide messages, and only once."))
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hide_message(message, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Hidden. You can restore it at any time."))
        return redirect(_address(request, message))
    return _draw(request, message, "message_hide", form)


@require_http_methods(["GET", "HEAD", "POST"])
def message_restore(request, space, pk):
    """A steward brings a hidden message back."""
    message = enter_message(request, space, pk)
    if not can_restore_message(request.user, message):
        raise PermissionDenied(_("There is nothing here that you could restore."))
    if request.method == "POST":
        restore_message(message, by=request.user)
        messages.success(request, _("Everybody can read it again."))
        return redirect(_address(request, message))
    return _draw(request, message, "message_restore")


@require_http_methods(["GET", "HEAD", "POST"])
def message_release(request, space, pk):
    """A steward lets a waiting message through."""
    message = enter_message(request, space, pk)
    if not can_release_message(request.user, message):
        raise PermissionDenied(_("There is nothing here that waits for you."))
    if request.method == "POST":
        release_message(message, by=request.user)
        messages.success(request, _("Everybody can read it now."))
        return redirect(_address(request, message))
    return _draw(request, message, "message_release")


@require_http_methods(["GET", "HEAD", "POST"])
def message_withdraw(request, space, pk):
    """Take one's own words back for good."""
    message = enter_message(request, space, pk)
    if not can_withdraw_message(request.user, message):
        raise PermissionDenied(_("Only its author can withdraw a message."))
    if request.method == "POST":
        if withdraw_message(message, by=request.user) is None:
            messages.success(request, _("Your post is gone."))
            return redirect("conversations:exchange", space=message.thread.space.slug)
        messages.success(request, _("Your words are gone."))
        return redirect(_address(request, message))
    return _draw(request, message, "message_withdraw")


def _draw(request, message, name, form=None):
    space = message.thread.space
    return render(
        request,
        f"conversations/{name}.html",
        {
            "space": space,
            "membership": space.membership_of(request.user),
            "message": message,
            "thread": message.thread,
            "form": form,
            "back": _address(request, message),
            "keep": f"edit-{message.pk}",
            "is_post": message.thread.origin == message.thread.Origin.EXCHANGE
            and not Message.objects.filter(
                thread=message.thread, pk__lt=message.pk
            ).exists(),
        },
        status=422 if form is not None and form.is_bound else 200,
    )

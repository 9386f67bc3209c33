"""Open hashtags: outsiders say something, stewards let it through."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from conversations.actions import (
    close_tag,
    confirm_guest_word,
    decline_message,
    open_tag,
    release_message,
    say_as_guest,
    word_of_token,
)
from conversations.guest_forms import DeclineForm, GuestWordForm, OpenTagForm
from conversations.models import Message, Thread
from conversations.permissions import (
    can_close_tag,
    can_confirm_guest_word,
    can_decide_held,
    can_open_tag,
    can_speak_under_tag,
)
from markup.tags import tag_key
from spaces.entry import enter, find, refuse
from spaces.models import Space
from tags.models import LONGEST, Tag

PROVED = "proved_guest"
MOST_WAITING = 50


def _open_tag(request, slug, word):
    """Fetch an open hashtag; one that is not open is as good as none."""
    space = enter(request, slug, tool=Space.Tool.EXCHANGE)
    tags = Tag.objects.in_space(space).filter(is_open=True)
    return find(request, tags, space=space, slug=_key(word))


def _key(word):
    return tag_key(word.replace("\x00", ""))[:LONGEST]


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def guest_word_create(request, space, tag):
    """An outsider's first word under an open hashtag, or an answer to a post there."""
    tag = _open_tag(request, space, tag)
    if tag.space.membership_of(request.user) is not None:
        return redirect(tag)
    if not can_speak_under_tag(request.user, tag):
        raise PermissionDenied(_("Nobody can write here now."))
    thread = _answered(request, tag)
    known = request.session.get(PROVED)
    form = GuestWordForm(request.POST or None, tag=tag, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            word = say_as_guest(
                tag,
                thread=thread,
                sender=_sender(request),
                language=get_language() or "",
                proved=known is not None
                and known["address"] == form.cleaned_data["address"],
                **form.values(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _said(request, word)
    return render(
        request,
        "conversations/guest_word_create.html",
        {
            "space": tag.space,
            "membership": None,
            "tag": tag,
            "thread": thread,
            "opening": thread and thread.messages.shown().oldest_first().first(),
            "form": form,
            "keep": f"guest-{tag.pk}-{thread.pk if thread else 0}",
        },
        status=422 if form.is_bound else 200,
    )


def _answered(request, tag):
    """The post that ``?to=`` names; None where a first word is said."""
    number = request.GET.get("to", "")
    if not number:
        return None
    # What anybody may read, and nothing wider: also where a member of nothing asks.
    open_threads = (
        Thread.objects.visible_to(AnonymousUser())
        .in_space(tag.space)
        .exchange()
        .filter(closed__isnull=True, tagged__tag=tag)
    )
    thread = None
    if number.isdecimal() and len(number) < 19:
        thread = open_threads.filter(pk=number).first()
    if thread is None:
        refuse(request)
    thread.space = tag.space
    return thread


def _said(request, word):
    """Where a guest goes on after the form."""
    if word.message is None:
        messages.success(
            request,
            _(
                "Nearly there. A letter is on its way to %(address)s: press the link "
                "in it, and your words go on."
            )
            % {"address": word.address},
        )
        return redirect(word.thread or word.tag)
    return _after_confirming(request, word.message)


def _after_confirming(request, message):
    if message.held is not None:
        messages.success(
            request,
            _("Thank you. A steward looks at your words; then we write to you, once."),
        )
        return redirect(message.guest_words.get().tag)
    messages.success(request, _("Thank you. Anybody can read your words now."))
    return redirect(message.get_absolute_url())


def _sender(request):
    """A key of the machine: enough to count by, too little to find anybody by."""
    hops = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [
        each.strip()
        for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if each.strip()
    ]
    address = request.META.get("REMOTE_ADDR", "")
    if hops and len(passed) >= hops:
        address = passed[-hops]
    return salted_hmac("conversations.guest_sender", address).hexdigest()[:20]


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_word_confirm(request, space, token):
    """The page behind the letter: one press says that these are my words.

    Programs that look at every link of a mail only look: nothing is sent by that.
    """
    word = word_of_token(token)
    if word is not None and word.tag.space.slug != space:
        word = None
    is_open = word is not None and can_confirm_guest_word(word)
    if request.method == "POST" and is_open:
        try:
            message = confirm_guest_word(word)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            request.session[PROVED] = {"name": word.name, "address": word.address}
            return _after_confirming(request, message)
    return render(
        request,
        "conversations/guest_word_confirm.html",
        {"word": word, "is_open": is_open, "message": word and word.message},
        status=404 if word is None else 200 if is_open else 410,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tag_open(request, space, tag):
    """A facilitator opens a hashtag to everybody, or closes it."""
    space = enter(request, space, tool=Space.Tool.EXCHANGE)
    if not can_close_tag(request.user, space):
        raise PermissionDenied(_("Only facilitators open a hashtag."))
    # Also one that nobody has used yet, or that this facilitator sees nothing under.
    key = _key(tag)
    if not key:
        refuse(request)
    tag = Tag.objects.in_space(space).filter(slug=key).first() or Tag(
        name=key, slug=key, display=tag
    )
    tag.space = space
    can_open = can_open_tag(request.user, space)
    if not can_open and not tag.is_open:
        raise PermissionDenied(
            _("Only a space that anyone can read can have an open hashtag.")
        )
    form = OpenTagForm(
        request.POST or None, initial={"holds_guests": "1" if tag.holds_guests else ""}
    )
    if request.method == "POST" and form.is_valid():
        if request.POST.get("deed") == "close":
            close_tag(tag, by=request.user)
            messages.success(request, _("Only members write here now."))
        elif can_open:
            open_tag(tag, by=request.user, **form.cleaned_data)
            messages.success(request, _("Anyone can read this and write here now."))
        return redirect(tag)
    return render(
        request,
        "conversations/tag_open.html",
        {
            "space": space,
            "membership": space.membership_of(request.user),
            "tag": tag,
            "form": form,
            "can_open": can_open,
        },
        status=422 if form.is_bound else 200,
    )


@require_safe
def held_list(request, space):
    """What waits for a steward, oldest first."""
    space = enter(request, space)
    if not can_decide_held(request.user, space):
        raise PermissionDenied(_("Only stewards and facilitators look at this."))
    waiting = _waiting(request.user, space)
    return render(
        request,
        "conversations/held_list.html",
        {
            "space": space,
            "membership": space.membership_of(request.user),
            "waiting": list(waiting[:MOST_WAITING]),
        },
    )


def _waiting(user, space):
    threads = Thread.with_hidden.in_space(space).visible_to(user)
    return (
        Message.objects.waiting()
        .filter(thread__in=threads)
        .with_people()
        .select_related("thread")
        .oldest_first()
    )


@require_POST
def held_decide(request, space, pk):
    """Let waiting words through, or not: one press in the queue."""
    space = enter(request, space)
    if not can_decide_held(request.user, space):
        raise PermissionDenied(_("Only stewards and facilitators decide on this."))
    message = _waiting(request.user, space).filter(pk=pk).first()
    form = DeclineForm(request.POST)
    if message is None:
        messages.info(request, _("Somebody has decided on that already."))
    elif request.POST.get("deed") == "release":
        message.thread.space = space
        release_message(message, by=request.user)
        messages.success(request, _("Everybody can read it now."))
    elif request.POST.get("deed") == "decline" and form.is_valid():
        message.thread.space = space
        decline_message(message, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is not shown. The guest is told, kindly."))
    return redirect("conversations:held_list", space=space.slug)

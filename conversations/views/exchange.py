"""The list of the exchange, a new post, one thread."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Func, IntegerField
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.prepared import Prepared
from conversations.actions import (
    post_to_exchange,
    set_audience,
    set_level,
)
from conversations.cards import draw_cards
from conversations.drawing import thread_context
from conversations.entry import enter_thread, enters_by_pass
from conversations.forms import AudienceForm, PostForm
from conversations.models import Follow, TaggedThread, Thread
from conversations.permissions import (
    can_change_thread_audience,
    can_follow_thread,
    can_give_guest_pass,
    can_post_to_exchange,
    pass_for,
)
from conversations.saying import LEVEL_WORDS, readers_words
from conversations.stream import EXCHANGE, last_change, mark
from files.keeping import keep_photo, photo_of
from spaces.entry import enter
from spaces.models import Space
from spaces.permissions import can_tend_space

THREADS_PER_PAGE = 20
COUNTED_AHEAD = 50


def _posts_of(user, space):
    return (
        Thread.objects.visible_to(user)
        .filter(space=space, message_count__gt=0)
        .exchange()
    )


_lively = Prepared(
    lambda user, space: TaggedThread.objects.lively(_posts_of(user, space))
)
_first_posts = Prepared(
    lambda user, space: (
        _posts_of(user, space)
        .lately_active_first()
        .with_opening()
        .annotate(in_all=_how_many(_posts_of(user, space)))
        .select_related("audience_group")[:THREADS_PER_PAGE]
    )
)


def _how_many(posts):
    """How many posts there are, no further than the first page's horizon."""
    ahead = posts.order_by().values("pk")[: (1 + COUNTED_AHEAD) * THREADS_PER_PAGE]
    return Func(
        ArraySubquery(ahead), function="CARDINALITY", output_field=IntegerField()
    )


class NearPaginator(Paginator):
    """Counts no further than some pages ahead: a list of 100,000 threads costs the
    first reader no more than a short one."""

    def __init__(self, rows, per_page, wanted):
        super().__init__(rows, per_page)
        number = int(wanted) if str(wanted).isdecimal() else 1
        self.horizon = (min(number, 100_000) + COUNTED_AHEAD) * per_page

    @cached_property
    def count(self):
        """How many rows there are, up to the horizon."""
        # What is counted needs neither its order nor its opening.
        rows = self.object_list.order_by().values("pk")
        return rows[: self.horizon].count()


@login_not_required
@require_safe
def exchange(request, space):
    """Threads by last activity, the box to write in above them."""
    space = enter(request, space, tool=Space.Tool.EXCHANGE)
    return _draw_exchange(request, space)


@require_http_methods(["GET", "HEAD", "POST"])
def thread_create(request, space):
    """Post to the exchange."""
    space = enter(request, space, tool=Space.Tool.EXCHANGE)
    if not can_post_to_exchange(request.user, space):
        raise PermissionDenied(_why_not_post(space))
    if request.method != "POST":
        return redirect("conversations:exchange", space=space.slug)
    form = PostForm(request.POST, request.FILES, user=request.user, space=space)
    if form.is_valid():
        try:
            message = post_to_exchange(
                space,
                by=request.user,
                photo=photo_of(form, space, by=request.user),
                **form.words(),
                **form.audience_values(),
            )
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return redirect(message.thread)
    keep_photo(form, space, by=request.user)
    return _draw_exchange(request, space, form=form, status=422)


def _why_not_post(space):
    if not space.is_writable:
        return _("This space is archived: it can be read, not written.")
    return _("Only members of %(space)s write here.") % {"space": space.name}


def _page_of(threads, user, space, *, wanted, show):
    """A page of posts; the first one, which nearly everybody reads, costs least."""
    rows = threads.with_opening().select_related("audience_group")
    if wanted or show:
        return NearPaginator(rows, THREADS_PER_PAGE, wanted or 1).get_page(wanted or 1)
    first = _first_posts(user, space=space.pk)
    paginator = NearPaginator(rows, THREADS_PER_PAGE, 1)
    paginator.count = first[0].in_all if first else 0
    return Page(first, 1, paginator)


def _draw_exchange(request, space, *, form=None, status=200):
    user = request.user
    show = request.GET.get("show", "")
    at = ""
    if space.membership_of(user) and not show and "page" not in request.GET:
        # Asked before the posts: what comes in between is told again, not left out.
        at = mark(EXCHANGE, space.pk, last_change(EXCHANGE, space.pk) or 0)
    threads = _posts_of(user, space)
    tends = can_tend_space(user, space)
    if show == "unanswered":
        threads = threads.unanswered().oldest_first()
    elif show == "first" and tends:
        threads = threads.newcomers_waiting().oldest_first()
    else:
        show = ""
        threads = threads.lately_active_first()
    page = _page_of(threads, user, space, wanted=request.GET.get("page"), show=show)
    for thread in page.object_list:
        thread.space = space
    can_post = can_post_to_exchange(user, space)
    if can_post and form is None:
        word = request.GET.get("tag", "").strip()[:64]
        initial = {"body": f"#{word} "} if word else {}
        form = PostForm(user=user, space=space, initial=initial)
    context = {
        "space": space,
        "membership": space.membership_of(user),
        "page": page,
        "cards": draw_cards(page.object_list, user),
        "form": form,
        "can_post": can_post,
        "why_not": "" if can_post else _why_not_post(space),
        "show": show,
        "tends": tends,
        "lively": _lively(user, space=space.pk),
        "keep": f"post-{space.pk}",
        "at": at,
        "look": request.get_full_path(),
    }
    return render(request, "conversations/exchange.html", context, status=status)


@login_not_required
@require_safe
def thread_detail(request, space, pk):
    """One thread of the exchange; for a guest with a pass, any thread."""
    thread = enter_thread(request, space, pk)
    by_pass = enters_by_pass(request, thread)
    if thread.path and not by_pass:
        query = request.GET.urlencode()
        return redirect(f"{thread.path}?{query}" if query else thread.path)
    return render(
        request,
        "conversations/thread_detail.html",
        thread_page(request, thread, by_pass=by_pass),
    )


def thread_page(request, thread, *, by_pass, form=None):
    """What the page of a thread draws."""
    user = request.user
    context = thread_context(request, thread, form=form)
    # Only the first page has the post at hand; there its author finds the link.
    opening = context["talk"].opening_message
    may_move = (
        opening is not None
        and not by_pass
        and can_change_thread_audience(user, thread, opening=opening)
    )
    return {
        "space": thread.space,
        "membership": thread.space.membership_of(user),
        "by_pass": by_pass,
        "guest_pass": pass_for(user, thread) if by_pass else None,
        "title": thread.title or _("Withdrawn post"),
        "can_give_guest_pass": can_give_guest_pass(user, thread),
        "can_change_audience": may_move,
        **context,
    }


@require_POST
def thread_follow(request, space, pk):
    """Choose how much one hears of a thread."""
    thread = enter_thread(request, space, pk)
    if not can_follow_thread(request.user, thread):
        raise PermissionDenied(_("Only members can follow a conversation."))
    level = request.POST.get("level", "")
    if level not in Follow.Level:
        level = Follow.Level.CONCERNED
    set_level(thread, by=request.user, level=level)
    messages.success(request, LEVEL_WORDS[level])
    return redirect(thread)


@require_http_methods(["GET", "HEAD", "POST"])
def thread_audience(request, space, pk):
    """The author moves a post to other readers."""
    thread = enter_thread(request, space, pk)
    if not can_change_thread_audience(request.user, thread):
        raise PermissionDenied(_("Only its author says who may see a post."))
    membership = thread.space.membership_of(request.user)
    form = AudienceForm(
        request.POST or None,
        space=thread.space,
        group=membership.group,
        initial={"audience": thread.audience},
    )
    if request.method == "POST" and form.is_valid():
        set_audience(thread, **form.values())
        messages.success(request, readers_words(thread))
        return redirect(thread)
    return render(
        request,
        "conversations/thread_audience.html",
        {
            "space": thread.space,
            "membership": membership,
            "thread": thread,
            "form": form,
            "readers": readers_words(thread),
        },
        status=422 if form.is_bound else 200,
    )

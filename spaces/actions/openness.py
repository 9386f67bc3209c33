"""Who sees and who joins: told before it changes, and on the record after."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import Invitation, Item, Membership, Space
from spaces.permissions import can_change_openness

Visibility, JoinPolicy = Space.Visibility, Space.JoinPolicy


@dataclass(frozen=True)
class Effect:
    """What a change means for one kind of people."""

    whom: str
    words: str
    # Whether these people lose ("less"), gain ("more") or keep ("same").
    tone: str = "same"


def is_allowed_pair(visibility, join_policy):
    """Whether these two go together; the same rule as the constraint of ``Space``."""
    return visibility != Visibility.HIDDEN or join_policy == JoinPolicy.INVITATION


def open_items(space, *, visibility=None):
    """How much a guest can read, kind by kind.

    The question is put to every content model's own ``visible_to``, so the rule stands
    once. For a visibility that the space does not have yet, it is tried on and taken
    off again inside a transaction.

    Args:
        space: the space.
        visibility: as if the space had this one.

    Returns:
        list of (plural name, number), only kinds of which there are some.
    """
    models = [model for model in apps.get_models() if issubclass(model, Item)]
    if not models:
        return []
    with transaction.atomic():
        if visibility is not None and visibility != space.visibility:
            Space.objects.filter(pk=space.pk).update(visibility=visibility)
        row = Space.objects.filter(pk=space.pk).values_list(
            *[_count_for_guests(model) for model in models]
        )[0]
        transaction.set_rollback(True)
    return [
        (_kind(model), number)
        for model, number in zip(models, row, strict=True)
        if number
    ]


def _kind(model):
    # The apps are above; what people call their things is known all the same.
    words = {
        "thread": _("conversations"),
        "page": _("wiki pages"),
        "story": _("stories"),
        "webinar": _("webinars"),
        "file": _("files"),
    }
    return words.get(model._meta.model_name, str(model._meta.verbose_name_plural))


def _count_for_guests(model):
    numbers = (
        model.objects.visible_to(AnonymousUser())
        .filter(space=OuterRef("pk"))
        .order_by()
        .values("space")
        .annotate(number=Count("pk", distinct=True))
        .values("number")
    )
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


def openness_effects(space, *, visibility, join_policy):
    """What a change would mean, for whom, in words and numbers.

    Args:
        space: the space as it is.
        visibility, join_policy: as they would be.

    Returns:
        list of ``Effect``; empty when nothing changes.
    """
    if (visibility, join_policy) == (space.visibility, space.join_policy):
        return []
    people = dict(
        Membership.objects.filter(space=space)
        .order_by()
        .values_list("status")
        .annotate(number=Count("*"))
    )
    effects = []
    if visibility != space.visibility:
        effects += [
            _for_guests(space, visibility),
            _for_search_engines(space.visibility, visibility),
        ]
        if Visibility.OPEN in (space.visibility, visibility):
            effects.append(_for_feeds(visibility))
    effects.append(_for_members(people.get("active", 0), space, visibility))
    if join_policy != space.join_policy:
        effects.append(_for_newcomers(join_policy))
    if asked := people.get("requested", 0):
        effects.append(_for_requesters(asked, visibility, join_policy))
    waiting = Invitation.objects.filter(space=space).usable().count()
    if waiting:
        words = ngettext(
            "%d open invitation stays valid.",
            "%d open invitations stay valid.",
            waiting,
        )
        effects.append(Effect(_("The invited"), words % waiting))
    return effects


def _for_guests(space, visibility):
    whom = _("Guests and signed-in people outside")
    if Visibility.OPEN in (space.visibility, visibility):
        items = open_items(space, visibility=Visibility.OPEN)
        total = sum(number for _name, number in items)
        kinds = ", ".join(f"{name}: {number}" for name, number in items)
        listed = f" ({kinds})" if kinds else ""
    if visibility == Visibility.OPEN and not total:
        words = _(
            "can read the space, and what its authors make public from then on; what "
            "was written for members stays with members."
        )
        return Effect(whom, words, "more")
    if visibility == Visibility.OPEN:
        words = ngettext(
            "can read the space. %(number)d item that its author made public%(kinds)s "
            "is open at once; what was written for members stays with members.",
            "can read the space. %(number)d items that their authors made public"
            "%(kinds)s are open at once; what was written for members stays with "
            "members.",
            total,
        ) % {"number": total, "kinds": listed}
        return Effect(whom, words, "more")
    if space.visibility == Visibility.OPEN:
        words = ngettext(
            "lose %(number)d item they can read now%(kinds)s. It is for members only, "
            "at once.",
            "lose %(number)d items they can read now%(kinds)s. They are for members "
            "only, at once.",
            total,
        ) % {"number": total, "kinds": listed}
        if visibility == Visibility.HIDDEN:
            words += " " + _("They no longer learn that the space exists.")
        return Effect(whom, words, "less")
    if visibility == Visibility.HIDDEN:
        return Effect(
            whom, _("no longer see the card; the address answers “not found”."), "less"
        )
    return Effect(
        whom, _("see the card: name, concern, house rules, size. Nothing else."), "more"
    )


def _for_search_engines(old, new):
    whom = _("Search engines")
    if new == Visibility.OPEN:
        return Effect(whom, _("may find and show what is public."), "more")
    if old == Visibility.OPEN:
        return Effect(
            whom,
            _(
                "are turned away at once. Copies they already hold take days or weeks "
                "to go, and what people have copied cannot be called back."
            ),
            "less",
        )
    return Effect(whom, _("were and stay turned away from what is inside."))


def _for_feeds(visibility):
    if visibility == Visibility.OPEN:
        return Effect(_("Feeds"), _("of public items can be read by anyone."), "more")
    return Effect(_("Feeds"), _("stop answering people outside."), "less")


def _for_members(number, space, visibility):
    words = ngettext(
        "%d member reads and writes as before.",
        "%d members read and write as before.",
        number,
    ) % (number,)
    if visibility == Visibility.OPEN:
        words += " " + _("From now on each may choose “Anyone” for what they write.")
    elif space.visibility == Visibility.OPEN:
        words += " " + _("“Anyone” can no longer be chosen.")
    return Effect(_("Members"), words)


def _for_newcomers(join_policy):
    words = {
        JoinPolicy.OPEN: _("become members at once, without being asked."),
        JoinPolicy.REQUEST: _("ask to join; a facilitator or steward decides."),
        JoinPolicy.INVITATION: _("need an invitation; the button to ask disappears."),
    }
    tone = {JoinPolicy.OPEN: "more", JoinPolicy.INVITATION: "less"}
    return Effect(_("Newcomers"), words[join_policy], tone.get(join_policy, "same"))


def _for_requesters(number, visibility, join_policy):
    count = ngettext("%d person waits:", "%d people wait:", number) % number
    if visibility == Visibility.HIDDEN:
        told = _("their requests stay with you, but they no longer see the space.")
        return Effect(_("Who asked to join"), f"{count} {told}", "less")
    if join_policy == JoinPolicy.OPEN:
        told = _("they can now join by themselves, or you still let them in.")
        return Effect(_("Who asked to join"), f"{count} {told}", "more")
    told = _("their requests stay with you, and you still decide.")
    return Effect(_("Who asked to join"), f"{count} {told}")


@transaction.atomic
def change_openness(space, *, by, visibility, join_policy, reason):
    """Open or close a space, at once and for everybody.

    Args:
        space: the space.
        by: a facilitator, or a site administrator.
        visibility, join_policy: what it becomes.
        reason: words for the record; members read them.

    Returns:
        the space.

    Raises:
        PermissionDenied: this person may not.
        Refused: the two do not go together, or there is no reason.
    """
    if not can_change_openness(by, space):
        raise PermissionDenied(_("Only a facilitator changes who may see and join."))
    if not is_allowed_pair(visibility, join_policy):
        raise Refused(
            _("Nobody can ask to join what they cannot find: choose “by invitation”.")
        )
    if not reason.strip():
        raise Refused(_("Say why, so that members understand it."))
    locked = Space.objects.select_for_update().get(pk=space.pk)
    old = [locked.visibility, locked.join_policy]
    if old == [visibility, join_policy]:
        return space
    locked.visibility, locked.join_policy = visibility, join_policy
    locked.save(update_fields=["visibility", "join_policy"])
    record = write_record(
        "openness_changed",
        by=by,
        space=locked,
        reason=reason.strip(),
        old=old,
        new=[visibility, join_policy],
    )
    notify(kind_of("spaces.space_changed"), record)
    space.visibility, space.join_policy = visibility, join_policy
    return space

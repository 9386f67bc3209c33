"""Making a space: at once, or step by step from a draft."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from markup.rendering import render
from spaces.actions.inviting import invite_people
from spaces.actions.recording import write_record
from spaces.models import Membership, Space, SpaceDraft, StakeholderGroup
from spaces.naming import free_slug, tidy_name
from spaces.permissions import can_create_space

# Two spaces of one name made in the same moment ask for the same word; each try
# finds the next free one.
TRIES = 5
MOST_DRAFTS = 20


@transaction.atomic
def create_space(
    *,
    by,
    name,
    concern="",
    description="",
    groups=(),
    visibility=Space.Visibility.LISTED,
    join_policy=Space.JoinPolicy.REQUEST,
    tools=None,
    house_rules="",
    welcome="",
    language="en",
    time_zone="UTC",
    slug=None,
):
    """Make a space; whoever makes it is its first facilitator.

    Args:
        by: the person.
        name: tidied here; everything else as the forms clean it.
        groups: names of stakeholder groups; each gets the next shape and colour.
        tools: ``Space.Tool`` values; all of them when left out.
        slug: the word of the address, made from the name when left out.

    Returns:
        the ``Space``.

    Raises:
        PermissionDenied: this person may not create spaces.
        ValidationError: the name cannot be said aloud.
    """
    if not can_create_space(by):
        raise PermissionDenied(_("You may not create a space on this site."))
    fields = {
        "name": tidy_name(name),
        "concern": concern,
        "description": description,
        "description_html": render(description).html,
        "visibility": visibility,
        "join_policy": join_policy,
        "tools": list(Space.Tool.values) if tools is None else list(tools),
        "house_rules": house_rules,
        "house_rules_html": render(house_rules).html,
        "welcome": welcome,
        "language": language,
        "time_zone": time_zone,
        "created_by": by,
    }
    space = _with_free_slug(fields, slug)
    StakeholderGroup.objects.bulk_create(
        StakeholderGroup(space=space, name=name, palette=number % 8, position=number)
        for number, name in enumerate(groups)
    )
    Membership.objects.create(
        space=space,
        person=by,
        role=Membership.Role.FACILITATOR,
        status=Membership.Status.ACTIVE,
        joined=timezone.now(),
        rules_accepted=timezone.now(),
        digest=space.digest_default,
    )
    write_record("space_created", by=by, space=space, new=[visibility, join_policy])
    return space


def _with_free_slug(fields, slug):
    if slug is not None:
        return Space.objects.create(slug=slug, **fields)
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return Space.objects.create(slug=free_slug(fields["name"]), **fields)
        except IntegrityError:
            continue
    return Space.objects.create(slug=free_slug(""), **fields)


@transaction.atomic
def save_draft(key, *, by, step, answers):
    """Keep what one step of the wizard holds, right or wrong.

    Only this step is written, so a second tab on another step loses nothing.

    Args:
        key: the draft's UUID, chosen by the form.
        by: its maker.
        step: name of the step.
        answers: field name → list of strings, as they were sent.

    Returns:
        the ``SpaceDraft``; None when the key is somebody else's.
    """
    draft, is_new = SpaceDraft.objects.select_for_update(of=("self",)).get_or_create(
        key=key, defaults={"owner": by, "answers": {step: answers}}
    )
    if draft.owner_id != by.pk:
        return None
    if not is_new and draft.space_id is None:
        draft.answers[step] = answers
        draft.changed = timezone.now()
        draft.save(update_fields=["answers", "changed"])
    if is_new:
        _forget_the_oldest(by)
    return draft


def _forget_the_oldest(owner):
    """Whoever begins a hundred times keeps the last few."""
    drafts = SpaceDraft.objects.visible_to(owner).unfinished().newest_first()
    old = list(drafts.values_list("pk", flat=True)[MOST_DRAFTS:])
    SpaceDraft.objects.filter(pk__in=old).delete()


@transaction.atomic
def finish_draft(draft, *, by, people=(), message="", **fields):
    """Make the space of a draft and send its first invitations. Twice makes one.

    Args:
        draft: the ``SpaceDraft``.
        by: its maker.
        people: rows of ``spaces.invitees.read_invitees``.
        message: personal words for the invitations.
        **fields: as for ``create_space``.

    Returns:
        (space, whether it was made just now).
    """
    draft = SpaceDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.space_id is not None:
        return draft.space, False
    space = create_space(by=by, **fields)
    if people:
        groups = {group.name.casefold(): group for group in space.groups.all()}
        rows = [{**row, "group": groups.get(row["group"].casefold())} for row in people]
        invite_people(space, by=by, rows=rows, message=message)
    draft.space = space
    draft.changed = timezone.now()
    # Names and addresses of people are not kept twice.
    draft.answers = {}
    draft.save(update_fields=["space", "changed", "answers"])
    return space, True


def discard_draft(draft, *, by):
    """Throw away a draft that nobody wants any more."""
    SpaceDraft.objects.visible_to(by).unfinished().filter(pk=draft.pk).delete()

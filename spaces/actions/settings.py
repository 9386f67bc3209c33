"""What a facilitator sets: words, tools, house rules, questions, the digest."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from markup.rendering import render
from notifications.actions import notify
from notifications.kinds import kind_of
from spaces.actions.recording import write_record
from spaces.actions.refusals import Refused
from spaces.models import JoinQuestion, Space
from spaces.permissions import can_edit_space

MOST_QUESTIONS = 8


@transaction.atomic
def change_about(space, *, by, **fields):
    """Change name, concern, description, welcome, language or zone.

    Args:
        space: the space.
        by: a facilitator.
        **fields: all of these, as the form cleaned them.

    Returns:
        the space.
    """
    _check(by, space)
    locked = Space.objects.select_for_update().get(pk=space.pk)
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    if not changed:
        return space
    for name in changed:
        setattr(locked, name, fields[name])
        setattr(space, name, fields[name])
    if "description" in changed:
        locked.description_html = render(locked.description).html
    locked.save(update_fields=[*changed, "description_html"])
    write_record("space_changed", by=by, space=locked, what=changed)
    return space


@transaction.atomic
def change_tools(space, *, by, tools):
    """Switch tools on and off. What is inside a tool waits until it is back."""
    _check(by, space)
    locked = Space.objects.select_for_update().get(pk=space.pk)
    tools = [tool for tool in Space.Tool.values if tool in tools]
    if tools == locked.tools:
        return space
    old, locked.tools = locked.tools, tools
    locked.save(update_fields=["tools"])
    write_record("tools_changed", by=by, space=locked, old=old, new=tools)
    space.tools = tools
    return space


@transaction.atomic
def change_house_rules(space, *, by, house_rules):
    """Write the house rules anew; newcomers accept the new ones."""
    _check(by, space)
    locked = Space.objects.select_for_update().get(pk=space.pk)
    if house_rules == locked.house_rules:
        return space
    locked.house_rules = house_rules
    locked.house_rules_html = render(house_rules).html
    locked.save(update_fields=["house_rules", "house_rules_html"])
    write_record("rules_changed", by=by, space=locked)
    space.house_rules = locked.house_rules
    space.house_rules_html = locked.house_rules_html
    return space


@transaction.atomic
def add_question(space, *, by, text, is_required=False):
    """Ask those who want to join one thing more.

    Raises:
        Refused: so many questions that nobody would answer them.
    """
    _check(by, space)
    if space.join_questions.count() >= MOST_QUESTIONS:
        raise Refused(
            _("Eight questions are enough; remove one first. Two are kinder.")
        )
    last = space.join_questions.aggregate(last=Max("position"))["last"] or 0
    question = JoinQuestion.objects.create(
        space=space, text=text, is_required=is_required, position=last + 1
    )
    write_record("questions_changed", by=by, space=space)
    return question


@transaction.atomic
def change_question(question, *, by, text, is_required):
    """Word a question anew; answers given keep the words they answered."""
    _check(by, question.space)
    question.text, question.is_required = text, is_required
    question.save(update_fields=["text", "is_required"])
    write_record("questions_changed", by=by, space=question.space)
    return question


@transaction.atomic
def remove_question(question, *, by):
    """Stop asking."""
    _check(by, question.space)
    write_record("questions_changed", by=by, space=question.space)
    question.delete()


@transaction.atomic
def change_digest_default(space, *, by, frequency, propose=False):
    """Set what newcomers get. Nobody's own choice is touched.

    Args:
        space: the space.
        by: a facilitator.
        frequency: a ``Space.Frequency``.
        propose: tell members who have chosen otherwise, once, with a link.

    Returns:
        the space.
    """
    _check(by, space)
    locked = Space.objects.select_for_update().get(pk=space.pk)
    old = locked.digest_default
    if old != frequency:
        locked.digest_default = frequency
        locked.save(update_fields=["digest_default"])
        write_record(
            "digest_default_changed", by=by, space=locked, old=old, new=frequency
        )
        space.digest_default = frequency
    if propose:
        record = write_record("digest_proposed", by=by, space=locked, new=frequency)
        notify(kind_of("spaces.digest_proposed"), record)
    return space


def _check(by, space):
    if not can_edit_space(by, space):
        raise PermissionDenied(_("Only a facilitator changes the settings of a space."))

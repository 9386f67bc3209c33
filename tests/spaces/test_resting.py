"""A space that rests for a season: one question, no more."""

from datetime import timedelta

from django.utils import timezone

from notifications.kinds import kind_of
from notifications.letters import compose
from notifications.models import Delivery
from spaces.actions.reminding import ask_the_resting
from spaces.actions.states import change_state
from spaces.models import Record, Space


def letters():
    return Delivery.objects.filter(kind="spaces.space_still_resting")


def test_facilitators_of_a_resting_space_are_asked_once(space, ada, ben):
    change_state(space, by=ada, state=Space.State.RESTING)
    now = timezone.now()

    asked = [
        ask_the_resting(now + timedelta(days=days)) for days in (0, 89, 91, 92, 400)
    ]

    assert asked == [0, 0, 1, 0, 0]
    assert [letter.recipient for letter in letters()] == [ada]


def test_the_question_reads_well_and_leads_to_the_choice(space, ada):
    change_state(space, by=ada, state=Space.State.RESTING)
    ask_the_resting(timezone.now() + timedelta(days=91))

    kind = kind_of("spaces.space_still_resting")
    letter = compose(kind, Record.objects.get(verb="rest_reminded"), letters().get())

    assert letter.subject == "Forest Forum is still resting"
    assert "You are asked only this once." in letter.text
    assert "/s/forest/settings/state/" in letter.text


def test_who_wakes_and_rests_again_is_asked_again(space, ada):
    change_state(space, by=ada, state=Space.State.RESTING)
    ask_the_resting(timezone.now() + timedelta(days=91))
    change_state(space, by=ada, state=Space.State.ACTIVE)
    change_state(space, by=ada, state=Space.State.RESTING)

    asked = ask_the_resting(timezone.now() + timedelta(days=91))

    assert asked == 1

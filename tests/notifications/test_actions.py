from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import tasks
from notifications.actions import notify
from notifications.kinds import Wish
from notifications.models import Delivery, Notice
from tests.factories.accounts import UserFactory


def test_notify_writes_a_line_and_a_letter_for_each(rain, space, ada, ben):
    letters = notify(rain, space, about={"mm": 12})

    notices = Notice.objects.order_by("recipient__email")
    assert [notice.recipient for notice in notices] == [ada, ben]
    assert {notice.scope for notice in notices} == {f"space-{space.pk}"}
    assert sorted(letter.recipient_key for letter in letters) == sorted(
        [f"user-{ada.pk}", f"user-{ben.pk}"]
    )
    assert Delivery.objects.filter(state="waiting", about={"mm": 12}).count() == 2
    assert len({letter.reply_token for letter in letters} - {""}) == 2


def test_notify_sends_after_the_commit_and_never_before(
    rain, space, ada, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        notify(rain, space)
        assert mailoutbox == []

    assert [mail.to for mail in mailoutbox] == [["ada@example.org"]]
    assert Delivery.objects.get().state == "sent"


def test_notify_twice_is_told_once(rain, space, ada):
    first = notify(rain, space, occurrence="2027-03-01")
    second = notify(rain, space, occurrence="2027-03-01")
    next_day = notify(rain, space, occurrence="2027-03-02")

    assert (len(first), len(second), len(next_day)) == (1, 0, 1)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    ("wish", "lines", "letters"),
    [
        (Wish(inbox=True, mail=True), 1, 1),
        (Wish(inbox=True, mail=False), 1, 0),
        (Wish(inbox=False, mail=False), 0, 0),
    ],
)
def test_notify_keeps_to_peoples_wishes(rain, space, ada, wish, lines, letters):
    rain.wish = wish

    notify(rain, space)

    assert (Notice.objects.count(), Delivery.objects.count()) == (lines, letters)


def test_notify_leaves_out_who_may_not_see_or_has_no_account(rain, space, ada, ben):
    typed_for = UserFactory(email=None, name="Ama")
    away = UserFactory(is_active=False)
    rain.blind = {ben.pk}

    notify(rain, space, to=[ada, ben, typed_for, away])

    assert list(Delivery.objects.values_list("recipient", flat=True)) == [ada.pk]
    assert list(Notice.objects.values_list("recipient", flat=True)) == [ada.pk]


def test_notify_writes_to_bare_addresses(rain, space, mailoutbox):
    notify(rain, space, to=[], addresses=["new@example.org"], about={"language": "fr"})

    tasks.send_waiting()

    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]
    assert mailoutbox[0].extra_headers["Message-ID"]
    assert Notice.objects.count() == 0


def test_notify_later_leaves_later(rain, space, ada, mailoutbox):
    notify(rain, space, due=timezone.now() + timedelta(hours=1))

    tasks.send_waiting()

    assert mailoutbox == []


def test_notify_costs_the_same_for_many_people(
    rain, space, django_assert_max_num_queries
):
    people = UserFactory.create_batch(40)
    with django_assert_max_num_queries(6):
        notify(rain, space, to=people)

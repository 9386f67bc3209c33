"""The page about the outbox: figures without addresses, and a second chance."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from notifications import pacing
from notifications.kinds import kind_of
from notifications.models import Delivery
from notifications.standing import standing
from spaces.actions.letters import retry_letters
from spaces.models import Record
from tests.factories.notifications import DeliveryFactory

pytestmark = pytest.mark.django_db
POSTED = "conversations.message_posted"


@pytest.fixture
def quiet(monkeypatch):
    """What waits again is not sent by the test's own worker."""
    monkeypatch.setattr("notifications.standing.nudge", lambda: None)


def failed(error, **fields):
    fields = {"kind": POSTED, "state": "failed", "attempts": 3, **fields}
    return DeliveryFactory(error=error, **fields)


def test_standing_groups_reasons_and_names_no_address():
    for name in ("ama", "ben"):
        failed(f"550 <{name}@example.org>: unknown", address=f"{name}@example.org")
    failed("554 Spam", kind="gone.removed")
    DeliveryFactory(kind=POSTED, error="451 ask kofi@example.org later")

    found = standing()

    assert [
        (row["number"], row["label"], row["reason"]) for row in found["failures"]
    ] == [
        (2, kind_of(POSTED).label, "550 … unknown"),
        (1, "gone.removed", "554 Spam"),
    ]
    assert [(row["number"], row["reason"]) for row in found["retrying"]] == [
        (1, "451 ask … later")
    ]
    assert {row["why"] for row in found["latest"]} == {"550 … unknown", "554 Spam"}
    assert "@example.org" not in str(found)


def test_standing_tells_the_lag_and_the_last_hour():
    now = timezone.now()
    assert (standing(now)["oldest"], standing(now)["overdue"]) == (None, 0)
    oldest = DeliveryFactory(due=now - timedelta(minutes=20))
    DeliveryFactory(due=now - timedelta(minutes=2))
    DeliveryFactory(due=now + timedelta(minutes=2))
    for minutes in (10, 50, 70):
        DeliveryFactory(state="sent", sent=now - timedelta(minutes=minutes))

    found = standing(now)

    assert (found["oldest"], found["overdue"]) == (oldest.due, 2)
    assert found["sent_lately"] == 2
    assert {state: number for _label, state, number in found["states"]} == {
        "waiting": 3, "claimed": 0, "sent": 3, "missed": 0, "dropped": 0, "failed": 0,
    }  # fmt: skip


@pytest.mark.usefixtures("quiet")
def test_retry_one_or_all_of_a_reason_and_write_it_down(root):
    now = timezone.now()
    first, second = (failed(f"550 <{name}@example.org> no") for name in "ab")
    other = failed("554 Spam", deaths=3)
    late = failed("554 Spam", expires=now - timedelta(hours=1))

    assert retry_letters(by=root, kind=POSTED, why="550 … no") == 2
    assert retry_letters(by=root, pk=other.pk) == 1
    assert retry_letters(by=root, pk=late.pk) == 0

    assert {
        (row.pk, row.state, row.attempts, row.deaths, row.error)
        for row in Delivery.objects.due()
    } == {(row.pk, "waiting", 0, 0, "") for row in (first, second, other)}
    assert [
        (line.actor, line.detail)
        for line in Record.objects.filter(verb="letters_retried").order_by("pk")
    ] == [(root, {"number": 2}), (root, {"number": 1})]


def test_retry_is_for_administrators(ada):
    letter = failed("554 Spam")

    with pytest.raises(PermissionDenied):
        retry_letters(by=ada, pk=letter.pk)

    assert Delivery.objects.get().state == "failed"
    assert not Record.objects.filter(verb="letters_retried").exists()


@pytest.mark.usefixtures("quiet")
def test_outbox_page_shows_reasons_and_retries(client, root, ada):
    address = reverse("site_admin:outbox")
    letter = failed("550 <ama@example.org>: <b>no</b>")
    pacing.hold("busy.example")
    client.force_login(ada)
    assert client.post(address, {"pk": letter.pk}).status_code == 403
    client.force_login(root)

    text = client.get(address).content.decode()
    assert "550 … &lt;b&gt;no&lt;/b&gt;" in text
    assert "busy.example: 1 more minute<" in text
    assert "ama@example.org" not in text

    answer = client.post(
        address, {"kind": POSTED, "why": "550 … <b>no</b>"}, follow=True
    )
    assert answer.redirect_chain == [(address, 302)]
    assert "1 letter is tried again." in answer.content.decode()
    assert Delivery.objects.get().state == "waiting"

    for nonsense in ({}, {"pk": "٣"}, {"pk": "9" * 30}, {"pk": letter.pk}):
        answer = client.post(address, nonsense, follow=True)
        assert "Nothing was there to try again" in answer.content.decode()

"""The links of a digest: short addresses, and "mark as read" for exactly its window."""

from datetime import timedelta

import pytest
from django.urls import reverse

from digests.actions import prepare_due, read_issue
from digests.models import Issue, sign_issue
from notifications.models import Delivery, Notice
from notifications.outbox import send_waiting
from spaces.models import Membership
from tests.factories.notifications import DeliveryFactory, NoticeFactory
from tests.factories.stories import StoryFactory


@pytest.fixture
def issue(space, ben, morning):
    """Ben's digest of a week, as it was sent."""
    membership = Membership.objects.get(space=space, person=ben)
    return Issue.objects.create(
        delivery=DeliveryFactory(recipient=ben, state="sent"),
        membership=membership,
        since=morning - timedelta(days=7),
        until=morning,
    )


@pytest.fixture
def notices(issue, space, open_space, ben, oda, morning):
    """Unread lines: what of them the digest has told, and what not."""
    scope = f"space-{space.pk}"
    return {
        name: NoticeFactory(recipient=person, scope=where, created=when)
        for name, (person, where, when) in {
            "inside": (ben, scope, morning - timedelta(days=3)),
            "at its end": (ben, scope, morning),
            "older": (ben, scope, morning - timedelta(days=7)),
            "newer": (ben, scope, morning + timedelta(seconds=1)),
            "elsewhere": (ben, f"space-{open_space.pk}", morning - timedelta(days=3)),
            "another's": (oda, scope, morning - timedelta(days=3)),
        }.items()
    }


def unread(notices):
    pks = set(Notice.objects.unread().values_list("pk", flat=True))
    return [name for name, notice in notices.items() if notice.pk in pks]


def test_exactly_its_window_is_marked_as_read(issue, notices):
    assert read_issue(issue) == 2

    assert unread(notices) == ["older", "newer", "elsewhere", "another's"]
    assert read_issue(issue) == 0


def test_the_link_works_without_signing_in_and_only_when_pressed(
    client, issue, notices
):
    url = reverse("digests:digest_read", kwargs={"token": sign_issue(issue.pk)})

    # A mail program fetches it beforehand: nothing happens.
    looked = client.get(url)
    assert looked.status_code == 200
    assert unread(notices) == list(notices)
    # Pressed, and pressed again by an impatient finger.
    for _press in range(2):
        pressed = client.post(url, follow=True)
        assert "Marked as read" in pressed.content.decode()
        assert unread(notices) == ["older", "newer", "elsewhere", "another's"]
    first = Issue.objects.get().read
    client.post(url)
    assert Issue.objects.get().read == first


@pytest.mark.parametrize("token", ["1", "1:forged", "x"])
def test_a_made_up_link_opens_nothing(client, issue, notices, token):
    url = reverse("digests:digest_read", kwargs={"token": token})

    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404
    assert unread(notices) == list(notices)


def test_the_link_stands_in_the_letter(
    client, space, ada, ben, oda, says, delivered, morning, mailoutbox, monkeypatch
):
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    delivered()
    says(space, oda, "It rained.")
    prepare_due(morning)
    send_waiting(morning)
    mail = next(mail for mail in mailoutbox if mail.to == ["ben@example.org"])
    (link,) = {line for line in mail.body.split("\n") if "/d/read/" in line}

    client.post(link.removeprefix("http://localhost:8000"))

    assert Issue.objects.get(membership__person=ben).read is not None
    assert Issue.objects.exclude(membership__person=ben).get().read is None
    assert link in mail.alternatives[0].content


def test_short_addresses_lead_on_for_who_may_see(client, space, ben, cleo, oda, says):
    thread = says(space, oda, "It rained.").thread
    story = StoryFactory(space=space, author=oda)
    for person, answers in ((ben, [302, 302]), (cleo, [404, 404])):
        client.force_login(person)
        found = [
            client.get(f"/d/{word}/") for word in (f"t{thread.pk}", f"s{story.pk}")
        ]
        assert [each.status_code for each in found] == answers
        if person == ben:
            assert [each.url for each in found] == [
                thread.get_absolute_url(),
                story.get_absolute_url(),
            ]
    client.logout()
    assert "/accounts/login/" in client.get(f"/d/t{thread.pk}/").url


def test_a_digest_that_came_back_is_told_again(
    space, ben, oda, says, delivered, morning, mailoutbox, monkeypatch
):
    monkeypatch.setattr("notifications.tasks.nudge", lambda: None)
    delivered()
    says(space, oda, "It rained.")
    prepare_due(morning)
    send_waiting(morning)
    row = Delivery.objects.get(recipient=ben)
    before = Issue.objects.get(delivery=row).since

    row.kind_object.returned([row])
    mailoutbox.clear()
    prepare_due(morning + timedelta(days=1))
    send_waiting(morning + timedelta(days=1))

    assert [mail.to for mail in mailoutbox] == [["ben@example.org"]]
    assert "It rained." in mailoutbox[0].body
    assert Issue.objects.get(delivery__occurrence="2027-03-02").since == before

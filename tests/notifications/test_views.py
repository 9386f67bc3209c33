import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications import signs
from notifications.models import Notice
from tests.factories.notifications import DeliveryFactory, NoticeFactory

INBOX = "notifications:inbox"


@pytest.fixture
def told(rain, space):
    """``told(person)``: a line about the forest forum."""

    def make(person, **fields):
        return NoticeFactory(recipient=person, target=space.pk, **fields)

    return make


def test_inbox_folds_what_is_about_one_thing(client, told, ben, space):
    told(ben, created=timezone.now() - timedelta(days=2))
    told(ben)
    told(ben, group_key="another", read=timezone.now())
    client.force_login(ben)

    response = client.get(reverse(INBOX))

    assert [
        (line.words, line.scope, line.is_unread, line.others)
        for line in response.context["lines"]
    ] == [
        ("It rained on Forest Forum", "Forest Forum", False, 0),
        ("It rained on Forest Forum", "Forest Forum", True, 1),
    ]
    assert str(response.context["inbox_count"]) == "1"


def test_inbox_unread_only(client, told, ben):
    told(ben, group_key="read", read=timezone.now())
    told(ben, group_key="new")
    client.force_login(ben)

    response = client.get(reverse(INBOX), {"show": "unread"})

    assert [line.is_unread for line in response.context["lines"]] == [True]


def test_inbox_is_its_owners(client, told, ben, oda):
    notice = told(ben)
    client.force_login(oda)

    assert client.get(reverse(INBOX)).context["lines"] == []
    assert (
        client.post(reverse("notifications:notice_open", args=[notice.pk])).status_code
        == 404
    )
    assert (
        client.post(reverse("notifications:notice_read", args=[notice.pk])).status_code
        == 404
    )
    notice.refresh_from_db()
    assert notice.read is None


def test_inbox_shows_only_what_may_still_be_seen(client, told, rain, ben):
    told(ben)
    told(ben, group_key="gone", kind="gone.app_removed")
    client.force_login(ben)
    assert len(client.get(reverse(INBOX)).context["lines"]) == 1

    rain.blind = {ben.pk}
    response = client.get(reverse(INBOX))

    assert (response.context["lines"], response.context["gone"]) == ([], 2)
    assert "It rained" not in response.content.decode()
    client.post(reverse("notifications:inbox_clear"))
    assert Notice.objects.count() == 0


def test_opening_a_line_reads_it_and_goes_there(client, told, ben, space):
    first, second = told(ben), told(ben)
    other = told(ben, group_key="other")
    client.force_login(ben)

    response = client.post(reverse("notifications:notice_open", args=[second.pk]))

    assert response.headers["Location"] == "/s/forest/"
    assert set(Notice.objects.unread()) == {other}
    assert first.pk not in Notice.objects.unread().values_list("pk", flat=True)


def test_opening_what_is_gone_says_so(client, told, rain, ben):
    notice = told(ben)
    rain.blind = {ben.pk}
    client.force_login(ben)

    response = client.post(
        reverse("notifications:notice_open", args=[notice.pk]), follow=True
    )

    assert "not there any more" in response.content.decode()


def test_looking_changes_nothing(client, told, ben):
    notice = told(ben)
    client.force_login(ben)

    client.get(reverse(INBOX))
    answer = client.get(reverse("notifications:notice_open", args=[notice.pk]))

    assert answer.status_code == 405
    assert Notice.objects.unread().count() == 1


def test_mark_everything_read(client, told, ben, oda):
    told(ben)
    told(ben, group_key="more")
    theirs = told(oda)
    client.force_login(ben)

    response = client.post(reverse("notifications:inbox_read"))

    assert response.headers["Location"] == reverse(INBOX)
    assert list(Notice.objects.unread()) == [theirs]


@pytest.mark.parametrize("rows", [1, 30])
def test_inbox_query_count(client, told, ben, rows):
    for number in range(rows):
        told(ben, group_key=f"line {number}")
    client.force_login(ben)
    client.get(reverse(INBOX))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(INBOX))

    assert len(queries) == 5


def test_inbox_count_is_a_piece(client, told, ben):
    client.force_login(ben)
    assert "unread" not in client.get("/inbox/count/").content.decode()

    told(ben)

    content = client.get("/inbox/count/").content.decode()
    assert "1 unread" in content
    assert "<html" not in content


def test_guests_are_asked_to_sign_in(client, db):
    for name in (INBOX, "wishes:preferences"):
        assert client.get(reverse(name)).status_code == 302


def test_healthz_when_all_is_well(client, db):
    signs.give("worker")
    signs.give("beat")

    response = client.get("/healthz")

    assert response.status_code == 200
    assert json.loads(response.content) == {
        "ok": True,
        "database": {"ok": True},
        "redis": {"ok": True},
        "worker": {"ok": True, "seconds_since_last_sign": 0},
        "beat": {"ok": True, "seconds_since_last_sign": 0},
        "outbox": {"ok": True, "oldest_waiting_seconds": 0},
        "notes": [],
        "version": "0.1",
    }


def test_healthz_names_what_is_down(client, ben, settings):
    signs.give("worker")
    DeliveryFactory(recipient=ben, due=timezone.now() - timedelta(hours=1))
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    response = client.get("/healthz")

    found = json.loads(response.content)
    assert response.status_code == 503
    assert {
        name: part["ok"] for name, part in found.items() if isinstance(part, dict)
    } == {
        "database": True,
        "redis": False,
        "worker": True,
        "beat": False,
        "outbox": False,
    }
    assert 3590 < found["outbox"]["oldest_waiting_seconds"] < 3620

"""The next digest of a made-up member, and who gets one when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.reachability import note_failure
from conversations.models import Follow
from digests.preview import UNREACHABLE, next_of, preview, readers
from spaces.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.spaces import GroupFactory, MembershipFactory

NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
CHOSEN = {"group": None, "often": "weekly", "looks": "rich", "language": "en"}


@pytest.fixture
def own(space, ada):
    """The facilitator's membership: Ada speaks for nobody."""
    return Membership.objects.select_related("group").get(space=space, person=ada)


def test_it_looks_as_it_would_leave_now(space, own, oda, says):
    says(space, oda, "How deep?", talk="question", when=NOW - timedelta(hours=1))
    says(space, oda, "Long ago.", when=NOW - timedelta(days=20))

    found = preview(space, by=own, now=NOW, **CHOSEN)

    assert found.drawn.subject == "1 question without an answer (Forest Forum)"
    assert "Hello A member" in found.drawn.text
    assert "Long ago." not in found.drawn.text
    assert (found.since, found.due) == (
        datetime(2027, 3, 1, 7, tzinfo=UTC),
        datetime(2027, 3, 8, 7, tzinfo=UTC),
    )
    assert found.size == found.html_size + found.text_size > 1000
    # Nobody can act with it.
    assert "/d/read/" not in found.drawn.text
    assert "reply+" + "0" * 32 in found.drawn.html


def test_nothing_new_is_no_letter(space, own, ada):
    assert preview(space, by=own, now=NOW, **CHOSEN).drawn is None


def test_what_one_member_alone_knows_is_not_shown(space, own, ben, oda, says):
    """What they muted, wrote or follow makes no difference: nobody's own is shown."""
    hour = NOW - timedelta(hours=1)
    muted = says(space, oda, "Muted by Ben.", when=hour)
    Follow.objects.create(thread=muted.thread, person=ben, level="nothing")
    says(space, ben, "Written by Ben.", when=hour)

    found = preview(space, by=own, now=NOW, **CHOSEN | {"group": ben_group(space, ben)})

    assert "Muted by Ben." in found.drawn.text
    assert "Written by Ben." in found.drawn.text


def ben_group(space, ben):
    return Membership.objects.get(space=space, person=ben).group


def test_whoever_looks_sees_no_more_than_ever(
    space, own, ben, oda, farmers, officers, says
):
    hour = NOW - timedelta(hours=1)
    says(space, oda, "For all.", when=hour)
    says(
        space, ben, "Farmers only.", when=hour, audience="group", audience_group=farmers
    )
    says(
        space, oda, "Officers only.", when=hour, audience="group",
        audience_group=officers,
    )  # fmt: skip

    as_farmer = preview(space, by=own, now=NOW, **CHOSEN | {"group": farmers})
    as_nobody = preview(space, by=own, now=NOW, **CHOSEN)
    own.group = farmers
    by_a_farmer = preview(space, by=own, now=NOW, **CHOSEN | {"group": farmers})

    assert "For all." in as_farmer.drawn.text
    assert "only." not in as_farmer.drawn.text
    assert (as_farmer.unseen, as_nobody.unseen, by_a_farmer.unseen) == (1, 0, 0)
    assert "Farmers only." in by_a_farmer.drawn.text
    assert "Officers only." not in by_a_farmer.drawn.text


@pytest.mark.parametrize(
    ("looks", "has_html", "language", "words"),
    [
        ("rich", True, "en", "without an answer"),
        ("text", False, "en", "without an answer"),
        ("rich", True, "fr", "sans réponse"),
    ],
)
def test_format_and_language(space, own, oda, says, looks, has_html, language, words):
    says(space, oda, "How deep?", talk="question", when=NOW - timedelta(hours=1))

    found = preview(
        space, by=own, now=NOW, **CHOSEN | {"looks": looks, "language": language}
    )

    assert bool(found.drawn.html) == has_html
    assert words in found.drawn.subject


def test_readers_by_what_they_get(space, ada, ben, oda, sam):
    ben.time_zone = "Africa/Nairobi"
    ben.save()
    note_failure("sam@example.org", is_hard=True)
    for person, fields in {
        ada: {"digest": "daily"},
        ben: {"digest": "weekly", "digest_day": 2, "digest_hour": 6},
        oda: {"digest": "off"},
        sam: {"digest": "daily"},
    }.items():
        Membership.objects.filter(person=person).update(**fields)
    linked = MembershipFactory(
        space=space, person=UserFactory(name="Zo Linked", email=None), digest="off"
    )
    MembershipFactory(space=space, status="left")

    found = {member.person.name: member for member in readers(space)}

    assert {name: member.gets for name, member in found.items()} == {
        "Ada Mensah": "daily",
        "Ben Tetteh": "weekly",
        "Oda Lund": "off",
        "Sam Owusu": UNREACHABLE,
        linked.person.name: UNREACHABLE,
    }
    moments = {name: next_of(member, NOW) for name, member in found.items()}
    assert moments["Ben Tetteh"].isoformat() == "2027-03-03T06:00:00+03:00"
    assert moments["Ada Mensah"].isoformat() == "2027-03-02T07:00:00+00:00"
    assert [moments[name] for name in ("Oda Lund", "Sam Owusu")] == [None, None]


def test_digest_people_says_who_and_when(client, space, ada, ben, oda):
    ben.time_zone = "Africa/Nairobi"
    ben.save()
    Membership.objects.filter(person=oda).update(digest="off")
    note_failure("ben@example.org", is_hard=True)
    client.force_login(ada)
    url = reverse("digests:digest_people", kwargs={"space": space.slug})

    everybody = client.get(url).content.decode()
    off = client.get(url, {"gets": "off"}).content.decode()
    unreachable = client.get(url, {"gets": "unreachable"}).content.decode()

    assert all(name in everybody for name in ("Ada Mensah", "Ben Tetteh", "Oda Lund"))
    assert "Letters come back" in everybody
    assert ("Oda Lund" in off, "Ben Tetteh" in off) == (True, False)
    assert "Wants no digest" in off
    assert ("Ben Tetteh" in unreachable, "Oda Lund" in unreachable) == (True, False)


def test_digest_preview_and_its_mail(client, space, ada, sam, oda, says):
    says(space, oda, "How deep?", talk="question", when=timezone.now())
    words = {"space": space.slug}
    page = reverse("digests:digest_preview", kwargs=words)
    mail = reverse("digests:digest_preview_mail", kwargs=words)
    client.force_login(ada)

    shown = client.get(page, {"often": "nonsense", "group": "999999"})
    letter = client.get(mail)

    assert "1 question without an answer (Forest Forum)" in shown.content.decode()
    assert "How deep?" in letter.content.decode()
    assert "sandbox" in letter.headers["Content-Security-Policy"]
    assert client.get(mail, {"looks": "text"}).status_code == 404
    client.force_login(sam)
    assert [client.get(each).status_code for each in (page, mail)] == [403, 403]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "number"), [("digest_preview", 11), ("digest_people", 7)]
)
def test_query_counts(
    client, space, ada, oda, says, rows, name, number, django_assert_num_queries
):
    group = GroupFactory(space=space)
    for _row in range(rows):
        MembershipFactory(space=space, group=group)
        says(space, oda, "It rained.", when=timezone.now() - timedelta(minutes=5))
    client.force_login(ada)
    url = reverse(f"digests:{name}", kwargs={"space": space.slug})
    client.get(url)  # prepared queries are prepared once

    with django_assert_num_queries(number):
        client.get(url)

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import end_sessions
from accounts.models import Session
from spaces.models import Membership, Space
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.factories.stories import StoryFactory
from ui import kept_pages

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story():
    space = SpaceFactory(slug="open", visibility="open", join_policy="open")
    return StoryFactory(space=space, audience="public", title="The bell")


@pytest.fixture
def inside(client):
    """A story of members only, and a browser of its author."""
    space = SpaceFactory(slug="listed")
    story = StoryFactory(space=space, title="The drum")
    MembershipFactory(space=space, person=story.author)
    client.force_login(story.author)
    client.get(reverse("discover:home"))  # the token's cookie, and "last seen"
    return story


def twice(client, address, **headers):
    """Ask twice until the second answer cost one query: the word for "written" is the
    whole server's, and other tests write there at the same time."""
    for _ in range(200):
        first = client.get(address)
        with CaptureQueriesContext(connection) as queries:
            second = client.get(
                address, headers={name: first[value] for name, value in headers.items()}
            )
        if len(queries) == 1:
            return first, second
    raise AssertionError("never given again")


def test_a_guest_is_given_the_page_again_for_one_small_query(client, story):
    first, second = twice(client, story.get_absolute_url())

    assert (second.status_code, second.content) == (200, first.content)
    assert dict(second.headers) == dict(first.headers)


def test_unchanged_is_said_without_drawing(client, story):
    _first, second = twice(client, story.get_absolute_url(), if_none_match="ETag")

    assert (second.status_code, second.content) == (304, b"")


def test_a_space_that_closes_closes_at_once(client, story):
    open_page = client.get(story.get_absolute_url())
    Space.objects.update(visibility="listed")

    closed_page = client.get(story.get_absolute_url())

    assert (open_page.status_code, closed_page.status_code) == (200, 302)


def test_any_write_draws_the_page_anew(client, story):
    client.get(story.get_absolute_url())
    story.author.name = "Esi Owusu"
    story.author.save()

    assert "Esi Owusu" in client.get(story.get_absolute_url()).content.decode()


def test_a_member_is_never_given_a_guests_page(client, story):
    address = story.get_absolute_url()
    client.get(address)
    client.force_login(story.author)

    own = client.get(address).content.decode()
    client.logout()
    guests = client.get(address).content.decode()

    assert story.author.name in own
    assert reverse("account_logout") in own
    assert reverse("account_logout") not in guests


def test_languages_are_kept_apart(client, story):
    address = story.get_absolute_url()
    english = client.get(address, headers={"accept-language": "en"})
    french = client.get(address, headers={"accept-language": "fr"})

    assert (english["Content-Language"], french["Content-Language"]) == ("en", "fr")


def test_a_page_that_gives_a_cookie_is_not_kept(client, story):
    first = client.get(reverse("account_login"))
    second = client.get(reverse("account_login"))

    assert first.cookies.keys() >= {"csrftoken"}
    assert first.content != second.content


def test_a_member_is_given_their_own_page_again(client, inside):
    first, second = twice(client, inside.get_absolute_url())

    assert (second.status_code, second.content) == (200, first.content)
    assert second["Cache-Control"] == "private, no-cache"


def test_a_member_is_told_unchanged_without_drawing(client, inside):
    _first, second = twice(client, inside.get_absolute_url(), if_none_match="ETag")

    assert (second.status_code, second.content) == (304, b"")


def test_a_member_is_told_unchanged_after_a_write_elsewhere(client, inside):
    """The page is drawn again, with another mask on its token, and is the same."""
    address = reverse("spaces:member_list", kwargs={"space": inside.space.slug})
    first = client.get(address)
    SpaceFactory()
    drawn = client.get(address)
    unchanged = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (drawn["ETag"], unchanged.status_code) == (first["ETag"], 304)
    assert drawn.content != first.content
    client.cookies["csrftoken"] = "n" * 32
    assert client.get(address)["ETag"] != first["ETag"]


def test_a_token_that_the_browser_has_is_not_given_again(client, inside):
    page = client.get(inside.get_absolute_url())
    without = type(client)()
    without.cookies["sessionid"] = client.cookies["sessionid"].value

    assert not page.cookies
    assert without.get(inside.get_absolute_url()).cookies.keys() == {"csrftoken"}


def test_nobody_is_given_what_another_was_given(client, inside):
    address = inside.get_absolute_url()
    twice(client, address)
    stranger = type(client)()
    assert stranger.get(address).status_code == 302

    other = MembershipFactory(space=inside.space, person__name="Oda Lund").person
    stranger.force_login(other)
    twice(client, address)
    page = stranger.get(address).content.decode()
    assert "Oda Lund" in page
    assert "Oda Lund" not in client.get(address).content.decode()


END = {
    "signing out": lambda client, person: client.post(reverse("account_logout")),
    "closing the session": lambda client, person: end_sessions(person),
    "leaving no session": lambda client, person: Session.objects.all().delete(),
    "being banned": lambda client, person: Membership.objects.update(status="banned"),
    "being put off": lambda client, person: type(person).objects.update(
        is_active=False
    ),
    "a new password": lambda client, person: type(person).objects.update(password="x"),
    "a tool switched off": lambda client, person: Space.objects.update(tools=[]),
}


@pytest.mark.parametrize("end", END.values(), ids=END)
def test_a_kept_page_ends_at_once(client, inside, end):
    address = inside.get_absolute_url()
    carried = client.cookies["sessionid"].value
    twice(client, address)

    end(client, inside.author)

    # Also for a browser that goes on sending the cookie.
    client.cookies["sessionid"] = carried
    assert client.get(address).status_code in (302, 403, 404)


def test_a_message_is_shown_once(client, rf, inside):
    waiting = CookieStorage(rf.get("/"))._encode([Message(constants.SUCCESS, "Kept")])
    client.cookies[CookieStorage.cookie_name] = waiting

    pages = [client.get(inside.get_absolute_url()) for _ in range(3)]

    assert [">Kept" in page.content.decode() for page in pages] == [
        True,
        False,
        False,
    ]


def test_nothing_is_kept_for_long(client, inside, monkeypatch):
    address = inside.get_absolute_url()
    twice(client, address)
    now = time.monotonic()
    monkeypatch.setattr(kept_pages.time, "monotonic", lambda: now + kept_pages.SECONDS)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) > 1


def test_a_session_that_ends_by_the_clock_ends_within_a_minute(
    client, inside, monkeypatch
):
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=4))
    address = inside.get_absolute_url()
    assert client.get(address).status_code == 200
    time.sleep(4)
    now = time.monotonic()
    monkeypatch.setattr(kept_pages.time, "monotonic", lambda: now + kept_pages.SECONDS)

    assert client.get(address).status_code == 302


def test_last_seen_is_marked_although_pages_are_kept(client, inside, monkeypatch):
    address = inside.get_absolute_url()
    twice(client, address)
    earlier = timezone.now() - timedelta(minutes=11)
    UserSession.objects.update(last_seen_at=earlier)

    client.get(address)

    assert UserSession.objects.get().last_seen_at > earlier


NEVER = [
    ("get", "/admin/", {}),
    ("get", "/accounts/", {}),
    ("get", "/s/listed/stories/", {"HX-Request": "true"}),
    ("get", "/s/listed/stories/", {"Authorization": "Basic x"}),
    ("get", "/s/listed/stories/", {"Range": "bytes=0-9"}),
    ("head", "/s/listed/stories/", {}),
]


@pytest.mark.parametrize(("method", "path", "headers"), NEVER)
def test_what_is_never_kept(rf, client, inside, method, path, headers):
    request = getattr(rf, method)(path, headers=headers)
    request.COOKIES = {"sessionid": "x"}
    request.META["HTTP_COOKIE"] = "sessionid=x"

    assert kept_pages.key_of(request) is None


def test_memory_is_bounded(rf, monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 1000)
    monkeypatch.setattr(kept_pages, "snapshot_now", lambda: "1:1:")
    drawn = []

    def view(request):
        drawn.append(request.get_full_path())
        return kept_pages.HttpResponse("x" * 400)

    keeper = kept_pages.KeptPages(view)
    for path in ("/a", "/b", "/a", "/c", "/c", "/a"):
        keeper(rf.get(path))

    assert drawn == ["/a", "/b", "/c", "/a"]
    assert keeper.bytes == 800 == sum(len(it.body) for it in keeper.pages.values())

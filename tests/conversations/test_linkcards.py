"""Cards of linked pages: asked once, by the worker, kept as plain words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conversations import linkcards, tasks
from conversations.actions import (
    edit_message,
    post_message,
    post_to_exchange,
    release_message,
    withdraw_message,
)
from conversations.linkcards import fill_card, read_head
from conversations.models import LinkCard, Message, Thread
from tests.conversations.test_fetching import html, serving, to

pytestmark = pytest.mark.django_db

PAGE = b"""<!doctype html><html><head>
<meta property="og:title" content="Fire &amp; belts \xe2\x80\xae&lt;b&gt;now">
<meta name="description" content="How a &quot;belt&quot;
 is cut.">
<meta property="og:site_name" content="Forest News">
<meta property="og:image" content="http://tracker.example/pixel.gif">
<title>Other</title></head><body><title>no</title><meta name="robots"></body>"""


@pytest.fixture(autouse=True)
def switched_on(settings):
    settings.ALLIANCE_LINK_CARDS = True


@pytest.fixture
def site(settings):
    answers = {
        "/belts": html(PAGE),
        "/away": lambda handler: handler.say(503),
        "/gone": lambda handler: handler.say(404),
        "/inside": to("http://169.254.169.254/"),
    }
    with serving(answers) as server:
        settings.ALLIANCE_LINK_CARD_SERVERS = (server.host,)
        server.url = f"http://{server.host}"
        yield server


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("<title> A\n b </title>", ("A b", "", "")),
        ("<title>One</title><title>Two</title>", ("One", "", "")),
        (
            '<meta name=description content=d><meta property=og:title content="t">',
            ("t", "d", ""),
        ),
        ("<meta name=description content=d>", ("", "", "")),
        (
            "<title>t</title><meta name=description content=d>"
            "<meta name=robots content='index, NOSNIPPET'>",
            ("t", "", ""),
        ),
        ("<body><title>late</title>", ("", "", "")),
        ("<title>a&lt;script&gt;\u202eb\x00</title>", ("a<script> b", "", "")),
        ("<" * 2000, ("", "", "")),
        ("<title>t</title><![x y", ("t", "", "")),
        (f"<title>t</title><meta name=a content='&#{'9' * 5000};'>", ("t", "", "")),
        ("<title>a&#xD800;b</title>", ("a\ufffdb", "", "")),
    ],
)
def test_what_a_head_says(head, said):
    found = read_head(head)

    assert (found.title, found.description, found.site) == said


def test_a_link_gets_a_card_from_the_worker_alone(
    client, space, ben, oda, site, django_capture_on_commit_callbacks
):
    body = f"Read this\nIt is good: {site.url}/belts and {site.url}/gone"
    thread = post_to_exchange(space, by=ben, body="Books?").thread
    client.force_login(oda)
    with django_capture_on_commit_callbacks() as later:
        message = post_message(thread, by=ben, body=body)
    before = client.get(thread.own_path).content.decode()
    changed = Thread.objects.get(pk=thread.pk).changed

    for call in later:
        call()

    page = client.get(thread.own_path).content.decode()
    card = LinkCard.objects.get()
    assert [path for path, _headers in site.asked] == ["/belts"]
    assert (message.card, card.url) == (card, f"{site.url}/belts")
    assert (card.title, card.description, card.site) == (
        "Fire & belts <b>now",
        'How a "belt" is cut.',
        "Forest News",
    )
    assert "Forest News" not in before
    assert "Fire &amp; belts &lt;b&gt;now</a>" in page
    assert "tracker.example" not in page
    # Who reads along sees it come.
    assert Thread.objects.get(pk=thread.pk).changed > changed


def test_one_card_for_one_address_and_space(space, open_space, ben, site):
    for place in (space, space, open_space):
        post_to_exchange(place, by=ben, body=f"{site.url}/belts")

    cards = list(LinkCard.objects.order_by("pk"))
    assert [card.space for card in cards] == [space, open_space]
    assert [fill_card(card.pk).title != "" for card in cards] == [True, True]
    assert fill_card(cards[0].pk) is None
    assert len(site.asked) == 2


@pytest.mark.parametrize("place", ["gone", "inside"])
def test_what_cannot_be_read_is_asked_once(client, space, ben, site, place):
    message = post_to_exchange(space, by=ben, body=f"See\n{site.url}/{place}")
    later = timezone.now() + timedelta(days=1)

    fill_card(message.card.pk)

    assert linkcards.waiting(later) == []
    client.force_login(ben)
    page = client.get(message.thread.own_path)
    assert page.status_code == 200
    assert 'class="notice' not in page.content.decode()


def test_who_is_away_is_asked_again_by_the_sweep_and_not_for_ever(space, ben, site):
    card = post_to_exchange(space, by=ben, body=f"{site.url}/away").card
    now = timezone.now() + timedelta(seconds=5)
    found = []

    for hours in range(6):
        moment = now + timedelta(hours=hours)
        found.append(linkcards.waiting(moment))
        for pk in linkcards.waiting(moment):
            fill_card(pk, moment)
            fill_card(pk, moment)  # a second worker in the same moment

    assert found == [[card.pk]] * 3 + [[]] * 3
    assert len(site.asked) == 3


def test_the_sweep_finds_what_nobody_was_asked_for(space, ben, site):
    card = post_to_exchange(space, by=ben, body=f"{site.url}/belts").card

    tasks.fetch_waiting_cards()

    card.refresh_from_db()
    assert card.site == "Forest News"


def test_waiting_words_send_the_worker_nowhere_before_they_are_let_through(
    space, ben, sam, site
):
    thread = post_to_exchange(space, by=ben, body="Books?").thread
    held = post_message(
        thread, by=None, author_name="G", body=f"{site.url}/belts", held=True
    )
    before = LinkCard.objects.count()

    release_message(held, by=sam)

    held.refresh_from_db()
    assert (before, held.card.url) == (0, f"{site.url}/belts")


def test_a_card_goes_with_the_words(space, ben, oda, site):
    thread = post_to_exchange(space, by=ben, body="Books?").thread
    mine = post_message(thread, by=ben, body=f"{site.url}/belts")
    post_message(thread, by=oda, body=f"Again {site.url}/belts")

    edit_message(mine, by=ben, body="No link any more")
    withdraw_message(Message.objects.get(author=oda), by=oda)

    mine.refresh_from_db()
    assert mine.card is None
    assert not LinkCard.objects.exists()


def test_a_site_may_switch_cards_off(settings, space, ben, site):
    settings.ALLIANCE_LINK_CARDS = False

    post_to_exchange(space, by=ben, body=f"{site.url}/belts")

    assert not LinkCard.objects.exists()

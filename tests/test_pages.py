"""What pages cost: queries where no app's own test counts them, and bytes on the wire.

Each app counts its own lists (``test_…_query_count``); here stands what looks across,
what a guest asks, and the budgets of DESIGN §8.
"""

import gzip
import random
import re

import pytest
from django.urls import reverse

from conversations.actions import post_message, post_to_exchange
from stories.actions import publish_story, write_story
from tests.factories.accounts import UserFactory
from tests.factories.spaces import GroupFactory, MembershipFactory
from ui import bundle
from wiki.actions import create_page, save_page

pytestmark = pytest.mark.django_db

KILOBYTE = 1000
HTMX = bundle.SOURCE / "vendor" / "htmx-2.0.10.min.js"
SYLLABLES = "ba ko ri tu me sa no li fe wa chu gre sto pla mi der an".split()


def sentences(number, seed):
    """Text that packs no better than people's: words of a made-up language."""
    dice = random.Random(seed)
    return " ".join(
        " ".join(
            "".join(dice.choices(SYLLABLES, k=dice.randint(1, 4)))
            for _word in range(dice.randint(8, 16))
        ).capitalize()
        + "."
        for _sentence in range(number)
    )


def tell(space, by, number):
    words = {
        "title": f"Story {number}: {sentences(1, number)[:60]}",
        "body": f"{sentences(12, number)} #fire",
        "did_not_work": sentences(2, number),
        "audience": "public" if space.is_open else "members",
        "audience_group": None,
    }
    return publish_story(write_story(space, by=by, words=words), by=by)


def ask(space, by, number, answers=0):
    audience = "public" if space.is_open else "members"
    message = post_to_exchange(
        space,
        by=by,
        body=f"{sentences(3, number)} #fire",
        talk="question",
        audience=audience,
    )
    for answer in range(answers):
        post_message(message.thread, by=by, body=sentences(2, answer + 100))
    return message.thread


@pytest.fixture
def people(open_space):
    """Writers of different groups, so that nothing is fetched once for all."""
    made = []
    for _number in range(5):
        group = GroupFactory(space=open_space)
        person = UserFactory()
        MembershipFactory(space=open_space, person=person, group=group)
        made.append(person)
    return made


def look_as(client, person, url, count, queries):
    """Ask twice: the first visit of a session is noted once."""
    if person.is_authenticated:
        client.force_login(person)
    client.get(url)
    with count(queries):
        response = client.get(url)
    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [("guest", 4), ("ben", 7)])
def test_tag_detail_query_count(
    client, request, open_space, people, who, queries, rows, django_assert_num_queries
):
    for number in range(rows):
        ask(open_space, people[number % 5], number)
        tell(open_space, people[number % 5], number)
    url = reverse(
        "discover:tag_detail", kwargs={"space": open_space.slug, "tag": "fire"}
    )

    look_as(
        client,
        request.getfixturevalue(who),
        url,
        django_assert_num_queries,
        queries,
    )


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("who", "queries"), [("guest", 5), ("ben", 9)])
def test_story_detail_query_count(
    client, request, open_space, people, who, queries, rows, django_assert_num_queries
):
    story = tell(open_space, people[0], 0)
    for number in range(rows):
        post_message(story.thread, by=people[number % 5], body=sentences(1, number))

    look_as(
        client,
        request.getfixturevalue(who),
        story.get_absolute_url(),
        django_assert_num_queries,
        queries,
    )


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("discover:space_detail", 7),
        ("conversations:exchange", 5),
        ("stories:story_list", 3),
        ("wiki:page_list", 3),
        ("webinars:webinar_list", 3),
    ],
)
def test_guest_query_count(
    client, guest, open_space, people, name, queries, rows, django_assert_num_queries
):
    for number in range(rows):
        ask(open_space, people[number % 5], number)
        tell(open_space, people[number % 5], number)
        create_page(
            open_space,
            by=people[number % 5],
            title=f"Page {number}",
            body=sentences(2, number),
            audience="public",
        )
    url = reverse(name, kwargs={"space": open_space.slug})

    look_as(client, guest, url, django_assert_num_queries, queries)


# ── bytes ────────────────────────────────────────────────────────────────────


def packed(data):
    return len(gzip.compress(data, compresslevel=5))


def assets(html):
    """Packed size of the style sheet, scripts and icons that a page asks for."""
    sources = {
        "css/all.css": bundle.all_styles().encode(),
        "js/all.js": bundle.all_scripts().encode(),
        "js/members.js": bundle.all_scripts("members").encode(),
        "js/live.js": bundle.all_scripts("live").encode(),
        "js/media.js": bundle.all_scripts("media").encode(),
        HTMX.name: HTMX.read_bytes(),
        "js/wiki.js": bundle.all_scripts("wiki").encode(),
        "img/icons.svg": (bundle.SOURCE / "img" / "icons.svg").read_bytes(),
    } | {
        f"css/{folder}.css": bundle.apart_styles(folder).encode()
        for folder in bundle.APART
    }
    asked = {name for name in sources if name in html}
    linked = re.findall(
        r'<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"', html
    )
    assert all(any(name in url for name in sources) for url in linked), linked
    return sum(packed(sources[name]) for name in asked), len(asked)


@pytest.fixture
def busy(open_space, people):
    """A space as it is after a good month; returns addresses by name."""
    threads = [ask(open_space, people[n % 5], n, answers=n % 3) for n in range(20)]
    thread = ask(open_space, people[0], 99, answers=19)
    stories = [tell(open_space, people[n % 5], n) for n in range(12)]
    for number in range(30):
        page = create_page(
            open_space,
            by=people[number % 5],
            title=f"Page {number} {sentences(1, number)[:20]}",
            body=f"## First\n\n{sentences(20, number)}\n\n## Then\n\n"
            f"{sentences(20, number + 50)}",
            audience="public",
        ).page
    for number in range(10):
        page = save_page(
            page,
            by=people[number % 5],
            body=f"{page.current.body}\n\n{sentences(2, number)}",
            base=page.current,
        ).page
    assert threads
    space = {"space": open_space.slug}
    return {
        "home": reverse("discover:home"),
        "front": open_space.get_absolute_url(),
        "exchange": reverse("conversations:exchange", kwargs=space),
        "thread": thread.get_absolute_url(),
        "story_list": reverse("stories:story_list", kwargs=space),
        "story": stories[0].get_absolute_url(),
        "index": reverse("wiki:page_list", kwargs=space),
        "page": page.get_absolute_url(),
        "history": reverse("wiki:page_history", kwargs={**space, "page": page.slug}),
        "search": f"{reverse('discover:search')}?q=page",
        "tag": reverse("discover:tag_detail", kwargs={**space, "tag": "fire"}),
        "people": reverse("spaces:member_list", kwargs=space),
    }


READING = {"front", "thread", "story", "page", "tag", "story_list"}


def test_pages_keep_their_weight(client, busy, ben):
    """Packed bytes: a guest's reading page, any page, and pages after the first."""
    sizes = {}
    for who in ("guest", "member"):
        if who == "member":
            client.force_login(ben)
        for name, url in busy.items():
            response = client.get(url)
            if who == "guest" and name == "people":
                continue
            assert response.status_code == 200, url
            static, requests = assets(response.content.decode())
            sizes[who, name] = packed(response.content), static, requests

    heavy = {
        key: (html, static, requests)
        for key, (html, static, requests) in sizes.items()
        if html > 12 * KILOBYTE
        or html + static > 50 * KILOBYTE
        or requests > 9
        or key[0] == "guest"
        and key[1] in READING
        and (html + static > 25 * KILOBYTE or requests > 5)
    }
    assert not heavy, f"heavy: {heavy}\nall: {sizes}"

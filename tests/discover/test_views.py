"""Pages that look across."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conversations.actions import post_message, post_to_exchange
from conversations.models import Message, Thread
from spaces.models import Gathering
from tests.factories.accounts import UserFactory
from tests.factories.spaces import MembershipFactory, SpaceFactory
from tests.factories.stories import StoryFactory
from tests.factories.webinars import WebinarFactory


def front(space):
    return reverse("discover:space_detail", kwargs={"space": space.slug})


def seen(client, address):
    return client.get(address).content.decode()


def post(space, by, body, **fields):
    return post_to_exchange(space, by=by, body=body, **fields)


def age(message, **delta):
    """Make a post old, with its thread."""
    moment = timezone.now() - timedelta(**delta)
    Message.objects.filter(pk=message.pk).update(created=moment)
    Thread.objects.filter(pk=message.thread_id).update(
        created=moment, last_activity=moment
    )


def test_home_shows_a_guest_what_there_is_to_look_into(client, all_spaces):
    text = seen(client, "/")

    assert [space.name in text for space in all_spaces] == [True, True, False]


def test_home_shows_what_is_new_in_ones_own_spaces_only(client, space, ben, cleo, oda):
    post(space, oda, "The bell rang at four this morning.")

    client.force_login(ben)
    inside = seen(client, "/")
    client.force_login(cleo)
    outside = seen(client, "/")

    assert "The bell rang at four" in inside
    assert "The bell rang at four" not in outside


def test_front_page_is_a_card_for_those_outside(client, space, ben, cleo):
    post(space, ben, "The bell rang at four this morning.")
    client.force_login(cleo)

    text = seen(client, front(space))

    assert space.name in text
    assert "The bell rang" not in text
    assert reverse("spaces:space_join", kwargs={"space": space.slug}) in text


def test_an_unanswered_question_stands_first_with_its_reason(client, space, ben, oda):
    asked = post(space, oda, "Who pays the volunteers?", talk="question")
    age(asked, days=6)
    post(space, oda, "Permits came today.")
    client.force_login(ben)

    text = seen(client, front(space))

    assert text.index("Who pays the volunteers?") < text.index("Permits came today.")
    assert "6 days without an answer" in text
    assert "Shown first: nobody has answered yet" in text


def test_an_answered_question_stands_in_its_time(client, space, ben, oda):
    asked = post(space, oda, "Who pays the volunteers?", talk="question")
    post_message(asked.thread, by=ben, body="We do.")
    age(asked, days=6)
    post(space, oda, "Permits came today.")
    client.force_login(ben)

    text = seen(client, front(space))

    assert text.index("Permits came today.") < text.index("Who pays the volunteers?")
    assert "Shown first" not in text


def test_group_talk_is_not_on_other_groups_pages(client, space, ben, oda, farmers):
    post(
        space,
        ben,
        "Between us farmers only.",
        audience="group",
        audience_group=farmers,
    )
    text = {}

    for person in (ben, oda):
        client.force_login(person)
        text[person.name] = "Between us" in seen(client, front(space))

    assert text == {"Ben Tetteh": True, "Oda Lund": False}


def test_stewards_see_what_waits_and_members_do_not(client, space, sam, ben, rex):
    text = {}

    for person in (sam, ben):
        client.force_login(person)
        text[person.name] = "1 person asks to join" in seen(client, front(space))

    assert text == {"Sam Owusu": True, "Ben Tetteh": False}


def test_the_line_of_the_year_runs_between_gatherings(client, space, ben):
    now = timezone.now()
    Gathering.objects.create(
        space=space, title="Kumasi", starts=now - timedelta(weeks=40)
    )
    Gathering.objects.create(
        space=space, title="Tamale", starts=now + timedelta(weeks=12)
    )
    client.force_login(ben)

    text = seen(client, front(space))

    assert "next gathering in" in text
    assert "since we last met" in text


def test_tag_page_gathers_posts_and_stories_the_reader_may_see(
    client, space, ben, oda, farmers
):
    post(space, oda, "The bell rings. #fire")
    post(space, ben, "Ours. #Fire", audience="group", audience_group=farmers)
    story = StoryFactory(space=space, author=oda, title="Ash")
    story.tags.set_words(["fire"])
    address = reverse(
        "discover:tag_detail", kwargs={"space": space.slug, "tag": "fire"}
    )
    text = {}

    for person in (ben, oda):
        client.force_login(person)
        page = seen(client, address)
        text[person.name] = [word in page for word in ("rings", "Ours", "Ash")]

    assert text == {"Ben Tetteh": [True, True, True], "Oda Lund": [True, False, True]}


@pytest.mark.parametrize(
    "words", ["", "   ", "\x00", "a" * 5000, "'\" & | ! :* <script>", "🌳", "ذكرى"]
)
def test_search_answers_whatever_is_typed(client, ben, words):
    client.force_login(ben)

    response = client.get(reverse("discover:search"), {"q": words})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_search_finds_only_what_the_reader_may_see(client, space, ben, cleo):
    post(space, ben, "A salamander under the bridge.")
    StoryFactory(space=space, author=ben, title="Salamander", plain="salamander")
    found = {}

    for person in (ben, cleo):
        client.force_login(person)
        page = seen(client, "/search/?q=salamander")
        found[person.name] = page.count("card-title")

    assert found == {"Ben Tetteh": 2, "Cleo Diaz": 0}


@pytest.mark.parametrize("rows", [1, 10])
def test_front_page_query_count(
    client, space, ada, ben, rows, django_assert_num_queries
):
    for number in range(rows):
        post(space, ben, f"Post {number} #tag{number}", talk="question")
        StoryFactory(space=space, author=ben)
        WebinarFactory(space=space)
    client.force_login(ada)
    seen(client, front(space))

    with django_assert_num_queries(11):
        seen(client, front(space))


@pytest.mark.parametrize("rows", [1, 10])
def test_home_query_count(client, ben, rows, django_assert_num_queries):
    for number in range(rows):
        space = SpaceFactory()
        MembershipFactory(space=space, person=ben)
        writer = MembershipFactory(space=space, person=UserFactory()).person
        post(space, writer, f"Post {number}")
        StoryFactory(space=space, author=writer)
        WebinarFactory(space=space)
    client.force_login(ben)
    seen(client, "/")

    with django_assert_num_queries(9):
        seen(client, "/")


@pytest.mark.parametrize("rows", [1, 20])
def test_search_query_count(client, space, ben, rows, django_assert_num_queries):
    for _ in range(rows):
        post(space, ben, "A salamander.")
        StoryFactory(space=space, author=ben, title="Salamander")
    client.force_login(ben)
    seen(client, "/search/?q=salamander")

    with django_assert_num_queries(7):
        seen(client, "/search/?q=salamander")

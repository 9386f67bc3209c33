"""Pages of the exchange: what they show, whom they let in, what they cost."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from conversations.actions import (
    hide_message,
    open_thread,
    post_message,
    post_to_exchange,
)
from conversations.models import MESSAGES_PER_PAGE, Message, Thread
from files.models import File
from spaces.models import TypedFor
from tests.factories.accounts import UserFactory
from tests.factories.conversations import MessageFactory, ThreadFactory
from tests.factories.files import picture_upload
from tests.factories.spaces import MembershipFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "reply"}


def url(name, space, **kwargs):
    return reverse(f"conversations:{name}", kwargs={"space": space.slug, **kwargs})


def post_data(**fields):
    return {
        "body": "Who keeps the ledger?\nThe rice came late. #Fire",
        "talk": "question",
        "audience": "members",
        "client_id": str(uuid.uuid4()),
        **fields,
    }


@pytest.fixture
def question(space, ben):
    return post_to_exchange(
        space,
        by=ben,
        body="Who keeps the ledger?\nThe rice came late.",
        talk="question",
    )


def test_a_member_posts_and_reads_it(client, space, ben):
    client.force_login(ben)

    answer = client.post(url("thread_create", space), post_data())

    thread = Thread.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, thread.get_absolute_url())
    page = client.get(answer["Location"]).content.decode()
    assert ">Who keeps the ledger?</h1>" in page
    assert "The rice came late." in page
    assert 'href="/s/forest/tags/fire/"' in page


def test_a_double_press_makes_one_post(client, space, ben):
    client.force_login(ben)
    data = post_data()

    places = {client.post(url("thread_create", space), data)["Location"] for _ in "12"}

    assert len(places) == 1
    assert Thread.objects.count() == 1


def test_too_long_a_text_is_refused_and_kept(client, space, ben):
    client.force_login(ben)
    text = "word " * 1001

    answer = client.post(url("thread_create", space), post_data(body=text))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "longer than 5000 characters (it has 5004)" in page
    assert page.count("word word word") > 0
    assert Thread.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", "  "),
        ("talk", "shout"),
        ("audience", "public"),
        ("audience", "group"),
        ("client_id", "not-a-uuid"),
        ("author", "999999"),
    ],
)
def test_bad_input_never_posts(client, space, sam, field, value):
    client.force_login(sam)
    sam.memberships.update(is_linker=True)
    TypedFor.objects.create(
        membership=MembershipFactory(space=space, person__email=None),
        linker=sam,
        consent="spoken",
        consent_given="2026-01-01",
    )

    answer = client.post(url("thread_create", space), post_data(**{field: value}))

    assert answer.status_code == 422
    assert Thread.objects.count() == 0


def test_a_photo_comes_with_its_words(client, space, ben):
    client.force_login(ben)

    client.post(
        url("thread_create", space),
        post_data(photo=picture_upload(width=900), alt="The ridge"),
    )

    photo = File.objects.get()
    page = client.get(url("exchange", space)).content.decode()
    assert (photo.alt, photo.is_draft, photo.audience) == (
        "The ridge",
        False,
        "members",
    )
    assert 'alt="The ridge"' in page
    assert f"/s/forest/files/{photo.pk}/?size=480 480w" in page


def test_a_linker_types_for_somebody(client, space, sam):
    client.force_login(sam)
    sam.memberships.update(is_linker=True)
    kofi = UserFactory(email=None, name="Kofi Boadu")
    TypedFor.objects.create(
        membership=MembershipFactory(space=space, person=kofi),
        linker=sam,
        consent="spoken",
        consent_given="2026-01-01",
    )

    client.post(url("thread_create", space), post_data(author=kofi.pk, came_by="voice"))

    message = Message.objects.get()
    page = client.get(message.thread.get_absolute_url()).content.decode()
    assert (message.author, message.entered_by) == (kofi, sam)
    assert "Kofi Boadu" in page
    assert "typed by Sam Owusu" in page


def test_who_is_no_linker_cannot_write_as_somebody(client, space, ben, oda):
    client.force_login(ben)

    client.post(url("thread_create", space), post_data(author=oda.pk))

    assert Message.objects.get().author == ben


def test_exchange_filters_unanswered_questions(client, space, ben, oda, question):
    answered = post_to_exchange(space, by=ben, body="Answered?", talk="question")
    post_message(answered.thread, by=oda, body="Yes")
    client.force_login(ben)

    everything = client.get(url("exchange", space)).context["cards"]
    waiting = client.get(url("exchange", space) + "?show=unanswered").context["cards"]

    assert [card.pk for card in everything] == [answered.thread.pk, question.thread.pk]
    assert [card.pk for card in waiting] == [question.thread.pk]


def test_exchange_is_paginated(client, space, ben):
    for _ in range(21):
        MessageFactory(thread=ThreadFactory(space=space))
    client.force_login(ben)

    first = client.get(url("exchange", space)).context
    second = client.get(url("exchange", space) + "?page=2").context
    beyond = client.get(url("exchange", space) + "?page=9999999999999").context

    assert [len(page["cards"]) for page in (first, second, beyond)] == [20, 1, 1]


def test_an_empty_exchange_says_how_to_begin(client, space, ben):
    client.force_login(ben)

    page = client.get(url("exchange", space)).content.decode()

    assert "A question is the best beginning" in page


@pytest.mark.parametrize("rows", [1, 20])
def test_exchange_query_count(client, space, ben, rows, django_assert_num_queries):
    for _ in range(rows):
        thread = post_to_exchange(space, by=ben, body="Words #fire").thread
        post_message(thread, by=ben, body="More")
    client.force_login(ben)
    client.get(url("exchange", space))

    with django_assert_num_queries(9):
        client.get(url("exchange", space))


@pytest.mark.parametrize("rows", [1, MESSAGES_PER_PAGE - 1])
def test_thread_query_count(client, space, ben, oda, rows, django_assert_num_queries):
    thread = post_to_exchange(space, by=ben, body="Words").thread
    for _ in range(rows):
        post_message(thread, by=oda, body="More")
    client.force_login(ben)
    client.get(thread.get_absolute_url())

    with django_assert_num_queries(7):
        client.get(thread.get_absolute_url())


def test_answer_without_javascript(client, space, oda, question):
    client.force_login(oda)

    answer = client.post(
        url("message_create", space, pk=question.thread_id),
        {"body": "We do", "client_id": str(uuid.uuid4())},
    )

    message = Message.objects.get(author=oda)
    assert answer["Location"] == f"{question.thread.get_absolute_url()}#m{message.pk}"


def test_answer_with_htmx_brings_what_is_new(client, space, ben, oda, question):
    meanwhile = post_message(question.thread, by=ben, body="By the way")
    client.force_login(oda)

    answer = client.post(
        url("message_create", space, pk=question.thread_id),
        {"body": "We do", "client_id": str(uuid.uuid4()), "after": question.pk},
        headers=HTMX,
    )

    piece = answer.content.decode()
    message = Message.objects.get(author=oda)
    assert answer.status_code == 200
    assert "<html" not in piece
    assert [row.pk for row in answer.context["new_rows"]] == [meanwhile.pk, message.pk]
    assert f'name="after" value="{message.pk}"' in piece
    # What stands above the answers counts them, and the focus stays where it was.
    assert '<h2 id="talk-heading" hx-swap-oob="true">2 answers</h2>' in piece
    assert 'id="send"' in piece


def test_an_empty_answer_is_refused_both_ways(client, space, oda, question):
    client.force_login(oda)
    address = url("message_create", space, pk=question.thread_id)

    plain = client.post(address, {"body": ""})
    piece = client.post(address, {"body": "", "after": "1"}, headers=HTMX)

    assert (plain.status_code, piece.status_code) == (422, 422)
    assert "<html" in plain.content.decode()
    assert "<html" not in piece.content.decode()
    assert "Write a few words first." in piece.content.decode()


def test_a_permalink_leads_to_the_right_page(client, space, ben, question):
    thread = question.thread
    for _ in range(MESSAGES_PER_PAGE):
        last = MessageFactory(thread=thread, author=ben)
    client.force_login(ben)

    place = client.get(last.get_absolute_url())["Location"]

    assert place == f"{thread.own_path}?talk=2#m{last.pk}"
    page = client.get(place).context["talk"]
    assert [row.pk for row in page.rows] == [last.pk]
    assert ">Who keeps the ledger?</h1>" in client.get(place).content.decode()


def test_edit_own_and_nobody_elses(client, space, ben, oda, question):
    address = url("message_edit", space, pk=question.pk)
    client.force_login(oda)
    refused = client.post(address, {"body": "Mine now"})
    client.force_login(ben)
    shown = client.get(address)

    done = client.post(address, {"body": "Better words", "talk": "offer"})

    question.refresh_from_db()
    assert (refused.status_code, shown.status_code, done.status_code) == (403, 200, 302)
    assert (question.body, question.talk) == ("Better words", "offer")
    assert "edited" in client.get(question.thread.get_absolute_url()).content.decode()


def test_hide_shows_a_placeholder_and_restore_brings_back(client, space, ben, oda, sam):
    thread = post_to_exchange(space, by=ben, body="Question").thread
    rude = post_message(thread, by=oda, body="Very rude words")
    address = url("message_hide", space, pk=rude.pk)
    client.force_login(ben)
    assert client.post(address, {"reason": "no"}).status_code == 403
    client.force_login(sam)
    assert client.post(address, {"reason": ""}).status_code == 422

    assert client.post(address, {"reason": "House rule 3"}).status_code == 302

    pages = {}
    for person in (ben, oda, sam):
        client.force_login(person)
        pages[person] = client.get(thread.get_absolute_url()).content.decode()
    assert [("Very rude words" in page) for page in pages.values()] == [
        False,
        True,
        True,
    ]
    assert "A steward has hidden this message." in pages[ben]
    assert "House rule 3" in pages[oda]
    assert client.post(url("message_restore", space, pk=rude.pk)).status_code == 302
    client.force_login(ben)
    assert "Very rude words" in client.get(thread.get_absolute_url()).content.decode()


def test_a_hidden_post_is_gone_for_members_only(client, space, ben, oda, sam, question):
    hide_message(question, by=sam, reason="House rule 3")
    address = question.thread.own_path

    found = {}
    for person in (oda, ben, sam):
        client.force_login(person)
        found[person.name] = client.get(address).status_code

    assert found == {"Oda Lund": 404, "Ben Tetteh": 200, "Sam Owusu": 200}
    client.force_login(oda)
    assert client.get(url("exchange", space)).context["cards"] == []


def test_withdraw_own(client, space, ben, oda, question):
    address = url("message_withdraw", space, pk=question.pk)
    client.force_login(oda)
    assert client.post(address).status_code == 403
    client.force_login(ben)
    assert client.get(address).status_code == 200

    answer = client.post(address)

    assert answer["Location"] == url("exchange", space)
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("level", ["everything", "mentions", "nothing", ""])
def test_thread_follow_chooses_a_level(client, space, oda, question, level):
    client.force_login(oda)

    client.post(url("thread_follow", space, pk=question.thread_id), {"level": level})

    levels = list(
        question.thread.follows.filter(person=oda).values_list("level", flat=True)
    )
    assert levels == ([level] if level else [])


def test_only_the_author_changes_who_sees_a_post(client, space, ben, sam, question):
    address = url("thread_audience", space, pk=question.thread_id)
    client.force_login(sam)
    assert client.post(address, {"audience": "members"}).status_code == 403
    client.force_login(ben)

    client.post(address, {"audience": "group"})

    question.thread.refresh_from_db()
    assert question.thread.audience == "group"


def test_talk_under_a_page_leads_to_the_page(client, space, ben):
    thread = open_thread(
        space=space,
        origin="page",
        title="Fire belts",
        path="/s/forest/wiki/fire-belts/",
        audience="members",
    )
    client.force_login(ben)

    answer = client.get(thread.own_path + "?talk=2")

    assert answer["Location"] == "/s/forest/wiki/fire-belts/?talk=2"


WHO_READS = [
    # who, listed space, hidden space, open space (a members' post in each)
    ("ben", 200, 200, 200),
    ("oda", 200, 200, 200),
    ("sam", 200, 200, 200),
    ("cleo", 403, 404, 404),
    ("ivy", 403, 403, 404),
    ("rex", 403, 404, 404),
    ("max_", 403, 404, 404),
    ("root", 403, 403, 404),
    ("guest", 302, 302, 302),
]


@pytest.mark.parametrize(("who", "listed", "hidden", "opened"), WHO_READS)
def test_who_reads_a_members_thread(
    request, ada, space, hidden_space, open_space, who, listed, hidden, opened
):
    person = request.getfixturevalue(who)
    client = Client()
    if who != "guest":
        client.force_login(person)

    found = []
    for place in (space, hidden_space, open_space):
        thread = post_to_exchange(place, by=ada, body="Members only").thread
        found.append(client.get(thread.own_path).status_code)

    assert found == [listed, hidden, opened]


def test_a_public_post_of_an_open_space_is_read_by_anyone(client, open_space, ben):
    thread = post_to_exchange(
        open_space, by=ben, body="For all to see", audience="public"
    ).thread

    page = client.get(thread.own_path)
    listed = client.get(url("exchange", open_space))
    refused = client.post(
        url("message_create", open_space, pk=thread.pk), {"body": "Spam"}
    )

    assert (page.status_code, listed.status_code, refused.status_code) == (
        200,
        200,
        302,
    )
    assert refused["Location"].startswith("/accounts/login/")
    assert thread.messages.count() == 1
    assert "For all to see" in listed.content.decode()
    assert "Sign in</a> to answer" in page.content.decode()


def test_a_groups_thread_is_the_groups_alone(client, space, ben, oda, ada, farmers):
    thread = post_to_exchange(
        space, by=ben, body="Among us", audience="group", audience_group=farmers
    ).thread

    found = {}
    for person in (ben, oda, ada):
        client.force_login(person)
        found[person.name] = (
            client.get(thread.own_path).status_code,
            len(client.get(url("exchange", space)).context["cards"]),
        )

    assert found == {
        "Ben Tetteh": (200, 1),
        "Oda Lund": (404, 0),
        "Ada Mensah": (404, 0),
    }


def test_an_archived_space_is_read_not_written(client, space, ben, question):
    space.state = "archived"
    space.save()
    client.force_login(ben)

    page = client.get(question.thread.own_path).content.decode()
    posted = client.post(url("thread_create", space), post_data())
    answered = client.post(
        url("message_create", space, pk=question.thread_id), {"body": "Too late"}
    )

    assert "archived: it can be read, not written" in page
    assert (posted.status_code, answered.status_code) == (403, 403)


def test_a_space_without_the_tool_has_no_exchange(client, space, ben, question):
    space.tools = ["wiki"]
    space.save()
    client.force_login(ben)

    found = [
        client.get(address).status_code
        for address in (url("exchange", space), question.thread.own_path)
    ]

    assert found == [404, 404]


def test_hostile_words_stay_words(client, space, ben):
    client.force_login(ben)
    client.post(
        url("thread_create", space),
        post_data(body='<script>alert(1)</script> & "quotes"\n<img src=x onerror=y>'),
    )

    page = client.get(url("exchange", space)).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;" in page

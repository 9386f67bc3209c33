"""What comes without a reload: who is shown it, and what asking for it costs."""

import re
import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from conversations.actions import (
    edit_message,
    hide_message,
    post_message,
    post_to_exchange,
    react,
    set_audience,
    withdraw_message,
)
from conversations.models import Reaction, Stream, Thread
from conversations.stream import (
    EXCHANGE,
    TAG,
    THREAD,
    last_change,
    mark,
    number_of,
    stir,
)
from tags.models import Tag
from tests.factories.spaces import SpaceFactory

pytestmark = pytest.mark.django_db


def address(name, space, **kwargs):
    return reverse(name, kwargs={"space": space.slug, **kwargs})


def now_at(sort, pk):
    return mark(sort, pk, last_change(sort, pk) or 0)


def ids_in(answer):
    return re.findall(r'id="([mt]\d+)"', answer.content.decode())


def poll(client, url, at, **more):
    return client.get(url, {"at": at, **more})


def mark_in(answer):
    return re.search(r'data-at="([^"]+)"', answer.content.decode())[1]


@pytest.fixture
def thread(space, ben):
    return post_to_exchange(space, by=ben, body="Who is here? #hour").thread


@pytest.fixture
def streams(space, thread):
    """(address, mark) of each sort of stream, as the pages carry them now."""
    tag = Tag.objects.get(slug="hour")
    return {
        "thread": (
            address("conversations:thread_live", space, pk=thread.pk),
            now_at(THREAD, thread.pk),
        ),
        "exchange": (
            address("conversations:exchange_live", space),
            now_at(EXCHANGE, space.pk),
        ),
        "tag": (
            address("discover:tag_live", space, tag="hour"),
            now_at(TAG, tag.pk),
        ),
    }


@pytest.mark.parametrize("name", ["thread", "exchange", "tag"])
def test_a_poll_that_finds_nothing_is_one_query_and_next_to_no_bytes(
    client, ben, streams, name, django_assert_num_queries
):
    client.force_login(ben)
    url, at = streams[name]

    with django_assert_num_queries(1):
        answer = poll(client, url, at)

    assert (answer.status_code, answer.content) == (204, b"")
    # With gunicorn's status line, Server, Date and Connection: 131 bytes (make bench).
    ours = sum(len(f"{key}: {value}\r\n") for key, value in answer.items())
    assert ours < 100


@pytest.mark.parametrize("sort", [EXCHANGE, THREAD, TAG])
def test_the_one_query_looks_into_an_index(space, thread, sort):
    pk = {EXCHANGE: space.pk, THREAD: thread.pk, TAG: Tag.objects.get().pk}[sort]
    with connection.cursor() as cursor:
        # Whatever PostgreSQL believes of these few rows: where an index can answer
        # alone, there is neither a heap to gather nor anything to sort.
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")

        with connection.execute_wrapper(_explained(plans := [])):
            last_change(sort, pk)

    assert len(plans) == 1
    assert "Index" in plans[0]
    assert "Sort" not in plans[0]


def _explained(plans):
    def explain(execute, sql, params, many, context):
        execute(f"EXPLAIN {sql}", params, many, context)
        plans.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        return execute(sql, params, many, context)

    return explain


def test_a_thread_brings_what_is_new_and_what_has_changed(
    client, space, ben, oda, sam, thread, streams
):
    url, at = streams["thread"]
    client.force_login(ben)
    first = post_message(thread, by=oda, body="Me")
    rude = post_message(thread, by=oda, body="Very rude words")
    answer = poll(client, url, at)
    assert ids_in(answer) == [f"m{first.pk}", f"m{rude.pk}"]
    assert ">2 answers<" in answer.content.decode()

    edit_message(first, by=oda, body="Me, and two others")
    hide_message(rude, by=sam, reason="House rules")
    answer = poll(client, url, mark_in(answer))

    page = answer.content.decode()
    assert ids_in(answer) == [f"m{first.pk}", f"m{rude.pk}"]
    assert "Me, and two others" in page
    assert "Very rude words" not in page
    assert "A steward has hidden this message." in page
    react(first, by=ben, kind=Reaction.Kind.values[0])
    assert ids_in(poll(client, url, mark_in(answer))) == [f"m{first.pk}"]


def test_the_post_itself_comes_again_when_it_changes(client, ben, thread, streams):
    url, at = streams["thread"]
    client.force_login(ben)

    edit_message(thread.messages.get(), by=ben, body="Who is here?\nReally")

    page = poll(client, url, at).content.decode()
    assert page.count("message-opening") == 1
    assert "<li" not in page


@pytest.mark.parametrize("name", ["exchange", "tag"])
def test_posts_come_change_and_go(client, space, ben, oda, thread, streams, name):
    url, at = streams[name]
    client.force_login(oda)
    post = post_to_exchange(space, by=ben, body="I am new. #hour")
    post_message(thread, by=oda, body="An answer")

    answer = poll(client, url, at, shown=thread.pk)

    assert sorted(ids_in(answer)) == [f"t{thread.pk}", f"t{post.thread.pk}"]
    assert 'data-gone=""' in answer.content.decode()
    gone = post.thread.pk
    withdraw_message(post, by=ben)
    # Nothing is left of it that could have changed: the next change tells.
    post_message(thread, by=oda, body="Another")
    later = poll(client, url, mark_in(answer), shown=f"{thread.pk},{gone}")
    assert f'data-gone="t{gone}"' in later.content.decode()


@pytest.mark.parametrize("name", ["exchange", "tag"])
def test_what_one_may_not_see_never_comes(
    client, space, ben, oda, farmers, thread, streams, name
):
    url, at = streams[name]
    secret = post_to_exchange(
        space,
        by=ben,
        body="Among farmers #hour",
        audience="group",
        audience_group=farmers,
    ).thread
    found = {}
    for person in (ben, oda):
        client.force_login(person)
        found[person] = poll(client, url, at)

    assert ids_in(found[ben]) == [f"t{secret.pk}"]
    assert ids_in(found[oda]) == []
    post_to_exchange(space, by=ben, body="For all of us #hour")
    # What moves inwards leaves the page of those who may not see it any more.
    set_audience(thread, audience="group", audience_group=farmers)
    answer = poll(client, url, mark_in(found[oda]), shown=thread.pk)
    assert f'data-gone="t{thread.pk}"' in answer.content.decode()


def test_who_may_not_read_the_space_is_told_nothing(client, cleo, ben, thread, streams):
    url, at = streams["thread"]
    post_message(thread, by=ben, body="Inside")
    as_guest = poll(client, url, at)
    client.force_login(cleo)

    as_outsider = poll(client, url, at)

    assert (as_guest.status_code, as_outsider.status_code) == (302, 403)


@pytest.mark.parametrize(
    "forge",
    [
        lambda at: "",
        lambda at: "nonsense",
        lambda at: at[:-1] + ("0" if at[-1] != "0" else "1"),
        lambda at: "t999999" + at[at.index(".") :],
        lambda at: at.replace(".", "\x00", 1),
    ],
)
def test_a_mark_that_is_none_of_ours_is_the_beginning(
    client, ben, thread, streams, forge
):
    url, at = streams["thread"]
    client.force_login(ben)

    answer = poll(client, url, forge(at))

    assert answer.status_code == 200
    assert ids_in(answer) == [f"m{thread.messages.get().pk}"]


def test_a_mark_of_another_stream_tells_nothing_of_this_one(space, thread):
    assert number_of(mark(THREAD, thread.pk, 7), THREAD, thread.pk) == 7
    assert number_of(mark(EXCHANGE, thread.pk, 7), THREAD, thread.pk) == 0


def test_much_comes_in_parts_and_whole(client, space, ben, oda, thread, streams):
    url, at = streams["thread"]
    said = [post_message(thread, by=oda, body=f"Word {n}").pk for n in range(61)]
    client.force_login(ben)

    first = poll(client, url, at)
    second = poll(client, url, mark_in(first))

    assert "data-more" in first.content.decode()
    assert "data-more" not in second.content.decode()
    assert ids_in(first) + ids_in(second) == [f"m{pk}" for pk in said]


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize(
    ("name", "queries"), [("thread", 8), ("exchange", 10), ("tag", 7)]
)
def test_live_query_count(
    client,
    space,
    ben,
    oda,
    thread,
    streams,
    name,
    queries,
    rows,
    django_assert_max_num_queries,
):
    url, at = streams[name]
    for number in range(rows):
        post_message(thread, by=oda, body=f"Word {number}")
        if name != "thread":
            post_to_exchange(space, by=oda, body=f"Post {number} #hour")
    client.force_login(ben)
    poll(client, url, at)

    with django_assert_max_num_queries(queries):
        assert poll(client, url, at).status_code == 200


def test_pages_carry_a_mark_for_members_and_a_link_without_javascript(
    client, open_space, ben, guest
):
    thread = post_to_exchange(
        open_space, by=ben, body="Open talk #hour", audience="public"
    ).thread
    pages = [
        thread.get_absolute_url(),
        address("conversations:exchange", open_space),
        address("discover:tag_detail", open_space, tag="hour"),
    ]
    as_guest = [client.get(page).content.decode() for page in pages]
    client.force_login(ben)

    as_member = [client.get(page).content.decode() for page in pages]

    assert [page.count("data-at=") for page in as_member] == [1, 1, 1]
    assert [page.count("Look for new messages") for page in as_member] == [1, 1, 1]
    assert [page.count("data-at=") for page in as_guest] == [0, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_later_has_the_larger_number(space, ben, oda):
    """Two write at once: a reader between their commits misses neither of them."""
    slow = post_to_exchange(space, by=ben, body="Slow").thread
    quick = post_to_exchange(space, by=oda, body="Quick").thread
    number = Stream.objects.get(space=space).number
    has_number, may_commit = threading.Event(), threading.Event()

    def slowly():
        try:
            with transaction.atomic():
                stir(slow)
                has_number.set()
                may_commit.wait(10)
        finally:
            connections.close_all()

    def quickly():
        try:
            with transaction.atomic():
                stir(quick)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=slowly), threading.Thread(target=quickly)]
    writers[0].start()
    assert has_number.wait(10)
    writers[1].start()
    writers[1].join(0.5)
    assert writers[1].is_alive()  # waits for its turn
    assert last_change(EXCHANGE, space.pk) == number

    may_commit.set()
    for writer in writers:
        writer.join(10)

    changed = dict(Thread.objects.values_list("pk", "changed"))
    assert (changed[slow.pk], changed[quick.pk]) == (number + 1, number + 2)


def test_spaces_count_by_themselves(space, ben, thread):
    other = SpaceFactory(slug="other")
    before = Stream.objects.get(space=space).number

    stir(Thread.objects.create(space=other))

    assert Stream.objects.get(space=space).number == before
    assert Stream.objects.get(space=other).number == 1


def test_a_poll_needs_no_session_when_nothing_is_new(streams):
    url, at = streams["thread"]

    assert poll(Client(), url, at).status_code == 204

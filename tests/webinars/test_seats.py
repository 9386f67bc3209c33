"""The differing-view seat, from the missing view to the checked summary."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.letters import compose
from notifications.models import Delivery
from notifications.outbox import send_waiting
from tests.factories.webinars import WebinarFactory
from webinars.actions import cancel_webinar, edit_room, move_room, remind_due
from webinars.actions.seating import (
    answer_seat,
    ask_for_checks,
    ask_stances,
    check_summary,
    may_publish_summary,
    offer_seat,
    open_checks,
    revoke_seat,
    say_stance,
    views_among,
)
from webinars.models import Registration, SaidStance, Seat

ROOM = {
    "phone": "+233 30 212",
    "pin": "73519",
    "backup_phone": "+49 30",
    "backup_pin": "1",
}
DRAFT = "Kofi said that permits ruin charcoal makers."


@pytest.fixture
def webinar(space, ada):
    webinar = WebinarFactory(
        space=space, created_by=ada, join_url="https://meet.example/secret-room"
    )
    webinar.hosts.add(ada)
    Registration.objects.create(webinar=webinar, person=ada, answer="yes")
    return webinar


@pytest.fixture
def seat(webinar, ada):
    return offer_seat(
        webinar,
        by=ada,
        name="Kofi",
        address="kofi@example.org",
        language="fr",
        stands_for="charcoal makers",
        brief="We would be glad.",
    )


def letters(slug):
    return Delivery.objects.filter(kind=f"webinars.{slug}")


def at(webinar, **moved):
    """The same session, as if it were that far away from now."""
    webinar.starts = timezone.now() + timedelta(**moved)
    webinar.ends = webinar.starts + timedelta(hours=1)
    webinar.save()
    return webinar


def post(client, name, seat, **data):
    return client.post(reverse(f"seats:{name}", kwargs={"token": seat.token}), data)


def host_page(name, webinar, **words):
    return reverse(
        f"webinars:{name}",
        kwargs={"space": webinar.space.slug, "webinar": webinar.slug, **words},
    )


# ── what is missing ──────────────────────────────────────────────────────────


def test_the_host_sees_which_views_are_missing_in_numbers_only(
    client, webinar, ada, ben
):
    question = ask_stances(
        webinar, by=ada, words="Burning belts?", stances=["for", "against"], missing=""
    )
    ours = Registration.objects.create(webinar=webinar, person=ben, answer="yes")
    client.force_login(ben)

    client.post(
        host_page("webinar_stance", webinar), {"stance": question.stances.first().pk}
    )

    _groups, stances = views_among(webinar)
    assert [(each.words, each.number) for each in stances] == [
        ("for", 1),
        ("against", 0),
    ]
    assert SaidStance.objects.get().registration == ours
    client.force_login(ada)
    text = client.get(host_page("webinar_views", webinar)).content.decode()
    assert "nobody" in text
    assert f">{ben.get_full_name()}" not in text


def test_a_stance_is_taken_back_and_stays_when_others_change(webinar, ada):
    mine = Registration.objects.get(person=ada)
    question = ask_stances(
        webinar, by=ada, words="Belts?", stances=["for", "against"], missing=""
    )
    say_stance(mine, question.stances.get(words="against"))

    ask_stances(
        webinar, by=ada, words="Belts?", stances=["not sure", "against"], missing="x"
    )

    assert [(each.words, each.number) for each in views_among(webinar)[1]] == [
        ("not sure", 0),
        ("against", 1),
    ]
    say_stance(mine, None)
    assert not SaidStance.objects.exists()


def test_the_missing_view_stands_on_the_page(client, webinar, ada, ben):
    client.force_login(ada)
    client.post(
        host_page("webinar_views", webinar),
        {"words": "Belts?", "stances": "for\nagainst", "missing": "charcoal makers"},
    )
    client.force_login(ben)

    text = client.get(webinar.get_absolute_url()).content.decode()

    assert "We still miss the view of charcoal makers" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"stances": "for\nagainst"}, "What is the question?"),
        ({"words": "Q?", "stances": "\n".join("abcdefg")}, "Six at most"),
        ({"words": "Q?", "stances": "x" * 130}, "120 letters at most"),
    ],
)
def test_webinar_views_refuses_in_words(client, webinar, ada, words, said):
    client.force_login(ada)

    response = client.post(host_page("webinar_views", webinar), words)

    assert response.status_code == 422
    assert said in response.content.decode()


# ── the guest ────────────────────────────────────────────────────────────────


def test_a_seat_is_offered_once_in_the_guests_language(webinar, seat, ada):
    again = offer_seat(
        webinar,
        by=ada,
        name="Kofi",
        address="KOFI@example.org",
        language="en",
        stands_for="charcoal makers",
    )

    delivery = letters("seat_offered").get()
    letter = compose(delivery.kind_object, seat, delivery)
    assert again == seat
    assert (letter.to, letter.language) == ("kofi@example.org", "fr")
    assert "charcoal makers" in letter.subject
    assert seat.path in letter.text
    assert "secret-room" not in letter.text + letter.html


def test_the_pass_opens_the_session_and_nothing_else(client, webinar, seat, space):
    text = client.get(seat.path).content.decode()
    closed = client.get(webinar.get_absolute_url())

    assert webinar.title in text
    assert "secret-room" not in text
    assert 'lang="fr"' in text
    assert closed.status_code == 302
    assert client.get(space.get_absolute_url()).status_code in (302, 200)


def test_who_comes_gets_the_way_in_by_mail(webinar, seat, ada):
    edit_room(webinar, by=ada, words=ROOM)

    answer_seat(seat, answer="yes")
    answer_seat(seat, answer="yes")

    delivery = letters("seat_told").get()
    seat = delivery.kind_object.load([str(seat.pk)])[str(seat.pk)]
    letter = compose(delivery.kind_object, seat, delivery)
    assert "+233 30 212" in letter.text
    assert "73519#" in letter.text
    assert "https://meet.example/secret-room" in letter.text
    assert [row.about["what"] for row in letters("seat_heard")] == ["yes"]


def test_the_door_is_for_who_said_yes_and_for_this_session_only(client, webinar, seat):
    at(webinar, minutes=10)
    before = post(client, "seat_join", seat).status_code
    post(client, "seat_answer", seat, answer="yes")
    inside = post(client, "seat_join", seat)
    joined = Seat.objects.get().joined
    at(webinar, hours=-3)
    after = post(client, "seat_join", seat).status_code

    assert (before, inside.status_code, after) == (403, 200, 403)
    assert inside["Refresh"] == "0; url=https://meet.example/secret-room"
    assert joined is not None
    assert "secret-room" not in client.get(seat.path).content.decode()


@pytest.mark.parametrize("how", ["no", "withdrawn", "revoked"])
def test_who_leaves_is_outside(client, webinar, seat, ada, how):
    answer_seat(seat, answer="yes")
    if how == "revoked":
        revoke_seat(seat, by=ada)
    else:
        post(client, "seat_answer", seat, answer=how)

    assert post(client, "seat_join", seat).status_code == 403
    assert client.get(seat.path).status_code == (410 if how == "revoked" else 200)


def test_a_question_reaches_the_hosts_and_the_answer_the_guest(
    client, webinar, seat, ada
):
    assert post(client, "seat_ask", seat, text="  ").status_code == 422
    for _twice in range(2):
        post(client, "seat_ask", seat, text="Who pays?")
    client.force_login(ada)
    client.post(host_page("seat_reply", webinar, pk=seat.pk), {"text": "Nobody."})

    (heard,) = letters("seat_heard")
    (replied,) = letters("seat_replied")
    assert heard.recipient == ada
    assert "Who pays?" in compose(heard.kind_object, seat, heard).text
    assert "Nobody." in compose(replied.kind_object, seat, replied).text
    assert "Nobody." in client.get(seat.path).content.decode()


def test_guests_are_reminded_once_and_told_of_changes(webinar, seat, ada):
    edit_room(webinar, by=ada, words=ROOM)
    answer_seat(seat, answer="yes")
    letters("seat_told").delete()
    Seat.objects.update(answered=timezone.now() - timedelta(days=3))
    moments = [webinar.starts - timedelta(minutes=each) for each in (1440, 60)]

    for now in moments * 2:
        remind_due(now)
    move_room(webinar, by=ada)
    cancel_webinar(webinar, by=ada, reason="Rain")
    send_waiting()

    told = letters("seat_told").order_by("pk")
    assert [(row.about["what"], row.state) for row in told] == [
        ("soon", "dropped"),
        ("soon", "dropped"),
        ("room", "sent"),
        ("cancelled", "sent"),
    ]


# ── the summary ──────────────────────────────────────────────────────────────


def test_without_guests_nothing_holds_a_summary_back(webinar):
    assert may_publish_summary(webinar)


def test_a_summary_waits_for_the_guests_word(client, webinar, seat):
    answer_seat(seat, answer="yes")
    at(webinar, hours=-3)
    assert open_checks(webinar) == [seat]

    ask_for_checks(webinar, text=DRAFT)
    page = client.get(seat.path).content.decode()
    objected = post(client, "seat_check", seat, objection="I said tax.", objects="1")
    held = may_publish_summary(webinar)
    ask_for_checks(webinar, text="Kofi said that the tax ruins charcoal makers.")
    post(client, "seat_check", seat)

    assert DRAFT in page
    assert objected.status_code == 302
    assert not held
    assert may_publish_summary(webinar)
    assert [row.about["what"] for row in letters("seat_heard").order_by("pk")] == [
        "yes",
        "objects",
        "checked",
    ]
    assert letters("seat_check").count() == 2


def test_an_objection_without_words_is_asked_for_words(client, webinar, seat):
    answer_seat(seat, answer="yes")
    ask_for_checks(webinar, text=DRAFT)

    assert post(client, "seat_check", seat, objects="1").status_code == 422


def test_silence_holds_a_summary_back_for_a_week_an_objection_always(webinar, seat):
    answer_seat(seat, answer="yes")
    ask_for_checks(webinar, text=DRAFT)
    Seat.objects.update(check_asked=timezone.now() - timedelta(days=8))
    silent = may_publish_summary(webinar)

    check_summary(seat, objection="No.")

    assert silent
    assert not may_publish_summary(webinar)


@pytest.mark.parametrize("number", [1, 30])
def test_webinar_views_query_count(
    client, webinar, ada, number, django_assert_max_num_queries
):
    for each in range(number):
        offer_seat(
            webinar,
            by=ada,
            name="Guest",
            address=f"guest{each}@example.org",
            language="en",
            stands_for="x",
        )
    client.force_login(ada)
    path = host_page("webinar_views", webinar)
    client.get(path)  # a new session is written down once

    with django_assert_max_num_queries(12):
        client.get(path)

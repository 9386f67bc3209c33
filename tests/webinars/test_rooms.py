"""Rooms: the ways in, the services behind them, and what happens without them."""

import hashlib
from datetime import timedelta

import jwt
import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from notifications.letters import compose
from notifications.models import Delivery
from tests.doubles.bigbluebutton import SECRET, fake_bigbluebutton
from tests.factories.webinars import WebinarFactory
from webinars.actions import (
    answer_webinar,
    edit_room,
    enter_room,
    move_room,
    open_room,
    poll_recordings,
)
from webinars.actions.rooming import entrant_of, note_joined
from webinars.models import Recording, Registration, Room
from webinars.rooms import Entrant, RoomAway, asking, bigbluebutton, jitsi
from webinars.ways import ways_into

BACKUP = {
    "backup_url": "https://other.example/room",
    "backup_phone": "+49 30 99",
    "backup_pin": "4711",
}
PHONE = {"phone": "+233 30 212 3456", "pin": "73519"}


@pytest.fixture
def fake(settings):
    with fake_bigbluebutton() as server:
        settings.ALLIANCE_BBB_URL = server.url
        settings.ALLIANCE_BBB_SECRET = SECRET
        settings.ALLIANCE_ROOMS = "bigbluebutton"
        settings.ALLIANCE_ROOM_PHONE = "+233 30 212 3456"
        yield server


@pytest.fixture
def jitsi_server(settings):
    settings.ALLIANCE_JITSI_URL = "https://meet.example.org"
    settings.ALLIANCE_JITSI_APP_ID = "alliance"
    settings.ALLIANCE_JITSI_SECRET = "s" * 40
    settings.ALLIANCE_ROOMS = "jitsi"


@pytest.fixture
def webinar(space, ada):
    webinar = WebinarFactory(
        space=space,
        created_by=ada,
        starts=timezone.now() + timedelta(minutes=10),
        join_url="",
    )
    webinar.hosts.add(ada)
    Registration.objects.create(webinar=webinar, person=ada, answer="yes")
    return webinar


def page(name, webinar, **words):
    return reverse(
        f"webinars:{name}",
        kwargs={"space": webinar.space.slug, "webinar": webinar.slug, **words},
    )


def letters(slug):
    return Delivery.objects.filter(kind=f"webinars.{slug}")


# ── which room ───────────────────────────────────────────────────────────────


def test_without_a_server_a_webinar_meets_at_its_own_link(webinar):
    assert open_room(webinar).kind == "plain"
    assert open_room(webinar).pk == Room.objects.get().pk


def test_with_a_server_a_webinar_gets_a_room_and_a_pin_of_its_own(fake, webinar, space):
    other = WebinarFactory(space=space, join_url="")

    rooms = [open_room(webinar), open_room(other)]

    assert [room.kind for room in rooms] == ["bigbluebutton"] * 2
    assert len({room.pin for room in rooms}) == 2
    assert all(10_000 <= int(room.pin) <= 99_999 for room in rooms)


def test_its_own_link_wins_over_the_sites_server(fake, webinar):
    webinar.join_url = "https://meet.example/x"

    assert open_room(webinar).kind == "plain"


# ── the phone ────────────────────────────────────────────────────────────────


def test_a_caller_knows_number_and_pin_from_the_mail_alone(fake, webinar, ben):
    room = open_room(webinar)

    answer_webinar(webinar, by=ben, answer="yes")

    delivery = letters("webinar_answered").get()
    registration = Registration.objects.get(person=ben)
    letter = compose(delivery.kind_object, registration, delivery)
    for text in (letter.text, letter.html):
        assert "+233 30 212 3456" in text
        assert f"{room.pin}#" in text
    event = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
    assert room.pin in event["description"]
    unfolded = letter.calendar.replace("\r\n ", "")
    assert f"FEATURE=PHONE;LABEL=By phone;VALUE=URI:tel:+233302123456,,{room.pin}#" in (
        unfolded
    )
    assert "FEATURE=VIDEO,AUDIO" in unfolded


@pytest.mark.parametrize(
    ("room", "tel", "call"),
    [
        ({}, "", ""),
        ({"phone": "+49 (30) 12-34"}, "tel:+49301234", "+49 (30) 12-34"),
        (
            {"phone": "+49 30", "pin": "12"},
            "tel:+4930,,12#",
            "+49 30, then the PIN 12 and #",
        ),
    ],
)
def test_what_a_phone_dials(webinar, room, tel, call):
    webinar.room = Room(webinar=webinar, **room)

    assert (ways_into(webinar).tel, ways_into(webinar).call) == (tel, call)


# ── the door ─────────────────────────────────────────────────────────────────


def test_who_comes_enters_and_it_is_written_down(client, fake, webinar, ben):
    open_room(webinar)
    answer_webinar(webinar, by=ben, answer="yes")
    client.force_login(ben)

    response = client.post(page("webinar_join", webinar))

    assert response.status_code == 200
    assert response["Refresh"].startswith(f"0; url={fake.url}/api/join?fullName=")
    assert "role=VIEWER" in response["Refresh"]
    assert Registration.objects.get(person=ben).joined is not None


def test_trying_the_door_days_ahead_is_not_coming(webinar, ben):
    answer_webinar(webinar, by=ben, answer="yes")

    early = note_joined(webinar, ben, webinar.starts - timedelta(hours=2))
    first = note_joined(webinar, ben, webinar.starts)
    again = note_joined(webinar, ben, webinar.starts + timedelta(minutes=5))

    assert [early, first, again] == [False, True, False]
    assert Registration.objects.get(person=ben).joined == webinar.starts


def test_who_does_not_come_stays_outside(client, fake, webinar, ben):
    open_room(webinar)
    answer_webinar(webinar, by=ben, answer="no")
    client.force_login(ben)

    assert client.post(page("webinar_join", webinar)).status_code == 403
    assert fake.calls == []


def test_hosts_moderate(fake, webinar, ada, ben):
    open_room(webinar)
    webinar.refresh_from_db()
    for person, moderates in ((ada, True), (ben, False)):
        address = enter_room(webinar, entrant_of(person, is_moderator=moderates))
        assert bigbluebutton.ask(address)

    (room,) = fake.rooms.values()
    assert room["inside"] == [
        (ada.get_full_name(), "MODERATOR"),
        (ben.get_full_name(), "VIEWER"),
    ]
    assert room["words"]["voiceBridge"] == webinar.room.pin


@pytest.mark.parametrize(
    "mood", ["nonsense", "huge", "silent", "drips", "fault", "bomb"]
)
def test_a_server_that_misbehaves_is_said_in_words_with_the_other_way(
    client, fake, webinar, ada, mood, monkeypatch
):
    monkeypatch.setattr(asking, "MOST_SECONDS", 1)
    edit_room(webinar, by=ada, words={"kind": "bigbluebutton", **BACKUP})
    fake.mood = mood
    client.force_login(ada)

    response = client.post(page("webinar_join", webinar))

    text = response.content.decode()
    assert response.status_code == 503
    assert "The room’s server" in text
    assert "https://other.example/room" in text
    assert "Move everybody there now" in text
    assert Room.objects.get().away is not None
    assert (
        "The room’s server"
        in client.get(page("webinar_room", webinar)).content.decode()
    )


def test_a_wrong_secret_is_said_in_words(fake, webinar, settings):
    settings.ALLIANCE_BBB_SECRET = "another"
    open_room(webinar)

    with pytest.raises(RoomAway, match="refuses us"):
        enter_room(webinar, Entrant("user-1", "Ada"))


# ── moving everybody ─────────────────────────────────────────────────────────


def test_one_press_moves_everybody_and_tells_them_once(client, webinar, ada, ben, rex):
    edit_room(webinar, by=ada, words={**PHONE, **BACKUP})
    answer_webinar(webinar, by=ben, answer="maybe")
    letters("room_moved").delete()
    client.force_login(ada)

    client.post(page("webinar_move", webinar))
    client.post(page("webinar_move", webinar))

    told = list(letters("room_moved"))
    assert {row.recipient for row in told} == {ada, ben}
    assert len(told) == 2
    webinar.refresh_from_db()
    assert ways_into(webinar).url == "https://other.example/room"
    assert ways_into(webinar).pin == "4711"
    letter = compose(told[0].kind_object, webinar, told[0])
    assert "The room does not work." in letter.text
    assert "4711#" in letter.text
    # No new answer is asked for: the same SEQUENCE (RFC 5546).
    assert "SEQUENCE:0" in letter.calendar


def test_back_to_the_first_room(webinar, ada):
    edit_room(webinar, by=ada, words={**PHONE, **BACKUP})
    move_room(webinar, by=ada)

    move_room(webinar, by=ada, back=True)

    assert ways_into(webinar).pin == "73519"


def test_without_another_room_nobody_is_moved(client, webinar, ada):
    open_room(webinar)
    client.force_login(ada)

    response = client.post(page("webinar_move", webinar), follow=True)

    assert "Say first where the other room is." in response.content.decode()
    assert Room.objects.get().moved is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"kind": "bigbluebutton"}, "Select a valid choice"),
        ({"phone": "call me"}, "Write a telephone number"),
        ({"phone": "+49 30", "pin": "<b>"}, "A PIN has digits only"),
        ({"pin": "123"}, "Which number does the PIN go with?"),
        ({"backup_url": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_webinar_room_refuses_in_words(client, webinar, ada, words, said):
    client.force_login(ada)

    response = client.post(page("webinar_room", webinar), {"kind": "plain", **words})

    assert response.status_code == 422
    assert said in response.content.decode()


def test_webinar_room_tells_those_who_come_of_the_number(client, webinar, ada, ben):
    answer_webinar(webinar, by=ben, answer="yes")
    client.force_login(ada)

    for _twice in range(2):
        client.post(page("webinar_room", webinar), {"kind": "plain", **PHONE})

    assert letters("room_moved").filter(recipient=ben).count() == 1


# ── Jitsi ────────────────────────────────────────────────────────────────────


def test_a_jitsi_token_is_for_one_person_and_one_room(jitsi_server, webinar, ada):
    room = open_room(webinar)
    now = timezone.now()

    address = enter_room(webinar, entrant_of(ada, is_moderator=True))

    base, _mark, token = address.partition("?jwt=")
    claims = jwt.decode(token, "s" * 40, algorithms=["HS256"], audience="alliance")
    assert base == f"https://meet.example.org/{room.name}"
    assert room.name == room.name.lower()
    assert (claims["iss"], claims["sub"], claims["room"]) == (
        "alliance",
        "meet.example.org",
        room.name,
    )
    assert claims["context"]["user"] == {
        "id": f"user-{ada.pk}",
        "name": ada.get_full_name(),
        "affiliation": "owner",
        "moderator": "true",
    }
    assert claims["nbf"] <= now.timestamp()
    assert claims["exp"] == int((webinar.ends + jitsi.AFTERWARDS).timestamp())


def test_others_are_members_of_a_jitsi_room(jitsi_server, webinar, ben):
    room = open_room(webinar)

    token = jitsi.token(webinar, room, entrant_of(ben, is_moderator=False))

    claims = jwt.decode(token, "s" * 40, algorithms=["HS256"], audience="alliance")
    assert claims["context"]["user"]["affiliation"] == "member"
    assert "email" not in claims["context"]["user"]


# ── BigBlueButton ────────────────────────────────────────────────────────────


def test_the_checksum_is_that_of_the_documentation(settings):
    settings.ALLIANCE_BBB_URL = "https://bbb.example/bigbluebutton"
    settings.ALLIANCE_BBB_SECRET = SECRET
    words = {
        "name": "Test Meeting",
        "meetingID": "abc123",
        "attendeePW": "111222",
        "moderatorPW": "333444",
    }

    address = bigbluebutton.signed("create", words)

    query = "name=Test+Meeting&meetingID=abc123&attendeePW=111222&moderatorPW=333444"
    checksum = address.partition("checksum=")[2]
    assert f"/api/create?{query}&checksum=" in address
    assert checksum == hashlib.sha256(f"create{query}{SECRET}".encode()).hexdigest()
    assert checksum.startswith("da9185f7f333cfdfcd6eeac32dca3777510c4c43")


def test_changing_a_room_that_stands_leaves_it_standing(fake, webinar, ada):
    open_room(webinar)
    enter_room(webinar, Entrant("user-1", "Ada"))
    webinar.title = "Another title"

    assert "/api/join?" in enter_room(webinar, Entrant("user-2", "Ben"))


def test_callbacks_are_believed_only_with_the_secret(client, fake, webinar):
    room = open_room(webinar)
    ended = reverse("rooms:room_ended", kwargs={"token": room.token})
    recorded = reverse("rooms:room_recorded", kwargs={"token": room.token})
    claims = {"meeting_id": room.name, "record_id": "rec-1"}

    def post(key, **changes):
        signed = jwt.encode(claims | changes, key, algorithm="HS256")
        return client.post(recorded, {"signed_parameters": signed}).status_code

    assert client.get(ended.replace(room.token, "1.forged")).status_code == 404
    assert client.get(ended).status_code == 204
    assert Room.objects.get().ended is not None
    assert post("x" * 36) == 404
    assert post(SECRET, meeting_id="another") == 404
    assert client.post(recorded, {"signed_parameters": "nonsense"}).status_code == 404
    assert not Recording.objects.exists()
    assert [post(SECRET), post(SECRET)] == [204, 204]
    assert Recording.objects.get().record_id == "rec-1"


def test_recordings_are_found_without_a_callback(client, fake, webinar, ada, ben):
    edit_room(webinar, by=ada, words={"kind": "bigbluebutton", "is_recorded": True})
    webinar.refresh_from_db()
    enter_room(webinar, Entrant("user-1", "Ada"))
    later = webinar.ends + timedelta(hours=1)
    fake.recordings[webinar.room.name] = [
        ("rec-1", "https://bbb.example/playback/1", 61),
        ("rec-2", "javascript:alert(1)", 61),
    ]

    polled = [poll_recordings(later), poll_recordings(later + timedelta(minutes=1))]
    polled.append(poll_recordings(later + timedelta(minutes=11)))

    assert polled == [1, 0, 0]
    assert fake.calls.count("getRecordings") == 2
    recording = Recording.objects.get()
    assert (recording.address, recording.minutes) == (
        "https://bbb.example/playback/1",
        61,
    )
    webinar.starts, webinar.ends = later - timedelta(days=3), later - timedelta(days=2)
    webinar.save()
    client.force_login(ben)
    assert "playback/1" not in client.get(webinar.get_absolute_url()).content.decode()
    client.force_login(ada)
    client.post(page("recording_show", webinar, pk=recording.pk))
    client.force_login(ben)
    assert "playback/1" in client.get(webinar.get_absolute_url()).content.decode()

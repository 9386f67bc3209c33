"""Pages of a story's photos, recordings and films."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from files.actions import upload
from files.converting import convert_next
from files.models import File, Incoming
from files.uploading import append_piece, begin_upload
from stories.actions import add_media, describe_media
from stories.models import Story, StoryFile
from tests.factories.files import FileFactory, picture_bytes, picture_upload
from tests.factories.stories import StoryFactory
from tests.files.recordings import needs_ffmpeg, recording

pytestmark = pytest.mark.django_db

WORDS = {"title": "Rice", "body": "", "language": "en", "audience": "members"}
CUES = "WEBVTT\n\n00:00.000 --> 00:02.000\nThe bell rings.\n"


def page(name, story, item=None):
    words = {"space": story.space.slug, "story": story.slug}
    return reverse(f"stories:{name}", kwargs=words | ({"item": item} if item else {}))


@pytest.fixture
def as_ben(client, ben):
    client.force_login(ben)
    return client


@pytest.fixture
def story(space, ben):
    return StoryFactory(space=space, author=ben)


def sent(name, content):
    return SimpleUploadedFile(name, content)


@needs_ffmpeg
def test_a_voice_note_and_two_photos_tell_a_story(as_ben, space, ben):
    files = [picture_upload("one.jpg", width=90), picture_upload("two.jpg", width=80)]

    answer = as_ben.post(
        reverse("stories:story_create", args=[space.slug]),
        WORDS
        | {
            "publish": "1",
            "photos": files,
            "shown": "A field\nA sack",
            "recordings": sent("voice.weba", recording("webm")),
        },
    )

    story = Story.objects.get()
    assert (answer.status_code, answer.url) == (302, story.get_absolute_url())
    waiting = as_ben.get(story.get_absolute_url()).content.decode()
    assert "It is being made small" in waiting
    assert "hx-trigger" in waiting
    convert_next()
    text = as_ben.get(story.get_absolute_url()).content.decode()
    assert "<audio controls" in text
    assert "?form=mp3" in text
    assert 'alt="A sack"' in text
    listed = as_ben.get(reverse("stories:story_list", args=[space.slug]))
    assert "With a voice recording" in listed.content.decode()


@needs_ffmpeg
def test_what_arrived_in_pieces_is_taken_once(as_ben, space, ben):
    content = recording("ogg")
    incoming = begin_upload(space, by=ben, name="voice.ogg", size=len(content))
    append_piece(incoming, io.BytesIO(content), offset=0)
    half = begin_upload(space, by=ben, name="half.ogg", size=99)
    create = reverse("stories:story_create", args=[space.slug])

    refused = as_ben.post(create, WORDS | {"arrived": f"{incoming.token},{half.token}"})
    file = File.objects.get()
    as_ben.post(create, WORDS | {"kept": str(file.pk), "arrived": incoming.token})

    text = refused.content.decode()
    assert refused.status_code == 422
    assert "“half.ogg” has not arrived whole." in text
    assert f'name="kept" value="{file.pk}"' in text
    assert [item.file for item in Story.objects.get().media.all()] == [file]
    assert list(Incoming.objects.all()) == [half]


def test_photos_without_words_are_asked_about(as_ben, space):
    answer = as_ben.post(
        reverse("stories:story_create", args=[space.slug]),
        WORDS | {"body": "Late.", "photos": [picture_upload()]},
        follow=True,
    )

    story = Story.objects.get()
    assert answer.redirect_chain == [(page("story_media", story), 302)]
    assert "Say what the photos show" in answer.content.decode()


BAD = [
    ("photos", "a.svg", b"<svg onload=alert(1)></svg>", "Drawings (SVG) cannot be"),
    ("photos", "a.jpg", b"MZ\x90\0" * 99, "not a photo we can read"),
    ("recordings", "a.mp3", b"MZ\x90\0" * 99, "no recording we know"),
    ("recordings", "a.ogg", b"", "file is empty"),
]


@pytest.mark.parametrize(("field", "name", "content", "words"), BAD)
def test_one_bad_file_loses_nothing_else(as_ben, space, field, name, content, words):
    files = [picture_upload("good.jpg"), sent(name, content)]
    fields = {"photos": files} if field == "photos" else {
        "photos": files[:1], "recordings": files[1:],
    }  # fmt: skip

    answer = as_ben.post(
        reverse("stories:story_create", args=[space.slug]),
        WORDS | {"body": "The rice came late."} | fields,
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{name}” was not added" in text
    assert words in text
    assert "The rice came late." in text
    assert f'name="kept" value="{File.objects.get().pk}"' in text


def test_a_photo_bomb_is_refused_in_words(as_ben, story):
    bomb = sent("bomb.png", picture_bytes(9000, 9000, "PNG"))

    answer = as_ben.post(page("story_media", story), {"photos": [bomb]})

    assert answer.status_code == 422
    assert "too many pixels" in answer.content.decode()


def test_others_files_and_other_spaces_are_not_taken(
    as_ben, space, open_space, ben, oda, story
):
    others = [
        FileFactory(space=space, is_draft=True, uploaded_by=oda),
        FileFactory(space=open_space, is_draft=True, uploaded_by=ben),
        FileFactory(space=space, is_draft=False, uploaded_by=ben),
    ]
    kept = ",".join(str(file.pk) for file in others) + f",{2**70},x"

    answer = as_ben.post(page("story_media", story), {"kept": kept})

    assert answer.status_code == 422
    assert not StoryFile.objects.exists()


def test_media_are_added_described_moved_and_deleted(as_ben, story, ben):
    media = page("story_media", story)
    as_ben.post(media, {"photos": [picture_upload("one.jpg", width=90)]})
    as_ben.post(media, {"link": "https://film.example/1"})
    one, link = story.media.in_order()

    as_ben.post(page("media_edit", story, one.pk), {"alt": "A bell", "caption": "Noon"})
    as_ben.post(page("media_move", story, one.pk), {"back": "1"})
    text = as_ben.get(story.get_absolute_url()).content.decode()
    as_ben.post(page("media_remove", story, link.pk))

    assert text.index("https://film.example/1") < text.index('alt="A bell"')
    assert "Noon" in text
    assert [item.file.alt for item in story.media.all()] == ["A bell"]


@pytest.mark.parametrize(
    ("link", "words"),
    [("javascript:alert(1)", "Enter a valid URL"), ("", "Choose a photo or")],
)
def test_bad_links_are_refused(as_ben, story, link, words):
    answer = as_ben.post(page("story_media", story), {"link": link})

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.fixture
def sound(space, ben, story):
    file = FileFactory(
        space=space, kind="sound", is_draft=True, content_type="audio/ogg",
        name="voice.ogg", seconds=65.2, uploaded_by=ben,
    )  # fmt: skip
    return add_media(story, by=ben, files=[file])[0]


def test_what_is_said_stands_under_the_player(as_ben, story, sound):
    answer = as_ben.post(
        page("media_edit", story, sound.pk),
        {"transcript": "The bell rings.", "cues_file": sent("a.vtt", CUES.encode())},
    )

    text = as_ben.get(story.get_absolute_url()).content.decode()
    cues = as_ben.get(page("media_cues", story, sound.pk))
    assert answer.status_code == 302
    assert "Read what is said" in text
    assert f'<track kind="captions" src="{page("media_cues", story, sound.pk)}"' in text
    assert "1:05" in text
    assert cues["Content-Type"] == "text/vtt; charset=utf-8"
    assert b"The bell rings." in cues.content


@pytest.mark.parametrize(
    "given",
    [
        {"cues": "Hello"},
        {"cues": "WEBVTT\n\nfoo --> bar\nHello"},
        {"cues_file": sent("a.vtt", b"\xff\xfe\x00")},
    ],
)
def test_bad_subtitles_are_refused_and_the_rest_is_kept(as_ben, story, sound, given):
    answer = as_ben.post(
        page("media_edit", story, sound.pk), {"transcript": "It rings."} | given
    )

    assert answer.status_code == 422
    assert "It rings." in answer.content.decode()
    sound.refresh_from_db()
    assert sound.cues == ""


def test_a_failed_recording_is_told_to_the_teller_alone(client, story, sound, oda, ben):
    File.objects.filter(pk=sound.file_id).update(state="failed", fault="unreadable")
    found = []
    for person in (ben, oda):
        client.force_login(person)
        text = client.get(story.get_absolute_url()).content.decode()
        found.append("It could not be read" in text)

    assert found == [True, False]


def test_progress_is_told_until_it_is_ready(as_ben, story, sound):
    state = page("media_state", story, sound.pk)
    File.objects.filter(pk=sound.file_id).update(state="working", progress=40)
    working = as_ben.get(state).content.decode()
    File.objects.filter(pk=sound.file_id).update(state="ready")
    ready = as_ben.get(state).content.decode()

    assert "40 % done" in working
    assert "hx-trigger" in working
    assert "<audio" in ready
    assert "hx-trigger" not in ready


@pytest.mark.parametrize("number", [1, 20])
def test_media_pages_cost_the_same(
    as_ben, story, ben, space, number, django_assert_num_queries
):
    for file in [FileFactory(space=space, is_draft=True) for _ in range(number)]:
        describe_media(add_media(story, by=ben, files=[file])[0], by=ben, caption="x")
    as_ben.get(story.get_absolute_url())

    with django_assert_num_queries(10):
        as_ben.get(story.get_absolute_url())
    with django_assert_num_queries(6):
        as_ben.get(page("story_media", story))


def test_a_draft_thrown_into_the_form_is_described_later(space, ben, story):
    photo = upload(space, picture_upload(), by=ben)
    item = add_media(story, by=ben, files=[photo])[0]

    describe_media(item, by=ben, alt="x" * 400)

    assert len(File.objects.get(pk=photo.pk).alt) == 300

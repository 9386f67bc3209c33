"""What a story is told with besides words: verbs."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from files.actions import upload
from files.models import File
from stories.actions import (
    add_media,
    describe_media,
    discard_story,
    move_media,
    publish_story,
    remove_media,
    withdraw_story,
)
from stories.actions.media import MOST
from stories.models import Story, StoryFile
from tests.factories.files import FileFactory, picture_upload
from tests.factories.stories import StoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(space, ben):
    return StoryFactory(space=space, author=ben, state="draft")


@pytest.fixture
def photos(space, ben):
    return [
        upload(space, picture_upload(width=60 + number), by=ben, alt=f"Photo {number}")
        for number in range(3)
    ]


def shown(story):
    return [item.file.alt for item in story.media.in_order()]


def cover(story):
    return Story.objects.select_related("photo").get(pk=story.pk).photo


def test_a_story_holds_several_and_its_first_photo_stands_in_lists(story, ben, photos):
    add_media(story, by=ben, files=photos[:2])
    add_media(story, by=ben, files=photos[2:])

    assert shown(story) == ["Photo 0", "Photo 1", "Photo 2"]
    assert cover(story) == photos[0] == story.photo


def test_the_same_one_twice_hangs_there_once(story, ben, photos):
    for photo in photos:
        photo.digest = "same"
        photo.save()

    add_media(story, by=ben, files=photos[:2])
    add_media(story, by=ben, files=photos[:1])

    assert shown(story) == ["Photo 0"]


def test_a_story_holds_only_so_many(story, ben, space):
    files = [FileFactory(space=space, is_draft=True) for _ in range(MOST)]
    add_media(story, by=ben, files=files)

    with pytest.raises(ValidationError, match="Take some off first"):
        add_media(story, by=ben, link="https://film.example/1")


def test_a_link_is_no_file(story, ben):
    (link,) = add_media(story, by=ben, link="https://film.example/1", caption="The day")
    add_media(story, by=ben, link="https://film.example/1")

    assert list(story.media.all()) == [link]
    assert (link.kind, link.file, link.caption) == ("link", None, "The day")


def test_order_is_changed_one_step_at_a_time(story, ben, photos):
    items = add_media(story, by=ben, files=photos)

    move_media(items[2], by=ben, forward=True)
    move_media(items[0], by=ben, forward=True)
    move_media(items[0], by=ben, forward=False)

    assert shown(story) == ["Photo 2", "Photo 0", "Photo 1"]
    assert cover(story) == photos[2]


def test_it_is_described(story, ben, photos):
    (item,) = add_media(story, by=ben, files=photos[:1])

    describe_media(item, by=ben, alt="  A  bell ", caption="Monday")
    describe_media(item, by=ben, transcript="It rings.")

    item = StoryFile.objects.with_files().get()
    assert (item.file.alt, item.caption, item.transcript) == (
        "A bell", "Monday", "It rings.",
    )  # fmt: skip


def test_what_is_taken_off_is_deleted_from_the_disk(
    story, ben, photos, django_capture_on_commit_callbacks
):
    first, second = add_media(story, by=ben, files=photos[:2])
    paths = photos[0].paths

    with django_capture_on_commit_callbacks(execute=True):
        remove_media(first, by=ben)

    assert not any(default_storage.exists(path) for path in paths)
    assert (list(story.media.all()), cover(story)) == ([second], photos[1])
    assert set(File.objects.all()) == {photos[1], photos[2]}


def test_files_follow_their_story(story, ben, oda, photos):
    def seen():
        return [photo in File.objects.visible_to(oda) for photo in photos[:2]]

    add_media(story, by=ben, files=photos[:1])
    found = [seen()]
    story = publish_story(story, by=ben)
    add_media(story, by=ben, files=photos[1:2])
    found.append(seen())
    withdraw_story(story, by=ben)
    found.append(seen())

    assert found == [[False, False], [True, True], [False, False]]


def test_a_draft_thrown_away_leaves_nothing(
    story, ben, photos, django_capture_on_commit_callbacks
):
    add_media(story, by=ben, files=photos)
    paths = [path for photo in photos for path in photo.paths]

    with django_capture_on_commit_callbacks(execute=True):
        discard_story(story, by=ben)

    assert not File.objects.exists()
    assert not any(default_storage.exists(path) for path in paths)

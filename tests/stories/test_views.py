"""Pages of stories."""

import pytest
from django.urls import reverse

from files.models import File
from stories.models import Story
from tests.factories.files import picture_upload
from tests.factories.stories import StoryFactory


def page(name, space, **kwargs):
    return reverse(f"stories:{name}", kwargs={"space": space.slug, **kwargs})


@pytest.fixture
def as_ben(client, ben):
    client.force_login(ben)
    return client


def test_story_create_saves_a_draft_then_publishes(as_ben, space, oda):
    words = {
        "title": "The bell works",
        "body": "The rice came late. #fire",
        "language": "en",
        "audience": "members",
        "draft_id": "6b5f0f1e-8b0c-4a53-9f0e-0d2cf2a8a1aa",
    }

    first = as_ben.post(page("story_create", space), words)
    again = as_ben.post(page("story_create", space), words | {"publish": "1"})

    story = Story.objects.get()
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url == story.get_absolute_url()
    assert story.state == "published"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 161}, "at most 160 characters"),
        (
            {"body": "", "surprised": "", "place": "Nobody slept."},
            "Tell at least a sentence of what happened.",
        ),
        ({"body": "long " * 12_001}, "Perhaps it is two stories?"),
        # Its headings count, and each line of what stands in a box is indented.
        ({"body": "l" * 59_990}, "Perhaps it is two stories?"),
        ({"did_not_work": "a\n" * 15_000}, "Perhaps it is two stories?"),
        ({"audience": "public"}, "Select a valid choice"),
        ({"language": "xx"}, "Select a valid choice"),
    ],
)
def test_story_create_refuses_in_words_and_keeps_the_text(as_ben, space, change, words):
    sent = {
        "title": "The bell",
        "body": "It rings at four.",
        "surprised": "Nobody slept.",
        "language": "en",
        "audience": "members",
    } | change

    response = as_ben.post(page("story_create", space), sent)

    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert "Nobody slept." in text
    assert not Story.objects.exists()


def test_photos_survive_an_error_in_the_form(as_ben, space, ben):
    words = {"title": "", "body": "Late rice.", "language": "en", "audience": "members"}
    sent = [picture_upload("one.jpg", width=900), picture_upload("two.jpg", width=90)]

    refused = as_ben.post(page("story_create", space), words | {"photos": sent})

    one, two = File.objects.order_by("pk")
    text = refused.content.decode()
    assert refused.status_code == 422
    assert f'name="kept" value="{one.pk},{two.pk}"' in text
    assert text.count("is here and is kept") == 2
    fixed = {"title": "Rice", "shown": "A field\nA sack", "kept": f"{one.pk},{two.pk}"}
    as_ben.post(page("story_create", space), words | fixed)
    story = Story.objects.select_related("photo").get()
    assert story.photo == one
    shown = [(item.file_id, item.file.alt) for item in story.media.in_order()]
    assert shown == [(one.pk, "A field"), (two.pk, "A sack")]


def test_story_create_is_for_members(client, space, cleo, open_space):
    client.force_login(cleo)

    refused = [client.get(page("story_create", each)) for each in (space, open_space)]

    assert [response.status_code for response in refused] == [403, 403]


def test_story_edit_is_the_tellers_alone(client, space, ben, oda, ada):
    story = StoryFactory(space=space, author=ben)
    address = page("story_edit", space, story=story.slug)
    seen = {}

    for person in (ben, oda, ada):
        client.force_login(person)
        seen[person.name] = client.get(address).status_code

    assert seen == {"Ben Tetteh": 200, "Oda Lund": 403, "Ada Mensah": 403}


def test_a_draft_does_not_exist_for_others(client, space, ben, ada):
    story = StoryFactory(space=space, author=ben, state="draft", published=None)
    client.force_login(ada)

    response = client.get(story.get_absolute_url())

    assert response.status_code == 404


def test_withdrawn_story_leaves_list_page_and_search(client, space, ben, oda):
    story = StoryFactory(
        space=space, author=ben, title="Salamander", plain="salamander"
    )
    client.force_login(oda)
    addresses = [
        page("story_list", space),
        "/search/?q=salamander",
        f"/s/{space.slug}/",
    ]
    before = ["Salamander" in client.get(each).content.decode() for each in addresses]
    client.force_login(ben)
    client.post(page("story_withdraw", space, story=story.slug), {"reason": ""})

    client.force_login(oda)
    after = ["Salamander" in client.get(each).content.decode() for each in addresses]

    assert before == [True, True, True]
    assert after == [False, False, False]
    assert client.get(story.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("rows", [1, 10])
def test_story_list_query_count(as_ben, space, oda, rows, django_assert_num_queries):
    StoryFactory.create_batch(rows, space=space, author=oda)
    as_ben.get(page("story_list", space))

    with django_assert_num_queries(7):
        as_ben.get(page("story_list", space))

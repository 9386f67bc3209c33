"""A story with two photos and a voice note, as a phone tells it."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from stories.models import Story
from tests.factories.files import picture_bytes
from tests.files.recordings import needs_ffmpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


@needs_ffmpeg
def test_two_photos_and_a_voice_note(visit, space, ben, oda):
    page = visit(ben, **PHONE)
    page.goto(reverse("stories:story_create", args=[space.slug]))
    page.get_by_label("Title").fill("The bell works")
    page.locator("#id_photos").set_input_files(
        [
            {
                "name": f"{name}.jpg",
                "mimeType": "image/jpeg",
                "buffer": picture_bytes(900, width),
            }
            for name, width in (("bell", 600), ("rice", 500))
        ]
    )
    sent = page.locator(".media-sent li")
    expect(sent).to_have_count(2)
    page.get_by_label("What do the photos show?").fill("A bell\nRice in a sack")
    page.get_by_role("button", name="Record your voice").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("[data-record] [role=status]")).to_contain_text("0:02")
    page.get_by_role("button", name="Stop").click()
    expect(sent).to_have_count(3)
    expect(sent.nth(2)).to_have_text(re.compile(r"voice-.*✓ arrived"))

    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", name="The bell works")).to_be_visible()
    story = Story.objects.get()
    shown = [(item.kind, item.file.alt) for item in story.media.in_order()]
    assert shown == [("photo", "A bell"), ("photo", "Rice in a sack"), ("sound", "")]
    # It was made small at once (tests have no queue), and can be heard.
    expect(page.locator("audio")).to_be_visible()
    reader = visit(oda, **PHONE)
    reader.goto(story.get_absolute_url())
    expect(reader.get_by_alt_text("Rice in a sack")).to_be_visible()
    length = reader.locator("audio").evaluate(
        """async (player) => {
          player.preload = "auto"; player.load();
          await new Promise((done) => { player.oncanplay = done; });
          return player.duration;
        }"""
    )
    assert 1 < length < 6

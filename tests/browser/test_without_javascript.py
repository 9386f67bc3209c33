"""The core journey without JavaScript: join, post, answer, tell, edit."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conversations.models import Message
from stories.models import Story
from tests.browser.steps import change_page, post, tab, tell_story, write_page
from wiki.models import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_core_journey(visit, ben, cleo, open_space):
    page = visit(
        cleo, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )

    page.goto(reverse("discover:home"))
    page.get_by_role("link", name="Water Watch").click()
    page.get_by_role("link", name="Join this space").click()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("Welcome to Water Watch.")).to_be_visible()

    post(page, "Which wells run in March?", talk="Question")
    expect(
        page.get_by_role("heading", name="Which wells run in March?")
    ).to_be_visible()
    other = visit(ben, java_script_enabled=False)
    other.goto(reverse("discover:space_detail", kwargs={"space": "water"}))
    tab(other, "Exchange")
    other.get_by_role("link", name="Answer", exact=True).click()
    other.get_by_label("Your answer").fill("Ours at the school, until noon.")
    other.get_by_role("button", name="Send").click()
    expect(other.get_by_text("Ours at the school, until noon.")).to_be_visible()

    tell_story(page, "The locked pump", "Somebody locked it.", "Nobody had the key.")
    write_page(page, "Wells", "The school well runs.")
    change_page(page, "Wells", "The school well runs until noon.", "noon")
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Compare the two marked versions").click()
    expect(page.get_by_text("2 words added, 0 words removed.")).to_be_visible()

    assert list(Message.objects.order_by("pk").values_list("body", "author")) == [
        ("Which wells run in March?", cleo.pk),
        ("Ours at the school, until noon.", ben.pk),
    ]
    assert Story.objects.get().state == "published"
    assert Page.objects.get().current.number == 2

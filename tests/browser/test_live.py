"""Talk without reloading: it comes, it changes, it moves nothing that is read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conversations.actions import (
    hide_message,
    open_tag,
    post_message,
    post_to_exchange,
)
from conversations.models import GuestWord
from tags.models import Tag
from tests.factories.conversations import MessageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def wake(page):
    """What coming back to a tab does: it asks at once. Not twice within a second."""
    page.wait_for_timeout(1100)
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def stays(page):
    page.evaluate("window.isSamePage = true")


def test_two_people_talk_in_two_browsers(visit, space, ben, oda, sam):
    thread = post_to_exchange(space, by=ben, body="Who is here?").thread
    bens, odas = visit(ben), visit(oda)
    for page in (bens, odas):
        page.goto(thread.get_absolute_url())
        stays(page)

    odas.get_by_label("Your answer").fill("I am, by the river.")
    odas.get_by_role("button", name="Send").click()
    expect(odas.get_by_role("list").get_by_text("by the river")).to_have_count(1)
    wake(bens)
    expect(bens.get_by_role("list").get_by_text("by the river")).to_have_count(1)
    expect(bens.get_by_role("heading", name="1 answer")).to_be_visible()
    bens.get_by_label("Your answer").fill("Half a thou")
    hide_message(thread.messages.latest("pk"), by=sam, reason="House rules")
    wake(bens)

    expect(bens.get_by_text("A steward has hidden this message.")).to_be_visible()
    expect(bens.get_by_text("by the river")).to_have_count(0)
    # What is being typed stays, and what is sent then stands there once.
    expect(bens.get_by_label("Your answer")).to_have_value("Half a thou")
    bens.get_by_label("Your answer").fill("A whole thought")
    bens.get_by_role("button", name="Send").click()
    wake(bens)
    wake(odas)
    for page in (bens, odas):
        expect(page.get_by_role("list").get_by_text("A whole thought")).to_have_count(1)
        assert page.evaluate("window.isSamePage")


def test_what_comes_never_moves_what_is_read(visit, space, ben, oda):
    thread = post_to_exchange(space, by=ben, body="A long talk").thread
    for number in range(20):
        MessageFactory(thread=thread, author=oda, body=f"Word {number}")
    page = visit(ben, viewport={"width": 360, "height": 640})
    page.goto(thread.get_absolute_url())
    read = page.locator("#messages > li").nth(8)
    read.scroll_into_view_if_needed()
    before = read.bounding_box()["y"]

    post_message(thread, by=oda, body="The newest")
    wake(page)

    pill = page.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    assert abs(read.bounding_box()["y"] - before) < 1
    pill.click()
    expect(page.get_by_text("The newest")).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_new_posts_stand_above_and_move_nothing(visit, space, ben, oda):
    for number in range(12):
        post_to_exchange(space, by=oda, body=f"Post number {number} of many")
    page = visit(ben, viewport={"width": 360, "height": 640})
    page.goto(reverse("conversations:exchange", kwargs={"space": space.slug}))
    read = page.get_by_role("heading", name="Post number 3 of many")
    read.scroll_into_view_if_needed()
    before = read.bounding_box()["y"]

    post_to_exchange(space, by=oda, body="The newest of them")
    wake(page)

    pill = page.get_by_role("button", name="1 new")
    expect(pill).to_be_visible()
    assert abs(read.bounding_box()["y"] - before) < 1
    pill.click()
    expect(page.get_by_role("heading", name="The newest of them")).to_be_in_viewport()


def test_a_guest_speaks_under_an_open_hashtag_without_javascript(
    visit, open_space, ada, ben
):
    asked = "Which are dry? #Wells"
    post_to_exchange(open_space, by=ben, body=asked, audience="public")
    tag = Tag.objects.get()
    tag.space = open_space
    open_tag(tag, by=ada)
    page = visit(java_script_enabled=False)
    page.goto(tag.get_absolute_url())
    page.get_by_role("link", name="Answer").first.click()
    page.get_by_label("Your words").fill("Ours is, since Monday.")
    page.get_by_label("Your name").fill("Akua")
    page.get_by_label("Your e-mail address").fill("akua@example.org")
    page.get_by_label("Which hashtag is this page about?").fill("rivers")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label("Your words")).to_have_value("Ours is, since Monday.")
    page.get_by_label("Which hashtag is this page about?").fill("wells")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("A letter is on its way to akua@")).to_be_visible()

    page.goto(GuestWord.objects.get().letter_path)
    page.get_by_role("button", name="Yes, send my words").click()
    expect(page.get_by_text("A steward looks at your words")).to_be_visible()
    reader = visit()
    reader.goto(tag.get_absolute_url())
    expect(reader.get_by_text("1 answer")).to_have_count(0)
    steward = visit(ada)
    steward.goto(open_space.get_absolute_url())
    steward.get_by_role("link", name="words of 1 guest wait for you").click()
    steward.get_by_role("button", name="Let it through").click()
    wake(reader)

    expect(reader.get_by_role("link", name="1 answer")).to_be_visible()

"""The small scripts: what a page does beyond what it does without them."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conversations.models import Message, Thread
from tests.accounts.pictures import picture
from tests.factories.conversations import MessageFactory, ThreadFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def exchange_of(space):
    return reverse("conversations:exchange", kwargs={"space": space.slug})


def test_words_survive_a_closed_tab_and_are_forgotten_once_sent(visit, ben, space):
    page = visit(ben)
    box = page.get_by_label("Ask, tell, offer something")
    page.goto(exchange_of(space))
    box.fill("Half a thought")
    kept(page, "Half a thought")
    page.close()

    page = page.context.new_page()
    box = page.get_by_label("Ask, tell, offer something")
    page.goto(exchange_of(space))
    expect(box).to_have_value("Half a thought")
    expect(page.get_by_text("Here is what you wrote before.")).to_be_visible()

    box.fill("A whole thought")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("heading", name="A whole thought")).to_be_visible()
    page.goto(exchange_of(space))
    expect(box).to_have_value("")


def kept(page, words):
    """Wait until the page has put these words away; a key at a time, as typed."""
    for _turn in range(60):
        if words in page.evaluate("JSON.stringify({...localStorage})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing was kept")


def test_a_double_click_makes_one_post(visit, ben, space):
    page = visit(ben)
    page.goto(exchange_of(space))
    page.get_by_label("Ask, tell, offer something").fill("Once is enough")

    page.get_by_role("button", name="Post", exact=True).dblclick()

    expect(page.get_by_role("heading", name="Once is enough")).to_be_visible()
    assert Thread.objects.count() == 1


def test_a_double_click_on_send_makes_one_answer_without_a_new_page(visit, ben, space):
    thread = ThreadFactory(space=space)
    MessageFactory(thread=thread, author=ben, body="How deep?")
    page = visit(ben)
    page.goto(thread.get_absolute_url())
    page.evaluate("window.isSamePage = true")
    page.get_by_label("Your answer").fill("Two feet.")

    page.get_by_role("button", name="Send").dblclick()

    expect(page.get_by_role("list").get_by_text("Two feet.")).to_have_count(1)
    expect(page.get_by_label("Your answer")).to_have_value("")
    assert page.evaluate("window.isSamePage")
    assert Message.objects.filter(body="Two feet.").count() == 1


def test_a_dangerous_press_asks_first_and_takes_no_for_an_answer(visit, ada, space):
    page = visit(ada)
    page.goto(reverse("spaces:invitation_link_create", kwargs={"space": space.slug}))
    page.get_by_role("button", name="Make the link").click()

    page.get_by_role("button", name="Take back").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nobody will be able to come by this link")
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    assert space.invitations.filter(revoked__isnull=False).count() == 0

    page.get_by_role("button", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    assert space.invitations.filter(revoked__isnull=False).count() == 1


def test_a_link_is_copied(visit, ada, space):
    page = visit(ada, permissions=["clipboard-read", "clipboard-write"])
    page.goto(reverse("spaces:invitation_link_create", kwargs={"space": space.slug}))
    page.get_by_role("button", name="Make the link").click()
    address = page.get_by_label("Address of the link").input_value()

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_the_counter_speaks_near_the_end_only(visit, live_server):
    page = visit()
    page.goto(reverse("ui:component_list"))
    box = page.locator("textarea[data-count]").first
    most = int(box.get_attribute("data-count"))

    box.fill("a")
    count = page.locator(".field-count").first
    expect(count).to_be_hidden()
    box.fill("a" * (most - 7))
    expect(count).to_have_text("7")


def test_a_chosen_photo_is_shown_before_it_is_sent(visit, ben, space):
    page = visit(ben)
    page.goto(reverse("stories:story_create", kwargs={"space": space.slug}))

    page.locator("#id_photos").set_input_files(
        {"name": "bell.jpg", "mimeType": "image/jpeg", "buffer": picture().read()}
    )

    expect(page.locator(".media-sent li")).to_contain_text("bell.jpg")

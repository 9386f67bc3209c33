"""Writing in a browser: suggestions, quotes, reactions, keys, and lines that break."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conversations.actions import post_message, post_to_exchange
from conversations.models import Message, Reaction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASK, ANSWER = "Ask, tell, offer something", "Your answer"


def exchange(space):
    return reverse("conversations:exchange", kwargs={"space": space.slug})


def test_names_and_tags_are_chosen_with_the_keyboard(visit, space, ben, oda):
    post_to_exchange(space, by=oda, body="About #firebelts")
    page = visit(ben)
    page.goto(exchange(space))
    box = page.get_by_label(ASK)

    box.press_sequentially("Hi @od")
    expect(page.get_by_role("option", name="Oda Lund")).to_have_attribute(
        "aria-selected", "true"
    )
    expect(page.get_by_role("combobox", name=ASK)).to_be_focused()
    page.keyboard.press("Enter")
    box.press_sequentially("see #fi")
    page.get_by_role("option", name="#firebelts").click()
    box.press_sequentially("and a@od")
    page.keyboard.press("Escape")

    expect(box).to_have_value("Hi @[Oda Lund] see #firebelts and a@od")
    expect(page.get_by_role("option")).to_have_count(0)


def test_quote_react_and_keys(visit, space, ben, oda):
    thread = post_to_exchange(space, by=oda, body="Belts?\nHow wide?").thread
    post_message(thread, by=oda, body="Three paces is too narrow, I think.")
    page = visit(ben)
    page.goto(thread.own_path)
    box = page.get_by_label(ANSWER)

    page.keyboard.press("j")
    page.keyboard.press("q")
    expect(box).to_have_value("> **Oda Lund:**\n> Belts?\n> How wide?\n\n")
    expect(box).to_be_focused()
    # What is typed is never taken for a key.
    page.keyboard.type("jk?")
    expect(box).to_have_value(re.compile(r"\n\njk\?$"))
    box.fill("")
    page.evaluate(
        """() => {
          const words = document.querySelector("#messages .prose p").firstChild;
          document.getSelection().setBaseAndExtent(words, 0, words, 11);
        }"""
    )
    page.locator("#messages").get_by_role("link", name="Quote").click()
    expect(box).to_have_value("> **Oda Lund:**\n> Three paces\n\n")

    talk = page.locator("#messages")
    talk.get_by_text("React").click()
    talk.get_by_role("button", name="Same here").click()
    expect(talk.get_by_role("button", name="Same here 1")).to_be_focused()
    talk.get_by_role("button", name="Same here 1").click()
    expect(talk.get_by_role("button", name="Same here 1")).to_have_count(0)
    page.get_by_role("button", name="Keyboard").click()
    page.get_by_label("Use these keys on this device").uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("heading", name="Belts?").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not Reaction.objects.exists()


def test_quote_and_react_without_javascript(visit, space, ben, oda):
    thread = post_to_exchange(space, by=oda, body="Belts?\nHow wide?").thread
    page = visit(ben, java_script_enabled=False)
    page.goto(thread.own_path)

    page.get_by_text("React").click()
    page.get_by_role("button", name="Thanks").click()
    expect(page.get_by_role("button", name="Thanks 1")).to_be_visible()
    page.get_by_role("link", name="Quote").click()
    page.get_by_label(ANSWER).press("End")
    page.get_by_label(ANSWER).press_sequentially(" Three paces.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("to Oda Lund")).to_be_visible()
    assert Reaction.objects.get().person == ben


def lose_the_answer(page, address):
    """The server gets what is sent; what it says back never arrives."""

    def handle(route):
        if route.request.method != "POST":
            route.continue_()
            return
        route.fetch(max_redirects=0)
        route.abort()

    page.route(address, handle)


def test_a_post_survives_broken_lines_and_is_sent_once(visit, space, ben):
    page = visit(ben)
    page.goto(exchange(space))
    page.get_by_label(ASK).fill("Who has seen smoke?")
    page.get_by_role("radio", name="Question").check(force=True)
    page.wait_for_timeout(600)  # the typed words are kept a moment later
    # A closed tab.
    page.goto("about:blank")
    page.goto(exchange(space))
    expect(page.get_by_label(ASK)).to_have_value("Who has seen smoke?")
    expect(page.get_by_role("radio", name="Question")).to_be_checked()
    # A dead line: nothing arrives, and other pages are read before the next try.
    page.route("**/exchange/new/", lambda route: route.abort())
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/exchange/new/")
    page.goto("/")
    page.goto(exchange(space))
    expect(page.get_by_label(ASK)).to_have_value("Who has seen smoke?")
    # A line that breaks after the words have arrived.
    lose_the_answer(page, "**/exchange/new/")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/exchange/new/")
    page.goto(exchange(space))
    expect(page.get_by_label(ASK)).to_have_value("Who has seen smoke?")
    page.get_by_role("button", name="Post", exact=True).click()

    expect(page.get_by_role("heading", name="Who has seen smoke?")).to_be_visible()
    assert Message.objects.count() == 1
    page.goto(exchange(space))
    expect(page.get_by_label(ASK)).to_have_value("")


def test_an_answer_survives_broken_lines_and_is_sent_once(visit, space, ben, oda):
    thread = post_to_exchange(space, by=oda, body="Belts?").thread
    page = visit(ben)
    page.goto(thread.own_path)
    page.get_by_label(ANSWER).fill("Three paces.")
    lose_the_answer(page, "**/answer/")

    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("This was not sent.")
    expect(page.get_by_label(ANSWER)).to_have_value("Three paces.")
    page.unroute("**/answer/")
    page.get_by_role("button", name="Send").click()

    expect(page.locator("#messages").get_by_text("Three paces.")).to_have_count(1)
    expect(page.get_by_label(ANSWER)).to_have_value("")
    assert thread.messages.count() == 2
    page.reload()
    expect(page.get_by_label(ANSWER)).to_have_value("")


def test_an_edit_survives_a_closed_tab(visit, space, ben):
    message = post_to_exchange(space, by=ben, body="Belts?")
    address = reverse(
        "conversations:message_edit", kwargs={"space": space.slug, "pk": message.pk}
    )
    page = visit(ben)
    page.goto(address)
    page.get_by_label("Your words").fill("How wide are belts?")
    page.wait_for_timeout(600)
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_label("Your words")).to_have_value("How wide are belts?")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="How wide are belts?")).to_be_visible()

    page.goto(address)

    expect(page.get_by_text("It was kept on this device")).to_have_count(0)

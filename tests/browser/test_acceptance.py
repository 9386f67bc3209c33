"""The walk by which the first release is accepted: one alliance, from nothing."""

import re
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail  # noqa: TID251 - tests read the outbox
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from conversations.models import Thread
from inbound.actions import Outcome
from spaces.models import Space
from stories.models import Story
from tests.accounts.mails import last_mail
from tests.browser.steps import (
    answer_mail,
    change_page,
    give_account,
    give_code,
    post,
    tab,
    tell_story,
    write_page,
)
from webinars.models import Webinar
from wiki.models import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACCRA = ZoneInfo("Africa/Accra")
QUESTION = "Who keeps the ledger when the volunteers are paid in kind?"
ANSWER = "Our school teacher does, and two elders sign it."
STORY = "The nursery nobody watered"
PAGE = "Fire belts"
WEBINAR = "Charcoal permits from three sides"


def create_space(page):
    """The wizard, with the ways in which people leave and come back to a step."""
    page.get_by_role("link", name="Create a space").first.click()
    page.get_by_label("What is your alliance called?").fill("Forest Forum")
    page.get_by_label("What is the concern you share?").fill("Keep the forest standing")
    page.get_by_role("button", name="Next").last.click()

    page.get_by_role("checkbox", name="Farmers").check(force=True)
    page.get_by_label("Your own").fill("Charcoal makers")
    page.get_by_role("button", name="Next").last.click()
    expect(page.get_by_role("heading", name="How open is it?")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("checkbox", name="Farmers")).to_be_checked()
    expect(page.get_by_label("Your own")).to_have_value(re.compile("Charcoal makers"))
    page.reload()
    expect(page.get_by_label("Your own")).to_have_value(re.compile("Charcoal makers"))
    page.get_by_role("button", name="Next").last.click()
    page.go_back()
    expect(page.get_by_label("Your own")).to_have_value(re.compile("Charcoal makers"))
    page.get_by_role("button", name="Next").last.click()

    page.get_by_role("radio", name="Listed").check()
    page.get_by_role("radio", name="People ask, you decide").check()
    page.get_by_role("button", name="Next").last.click()
    page.get_by_role("button", name="Next").last.click()
    page.get_by_label("Addresses").fill("Kwame Boadu, kwame@example.org, Farmers")
    page.get_by_role("button", name="Next").last.click()
    page.get_by_role("button", name="Next").last.click()

    expect(page.get_by_role("heading", name="Look it over")).to_be_visible()
    expect(page.get_by_text("kwame@example.org")).to_be_visible()
    assert [each for each in mail.outbox if each.to == ["kwame@example.org"]] == []
    page.get_by_role("button", name="Create the space").click()
    expect(page.get_by_role("heading", name="What to do first")).to_be_visible()


def make_link(page):
    """Make an invitation link; return its address."""
    page.get_by_role("link", name="Invite people").click()
    page.get_by_role("link", name="Make a link").click()
    page.get_by_label("How many people").fill("5")
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("Address of the link").input_value()


def schedule_webinar(page):
    """Call a webinar for 15:00 in Accra the day after tomorrow; return the moment."""
    day = timezone.now().astimezone(ACCRA).date() + timedelta(days=2)
    tab(page, "Webinars")
    page.get_by_role("link", name="Call the first one").click()
    page.get_by_label("Title").fill(WEBINAR)
    page.get_by_label("Day", exact=True).fill(day.isoformat())
    page.get_by_label("Begins at").fill("15:00")
    expect(page.get_by_label("In the time of")).to_have_value("Africa/Accra")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name=WEBINAR)).to_be_visible()
    expect(page.get_by_text("15:00 Accra").first).to_be_visible()
    return datetime.combine(day, time(15), tzinfo=ACCRA)


def letters_at(moment):
    """(address, subject) of what the clock sends at a moment, sorted."""
    mail.outbox.clear()
    call_command("send_due", now=moment.isoformat())
    return sorted((each.to[0], each.subject) for each in mail.outbox)


def test_an_alliance_from_nothing(visit, message_ids):
    # A facilitator signs up, creates the alliance and invites two people.
    efua = visit(timezone_id="Africa/Accra", locale="en-GB")
    efua.goto(reverse("discover:home"))
    efua.get_by_role("link", name="Create your account").click()
    give_account(efua, "Efua Owusu", "efua@example.org")
    expect(efua.get_by_role("heading", name="What is new with you")).to_be_visible()
    assert User.objects.get(email="efua@example.org").time_zone == "Africa/Accra"
    create_space(efua)
    link = make_link(efua)
    expect(efua.get_by_text("Members only · joining by request")).to_be_visible()

    # Abena comes by the link, on a phone.
    abena = visit(timezone_id="Africa/Accra", viewport={"width": 360, "height": 740})
    abena.goto("/" + link.split("/", 3)[3])
    abena.get_by_label("I accept the house rules.").check()
    abena.get_by_role("button", name="Make an account and join").click()
    give_account(abena, "Abena Darko", "abena@example.org")
    expect(abena.get_by_text("Welcome to Forest Forum.")).to_be_visible()

    # Kwame answers the letter, then comes in with a code instead of a password.
    letter = last_mail("kwame@example.org")
    assert letter.subject == "Efua Owusu invites you to Forest Forum"
    assert answer_mail(letter, "Yes, gladly.", next(message_ids)) is Outcome.TAKEN
    kwame = visit(timezone_id="Africa/Accra")
    kwame.goto(reverse("account_login"))
    kwame.get_by_role("link", name="Mail me a code instead").click()
    kwame.get_by_label("E-mail address").fill("kwame@example.org")
    kwame.get_by_role("button", name="Mail me a code").click()
    give_code(kwame, "kwame@example.org")
    kwame.get_by_role("link", name="Forest Forum").first.click()
    space = Space.objects.get()
    members = space.memberships.filter(status="active")
    assert sorted(members.values_list("person__name", "role", "group__name")) == [
        ("Abena Darko", "member", None),
        ("Efua Owusu", "facilitator", None),
        ("Kwame Boadu", "member", "Farmers"),
    ]

    # They talk, tell a story, and two of them write a page.
    post(abena, QUESTION, talk="Question")
    tab(kwame, "Exchange")
    kwame.get_by_role("link", name="Answer", exact=True).click()
    kwame.get_by_label("Your answer").fill(ANSWER)
    kwame.get_by_role("button", name="Send").click()
    expect(kwame.get_by_text(ANSWER)).to_be_visible()
    tell_story(
        abena,
        STORY,
        "Four thousand seedlings stood behind the school.",
        "We counted seedlings, not the people with time to water them.",
    )
    write_page(kwame, PAGE, "A belt of ten metres stops the fire.")
    change_page(
        kwame, PAGE, "A swept belt of four metres stops the fire.", "swept beats wide"
    )
    abena.goto(kwame.url)
    change_page(
        abena,
        PAGE,
        "A swept belt of four metres stops the fire.\n\nClear it in October.",
        "when",
    )
    abena.get_by_role("link", name="History").click()
    expect(abena.get_by_role("link", name=re.compile("^Version"))).to_have_count(3)
    abena.get_by_role("link", name=re.compile("^What changed.* 2")).click()
    expect(abena.get_by_text("2 words added, 1 word removed.")).to_be_visible()
    expect(abena.get_by_role("insertion").filter(has_text="swept")).to_be_visible()
    expect(abena.get_by_role("deletion").filter(has_text="ten")).to_be_visible()
    tab(efua, "Now")
    starts = schedule_webinar(efua)
    webinar = Webinar.objects.get()
    kwame.goto(webinar.get_absolute_url())
    kwame.get_by_role("button", name="I am coming").click()
    expect(kwame.get_by_text("Your answer: I am coming")).to_be_visible()

    # Tomorrow at their hour everybody hears of what is not their own, once.
    tomorrow = datetime.combine(
        timezone.now().astimezone(ACCRA).date() + timedelta(days=1), time(7, 5), ACCRA
    )
    digests = letters_at(tomorrow)
    assert [to for to, _subject in digests] == [
        "abena@example.org",
        "efua@example.org",
        "kwame@example.org",
    ]
    for_efua = last_mail("efua@example.org")
    for body in (for_efua.body, for_efua.alternatives[0][0]):
        assert QUESTION in body.replace("\n", " ")
        assert STORY in body
        assert PAGE in body
    assert STORY not in last_mail("abena@example.org").body
    assert letters_at(tomorrow) == []
    assert letters_at(tomorrow + timedelta(minutes=20)) == []

    # A day before, those who come are reminded, once.
    reminders = letters_at(starts - timedelta(hours=24))
    to_come = [each for each in reminders if WEBINAR in each[1]]
    assert [to for to, _subject in to_come] == ["efua@example.org", "kwame@example.org"]
    assert letters_at(starts - timedelta(hours=24)) == []

    # A stranger sees the card and nothing else, signed in or not.
    assert_shut(visit(), space, webinar)
    stranger = User.objects.create_user("cleo@example.org", name="Cleo Diaz")
    assert_shut(visit(stranger), space, webinar)


def assert_shut(page, space, webinar):
    """Nothing that was said in the space is anywhere for this reader."""
    words = ("ledger", "teacher", "nursery", "swept", "Charcoal")
    addresses = [
        reverse("discover:home"),
        space.get_absolute_url(),
        *(f"{reverse('discover:search')}?q={word}" for word in words),
        *(
            reverse(name, kwargs={"space": space.slug})
            for name in (
                "conversations:exchange",
                "stories:story_list",
                "wiki:page_list",
                "webinars:webinar_list",
                "spaces:member_list",
                "spaces:space_about",
                "spaces:record_list",
            )
        ),
        reverse(
            "webinars:webinar_calendar",
            kwargs={"space": space.slug, "webinar": webinar.slug},
        ),
        webinar.get_absolute_url(),
        *(
            each.get_absolute_url()
            for model in (Story, Page, Thread)
            for each in model.objects.filter(space=space)
        ),
    ]
    for address in addresses:
        page.goto(address)
        text = page.content()
        for word in ("in kind", "two elders", "nobody watered", "swept belt", WEBINAR):
            assert word not in text, (address, word)
    # Sign-in pages and refusals only; the space's card is the one thing to see.
    assert "Forest Forum" in _text(page, space.get_absolute_url())
    assert "Kwame" not in _text(page, space.get_absolute_url())


def _text(page, address):
    page.goto(address)
    return page.content()

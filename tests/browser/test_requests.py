"""Asking to join, deciding with a reason, being told."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.accounts.mails import last_mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_ask_decline_with_a_reason_and_hear_of_it(visit, ada, sam, cleo, space):
    asking = visit(cleo)
    asking.goto(space.get_absolute_url())
    asking.get_by_role("link", name="Ask to join").click()
    asking.get_by_label("A few words to those who decide").fill("I count charcoal.")
    asking.get_by_role("button", name="Send the request").click()
    expect(
        asking.get_by_role("heading", name="Your request is waiting")
    ).to_be_visible()

    deciding = visit(sam)
    deciding.goto(reverse("notifications:inbox"))
    deciding.get_by_role("button", name="Cleo Diaz asks to join").first.click()
    expect(deciding.get_by_text("I count charcoal.")).to_be_visible()
    deciding.get_by_label("Your words to this person").fill("We begin again in March.")
    deciding.get_by_role("button", name="Decline and send these words").click()
    expect(deciding.get_by_role("heading", name="Requests")).to_be_visible()

    asking.goto(reverse("notifications:inbox"))
    asking.get_by_role("button", name="was declined").first.click()
    expect(asking.get_by_text("We begin again in March.")).to_be_visible()
    assert "We begin again in March." in last_mail("cleo@example.org").body
    assert space.membership_of(cleo) is None

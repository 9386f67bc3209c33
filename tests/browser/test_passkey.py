"""Passkeys in a real Chromium, with the virtual authenticator of its dev tools."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from tests.accounts.mails import last_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key_page(page):
    """A page whose browser holds a key that always says yes."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_sign_up_and_sign_in_with_a_passkey(key_page, live_server):
    page = key_page
    aim = reverse("accounts:profile_edit")
    page.goto(f"{live_server.url}{reverse('account_signup')}?next={aim}")
    page.get_by_role("link", name="Use a passkey instead of a password").click()
    page.get_by_label("Your name").fill("Nana Yeboah")
    page.get_by_label("E-mail address").fill("nana@example.org")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    page.get_by_label("Code").fill(last_code("nana@example.org"))
    page.get_by_role("button", name="Go on").click()

    page.get_by_role("button", name="Make the passkey").click()

    expect(page.get_by_role("heading", name="My profile")).to_be_visible()
    person = User.objects.get(email="nana@example.org")
    assert not person.has_usable_password()
    assert person.time_zone != ""

    page.context.clear_cookies()
    page.goto(f"{live_server.url}{reverse('account_login')}?next={aim}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My profile")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{aim}$"))


def test_a_passkey_that_is_not_there_is_said_in_words(key_page, live_server):
    page = key_page
    page.goto(f"{live_server.url}{reverse('account_login')}")

    # The authenticator holds no key for this site, so the ceremony fails.
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("That did not work")


def test_without_javascript_the_page_says_what_passkeys_need(browser, live_server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{reverse('account_login')}")

    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    context.close()

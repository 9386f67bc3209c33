"""Every main page, narrow and wide: nothing sticks out, nothing complains, axe agrees.

The demo alliance is what is looked at: real names, long titles, tags and photos.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse

from accounts.demo import DEMO_DOMAIN
from accounts.models import User
from conversations.models import Thread
from spaces.models import Gathering, Membership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOREST = {"space": "forest-forum"}
WELLS = {"space": "clean-wells-watch"}
STORY = {**FOREST, "story": "the-bell-that-hung-at-the-school"}
PAGE = {**FOREST, "page": "fire-belts"}
WEBINAR = {**FOREST, "webinar": "charcoal-permits-three-views"}


def pk_of(rows):
    """Kwargs of the first of some rows of the forest forum."""
    return {
        **FOREST,
        "pk": rows.filter(space__slug="forest-forum").order_by("pk")[0].pk,
    }


def thread():
    return pk_of(Thread.objects.exchange())


def member():
    return pk_of(Membership.objects.active().filter(role="member"))


def request():
    return pk_of(Membership.objects.filter(status="requested"))


def gathering():
    return pk_of(Gathering.objects.all())


# (who, kwargs, addresses by name)
PAGES = [
    (
        "guest",
        {},
        "discover:home discover:search account_login account_signup "
        "account_reset_password account_request_login_code accounts:language_set",
    ),
    ("guest", FOREST, "discover:space_detail spaces:space_about spaces:space_join"),
    (
        "guest",
        WELLS,
        "discover:space_detail conversations:exchange stories:story_list "
        "wiki:page_list webinars:webinar_list",
    ),
    (
        "member",
        {},
        "discover:home discover:search notifications:inbox wishes:preferences "
        "accounts:account_home accounts:profile_edit account_email mfa_index "
        "account_change_password usersessions_list joining:space_create "
        "joining:account_close",
    ),
    (
        "member",
        FOREST,
        "discover:space_detail conversations:exchange stories:story_list "
        "stories:story_create wiki:page_list wiki:page_create webinars:webinar_list "
        "webinars:webinar_create spaces:member_list spaces:member_settings "
        "spaces:member_leave spaces:space_about spaces:record_list "
        "spaces:gathering_list inbound:own_addresses",
    ),
    ("member", {**FOREST, "tag": "fire"}, "discover:tag_detail"),
    ("member", STORY, "stories:story_detail"),
    (
        "member",
        PAGE,
        "wiki:page_detail wiki:page_edit wiki:page_history wiki:page_compare "
        "wiki:page_links wiki:page_move",
    ),
    ("member", WEBINAR, "webinars:webinar_detail"),
    ("member", thread, "conversations:thread_detail"),
    ("member", member, "spaces:member_detail"),
    (
        "facilitator",
        FOREST,
        "discover:space_detail spaces:request_list spaces:invitation_list "
        "spaces:invitation_create spaces:invitation_link_create spaces:member_banned "
        "spaces:role_handover spaces:linked_list spaces:space_settings "
        "spaces:space_openness spaces:space_groups spaces:space_questions "
        "spaces:space_tools spaces:space_rules spaces:space_digest spaces:space_state "
        "spaces:gathering_create spaces:space_begin "
        "digests:digest_preview digests:digest_people "
        "conversations:announcement_list conversations:announcement_create",
    ),
    (
        "guest",
        {**WELLS, "tag": "wells"},
        "discover:tag_detail conversations:guest_word_create",
    ),
    ("facilitator", FOREST, "conversations:held_list inbound:letter_list"),
    ("facilitator", request, "spaces:request_detail"),
    ("facilitator", gathering, "spaces:gathering_edit"),
    ("facilitator", member, "spaces:role_edit spaces:member_ban"),
    (
        "facilitator",
        thread,
        "conversations:thread_audience conversations:guest_pass_list",
    ),
    ("facilitator", WEBINAR, "webinars:webinar_edit webinars:webinar_cancel"),
    ("facilitator", PAGE, "wiki:page_delete"),
    (
        "admin",
        {},
        "site_admin:space_list site_admin:site_rules site_admin:person_list "
        "site_admin:record_list site_admin:outbox inbound:held_list",
    ),
    (
        "admin",
        FOREST,
        "site_admin:space_detail site_admin:space_openness site_admin:space_state "
        "site_admin:space_facilitator site_admin:space_step_in",
    ),
]
NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}
# Looked at with axe once more, in the dark.
DARK = {
    "discover:home", "discover:space_detail", "conversations:exchange",
    "stories:story_detail", "wiki:page_compare", "webinars:webinar_detail",
    "spaces:member_list", "notifications:inbox", "joining:space_create",
}  # fmt: skip


def addresses():
    """(who, name, address) of every row of the table."""
    for who, given, names in PAGES:
        kwargs = given() if callable(given) else given
        for name in names.split():
            yield who, name, reverse(name, kwargs=kwargs)


def test_every_page_fits_is_quiet_and_accessible(visit):
    call_command("load_demo")
    windows = {
        # Without motion: a colour on its way from light to dark is neither.
        who: visit(
            User.objects.filter(email=f"{who}@{DEMO_DOMAIN}").first(),
            reduced_motion="reduce",
        )
        for who in ("guest", "member", "facilitator", "admin")
    }
    faults = []
    for who, name, address in addresses():
        page = windows[who]
        page.set_viewport_size(NARROW)
        if (answer := page.goto(address)).status != 200:
            faults.append((who, name, answer.status))
        faults += [(who, name, *fault) for fault in [*too_wide(page), *barriers(page)]]
        # Turned wide and dark where it stands: that is quicker than loading it again.
        page.set_viewport_size(WIDE)
        faults += [(who, name, *fault) for fault in too_wide(page)]
        if name in DARK:
            page.emulate_media(color_scheme="dark")
            faults += [(who, name, "dark", *fault) for fault in barriers(page)]
            page.emulate_media(color_scheme="light")

    assert faults == []


def too_wide(page):
    """Whether somebody has to scroll sideways."""
    across = page.evaluate("document.documentElement.scrollWidth")
    width = page.viewport_size["width"]
    return [] if across <= width else [(f"{across} px in a window of {width}",)]


def barriers(page):
    """(rule, where) of everything axe finds."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in found]

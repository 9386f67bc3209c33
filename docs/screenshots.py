"""Takes the pictures of the manuals from a running demo: ``make screenshots``.

``ALLIANCE_URL`` says where it runs (http://localhost:8000 when left out). The pictures
land in ``docs/img/``, small enough to be read over a bad line. Nothing stays behind:
the space that the pictures begin to create is thrown away again.
"""

import io
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "img"
SITE = os.environ.get("ALLIANCE_URL", "http://localhost:8000").rstrip("/")
MOST_BYTES = 60 * 1024
WIDE, PHONE = {"width": 1280, "height": 960}, {"width": 360, "height": 740}
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
MEMBER = "member@demo.alliance.example"
FOREST = "/s/forest-forum/"
WELLS = "/s/clean-wells-watch/"

# name → path, and what stands at the top of the picture (empty: the head of the page);
# these need no more than looking.
WIDE_PAGES = {
    "front-wide": (FOREST, ""),
    "requests-wide": (f"{FOREST}requests/", ""),
    "story-wide": (
        f"{FOREST}stories/the-bell-that-hung-at-the-school/",
        "h2:has-text('What happened')",
    ),
    "settings-wide": (f"{FOREST}settings/openness/", ""),
    "preview-wide": (f"{FOREST}digest/", ""),
}
PHONE_PAGES = {
    "front-phone": (FOREST, ""),
    "exchange-phone": (f"{FOREST}exchange/", ".filter"),
    "webinar-phone": (f"{FOREST}webinars/charcoal-permits-three-views/", ""),
    "told-phone": ("/inbox/preferences/", "h2:has-text('Space by space')"),
}
GUEST_PAGES = {"open-hashtag-phone": (f"{WELLS}tags/wells/", "")}


def keep(name, page):
    """Write what the page shows as a small WebP picture.

    Args:
        name: of the file, without its ending.
        page: a Playwright page.
    """
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.fonts.ready")
    seen = page.screenshot(animations="disabled")
    picture = Image.open(io.BytesIO(seen)).convert("RGB")
    for quality in (82, 70, 58, 46, 34):
        held = io.BytesIO()
        picture.save(held, "WEBP", quality=quality, method=6)
        if held.tell() <= MOST_BYTES:
            break
    (FOLDER / f"{name}.webp").write_bytes(held.getvalue())
    sys.stdout.write(f"docs/img/{name}.webp  {held.tell() // 1024} KB\n")


def look(page, pages):
    """Take pictures of pages as they are.

    Args:
        page: a Playwright page.
        pages: name → (path, what comes to the top).
    """
    for name, (path, top) in pages.items():
        page.goto(f"{SITE}{path}")
        if top:
            page.locator(f"main {top}").first.evaluate(
                "it => scrollTo(0, scrollY + it.getBoundingClientRect().top - 16)"
            )
        page.wait_for_load_state("networkidle")
        keep(name, page)


def sign_in(browser, viewport, role):
    """A page of somebody of the demo.

    Args:
        browser: Chromium.
        viewport: width and height.
        role: the button on the sign-in page, e.g. "Facilitator".

    Returns:
        the page.
    """
    page = browser.new_context(viewport=viewport, locale="en-GB").new_page()
    page.goto(f"{SITE}/accounts/login/")
    page.get_by_role("button", name=role).click()
    page.wait_for_url(f"{SITE}/")
    return page


def go_to_step(page, name):
    """Press a step of the wizard and wait until it is there."""
    page.get_by_role("navigation", name="Steps").get_by_role(
        "button", name=name, exact=True
    ).click()
    page.locator("[aria-current=step]", has_text=name).wait_for()


def wizard(page):
    """Walk through the wizard, take its pictures, throw the draft away."""
    page.goto(f"{SITE}/spaces/new/")
    page.get_by_label("What is your alliance called?").fill("River Bread Circle")
    page.get_by_label("What is the concern you share?").fill(
        "How do bakers, millers and those who grow the millet keep bread on the table "
        "when the rains shift?"
    )
    keep("wizard-concern-wide", page)
    page.locator("main button:visible", has_text="Next").last.click()
    page.wait_for_url("**/groups/")
    for name in ("Farmers", "Companies", "Health workers"):
        page.locator("main label", has_text=name).first.click()
    keep("wizard-groups-wide", page)
    go_to_step(page, "Openness")
    keep("wizard-openness-wide", page)
    go_to_step(page, "Look over")
    page.wait_for_url("**/look-over/")
    keep("wizard-look-over-wide", page)
    page.go_back()
    page.get_by_role("button", name="Throw this draft away").click()
    page.wait_for_load_state()


def invite(page):
    """The letter of invitation, filled in but not sent."""
    page.goto(f"{SITE}{FOREST}invitations/new/")
    page.get_by_label("Addresses").fill(
        "Naa Korkor, naa@example.org, Companies\nBaba Sule, baba@example.org, Farmers"
    )
    page.get_by_label("A few personal words").fill(
        "You asked who speaks for those who buy the charcoal. Nobody yet. Will you?"
    )
    keep("invite-wide", page)


def gathering(page):
    """The next gathering, filled in but not kept."""
    page.goto(f"{SITE}{FOREST}gatherings/new/")
    page.get_by_label("Title").fill("The forum meets in Damongo")
    day = datetime.now(UTC).date() + timedelta(days=120)
    page.locator("[name=day]").fill(day.isoformat())
    page.locator("[name=time]").fill("09:00")
    page.locator("[name=end_day]").fill((day + timedelta(days=1)).isoformat())
    page.get_by_label("Place").fill("The yard of the beekeepers, Damongo")
    keep("gathering-wide", page)


def announcement(page):
    """A letter to everybody, looked at and not sent."""
    page.goto(f"{SITE}{FOREST}exchange/announcements/new/")
    page.get_by_label("Title").fill("We meet in Tamale on 15 February")
    page.get_by_label("Text").fill(
        "The women's savings groups are our hosts. Bring one thing that failed, and "
        "tell us here by Friday whether you need a bed."
    )
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("heading", name="This is the letter").wait_for()
    keep("announcement-wide", page)


def openness(page):
    """What would change if the space were open; nothing is changed."""
    page.goto(f"{SITE}{FOREST}settings/openness/")
    page.locator("[name=visibility][value=open]").check()
    page.locator("main [name=reason]").fill(
        "We agreed at the gathering: others shall learn from our failures too."
    )
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("button", name="Change it now").wait_for()
    keep("openness-change-wide", page)


def digest(browser):
    """Tomorrow's digest: let the clock say so, then open the letter where it landed."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    tomorrow = tomorrow.replace(hour=8, minute=30, second=0, microsecond=0)
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, ROOT / "manage.py", "send_due", "--now", tomorrow.isoformat()],
        cwd=ROOT,
        check=True,
    )
    page = browser.new_context(viewport=PHONE, locale="en-GB").new_page()
    page.goto(f"{SITE}/dev/mail/?to={MEMBER}")
    letter = page.locator("main li a", has_text="Forest Forum").first
    page.goto(f"{SITE}{letter.get_attribute('href')}html/")
    keep("digest-phone", page)


def main():
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        wide = sign_in(browser, WIDE, "Facilitator")
        for steps in (wizard, invite, gathering, announcement, openness):
            steps(wide)
        look(wide, WIDE_PAGES)
        look(sign_in(browser, PHONE, "Member"), PHONE_PAGES)
        guest = browser.new_context(viewport=PHONE, locale="en-GB").new_page()
        look(guest, GUEST_PAGES)
        digest(browser)
        browser.close()


if __name__ == "__main__":
    main()

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

# name → path; pictures that need no more than looking.
WIDE_PAGES = {
    "front-wide": FOREST,
    "gathering-wide": f"{FOREST}gatherings/new/",
    "requests-wide": f"{FOREST}requests/",
    "story-wide": f"{FOREST}stories/the-bell-that-hung-at-the-school/",
    "settings-wide": f"{FOREST}settings/openness/",
}
PHONE_PAGES = {
    "front-phone": FOREST,
    "exchange-phone": f"{FOREST}exchange/",
    "webinar-phone": f"{FOREST}webinars/charcoal-permits-three-views/",
}


def keep(name, page):
    """Write what the page shows as a small WebP picture.

    Args:
        name: of the file, without its ending.
        page: a Playwright page.
    """
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in (82, 70, 58, 46, 34):
        held = io.BytesIO()
        picture.save(held, "WEBP", quality=quality, method=6)
        if held.tell() <= MOST_BYTES:
            break
    (FOLDER / f"{name}.webp").write_bytes(held.getvalue())
    sys.stdout.write(f"docs/img/{name}.webp  {held.tell() // 1024} KB\n")


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
        wizard(wide)
        invite(wide)
        for name, path in WIDE_PAGES.items():
            wide.goto(f"{SITE}{path}")
            keep(name, wide)
        phone = sign_in(browser, PHONE, "Member")
        for name, path in PHONE_PAGES.items():
            phone.goto(f"{SITE}{path}")
            keep(name, phone)
        digest(browser)
        browser.close()


if __name__ == "__main__":
    main()

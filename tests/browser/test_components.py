"""The component page in a real browser: axe finds nothing, nothing scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_component_list_is_accessible(browser, live_server, scheme, width):
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(live_server.url + reverse("ui:component_list"))

    found = Axe().run(page).response["violations"]
    across = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert [(fault["id"], len(fault["nodes"])) for fault in found] == []
    assert across == width
    assert faults == []


def test_dialog_menu_and_kept_words(browser, live_server):
    page = browser.new_page()
    page.goto(live_server.url + reverse("ui:component_list"))

    page.get_by_role("button", name="Leave the space").first.click()
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()

    page.get_by_text("More", exact=True).click()
    assert page.get_by_role("link", name="See the history").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("link", name="See the history").is_visible()

    title = page.locator("#id_title")
    title.fill("What I typed")
    # wait_for_function() evaluates a string, which our content policy forbids.
    for _turn in range(50):
        if page.evaluate("localStorage.length"):
            break
        page.wait_for_timeout(100)
    page.reload()
    assert title.input_value() == "What I typed"
    page.close()

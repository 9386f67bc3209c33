"""The bundle: whole, small, and found by the static-files machinery."""

import gzip

import pytest
from django.contrib.staticfiles import finders

from ui import bundle


def test_bundle_is_found_and_holds_every_source():
    found = finders.find("css/all.css")

    with open(found, encoding="utf-8") as file:
        text = file.read()
    assert text.startswith("@layer tokens,base,layout,components,print;")
    for path in bundle.style_files():
        assert path.read_text("utf-8").count("{") > 0
    opened = sum(
        bundle._CSS_COMMENT.sub("", path.read_text("utf-8")).count("{")
        for path in bundle.style_files()
    )
    assert (text.count("{"), text.count("}")) == (opened, opened)


@pytest.mark.parametrize("folder", bundle.APART)
def test_what_only_some_pages_need_is_a_sheet_of_its_own(folder):
    with open(finders.find(f"css/{folder}.css"), encoding="utf-8") as file:
        text = file.read()

    assert text.startswith("@layer components{")
    assert text.count("{") == text.count("}")
    assert len(gzip.compress(text.encode())) < 3_000
    # It is not in everybody's sheet as well.
    assert text.strip() not in bundle.all_styles()


def test_bundle_leaves_other_files_alone():
    assert bundle.BundleFinder().find("css/tokens.css") == []


def test_styles_and_scripts_keep_their_budget():
    htmx = (bundle.SOURCE / "vendor" / "htmx-2.0.10.min.js").read_bytes()
    styles = len(gzip.compress(bundle.all_styles().encode()))
    scripts = len(gzip.compress(bundle.all_scripts().encode()))
    for_members = len(gzip.compress(bundle.all_scripts("members").encode()))
    sprite = len(gzip.compress((bundle.SOURCE / "img" / "icons.svg").read_bytes()))

    # A guest gets no htmx: 25 KB leaves 10 KB for the page itself.
    assert styles + scripts + sprite < 15_000
    live = len(gzip.compress(bundle.all_scripts("live").encode()))
    assert scripts + for_members + live + len(gzip.compress(htmx)) < 25_000
    # Forms that take photos and sound stand on pages without talk.
    media = len(gzip.compress(bundle.all_scripts("media").encode()))
    assert scripts + for_members + media + len(gzip.compress(htmx)) < 25_000


def test_every_script_is_short():
    long = {
        path.name
        for folder in ("", "members", "live", "media")
        for path in bundle.script_files(folder)
        if len(path.read_text("utf-8").splitlines()) > 60
    }

    assert long == set()


def test_styles_carry_no_physical_sides():
    sides = ("margin-left", "margin-right", "padding-left", "padding-right", "float:")

    assert [side for side in sides if side in bundle.all_styles()] == []

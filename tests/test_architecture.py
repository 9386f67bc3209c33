"""The house rules that a machine can check."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from spaces.sentences import SENTENCES

ROOT = Path(settings.BASE_DIR)
APPS = [
    "ui",
    "markup",
    "carriers",
    "accounts",
    "notifications",
    "spaces",
    "tags",
    "files",
    "conversations",
    "wiki",
    "stories",
    "webinars",
    "discover",
    "digests",
    "inbound",
    "demo",
]
FORBIDDEN = {"utils", "common", "core", "helpers", "base", "services", "mixins"}

# Views a guest may call. A new one is added here on purpose, or the build fails.
PUBLIC = {
    # What Alliance is, and whether it is well.
    "discover:home",
    ":healthz",
    "accounts:language_set",
    # A space's card, and the door where somebody fills in first and signs in then.
    "discover:space_detail",
    "spaces:space_about",
    "spaces:space_join",
    # Reading what is open: each asks ``enter`` or ``visible_to`` itself.
    "discover:robots",
    "discover:search",
    "discover:sitemap",
    "discover:sitemap_section",
    "discover:tag_detail",
    "discover:tag_live",
    "spaces:gathering_list",
    "conversations:exchange",
    "conversations:thread_detail",
    "conversations:message_detail",
    "conversations:message_history",
    "conversations:exchange_live",
    "conversations:thread_live",
    "stories:story_list",
    "stories:story_detail",
    "stories:media_state",
    "stories:media_cues",
    "stories:story_feed",
    "stories:tag_feed",
    # Leads on to what is open; asks for signing in otherwise.
    "digests:item_open",
    "webinars:webinar_list",
    "webinars:webinar_detail",
    "webinars:webinar_calendar",
    "webinars:space_calendar",
    "wiki:page_list",
    "wiki:page_detail",
    "wiki:page_links",
    "wiki:page_history",
    "wiki:page_compare",
    "wiki:revision_detail",
    "wiki:page_blame",
    "wiki:change_list",
    "wiki:attachment_list",
    "wiki:attachment_serve",
    "wiki:attachment_detail",
    "wiki:wiki_export",
    "wiki:wiki_print",
    "wiki:wiki_pdf",
    "wiki:wiki_archive",
    "wiki:wiki_feed",
    "wiki:page_export",
    "wiki:page_print",
    "wiki:page_pdf",
    "wiki:page_archive",
    "wiki:page_raw",
    "wiki:page_json",
    "wiki:page_feed",
    "files:file_serve",
    # Opened by a secret in the address: letters, passes, photos.
    "accounts:photo",
    "conversations:guest_pass_open",
    "conversations:thread_letters",
    "conversations:guest_word_confirm",
    "wiki:watch_letters",
    "wiki:care_look",
    "digests:digest_read",
    "joining:invitation_detail",
    "joining:invitation_decline",
    "joining:linked_claim",
    "spaces:mail_settings",
    "calendar:calendar_feed",
    # A room's server calls back; the address is the secret.
    "rooms:room_ended",
    "rooms:room_recorded",
    # An outsider asked into one session; the address is the pass.
    "seats:seat_detail",
    "seats:seat_answer",
    "seats:seat_ask",
    "seats:seat_join",
    "seats:seat_check",
    # A guest speaks under an open hashtag; where it is none, signing in comes first.
    "conversations:guest_word_create",
    # A guest with a pass answers; others are sent to sign in.
    "conversations:message_create",
    # 404 outside a local run (settings.ALLIANCE_DEV_PAGES).
    "ui:component_list",
    # 404 unless the operator names a mail provider; its secret is asked for.
    "inbound:mail_arrived",
    "inbound:dev_mail_list",
    "inbound:dev_mail_detail",
    "inbound:dev_mail_html",
    "inbound:dev_mail_file",
}


def our_patterns(patterns=None, namespace=""):
    """Every URL pattern that ends in a view of ours, with its namespace."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if view_module(pattern).split(".")[0] in APPS:
                yield namespace, pattern
        elif pattern.namespace != "admin":
            inner = pattern.namespace or namespace
            yield from our_patterns(pattern.url_patterns, inner)


def view_of(pattern):
    return getattr(pattern.callback, "view_class", pattern.callback)


def view_module(pattern):
    return view_of(pattern).__module__


def python_files():
    for app in [*APPS, "alliance"]:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def test_files_stay_readable_and_are_named_for_what_they_hold():
    too_long = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if len(path.read_text().splitlines()) > 400
    ]
    misnamed = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if path.stem in FORBIDDEN or path.parent.name in FORBIDDEN
    ]

    assert (too_long, misnamed) == ([], [])


def test_url_names_are_view_names():
    differ = [
        f"{namespace}:{pattern.name} → {view_of(pattern).__name__}"
        for namespace, pattern in our_patterns()
        if pattern.name != view_of(pattern).__name__
    ]

    assert differ == []


def test_open_views_are_on_the_list():
    open_views = {
        f"{namespace}:{pattern.name}"
        for namespace, pattern in our_patterns()
        if not getattr(pattern.callback, "login_required", True)
    }

    assert open_views == PUBLIC


def test_templates_compile():
    names = [
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*")
        if path.suffix in {".html", ".txt"}
    ]

    assert names
    for name in names:
        get_template(name)


def test_no_template_carries_inline_script_style_or_handlers():
    found = []
    for path in (ROOT / "templates").rglob("*.html"):
        if "mail" in path.parts or "email" in path.parts:
            continue  # mail programs know no style sheets
        text = path.read_text()
        for sign in (" style=", " onclick=", " onchange=", " onsubmit=", "<script>"):
            if sign in text:
                found.append(f"{path.relative_to(ROOT)}: {sign.strip()}")

    assert found == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_imports_point_down():
    lint = Path(sys.executable).with_name("lint-imports")

    result = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)

    assert result.returncode == 0, result.stdout + result.stderr


def test_only_stored_html_is_trusted_in_templates():
    """``|safe`` is for ``…_html`` fields, which markup.render made when saving."""
    found = []
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix not in {".html", ".txt"}:
            continue
        text = path.read_text()
        for value in re.findall(r"\{[{%]([^{}]*\|\s*safe(?:seq)?\b[^{}]*)[%}]\}", text):
            if not re.fullmatch(r"\s*[\w.]+_html\|safe\s*", value):
                found.append(f"{path.relative_to(ROOT)}: {value}")
        if path.suffix == ".html" and "autoescape off" in text:
            found.append(f"{path.relative_to(ROOT)}: autoescape off")

    assert found == []


def test_every_line_of_the_record_has_its_sentence():
    verbs = {
        verb
        for path in python_files()
        for verb in re.findall(r'write_record\(\s*"(\w+)"', path.read_text())
    }

    assert len(verbs) > 40
    assert verbs - SENTENCES.keys() == set()

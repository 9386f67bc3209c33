"""HTMX gets the piece it asked for, everybody else the page; redirects and messages."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpResponse, HttpResponseRedirect
from django.template import Context, Template, TemplateSyntaxError, engines
from django.template.backends.django import Template as BackendTemplate

from ui import partials
from ui.middleware import htmx_answers

PAGE = (
    "<html>{% block main %}<p>above</p>{% partialdef replies inline %}"
    '<ul id="replies">{{ word }}</ul>{% endpartialdef %}{% endblock %}</html>'
)


@pytest.fixture
def page(monkeypatch):
    backend = engines["django"]
    template = BackendTemplate(Template(PAGE), backend)
    monkeypatch.setattr(partials.loader, "get_template", lambda name: template)
    return template


def test_partial_alone_and_within_its_page(rf, page):
    asked = rf.get("/", headers={"HX-Request": "true", "HX-Target": "replies"})
    context = {"word": "<hello>"}

    piece = partials.render_partial(asked, "x", context, target="replies")
    whole = partials.render_partial(rf.get("/"), "x", context, target="replies")

    assert piece.content == b'<ul id="replies">&lt;hello&gt;</ul>'
    assert piece.content in whole.content
    assert b"<html" in whole.content


def test_partial_of_another_target_is_the_whole_page(rf, page):
    asked = rf.get("/", headers={"HX-Request": "true", "HX-Target": "elsewhere"})

    whole = partials.render_partial(asked, "x", {"word": ""}, "replies", status=422)

    assert (whole.status_code, b"<html" in whole.content) == (422, True)


def test_partial_unknown_is_an_error(rf, page):
    asked = rf.get("/", headers={"HX-Request": "true", "HX-Target": "nope"})

    with pytest.raises(LookupError, match="nope"):
        partials.render_partial(asked, "x", {"word": ""}, "nope")


@pytest.mark.parametrize(
    "source",
    [
        "{% partialdef %}{% endpartialdef %}",
        "{% partialdef a b %}{% endpartialdef %}",
        "{% partialdef a %}{% endpartialdef %}{% partialdef a %}{% endpartialdef %}",
        "{% partial a %}",
    ],
)
def test_partial_misspelt_is_an_error(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)


def test_partial_used_twice():
    source = "{% partialdef a %}x{% endpartialdef %}{% partial a %}{% partial a %}"

    assert Template(source).render(Context({})) == "xx"


def _asked(rf, **headers):
    request = rf.get("/", headers=headers)
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_htmx_answers_turns_a_redirect_into_a_header(rf):
    request = _asked(rf, **{"HX-Request": "true"})

    def view(request):
        messages.success(request, "Saved.")
        return HttpResponseRedirect("/there/")

    answer = htmx_answers(view)(request)

    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/there/")
    # The message waits for the next page.
    assert [str(message) for message in messages.get_messages(request)] == ["Saved."]


def test_htmx_answers_leaves_plain_redirects_alone(rf):
    answer = htmx_answers(lambda request: HttpResponseRedirect("/there/"))(_asked(rf))

    assert (answer.status_code, answer["Location"]) == (302, "/there/")


def test_htmx_answers_adds_messages_to_a_piece_once(rf):
    request = _asked(rf, **{"HX-Request": "true"})

    def view(request):
        messages.success(request, "<Saved>")
        return HttpResponse("<ul></ul>")

    answer = htmx_answers(view)(request)

    text = answer.content.decode()
    assert text.startswith("<ul></ul>")
    assert text.count("&lt;Saved&gt;") == 1
    assert 'hx-swap-oob="true"' in text
    assert answer["Vary"] == "HX-Request, HX-Target"


def test_htmx_answers_does_not_repeat_messages_of_a_whole_page(rf):
    request = _asked(rf, **{"HX-Request": "true"})

    def view(request):
        messages.success(request, "Saved.")
        drawn = "".join(str(message) for message in messages.get_messages(request))
        return HttpResponse(f"<html>{drawn}</html>")

    answer = htmx_answers(view)(request)

    assert answer.content == b"<html>Saved.</html>"

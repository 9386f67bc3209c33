"""The component tag: declared inputs, safe output, labels tied to inputs."""

from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError

from ui.drawing import TONES, attributes, initials
from ui.sprite import icon_names
from ui.templatetags.ui import COMPONENTS


def draw(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('{% component "buton" %}x{% endcomponent %}', "no component 'buton'"),
        ('{% component "button" knd="x" %}x{% endcomponent %}', "takes no 'knd'"),
        ('{% component "empty" %}x{% endcomponent %}', "needs 'title'"),
        ("{% component button %}x{% endcomponent %}", "in quotes"),
        ('{% component "button" "x" %}x{% endcomponent %}', "input=value"),
        ('{% component "prose" hx_get="/x" %}{% endcomponent %}', "takes no 'hx_get'"),
        ('{% component "card" extra=1 %}{% endcomponent %}', "takes no 'extra'"),
    ],
)
def test_component_typo_is_an_error_when_compiled(source, words):
    with pytest.raises(TemplateSyntaxError, match=words):
        # Inside a branch that is never drawn: the typo must not wait for it.
        Template("{% if nothing %}" + source + "{% endif %}")


def test_component_draws_its_body_and_extra_attributes():
    drawn = draw(
        '{% component "button" kind="quiet" href=url hx_get="/n" data_x=1 %}'
        "Answer {{ name }}{% endcomponent %}",
        url="/a?b=1&c=2",
        name="<b>",
    )

    assert drawn == (
        '<a class="button button-quiet" href="/a?b=1&amp;c=2" hx-get="/n" data-x="1">'
        "Answer &lt;b&gt;</a>"
    )


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_component_never_lets_markup_of_people_through(name):
    bad = "<script>alert(1)</script>"
    person = SimpleNamespace(__str__=lambda self: bad, photo_url="")
    given = {
        "person": person,
        "author_name": bad,
        "group": SimpleNamespace(name=bad, palette=3),
        "title": bad,
        "label": bad,
        "kind": "info" if name == "notice" else bad,
        "meta": bad,
        "reason": bad,
        "text": bad,
        "lead": bad,
        "items": [(bad, "/x", False)] if name == "tabs" else [(bad, bad)],
        "page": Paginator(range(30), 3).get_page(2),
        "field": type("F", (forms.Form,), {"a": forms.CharField(label=bad)})()["a"],
        "id": "safe",
        "space": SimpleNamespace(
            name=bad,
            concern=bad,
            slug="x",
            openness=bad,
            tools=[],
            state="active",
        ),
    }
    inputs = " ".join(f"{key}={key}" for key in COMPONENTS[name][1] if key in given)

    drawn = draw(
        f'{{% component "{name}" {inputs} %}}{{{{ bad }}}}{{% endcomponent %}}',
        bad=bad,
        **given,
    )

    assert "<script" not in drawn


class LetterForm(forms.Form):
    title = forms.CharField(help_text="Short.")
    seen = forms.ChoiceField(
        choices=[("a", "All"), ("m", "Members")], widget=forms.RadioSelect
    )
    seen.explanations = {"a": "Anyone reads it."}


def test_field_ties_help_and_error_to_the_input():
    form = LetterForm({"title": ""})

    drawn = draw('{% component "field" field=f %}{% endcomponent %}', f=form["title"])

    assert 'aria-describedby="id_title_helptext id_title_error"' in drawn
    assert 'id="id_title_helptext"' in drawn
    assert 'id="id_title_error"' in drawn
    assert '<label class="field-label" for="id_title">Title</label>' in drawn


def test_what_is_wrong_is_listed_under_the_names_that_the_fields_show():
    class WhoForm(forms.Form):
        email = forms.CharField(label="Email")
        why = forms.CharField(label="Why?")
        rules = forms.BooleanField(label="I accept the rules.")

    drawn = draw(
        '{% component "form" form=f %}'
        '{% component "field" field=f.email label="E-mail address" %}{% endcomponent %}'
        '{% component "field" field=f.why %}{% endcomponent %}{% endcomponent %}',
        f=WhoForm({}),
        request=None,
    )

    listed = drawn[drawn.index("<ul>") : drawn.index("</ul>")]
    assert 'href="#id_email">E-mail address: This field is required.</a>' in listed
    assert 'href="#id_why">Why? This field is required.</a>' in listed
    assert ">I accept the rules. This field is required.</a>" in listed


def test_field_draws_radios_as_cards_that_explain():
    drawn = draw(
        '{% component "field" field=f %}{% endcomponent %}', f=LetterForm()["seen"]
    )

    assert drawn.startswith("<fieldset")
    assert 'aria-describedby="id_seen_0_means"' in drawn
    assert (
        '<span class="choice-means" id="id_seen_0_means">Anyone reads it.</span>'
        in (drawn)
    )


def test_form_lists_errors_linked_to_inputs_and_keeps_text():
    form = LetterForm({"title": "kept", "seen": "zzz"})

    drawn = draw(
        '{% component "form" form=f submit="Send" %}{% endcomponent %}', f=form
    )

    assert 'role="alert"' in drawn
    assert '<a href="#id_seen_0">Seen: ' in drawn
    assert 'value="kept"' in drawn
    assert '<button class="button button-primary" type="submit">Send</button>' in drawn


def test_form_carries_the_csrf_token_only_when_posted(rf):
    source = '{% component "form" method=m %}x{% endcomponent %}'

    posted = draw(source, m="post", request=rf.get("/"))
    asked = draw(source, m="get", request=rf.get("/"))

    assert "csrfmiddlewaretoken" in posted
    assert "csrfmiddlewaretoken" not in asked


def test_pagination_keeps_other_parameters(rf):
    drawn = draw(
        '{% component "pagination" page=p %}{% endcomponent %}',
        p=Paginator(range(30), 10).get_page(2),
        request=rf.get("/?q=a%26b&page=2"),
    )

    assert 'href="?q=a%26b&amp;page=1"' in drawn
    assert 'href="?q=a%26b&amp;page=3"' in drawn
    assert "Page 2 of 3" in drawn


def test_pagination_of_one_page_is_nothing():
    source = '{% component "pagination" page=p %}{% endcomponent %}'

    assert draw(source, p=Paginator([], 10).get_page(1)) == ""


def test_group_is_shape_colour_and_word():
    drawn = draw("{% group g %}", g=SimpleNamespace(name="Farmers", palette=9))

    assert 'class="group group-clay"' in drawn
    assert "#shape-square" in drawn
    assert "<span>Farmers</span>" in drawn


def test_icon_unknown_is_an_error():
    with pytest.raises(ValueError, match="No icon named 'unicorn'"):
        draw('{% icon "unicorn" %}')


def test_icons_of_all_shapes_exist():
    assert len({name for name in icon_names() if name.startswith("shape-")}) == TONES


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Esi Owusu", "EO"), ("li", "L"), ("", "?"), (None, "?"), ("Ana de la Paz", "AP")],
)
def test_initials(name, letters):
    assert initials(name) == letters


def test_attributes_leave_out_nothing_and_escape():
    assert attributes({"a": None, "b": False, "c": True, "class_": '"'}) == (
        ' c class="&quot;"'
    )

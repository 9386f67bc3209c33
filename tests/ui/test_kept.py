"""``{% kept %}``: drawn once, and blind for everything but its values."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation


def drawn(template, language="en", **values):
    with translation.override(language):
        return template.render(Context(values))


def test_kept_is_drawn_once_for_each_set_of_values():
    template = Template(
        "{% load i18n %}"
        "{% kept who=who %}{% translate 'Cancel' %} {{ who }}{% endkept %}"
    )

    texts = [drawn(template, who=who) for who in ("a", "b", "a")]
    french = drawn(template, "fr", who="a")

    assert texts == ["Cancel a", "Cancel b", "Cancel a"]
    assert french == "Annuler a"
    (node,) = [it for it in template.nodelist if hasattr(it, "kept")]
    assert list(node.kept) == [("en", "a"), ("en", "b"), ("fr", "a")]


def test_kept_sees_nothing_but_its_values():
    template = Template(
        "{% kept one=1 %}{{ one }}{% if secret %}{{ secret }}{% endif %}{% endkept %}"
    )

    assert drawn(template, secret="Ada's") == "1"


def test_kept_escapes_as_ever():
    template = Template("{% kept name=name %}{{ name }}{% endkept %}")

    assert drawn(template, name="<b>") == "&lt;b&gt;"


def test_kept_is_bounded():
    template = Template("{% kept n=n %}{{ n }}{% endkept %}")
    for number in range(500):
        drawn(template, n=number)

    assert len(template.nodelist[0].kept) <= template.nodelist[0].MOST


def test_kept_takes_names_and_values_only():
    with pytest.raises(TemplateSyntaxError, match="not name=value"):
        Template("{% kept user %}{% endkept %}")

"""Templates for new pages."""

import pytest
from django.urls import reverse

from wiki import page_templates, template_forms
from wiki.models import PageTemplate


def url(name, space, **more):
    return reverse(f"wiki:{name}", kwargs={"space": space.slug, **more})


MINUTES = {"name": "Minutes", "purpose": "After a meeting", "body": "## Decided\n"}


def test_a_template_begins_a_page(client, space, ada, ben):
    client.force_login(ada)
    client.post(url("template_create", space), MINUTES)
    template = PageTemplate.objects.get(space=space)

    client.force_login(ben)
    chooser = client.get(url("page_create", space)).content.decode()
    begun = client.get(url("page_create", space), {"template": template.pk})

    assert f'href="/s/forest/wiki/new/?template={template.pk}">Minutes</a>' in chooser
    assert begun.context["form"]["body"].value() == "## Decided\n"


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 30, "-1"])
def test_a_template_that_is_none_begins_an_empty_page(client, space, ben, number):
    client.force_login(ben)

    begun = client.get(url("page_create", space), {"template": number})

    assert (begun.status_code, begun.context["form"]["body"].value()) == (200, "")


def test_a_template_of_another_space_begins_nothing(client, space, open_space, ben):
    other = PageTemplate.objects.create(space=open_space, name="X", body="Secret.")
    client.force_login(ben)

    begun = client.get(url("page_create", space), {"template": other.pk})

    assert begun.context["form"]["body"].value() == ""


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({**MINUTES, "name": ""}, "This field is required."),
        ({**MINUTES, "name": "minutes "}, "There is a template of this name already."),
        ({**MINUTES, "name": "Trial", "body": "x" * 60_001}, "60,000 are the most"),
    ],
)
def test_a_template_that_is_refused_keeps_its_words(client, space, ada, fields, words):
    PageTemplate.objects.create(space=space, **MINUTES)
    client.force_login(ada)

    answer = client.post(url("template_create", space), fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert fields["body"][:10] in answer.content.decode()
    assert PageTemplate.objects.count() == 1


def test_a_wiki_has_as_many_templates_as_a_chooser_holds(
    client, space, ada, monkeypatch
):
    monkeypatch.setattr(template_forms, "MOST_TEMPLATES", 1)
    PageTemplate.objects.create(space=space, **MINUTES)
    client.force_login(ada)

    answer = client.post(url("template_create", space), {**MINUTES, "name": "Trial"})

    assert answer.status_code == 422
    assert "Remove one first" in answer.content.decode()
    assert page_templates.MOST_TEMPLATES == 50


def test_a_template_is_changed_and_removed_by_who_tends(client, space, ada, ben):
    template = PageTemplate.objects.create(space=space, **MINUTES)
    edit = url("template_edit", space, pk=template.pk)
    remove = url("template_remove", space, pk=template.pk)

    client.force_login(ben)
    refused = [client.get(edit).status_code, client.post(remove).status_code]
    client.force_login(ada)
    changed = client.post(edit, {**MINUTES, "body": "## Who came\n"})
    template.refresh_from_db()

    assert refused == [403, 403]
    assert (changed.status_code, template.body) == (302, "## Who came\n")
    client.post(remove)
    assert not PageTemplate.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_template_list_query_count(client, space, ada, rows, django_assert_num_queries):
    for number in range(rows):
        PageTemplate.objects.create(space=space, name=f"T {number}", body="x")
    client.force_login(ada)
    client.get(url("template_list", space))

    with django_assert_num_queries(5):
        client.get(url("template_list", space))

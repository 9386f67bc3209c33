"""One template per page; HTMX is sent the named piece of it that it asked for."""

from django.http import HttpResponse
from django.template import loader
from django.template.context import make_context


def render_partial(request, template_name, context=None, target="", status=200):
    """Answer with a page, or with one piece of it when HTMX asks for that.

    Args:
        request: the request.
        template_name: the page's template.
        context: as for ``render``.
        target: name of the ``{% partialdef %}``, which is also the element's id.
        status: HTTP status; invalid forms answer 422.

    Returns:
        The piece when this is an HTMX request whose target is ``target``, else
        the whole page, so the same view serves people without JavaScript.

    Raises:
        LookupError: the template has no such partial.
    """
    page = loader.get_template(template_name)
    if not _asks_for(request, target):
        return HttpResponse(page.render(context, request), status=status)
    return HttpResponse(_render_piece(page, context, request, target), status=status)


def _asks_for(request, target):
    if not target or request.headers.get("HX-Request") != "true":
        return False
    if request.headers.get("HX-History-Restore-Request") == "true":
        return False
    return request.headers.get("HX-Target") == target


def _render_piece(page, context, request, target):
    template = page.template
    partials = template.extra_data.get("partials", {})
    if target not in partials:
        raise LookupError(f"{template.name} has no partial {target!r}")
    bound = make_context(context, request, autoescape=page.backend.engine.autoescape)
    with bound.render_context.push_state(template), bound.bind_template(template):
        return partials[target].nodelist.render(bound)

"""Styles of mails, written onto their tags once per template.

Some mail programs drop ``<style>``. Inlining every finished mail costs a millisecond
each; the tags stand in the templates, so they are styled there, the first time a
template is used, and stay so for the life of the process.
"""

import re
import weakref

import css_inline
from django.template.base import TextNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

_styled = weakref.WeakSet()
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)(?=>|$)", re.IGNORECASE)
_CLASS = re.compile(r'\sclass="([^"]*)"')
_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
# A parser drops these where they may not stand.
_INSIDE = {
    "td": ("<table><tbody><tr>", "</tr></tbody></table>"),
    "th": ("<table><tbody><tr>", "</tr></tbody></table>"),
    "tr": ("<table><tbody>", "</tbody></table>"),
}
_WITHOUT_STYLE = {"html", "head", "meta", "title", "style", "link"}


def styled_template(name):
    """A mail template whose tags carry their styles.

    Only rules for one tag or class reach a tag; the ``<style>`` of the page stays for
    the rest (dark mode, people's own texts).

    Args:
        name: the template's name.

    Returns:
        The backend's template.
    """
    found = get_template(name)
    if found.template not in _styled:
        family = list(_family(found.template))
        sheet = "".join(
            "".join(_SHEET.findall(node.s))
            for template in family
            for node in template.nodelist.get_nodes_by_type(TextNode)
        )
        seen = {}
        for template in family:
            if template not in _styled:
                for node in template.nodelist.get_nodes_by_type(TextNode):
                    node.s = _TAG.sub(lambda tag: _style_tag(tag, sheet, seen), node.s)
                _styled.add(template)
    return found


def _family(template):
    """The template, its parents, and what they include by a fixed name."""
    yield template
    for node in template.nodelist.get_nodes_by_type((ExtendsNode, IncludeNode)):
        expression = getattr(node, "parent_name", None) or node.template
        if not expression.filters and isinstance(expression.var, str):
            yield from _family(get_template(expression.var).template)


def _style_tag(tag, sheet, seen):
    name, attributes = tag[1], tag[2]
    if name.lower() in _WITHOUT_STYLE or "style=" in attributes:
        return tag[0]
    classes = _CLASS.search(attributes)
    classes = classes[1] if classes else ""
    if (name, classes) not in seen:
        seen[name, classes] = _style_of(name, classes, sheet)
    style = seen[name, classes]
    return f'<{name} style="{style}"{attributes}' if style else tag[0]


def _style_of(name, classes, sheet):
    mark = f' class="{classes}"' if classes else ""
    if name == "body":
        done = css_inline.inline(
            f"<html><head></head><body{mark}></body></html>", extra_css=sheet
        )
    else:
        before, after = _INSIDE.get(name, ("", ""))
        done = css_inline.inline_fragment(
            f"{before}<{name}{mark}></{name}>{after}", sheet
        )
    found = re.search(rf'<{name}[^>]*\sstyle="([^"]*)"', done)
    return found[1] if found else ""

"""What the manuals name is there: variables as the program reads them, links, pages."""

import ast
import json
import re
from pathlib import Path

import pytest

from alliance.launch.places import ROOT

OPERATE = (ROOT / "docs" / "operate.md").read_text()
EXAMPLE = ROOT / "docs" / "server" / "env.example"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
UNITS = sorted((ROOT / "docs" / "server").glob("*.service"))
PROGRAM = [
    *(path for path in (ROOT / "alliance").glob("*.py")),
    *(
        path
        for app in ROOT.iterdir()
        if (app / "apps.py").is_file()
        for path in app.rglob("*.py")
    ),
]
# pytest's own, and the name under which Django finds its settings.
NOT_THE_OPERATORS = {"PYTEST_XDIST_WORKER", "DJANGO_SETTINGS_MODULE"}


def variables():
    """What settings, gunicorn, all apps and the units read.

    Returns:
        name → default; None where it is computed or there is none.
    """
    found = {}
    for path in PROGRAM:
        for node in ast.walk(ast.parse(Path(path).read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                asked_of = ast.unparse(node.func.value)
                if asked_of not in ("env", "os.environ", "os") or not node.args:
                    continue
                name, *more = [*node.args, *(key.value for key in node.keywords)]
                if isinstance(name, ast.Constant) and str(name.value).isupper():
                    is_json = node.func.attr == "json"
                    default = literal(more[0], is_json) if more else None
                    found.setdefault(name.value, default)
    for unit in UNITS:
        for name, default in re.findall(
            r"^Environment=(\w+)=(.*)$", unit.read_text(), re.M
        ):
            found[name] = default
    return {name: found[name] for name in found.keys() - NOT_THE_OPERATORS}


def literal(node, is_json):
    """A literal as it stands in an environment file; None for what is computed."""
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    if is_json:
        return json.dumps(value)
    if isinstance(value, bool):
        return str(int(value))
    return "" if value == [] else str(value)


def example():
    """``env.example``: name → (its value, whether the line is a comment)."""
    lines = re.findall(
        r"^(#?)([A-Z_]+)='?([^'\n]*)'?$", EXAMPLE.read_text(), re.MULTILINE
    )
    return {name: (value, bool(mark)) for mark, name, value in lines}


def test_the_example_names_every_variable_and_no_other():
    assert example().keys() == variables().keys()


def test_what_the_example_leaves_out_is_the_default():
    read = variables()
    shown = {
        name: value
        for name, (value, is_comment) in example().items()
        if is_comment and read[name] is not None
    }

    assert shown
    # gunicorn and logging spell the same level differently.
    assert {name: value.lower() for name, value in shown.items()} == {
        name: read[name].lower() for name in shown
    }


def test_the_manual_explains_every_variable():
    assert {name for name in variables() if f"`{name}`" not in OPERATE} == set()


def headings(page):
    """The anchors that a Markdown page gives its headings, as GitHub and GitLab do."""
    found = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in found}


@pytest.mark.parametrize("manual", PAGES, ids=lambda manual: manual.name)
def test_links_of_the_manuals_lead_somewhere(manual):
    for link in re.findall(r"\]\(([^)\s]+)\)", manual.read_text()):
        if link.startswith(("http:", "https:")):
            continue
        path, _, anchor = link.partition("#")
        target = manual.parent / path if path else manual
        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


def test_every_decision_is_in_the_list():
    folder = ROOT / "docs" / "decisions"
    pages = {page.name for page in folder.glob("*.md")} - {"README.md"}
    listed = re.findall(r"\]\(([^)]+\.md)\)", (folder / "README.md").read_text())
    assert sorted(listed) == sorted(pages)

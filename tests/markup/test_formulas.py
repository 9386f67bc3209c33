"""Formulas: drawn without a script, or left as they were typed."""

import re

import pytest

from markup.rendering import render

SQUARE = "<mrow><msup><mi>a</mi><mn>2</mn></msup></mrow></math>"


def block(source, drawn=SQUARE):
    return f'<math alttext="{source}" display="block">{drawn}'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$$a^2$$", f'<p dir="auto">{block("a^2")}</p>'),
        ("$$\na^2\n$$", f'<p dir="auto">{block("a^2")}</p>'),
        ("```math\na^2\n```", f'<p dir="auto">{block("a^2")}</p>'),
        (
            "So $`a^2`$ holds.",
            '<p dir="auto">So <math alttext="a^2" display="inline">'
            f"{SQUARE} holds.</p>",
        ),
        # Signs of a formula are no markup.
        (
            "$`a_1*b*c`$",
            '<p dir="auto"><math alttext="a_1*b*c" display="inline"><mrow><msub>'
            "<mi>a</mi><mn>1</mn></msub><mo>*</mo><mi>b</mi><mo>*</mo><mi>c</mi></mrow>"
            "</math></p>",
        ),
        # Money is no formula, and what nobody can read stays.
        ("It costs $5 and $6.", '<p dir="auto">It costs $5 and $6.</p>'),
        ("$$ $$", '<p dir="auto">$$ $$</p>'),
        (r"$$\frac{$$", r'<p dir="auto">$$\frac{$$</p>'),
    ],
)
def test_formula(text, html):
    assert render(text).html == html


def test_a_formula_of_several_lines_is_no_list():
    html = render("$$\na^2\n+ b\n- c\n$$").html

    assert html.count("<math") == 1
    assert "<ul>" not in html


def test_a_formula_is_found_by_its_source():
    assert render("$`x^2 < 3`$").plain == "x^2 < 3"


@pytest.mark.parametrize(
    "source",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\text{<script>alert(1)</script>}",
        r"\class{tabs}{x}",
        r"\style{background:url(//a.example)}{x}",
        r"\mathbin{\color{red}{x}}",
    ],
)
def test_a_formula_brings_nothing_but_formula(source):
    html = render(f"$${source}$$").html

    found = set(re.findall(r"<([a-z]+)", html))
    assert found <= {"p", "math", "mrow", "mi", "mo", "mn", "mtext", "mstyle"}
    assert not re.search(
        r"\s(on\w+|href|style|class|src|id)=", html.replace(source, "")
    )


@pytest.mark.parametrize("text", ["$$" * 20_000, "$`a`$ " * 8_000, "$$a$$ " * 8_000])
def test_very_many_formulas_are_drawn_as_typed(text):
    assert len(render(text).html) < 4_000_000

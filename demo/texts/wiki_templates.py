"""What new pages of the forum may begin with."""

TRIAL = """## What we want to find out

One question that a neighbour would ask too.

## Where, how large, since when

## What we do, and what the plot beside it gets

## What we counted

| date | treated | beside it |
|---|---|---|
|  |  |  |

Survival: $$ \\text{survival} = \\frac{\\text{alive}}{\\text{planted}} \\times 100 $$

## What did not work

## Where this should not be copied
"""

MINUTES = """## Who was there

By group, and who was missed.

## What we talked about

## What we decided

Who does it, and by when.

## Where we did not agree

In the words of those who disagreed; they read it before it stands here.
"""

TEMPLATES = [
    ("Trial", "A plot, a question and an honest count", TRIAL),
    ("Minutes", "After a meeting or a webinar", MINUTES),
]

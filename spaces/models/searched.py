"""Texts that search looks through: their words stand beside them, kept by PostgreSQL.

The words of a text are many: a manager that is a ``Searched`` one leaves them in the
table, where ``discover.searching`` asks for them, and no page loads them.
"""

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

# The words of many languages meet in one space; "simple" stems none of them wrongly.
CONFIG = "simple"


def words_of(text, *, title=None):
    """A column with the words of another, written by PostgreSQL whenever that changes.

    Args:
        text: the name of the field with the text.
        title: the name of the field whose words weigh more.
    """
    words = SearchVector(text, config=CONFIG)
    if title is not None:
        words = SearchVector(title, config=CONFIG, weight="A") + words
    return models.GeneratedField(
        expression=words, output_field=SearchVectorField(), db_persist=True
    )


class Searched(models.Manager):
    """Leaves the column ``words`` in the table."""

    def get_queryset(self):
        return super().get_queryset().defer("words")

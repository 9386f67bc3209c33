"""Queries whose SQL is made once: Django needs longer to write some than PostgreSQL to
answer them, and PostgreSQL longer to plan them than to run them
(docs/decisions/prepared-queries.md).

    _pages = Prepared(lambda user, key: Page.objects.visible_to(user).filter(key=key))
    pages = _pages(request.user, key="fire belts")

The rule stays where it stands, in the QuerySet; only its translation is kept.
"""

import itertools
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
)
from psycopg2.extensions import AsIs

# Who asks where nobody's rights are in question.
NOBODY = AnonymousUser()
# Values that no real row has stand for the real ones while the SQL is made.
NUMBER = 9_100_000_000_000_000_000
MOMENT = datetime(9000, 1, 1, tzinfo=UTC)
READER = NUMBER
# A number out of an address may not fit its column: Django knows what to answer then.
LARGEST = 2**31


class Prepared:
    """A QuerySet asked for again and again with other values.

    Args:
        build: callable of (user, **values) that gives a QuerySet. Of the user it may
            read ``pk``, ``is_authenticated`` and ``is_staff`` only, and of the values
            nothing: they must go into the filter as they are. It must not look at the
            clock, nor prefetch.
        plan_once: let PostgreSQL keep its plan too. False where the best plan hangs on
            the values, as that of a search does on its words.
    """

    def __init__(self, build, *, plan_once=True):
        self.build = build
        self.plan_once = plan_once
        self.plans = {}

    def __call__(self, user, **values):
        """Ask.

        Args:
            user: the reader.
            **values: numbers, strings, moments, or lists of them, for ``build``.

        Returns:
            A list of what the QuerySet gives.
        """
        shape = shape_of(user)
        given = _flat(values)
        if shape is None or any(map(_is_large, given.values())):
            return list(self.build(user, **values))
        # A list's SQL has a place for each of its values.
        lengths = tuple(
            len(value) for value in values.values() if isinstance(value, list)
        )
        key = (*shape, *lengths)
        if key not in self.plans:
            self.plans[key] = self._plan(_stand_in(shape), values)
        plan = self.plans[key]
        return plan.ask(user, given) if plan else []

    def _plan(self, user, values):
        """The ``Plan`` for this shape of reader; None where it can have no rows."""
        marks = {
            place: _mark(number, value)
            for number, (place, value) in enumerate(_flat(values).items(), start=1)
        }
        queryset = self.build(
            user,
            **{
                name: [marks[name, place] for place in range(len(value))]
                if isinstance(value, list)
                else marks[name, None]
                for name, value in values.items()
            },
        )
        places = {mark: place for place, mark in marks.items()}
        try:
            return Plan(queryset, places, plan_once=self.plan_once)
        except EmptyResultSet:
            if [] not in values.values():
                raise  # a stand-in is no possible value of its field
            return None


def shape_of(user):
    """What of a person the SQL depends on; None where that is too much to name."""
    if getattr(user, "guest_thread_ids", ()):
        return None
    return (user.is_authenticated, bool(user.is_staff))


def _stand_in(shape):
    is_authenticated, is_staff = shape
    if not is_authenticated:
        return AnonymousUser()
    # Everything else is deferred: reading it looks for this person, and fails.
    return get_user_model().from_db("default", ["id", "is_staff"], [READER, is_staff])


def _flat(values):
    """Values by place: ``{("spaces", 0): 5, ("spaces", 1): 7, ("key", None): "x"}``."""
    flat = {}
    for name, value in values.items():
        if isinstance(value, list):
            flat |= {(name, place): one for place, one in enumerate(value)}
        else:
            flat[name, None] = value
    return flat


def _is_large(value):
    return isinstance(value, int) and value >= LARGEST


def _mark(number, value):
    if isinstance(value, str):
        return f"\ue000{number}\ue000"
    if isinstance(value, datetime):
        return MOMENT + timedelta(seconds=number)
    return READER + number


class Plan:
    """A QuerySet translated: a statement, and how its rows become what the QuerySet
    gives.

    Args:
        queryset: made with stand-ins.
        places: stand-in → where the value comes from.
        plan_once: prepare the statement in each connection to PostgreSQL.
    """

    def __init__(self, queryset, places, *, plan_once):
        self.db = queryset.db
        self.plan_once = plan_once
        compiler = queryset.query.get_compiler(using=self.db)
        self.sql, self.written = compiler.as_sql()
        self.filled = {
            number: places.get(param)
            for number, param in enumerate(self.written)
            if isinstance(param, int | str | datetime)
            and (param in places or param == READER)
        }
        values = ", ".join(["%s"] * len(self.filled))
        self.values = f"({values})" if values else ""
        self.read = _reader_of_rows(queryset, compiler)
        columns = [column for column, *_rest in compiler.select]
        self.converters = [
            (place, converter, column)
            for place, (found, column) in compiler.get_converters(columns).items()
            for converter in found
        ]

    def ask(self, user, given):
        """Ask for the rows of this person and these values."""
        connection = connections[self.db]
        values = [
            user.pk if place is None else given[place] for place in self.filled.values()
        ]
        with connection.cursor() as cursor:
            if self.plan_once:
                self._execute(connection, cursor, values)
            else:
                cursor.execute(self.sql, self._filled_with(values))
            rows = cursor.fetchall()
        if self.converters:
            rows = self._converted(rows, connection)
        return [self.read(row) for row in rows]

    def _execute(self, connection, cursor, values):
        known = _known.setdefault(connection.connection, {})
        if name := known.get(self):
            cursor.execute(f"EXECUTE {name} {self.values}", values)
            return
        name = f"alliance_{next(_numbers)}"
        # Constants stay in the statement (partial indexes are found by them); what
        # differs from time to time becomes $1, $2 …
        params = self._filled_with(
            AsIs(f"${number}") for number in range(1, len(values) + 1)
        )
        # One round trip. Should it fail, the name is not used again.
        cursor.execute(
            f"PREPARE {name} AS {self.sql}; EXECUTE {name} {self.values}",
            [*params, *values],
        )
        known[self] = name

    def _filled_with(self, values):
        params = list(self.written)
        for number, value in zip(self.filled, values, strict=True):
            params[number] = value
        return params

    def _converted(self, rows, connection):
        for row in map(list, rows):
            for place, converter, column in self.converters:
                row[place] = converter(row[place], column, connection)
            yield row


_numbers = itertools.count(1)
# Which plans a connection to PostgreSQL holds, and under which name.
_known = WeakKeyDictionary()


def _reader_of_rows(queryset, compiler):
    """A callable: a row of the database → what the QuerySet gives for it."""
    iterable = queryset._iterable_class
    if iterable is ModelIterable:
        return _reader_of_models(queryset.db, compiler)
    if iterable is FlatValuesListIterable:
        return lambda row: row[0]
    if iterable is ValuesListIterable:
        return tuple
    query = queryset.query
    assert iterable is ValuesIterable, iterable
    names = list(query.selected or (*query.values_select, *query.annotation_select))
    return lambda row: dict(zip(names, row, strict=True))


def _reader_of_models(db, compiler):
    """As Django's ``ModelIterable``, with everything looked up once."""
    make = _maker(db, compiler.klass_info, compiler.select)
    annotations = list((compiler.annotation_col_map or {}).items())

    def read(row):
        found = make(row)
        for name, place in annotations:
            setattr(found, name, row[place])
        return found

    return read


def _maker(db, info, select):
    """A callable: a row → an instance with what ``select_related`` brings along.

    Attributes are put in at once instead of one by one (``Model.__init__`` needs ten
    times as long where a model has a photo), so ``pre_init`` and ``post_init`` are not
    sent; nobody listens to them here.
    """
    model = info["model"]
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, *_rest in select[first:last]]
    key = first + names.index(model._meta.pk.attname)
    related = [
        (_maker(db, below, select), below["local_setter"], below["remote_setter"])
        for below in info.get("related_klass_infos", [])
    ]
    new = model.__new__

    def make(row):
        if row[key] is None:
            return None
        found = new(model)
        state = ModelState()
        state.db, state.adding = db, False
        found.__dict__ = dict(zip(names, row[first:last], strict=True), _state=state)
        for make_below, set_local, set_remote in related:
            below = make_below(row)
            set_local(found, below)
            if below is not None:
                set_remote(below, found)
        return found

    return make

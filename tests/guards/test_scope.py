"""A query outside a scope raises, whatever its kind and however empty the table."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from core.tenancy import NoScope
from tests.guards.catalogue import tenant_models

MODELS = [model for model in tenant_models() if not hasattr(model, "pgh_tracked_model")]
HISTORY = [model for model in tenant_models() if hasattr(model, "pgh_tracked_model")]
QUERIES = {
    "list": lambda model: list(model.objects.all()[:1]),
    "exists": lambda model: model.objects.exists(),
    "count": lambda model: model.objects.count(),
    "first": lambda model: model.objects.order_by().first(),
    "aggregate": lambda model: model.objects.values_list("regency_id").distinct()[:1].get(),
    "raw": lambda model: list(model.objects.raw(f"SELECT * FROM {model._meta.db_table}")),
    "iterator": lambda model: next(model.objects.iterator(), None),
}
WRITES = {
    "update": lambda model: model.objects.update(regency_id=1),
    "delete": lambda model: model.objects.all()._raw_delete("default"),
}


def _raises(query, model) -> bool:
    try:
        with transaction.atomic():
            query(model)
    except (DatabaseError, NoScope):
        return True
    return False


def test_reading_outside_a_scope_raises_for_every_model(db):
    assert len(MODELS) > 20
    assert len(HISTORY) > 12
    silent = [
        (model.__name__, name)
        for model in (*MODELS, *HISTORY)
        for name, query in QUERIES.items()
        if not _raises(query, model)
    ]
    assert silent == []


def test_writing_outside_a_scope_raises_for_every_model(db):
    silent = [
        (model.__name__, name)
        for model in (*MODELS, *HISTORY)
        for name, query in WRITES.items()
        if not _raises(query, model)
    ]
    assert silent == []


def test_making_rows_outside_a_scope_raises(db):
    models = [model for model in MODELS if model._meta.pk.name == "id"]
    assert [m for m in models if not _raises(lambda model: model.objects.create(), m)] == []
    silent = [
        m for m in models if not _raises(lambda model: model.objects.bulk_create([model()]), m)
    ]
    assert silent == []


def test_a_scope_that_was_left_is_closed(world):
    model = apps.get_model("cadres.Cadre")
    with world.scope():
        assert model.objects.count() == 0
    assert _raises(QUERIES["count"], model)


def test_the_guard_sees_a_query_that_answers(db):
    assert not _raises(QUERIES["count"], apps.get_model("regions.Regency"))


def test_a_scope_on_the_wrong_regency_sees_nothing_and_writes_nothing(world, elsewhere):
    model = apps.get_model("cadres.Posyandu")
    with world.scope():
        made = model.objects.create(village=world.villages[0], name="A", name_key="A")
    with elsewhere.scope():
        assert not model.objects.filter(pk=made.pk).exists()
        assert model.objects.filter(pk=made.pk).update(name="B") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.create(
                regency=world.regency, village=world.villages[0], name="C", name_key="C"
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cadres_posyandu")
            assert cursor.fetchone() == (0,)

"""The scope: nested, left, thrown out of, and the numbers and seals that live in it."""

import pytest
from django.db import connection, transaction

from core import numbers, sealed, tenancy


def _regency() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('kj.regency', true)")
        return cursor.fetchone()[0] or ""


def test_scopes_nest_and_are_restored(db):
    with tenancy.scope(1, villages=[3, 2]):
        with tenancy.scope(2):
            assert (_regency(), tenancy.current_regency_id()) == ("2", 2)
        assert (_regency(), tenancy.current().villages) == ("1", (2, 3))
    assert _regency() == ""
    with pytest.raises(tenancy.NoScope):
        tenancy.current()


def test_an_error_inside_a_scope_closes_it(db):
    with pytest.raises(ValueError, match="gone"), tenancy.scope(1):
        raise ValueError("gone")
    assert _regency() == ""
    with pytest.raises(tenancy.NoScope):
        tenancy.current()


def test_a_new_transaction_on_the_same_connection_has_no_scope(own_database):
    with tenancy.scope(1):
        pass
    with transaction.atomic():
        assert _regency() == ""


def test_numbers_have_no_gaps_even_after_a_rollback(world):
    with world.scope():
        assert numbers.take("x", 2026) == 1
        with transaction.atomic():
            numbers.take("x", 2026, 5)
            transaction.set_rollback(True)
        assert numbers.take("x", 2026, 3) == 2
        assert numbers.take("x", 2026) == 5
        assert numbers.take("x", 2027) == 1
    assert numbers.roman_month(11) == "XI"


def test_a_sealed_number_opens_and_is_never_twice_the_same(settings):
    nik = "3510065203850012"
    assert sealed.unseal(sealed.seal(nik)) == nik
    assert sealed.seal(nik) != sealed.seal(nik)
    assert nik.encode() not in sealed.seal(nik)
    assert sealed.digest(nik) == sealed.digest(nik)
    assert sealed.seal("") == b""
    assert sealed.unseal(None) == ""


def test_many_numbers_are_sealed_as_one_by_one():
    sealed_nik, digest = sealed.sealer()("3510065203850012")
    assert sealed.unseal(sealed_nik) == "3510065203850012"
    assert digest == sealed.digest("3510065203850012")


def test_a_damaged_seal_or_an_unknown_key_is_not_opened(settings):
    raw = bytearray(sealed.seal("3510065203850012"))
    raw[-1] ^= 1
    with pytest.raises(sealed.SealBroken, match="damaged"):
        sealed.unseal(bytes(raw))
    raw[1] ^= 1
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(bytes(raw))


def test_keys_rotate(settings):
    old = settings.KJ_FIELD_KEY
    text = sealed.seal("3510065203850012")
    settings.KJ_FIELD_KEY = "A" * 43 + "=," + old
    assert sealed.unseal(text) == "3510065203850012"
    assert sealed.seal("x")[1:5] != text[1:5]

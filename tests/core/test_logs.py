"""Secrets of addresses stay out of logs."""

import logging

import pytest

from core.logs import SecretPaths


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/keluarga/Zx9_rahasia", "/keluarga/…"),
        ("/undangan/Zx9-rahasia/", "/undangan/…/"),
        ("/r/banyuwangi/kader/7/", "/r/banyuwangi/kader/7/"),
    ],
)
def test_a_secret_at_the_end_of_an_address_is_not_logged(path, written):
    record = logging.makeLogRecord({"msg": "%s: %s", "args": ("Gone", path)})
    assert SecretPaths().filter(record)
    assert record.getMessage() == f"Gone: {written}"

"""The worlds of the guards, and what every address of one's own regency answers to every role."""

from collections.abc import Iterator

import pytest

from tests.guards import objects, walk


@pytest.fixture
def quiet(monkeypatch) -> Iterator[None]:
    """Ready to be asked thousands of times."""
    with walk.prepared(monkeypatch):
        yield


@pytest.fixture
def worlds(world, elsewhere, quiet):
    """(owner's world, its objects, stranger's world, its objects)."""
    return world, objects.make(world), elsewhere, objects.make(elsewhere)


@pytest.fixture(scope="session")
def walked() -> list[walk.Answer]:
    """What the first test that asked was answered, for the others of its group."""
    return []


@pytest.fixture
def answers(walked, request) -> list[walk.Answer]:
    """What every address of one's own regency answered to every role; asked once."""
    if not walked:
        world, own, _elsewhere, _foreign = request.getfixturevalue("worlds")
        walked += walk.own_regency(world, own, request.getfixturevalue("monkeypatch"))
    return walked

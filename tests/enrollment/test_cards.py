"""Cards: issued once, drawn in parts that may die, checked by anybody, printed by few."""

import datetime as dt
import json
import re
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts import tokens
from accounts.roles import Role
from audit.models import Event
from core import private_files, qr, runs
from core.errors import DomainError
from core.models import Paper, Run
from enrollment import card_actions, card_queries, card_tasks
from enrollment.card_faces import LAYOUTS, Face, card_url, draw
from enrollment.models import Card, CardOrder
from enrollment.tasks import sweep_card_parts
from tests import factories

NOVEMBER = dt.date(2026, 11, 1)
assert card_tasks


def covered(world, count=3, village=0, **fields):
    """Covers of people of one village, in the order of their names."""
    place = world.villages[village]
    fields.setdefault("starts_on", dt.date(2026, 1, 1))
    return [
        factories.coverage(factories.cadre(place, name=f"Siti Aminah {chr(65 + n)}"), **fields)
        for n in range(count)
    ]


def order(world, village=0, layout="a4", role=Role.DISTRICT_OFFICER):
    place = None if village is None else world.villages[village]
    return card_actions.order_cards(by=world[role], village=place, layout=layout)


def drive(world, placed):
    runs.drive(world.regency.pk, placed.run_id)
    with world.scope():
        return card_queries.orders().get(pk=placed.pk)


def face(key=1, token="t" * 22, **fields):
    words = {
        "name": "Siti Aminah",
        "role": "Kader posyandu",
        "place": "Desa Benculuk, Kec. Cluring",
        "member_no": "26080000012",
        "starts_on": NOVEMBER,
    }
    return Face(key=key, token=token, **{**words, **fields})


def squares(page):
    """The dark modules drawn on a page, one set of (row, column) for each QR code."""
    found = []
    for block in re.findall(
        r"([\d.]+) 0 0 \1 0 0 cm 0 g\n(.*?) f",
        page.get_contents().get_data().decode("latin-1"),
        re.S,
    ):
        side = round(1 / float(block[0]))
        dark = set()
        for x, y, width in re.findall(r"(\d+) (\d+) (\d+) 1 re", block[1]):
            dark |= {(side - 1 - int(y), int(x) + n) for n in range(int(width))}
        found.append(dark)
    return found


def modules(text):
    matrix = qr.qr_code(text).matrix
    return {(r, c) for r, row in enumerate(matrix) for c, dark in enumerate(row) if dark}


# --- the drawing


def test_equal_cards_have_equal_bytes(world):
    faces = [face(n, token=f"{n:022d}") for n in range(1, 10)]
    assert draw(faces, "a4", world.regency) == draw(faces, "a4", world.regency)


def test_a_card_says_the_name_the_number_and_the_first_month(world):
    text = PdfReader(BytesIO(draw([face()], "card", world.regency))).pages[0].extract_text()
    words = " ".join(text.split())
    for wanted in ("Siti Aminah", "2608 0000 012", "Nov 2026", "Kader posyandu", "Benculuk"):
        assert wanted in words


def test_the_code_on_a_card_is_the_public_address(world):
    page = PdfReader(BytesIO(draw([face(token="A_b-9" * 4 + "zz")], "card", world.regency))).pages[
        0
    ]
    assert squares(page) == [modules(card_url("A_b-9" * 4 + "zz"))]


def test_eight_cards_share_a_sheet_each_with_its_own_code(world):
    faces = [face(n, token=f"{n:022d}") for n in range(1, 11)]
    pages = PdfReader(BytesIO(draw(faces, "a4", world.regency))).pages
    codes = [code for page in pages for code in squares(page)]
    assert [len(squares(page)) for page in pages] == [8, 2]
    assert codes == [modules(each.url) for each in faces]


def test_a_single_card_has_the_size_of_a_bank_card(world):
    box = PdfReader(BytesIO(draw([face()], "card", world.regency))).pages[0].mediabox
    assert (round(float(box.width) / 72 * 25.4, 1), round(float(box.height) / 72 * 25.4, 1)) == (
        85.6,
        54.0,
    )


def test_sheets_fit_on_a4():
    shape = LAYOUTS["a4"]
    assert all(left >= 0 and left + shape.width <= 210 for left, _top in shape.slots)
    assert all(top >= 0 and top + shape.height <= 297 for _left, top in shape.slots)


# --- issuing


def test_a_cover_gets_one_card_for_ever(world):
    with world.scope():
        ids = [each.pk for each in covered(world)]
        assert card_actions.issue_cards(ids) == 3
        tokens = set(Card.objects.values_list("token", flat=True))
        assert card_actions.issue_cards(ids) == 0
        assert set(Card.objects.values_list("token", flat=True)) == tokens


def test_tokens_are_128_random_bits(world):
    with world.scope():
        card_actions.issue_cards([each.pk for each in covered(world, 20)])
        issued = list(Card.objects.values_list("token", flat=True))
    assert len(set(issued)) == 20
    assert all(re.fullmatch(r"[\w-]{22}", token) for token in issued)
    assert len({token[:3] for token in issued}) > 15


def test_an_order_prints_every_running_cover_of_the_village(world):
    with world.scope():
        covered(world, 3)
        covered(world, 2, village=1)
        covered(world, 1, ends_on=dt.date(2026, 2, 28))
        placed = order(world)
    done = drive(world, placed)
    with world.scope():
        content = private_files.path_of(done.paper.file).read_bytes()
    text = PdfReader(BytesIO(content)).pages[0].extract_text()
    assert (done.people, done.run.status, done.paper.pages) == (3, Run.Status.DONE, 1)
    assert [text.count(f"Siti Aminah {letter}") for letter in "ABC"] == [1, 1, 1]


def test_a_second_order_while_one_is_open_returns_the_open_one(world):
    with world.scope():
        covered(world)
        first = order(world)
        assert order(world).pk == first.pk
        assert order(world, layout="card").pk != first.pk
    drive(world, first)
    with world.scope():
        assert order(world).pk != first.pk


def test_nobody_to_print_for_is_said_so(world):
    with world.scope(), pytest.raises(DomainError) as refused:
        order(world)
    assert refused.value.code == "no_cards"


def test_a_village_operator_prints_only_the_own_village(world):
    with world.scope():
        covered(world, 2)
        covered(world, 2, village=1)
    with world.scope(Role.VILLAGE_OPERATOR):
        with pytest.raises(DomainError) as refused:
            order(world, village=1, role=Role.VILLAGE_OPERATOR)
        whole = order(world, village=None, role=Role.VILLAGE_OPERATOR)
    assert refused.value.code == "village_not_yours"
    assert (whole.village, whole.people) == (world.villages[0], 2)


def test_a_driver_that_dies_half_way_leaves_nothing_twice(world, monkeypatch):
    monkeypatch.setattr(card_actions, "PART", 2)
    with world.scope():
        people = covered(world, 5)
        placed = order(world, layout="card")
    real, calls = card_actions.draw, []

    def fails_once(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise MemoryError
        return real(*args, **kwargs)

    monkeypatch.setattr(card_actions, "draw", fails_once)
    with pytest.raises(MemoryError):
        runs.drive(world.regency.pk, placed.run_id)
    with world.scope():
        half = Run.objects.get(pk=placed.run_id)
        assert (half.done, half.status) == (2, Run.Status.RUNNING)
    done = drive(world, placed)
    runs.drive(world.regency.pk, placed.run_id)
    with world.scope():
        reader = PdfReader(private_files.path_of(done.paper.file))
        names = [re.findall(r"Siti Aminah [A-E]", page.extract_text()) for page in reader.pages]
        assert Paper.objects.filter(kind="cards").count() == 1
    assert names == [[person.cadre.name] for person in people]
    assert (done.run.done, done.run.status) == (5, Run.Status.DONE)


def test_a_cancelled_order_has_no_paper(world):
    with world.scope():
        covered(world)
        placed = order(world)
        card_actions.cancel_order(by=world[Role.DISTRICT_OFFICER], order=placed)
    done = drive(world, placed)
    assert (done.run.status, done.paper) == (Run.Status.CANCELLED, None)


def test_parts_that_a_closed_order_left_are_swept_a_day_later(world):
    with world.scope():
        covered(world)
        placed = order(world)
        card_actions.cancel_order(by=world[Role.DISTRICT_OFFICER], order=placed)
        part = placed.run.parts.get()
        name = private_files.save([b"%PDF-1.7"], ".pdf")[0]
        part.payload = {**part.payload, "file": name}  # drawn while the order was cancelled
        part.save(update_fields=["payload"])
        assert card_actions.sweep_parts(by=None) == 0
        Run.objects.update(finished_at=timezone.now() - dt.timedelta(days=2))
    sweep_card_parts()
    with world.scope():
        assert not private_files.path_of(name).exists()
        assert card_actions.sweep_parts(by=None) == 0


def test_the_trail_of_an_order_reads_the_same_whoever_ordered(world):
    with world.scope(), translation.override("en"):
        covered(world)
        placed = order(world)
        event = Event.objects.get(kind="card_order.created", object_id=placed.pk)
    assert event.facts["place"] == world.villages[0].name


def test_one_persons_card_is_frozen_until_its_words_change(world):
    by = world[Role.DISTRICT_OFFICER]
    with world.scope():
        cover = covered(world, 1)[0]
        first = card_actions.issue_single(by=by, coverage=cover)
        assert card_actions.issue_single(by=by, coverage=cover).pk == first.pk
        cover.cadre.name = "Siti Aminah Rahayu"
        cover.cadre.save()
        assert card_actions.issue_single(by=by, coverage=cover).pk != first.pk


# --- pages and API


def sign_in(client, actor):
    client.force_login(actor.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_officer_orders_cards_in_the_browser(client, world):
    with world.scope():
        covered(world)
    sign_in(client, world[Role.DISTRICT_OFFICER])
    address = reverse("enrollment:cards", args=["banyuwangi"])
    assert "3 kartu" in client.get(address).content.decode()
    asked = {"village": world.villages[0].pk, "layout": "a4"}
    page = client.post(address, asked, follow=True)
    assert page.status_code == 200
    assert "kemajuan" in page.content.decode()
    with world.scope():
        placed = CardOrder.objects.get()
    drive(world, placed)
    assert "Unduh PDF" in client.get(address).content.decode()
    file = client.get(reverse("enrollment:card_order_file", args=["banyuwangi", placed.pk]))
    assert file["Content-Disposition"] == f'attachment; filename="kartu-{placed.pk}.pdf"'
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_another_regencys_order_does_not_exist(client, world, elsewhere):
    with elsewhere.scope():
        covered(elsewhere)
        placed = order(elsewhere)
    sign_in(client, world[Role.DISTRICT_OFFICER])
    for name in ("card_order", "card_order_progress", "card_order_file"):
        address = reverse(f"enrollment:{name}", args=["banyuwangi", placed.pk])
        assert client.get(address).status_code == 404
        assert client.get(address.replace("banyuwangi", "jember")).status_code == 404


def test_a_neighbour_village_does_not_see_the_order(client, world):
    with world.scope():
        covered(world, 2, village=1)
        placed = order(world, village=1)
    sign_in(client, world[Role.VILLAGE_OPERATOR])
    address = reverse("enrollment:card_order", args=["banyuwangi", placed.pk])
    assert client.get(address).status_code == 404


def test_an_auditor_may_not_print(client, world):
    sign_in(client, world[Role.AUDITOR])
    assert client.get(reverse("enrollment:cards", args=["banyuwangi"])).status_code == 403


def test_one_persons_card_opens_from_the_coverage(client, world):
    with world.scope():
        cover = covered(world, 1)[0]
    sign_in(client, world[Role.VILLAGE_OPERATOR])
    made = client.post(reverse("enrollment:card_one", args=["banyuwangi", cover.pk]))
    file = client.get(made["Location"])
    assert file["Content-Type"] == "application/pdf"
    assert "Siti" not in file["Content-Disposition"]
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_cards_by_api(client, world):
    with world.scope():
        covered(world)
    _row, token = tokens.create(world[Role.DISTRICT_OFFICER].user, "uji")
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "one"}
    asked = json.dumps({"village": world.villages[0].code, "layout": "card"})
    first, again = (
        client.post(
            "/api/v1/r/banyuwangi/cards/", asked, content_type="application/json", headers=headers
        )
        for _each in range(2)
    )
    assert (first.status_code, first.json()) == (201, again.json())
    with world.scope():
        placed = CardOrder.objects.get()
    address = f"/api/v1/r/banyuwangi/cards/{placed.pk}/"
    assert client.get(address, headers=headers).json()["download_url"] is None
    drive(world, placed)
    answer = client.get(address, headers=headers).json()
    assert (answer["status"], answer["people"]) == ("done", 3)
    assert answer["progress"] == {"done": 3, "total": 3}
    file = client.get(answer["download_url"], headers=headers)
    assert file["Content-Type"] == "application/pdf"
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    listed = client.get("/api/v1/r/banyuwangi/cards/", headers=headers).json()
    assert [each["id"] for each in listed["results"]] == [placed.pk]

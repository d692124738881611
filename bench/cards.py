"""A regency's cards as one PDF, two drivers, against a plain WeasyPrint loop over the same cards.

Ours is everything from the claim of the first part to the frozen paper: reading, unsealing,
drawing, storing, binding. The baseline is one process that renders the same cards with the whole
design and segno's own SVG on each card, in documents of as many cards, and stores nothing. It is
taken from a sample, because its time grows with the cards and nothing else.

`python -m bench.cards --people 2000` runs it alone and smaller.
"""

import argparse
import datetime as dt
import json
import logging
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.template import Context, Engine, Template

REGENCY = "banyuwangi"
PEOPLE, SAMPLE, DRIVERS = 11_498, 400, 2
GOAL = 1.8
PLAIN = """{% load i18n kj %}<!doctype html>
<html lang="id"><head><title>Kartu</title>{% pdf_styles %}
<style>{% include "pdf/card.css" %} .cell > .whole { left: 0; top: 0; width: 100%; height: 100%; }
.cell > .qr svg { display: block; width: 18mm; height: 18mm; }</style></head><body>
{% for sheet in sheets %}<section class="sheet">{% for slot, face, svg in sheet %}
<div class="cell s{{ slot }}"><div class="whole bare">{% include "pdf/card_backdrop.html" %}</div>
{% include "pdf/card_words.html" %}<i class="qr">{{ svg|safe }}</i></div>{% endfor %}</section>
{% endfor %}</body></html>"""


def rows(people: int = PEOPLE, sample: int = SAMPLE) -> list[dict]:
    """One line: cards of a whole regency on A4."""
    from bench import database

    with tempfile.TemporaryDirectory() as files, database.scratch("cards"):
        settings.KJ_PRIVATE_ROOT = Path(files)
        regency_id, actor = _people(people)
        run_id, faces = _order(regency_id, actor, min(sample, people))
        baseline = _elsewhere(_plain, faces, regency_id)
        ours = _ours(regency_id, run_id)
        pages, size = _paper(regency_id, run_id, people)
    whole = baseline["seconds"] * people / len(faces)
    return [
        {
            "what": f"{people} cards, 8 on A4, {DRIVERS} drivers",
            "ours": ours["seconds"],
            "baseline": whole,
            "ratio": whole / ours["seconds"],
            "peak_memory": ours["peak"],
            "goal": f">= {GOAL} and <= 300 MB",
            "note": f"plain loop over {len(faces)} cards took {baseline['seconds']:.1f} s "
            f"({len(faces) / baseline['seconds']:.0f} cards/s, {baseline['peak']:.0f} MB); ours "
            f"{people / ours['seconds']:.0f} cards/s; {pages} pages, {size / 1e6:.1f} MB",
        }
    ]


def _people(count: int) -> tuple[int, object]:
    """Covered people, spread over the villages, and an officer; (regency, officer)."""
    from accounts.access import Actor
    from accounts.models import Membership, User
    from accounts.roles import Role
    from cadres.models import Cadre
    from core import sealed, tenancy
    from enrollment.models import BatchRow, Coverage, EnrollmentBatch, FundSource
    from regions.models import Regency, Village

    regency = Regency.objects.get(slug=REGENCY)
    villages = list(Village.objects.filter(regency=regency).order_by("code"))
    user = User.objects.create_user("bench-cards@kj.test", "x", name="Bench")
    member = Membership.objects.create(user=user, role=Role.DISTRICT_OFFICER, regency=regency)
    month = dt.date(2026, 1, 1)
    with tenancy.scope(regency.pk):
        source = FundSource.objects.create(name="APBD", kind=FundSource.Kind.REGENCY_BUDGET)
        batch = EnrollmentBatch.objects.create(
            number="B-1", fund_source=source, first_month=month, prepared_by_id=user.pk
        )
        cadres = Cadre.objects.bulk_create(
            [
                Cadre(
                    village=villages[n % len(villages)],
                    name=f"Siti Contoh {n:05d} Rahayu",
                    name_key=f"SITI CONTOH {n:05d} RAHAYU",
                    nik_sealed=sealed.seal(f"3510{n:012d}"),
                    nik_digest=sealed.digest(f"3510{n:012d}"),
                    birth_date=dt.date(1985, 1, 1),
                    sex="P",
                )
                for n in range(count)
            ],
            batch_size=2000,
        )
        lines = BatchRow.objects.bulk_create(
            [
                BatchRow(batch=batch, cadre=each, village=each.village, status="accepted")
                for each in cadres
            ],
            batch_size=2000,
        )
        Coverage.objects.bulk_create(
            [
                Coverage(
                    cadre=line.cadre,
                    village=line.village,
                    batch_row=line,
                    fund_source=source,
                    programme="JKK_JKM",
                    segment="BPU",
                    category="posyandu_cadre",
                    member_no_sealed=sealed.seal(f"26{n:09d}"),
                    member_no_digest=sealed.digest(f"26{n:09d}"),
                    starts_on=month,
                )
                for n, line in enumerate(lines)
            ],
            batch_size=2000,
        )
    return regency.pk, Actor(user, member.role, member)


def _order(regency_id: int, actor, sample: int) -> tuple[int, list]:
    """Order everybody's cards; (run, the first cards of the order)."""
    from core import tenancy
    from enrollment import card_actions, card_queries

    with tenancy.scope(regency_id, by=actor.id):
        order = card_actions.order_cards(by=actor, village=None, layout="a4")
        first = [pk for part in order.run.parts.all() for pk in part.payload["coverages"]][:sample]
        return order.run_id, card_queries.faces(first)


def _ours(regency_id: int, run_id: int) -> dict:
    """Two worker processes drive the run, as two Celery workers would."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    for connection in connections.all():
        connection.close()
    drivers = [
        context.Process(target=_drive, args=(regency_id, run_id, answers)) for _n in range(DRIVERS)
    ]
    start = time.perf_counter()
    for driver in drivers:
        driver.start()
    peaks = [answers.get() for _driver in drivers]
    seconds = time.perf_counter() - start
    for driver in drivers:
        driver.join()
    return {"seconds": seconds, "peak": max(peaks)}


def _drive(regency_id: int, run_id: int, answers) -> None:
    from core import runs

    runs.drive(regency_id, run_id)
    answers.put(_peak())


def _plain(faces, regency_id: int, answers) -> None:
    """The loop that anybody would write: a document for every 200 cards."""
    import segno
    from weasyprint import HTML

    from core.pdf_engine import StaticOnly
    from enrollment.card_actions import PART
    from enrollment.card_faces import LAYOUTS
    from regions.models import Regency

    regency, shape = Regency.objects.get(pk=regency_id), LAYOUTS["a4"]
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # the same id on every card
    template = Template(PLAIN, engine=Engine.get_default())
    start = time.perf_counter()
    for first in range(0, len(faces), PART):
        part = [
            (face, segno.make(face.url, error="m", micro=False).svg_inline(border=0, omitsize=True))
            for face in faces[first : first + PART]
        ]
        sheets = [
            [(slot, *each) for slot, each in enumerate(part[at : at + shape.per_page])]
            for at in range(0, len(part), shape.per_page)
        ]
        html = template.render(Context({"regency": regency, "layout": shape, "sheets": sheets}))
        HTML(string=html, url_fetcher=StaticOnly()).write_pdf()
    answers.put({"seconds": time.perf_counter() - start, "peak": _peak()})


def _elsewhere(work, *args) -> dict:
    """Run in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    for connection in connections.all():
        connection.close()
    process = context.Process(target=work, args=(*args, answers))
    process.start()
    answer = answers.get()
    process.join()
    return answer


def _paper(regency_id: int, run_id: int, people: int) -> tuple[int, int]:
    from core import tenancy
    from enrollment.models import CardOrder

    with tenancy.scope(regency_id):
        order = CardOrder.objects.select_related("paper", "run").get(run_id=run_id)
        if order.run.done != people or order.paper is None:
            raise SystemExit(f"not finished: {order.run.status} {order.run.done}")
        return order.paper.pages, order.paper.size


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.cards")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--sample", type=int, default=SAMPLE)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaderjamsos.settings")
    from kaderjamsos import servers

    with servers.in_use():
        import django

        django.setup()
        json.dump(rows(asked.people, asked.sample), sys.stdout, indent=1)


if __name__ == "__main__":
    main()

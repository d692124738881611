"""Many covered people at once, set-based, for tests about bills."""

import datetime as dt

from django.db import connection

from core.tenancy import current_regency_id
from enrollment.models import FundSource
from regions.models import Village
from tests import factories

JAN, OCT, NOV, DEC = (dt.date(2026, month, 1) for month in (1, 10, 11, 12))

PEOPLE = """
WITH person AS (
    INSERT INTO cadres_cadre (regency_id, village_id, name, name_key, nik_sealed, nik_digest,
        birth_place, birth_date, sex, phone, mother_name, created_at)
    SELECT %(regency)s, %(village)s, 'Kader ' || n, 'KADER ' || n, '\\x00',
        decode(md5('nik' || %(village)s || '-' || %(salt)s || '-' || n), 'hex'),
        '', '1985-03-12', 'P', '', '', now()
    FROM generate_series(1, %(people)s) n RETURNING id
), row AS (
    INSERT INTO enrollment_batchrow (regency_id, batch_id, cadre_id, village_id, category,
        findings, status, reason, reason_text, member_no_sealed, member_no_digest)
    SELECT %(regency)s, %(batch)s, id, %(village)s, 'posyandu_cadre',
        '{}', 'accepted', '', '', '', ''
    FROM person RETURNING id, cadre_id
)
INSERT INTO enrollment_coverage (regency_id, cadre_id, village_id, batch_row_id, fund_source_id,
    programme, segment, with_jht, income_base, category, member_no_sealed, member_no_digest,
    starts_on, end_reason, created_at)
SELECT %(regency)s, cadre_id, %(village)s, id, %(source)s, 'JKK_JKM', %(segment)s, %(with_jht)s,
    %(income_base)s, 'posyandu_cadre', '\\x00', decode(md5('kpj' || id), 'hex'), %(starts_on)s,
    '', now()
FROM row
"""


def covered(
    village: Village,
    people: int,
    *,
    source: FundSource | None = None,
    starts_on: dt.date = JAN,
    segment: str = "BPU",
    with_jht: bool = False,
    income_base: int | None = None,
) -> FundSource:
    """`people` new cadres of a village with running cover; returns who pays for them."""
    source = source or factories.fund_source()
    batch = factories.EnrollmentBatch.objects.create(
        number=f"B-{next(factories._serial)}",
        fund_source=source,
        first_month=starts_on,
        prepared_by_id=1,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            PEOPLE,
            {
                "regency": current_regency_id(),
                "village": village.pk,
                "people": people,
                "batch": batch.pk,
                "salt": batch.pk,
                "source": source.pk,
                "segment": segment,
                "with_jht": with_jht,
                "income_base": income_base,
                "starts_on": starts_on,
            },
        )
    return source

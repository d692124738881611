"""Taking lists along in tests: where each list is asked for, and what the file says."""

import csv
import io

import openpyxl
from django.test import Client

from accounts.roles import Role
from reports.queries.radar import BY_CODE

ADDRESSES = {
    "kader": "kader/ekspor/",
    "desa": "kader/desa/ekspor/",
    "posyandu": "kader/posyandu/ekspor/",
    "pendaftaran": "pendaftaran/ekspor/",
    "isi-pendaftaran": "pendaftaran/{batch_id}/ekspor/",
    "kepesertaan": "kepesertaan/ekspor/",
    "tagihan": "tagihan/ekspor/",
    "rekap-tagihan": "tagihan/{invoice_id}/rekap/ekspor/",
    "rincian-tagihan": "tagihan/{invoice_id}/rincian/ekspor/",
    "klaim": "klaim/ekspor/",
    "jejak-audit": "jejak/ekspor/",
    "dikembalikan": "kepesertaan/dikembalikan/ekspor/",
    "perjanjian": "pendaftaran/perjanjian/ekspor/",
    "pengecualian": "pendaftaran/pengecualian/ekspor/",
    "rekonsiliasi": "rekonsiliasi/ekspor/",
    "selisih": "rekonsiliasi/{reconciliation_id}/selisih/{kind}/ekspor/",
    "kelayakan": "pendaftaran/baru/orang/ekspor/",
}
ADDRESSES |= {f"risiko-{code}": f"radar/{code}/ekspor/" for code in BY_CODE}


def client(world, role=Role.DISTRICT_OFFICER) -> Client:
    client = Client()
    client.force_login(world[role].user)
    return client


def at(world, name, known=None) -> str:
    return f"/r/{world.regency.slug}/" + ADDRESSES[name].format(**(known or {}))


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def lines(answer) -> list[list[str]]:
    text = content(answer).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet(answer):
    return openpyxl.load_workbook(io.BytesIO(content(answer))).active


def post(world, name, known=None, role=Role.DISTRICT_OFFICER, **data):
    return client(world, role).post(at(world, name, known), {"format": "csv"} | data)

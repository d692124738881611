"""The components page: every part of the design system with sample text, only with DEBUG."""

import math
from datetime import date

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render

from core import charts
from core.form_fields import DayField, DigitsField, MonthField, RupiahField

MONTHS = "Des Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov".split()
COVERED = [9120, 9480, 9760, 10110, 10420, 10690, 10902, 11044, 11180, 11301, 11420, 11498]
DISTRICTS = [
    ("Muncar", 742, 18, 770),
    ("Cluring", 498, 9, 512),
    ("Genteng", 534, 0, 534),
    ("Glagah", 301, 12, 322),
    ("Kalipuro", 455, 21, 489),
    ("Wongsorejo", 388, 45, 470),
]


class SampleFilter(forms.Form):
    """A filter bar: search first, then the choices."""

    q = forms.CharField(label="Nama atau nomor peserta", required=False)
    district = forms.ChoiceField(
        label="Kecamatan",
        required=False,
        choices=[("", "Semua"), *[(d[0], d[0]) for d in DISTRICTS]],
    )
    status = forms.ChoiceField(
        label="Kepesertaan",
        required=False,
        choices=[("", "Semua"), ("a", "Aktif"), ("n", "Nonaktif")],
    )


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(
        label="Nama lengkap", help_text="Seperti tertulis di KTP.", max_length=100
    )
    nik = DigitsField(label="NIK", length=16, help_text="16 angka. Boleh diketik dengan spasi.")
    born = DayField(label="Tanggal lahir")
    month = MonthField(label="Bulan iuran pertama")
    amount = RupiahField(label="Jumlah SP2D", min_value=1)
    fund = forms.ChoiceField(
        label="Sumber dana",
        choices=[("", "Pilih"), ("apbd", "APBD Kabupaten"), ("apbdes", "APBDes")],
    )
    reason = forms.ChoiceField(
        label="Alasan tidak ada di daftar",
        widget=forms.RadioSelect,
        choices=[("d", "Meninggal dunia"), ("s", "Berhenti sebagai kader"), ("m", "Pindah desa")],
    )
    programmes = forms.MultipleChoiceField(
        label="Program",
        widget=forms.CheckboxSelectMultiple,
        choices=[("jkk", "Jaminan Kecelakaan Kerja (JKK)"), ("jkm", "Jaminan Kematian (JKM)")],
    )
    note = forms.CharField(
        label="Catatan untuk desa", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    file = forms.FileField(label="Daftar kader", help_text="XLSX atau CSV, paling besar 10 MB.")
    agree = forms.BooleanField(label="Saya sudah memeriksa nama dan NIK di atas.")


def _dots():
    """A made-up regency of 217 villages on a spiral, the same at every call."""
    for i in range(217):
        turn, reach = i * 2.39996, math.sqrt(i / 217)
        letter = "r" if i % 31 == 7 else "y" if i % 8 == 3 else "g"
        yield (
            -8.3 + 0.35 * reach * math.sin(turn),
            114.2 + 0.4 * reach * math.cos(turn),
            20 + (i * 37) % 90,
            letter,
        )


def sample_context() -> dict:
    """What the page shows; also the fixture of the component tests."""
    form = SampleForm(
        {
            "name": "",
            "nik": "3510 0652 0385 012",
            "born": "1985-03-12",
            "month": "2026-11",
            "amount": "1.250.000",
        },
        prefix="salah",
    )
    form.data = {f"salah-{key}": value for key, value in form.data.items()}
    return {
        "today": date(2026, 11, 22),
        "todo": [
            {
                "tone": "r",
                "title": "86 kader kehilangan perlindungan pada 1 Desember",
                "text": "Tagihan September Kec. Wongsorejo belum dibayar tiga bulan.",
                "url": "#",
                "action": "Lihat daftar",
            },
            {
                "tone": "y",
                "title": "12 desa menunggu pemeriksaan daftar",
                "text": "412 baris baru, 37 berubah, 9 ditolak.",
                "url": "#",
                "action": "Periksa",
            },
            {
                "tone": "b",
                "title": "Cabang Banyuwangi mengembalikan 18 baris",
                "text": "Nama berbeda dengan data kependudukan.",
                "url": "#",
                "action": "Perbaiki",
            },
            {
                "tone": "g",
                "title": "Akta kematian",
                "text": "diterima 6 Sep oleh Budi Santoso",
                "status": "lengkap",
            },
        ],
        "trend": COVERED,
        "steps": ["Unggah", "Periksa", "Konfirmasi", "Selesai"],
        "counts": [
            {"label": "baru", "value": 31},
            {"label": "berubah", "value": 4},
            {"label": "sama", "value": 198},
            {"label": "tidak ada lagi", "value": 2},
            {"label": "perlu dilihat", "value": 3, "tone": "y"},
            {"label": "ditolak", "value": 2, "tone": "r", "url": "#ditolak"},
        ],
        "timeline": [
            {
                "when": "Paling lambat 17 Sep 2024",
                "text": "Keputusan cabang, 3 hari kerja.",
                "state": "next",
            },
            {
                "when": "12 Sep 2024, 10.15 WITA",
                "text": "Menunggu buku tabungan ahli waris.",
                "state": "now",
            },
            {
                "when": "6 Sep 2024",
                "text": "Kematian dilaporkan. Tagihan berikutnya berkurang satu orang.",
                "who": "Akhmad Wardoyo, kepala desa",
            },
            {"when": "1 Agu 2024", "text": "Kepesertaan aktif, nomor peserta 2408•••••12."},
        ],
        "identity": [
            ("NIK", "3510 •••• •••• 0012"),
            ("Tempat, tanggal lahir", "Batulicin, 5 Mei 1974"),
            ("Dibayar oleh", "Pemerintah Desa Pematang Ulin, APBDes Perubahan 2024"),
        ],
        "tabs": [
            {"label": "Ringkasan", "url": "#", "current": True},
            {"label": "Iuran", "url": "#", "count": 12},
            {"label": "Dokumen", "url": "#", "count": 3},
            {"label": "Riwayat", "url": "#"},
        ],
        "tasks": [
            {
                "name": "Akta kematian",
                "status": "Lengkap",
                "tone": "g",
                "text": "diterima 6 Sep oleh Budi Santoso",
            },
            {
                "name": "Buku tabungan ahli waris",
                "status": "Belum ada",
                "tone": "y",
                "url": "#",
                "text": "menunggu keluarga, 3 hari",
            },
            {
                "name": "Keputusan cabang",
                "status": "Belum dapat dimulai",
                "text": "setelah semua dokumen lengkap",
            },
        ],
        "chips": [
            {"label": "Kecamatan: Muncar", "url": "?"},
            {"label": "Kepesertaan: Aktif", "url": "?"},
        ],
        "effects": [
            "31 kader baru disimpan",
            "4 kader diperbarui",
            "2 kader berakhir sebagai kader desa ini",
        ],
        "exclusions": ["2 baris ditolak, ada di berkas perbaikan"],
        "crumbs": [("Pengembangan", "#"), ("Komponen", "")],
        "filter": SampleFilter(),
        "plain_form": SampleForm(),
        "wrong_form": form,
        "page_of_people": Paginator(range(11498), 50).page(7),
        "districts": [
            {
                "name": name,
                "covered": covered,
                "process": process,
                "total": total,
                "parts": [(covered, "g"), (process, "y")],
            }
            for name, covered, process, total in DISTRICTS
        ],
        "bar_chart": charts.bar(
            [(d[0], d[1]) for d in DISTRICTS],
            title="Terlindungi menurut kecamatan",
            value_name="Terlindungi",
        ),
        "stacked_chart": charts.stacked_bar(
            [(d[0], (d[1], d[2], d[3] - d[1] - d[2])) for d in DISTRICTS],
            ["Terlindungi", "Dalam proses", "Belum"],
            colours=("green", "gold", "grey"),
            title="Kader menurut kepesertaan",
        ),
        "line_chart": charts.line(
            MONTHS,
            [("Terlindungi", COVERED), ("Sasaran", [11584] * 12)],
            colours=("green", "gold"),
            title="Terlindungi tiap bulan",
            desc="Naik dari 9.120 pada Desember menjadi 11.498 pada November.",
        ),
        "donut_chart": charts.donut(
            [("Terlindungi", 11498, "g"), ("Dalam proses", 52, "y"), ("Belum", 34, "r")],
            title="Kepesertaan November 2026",
            centre="99,3%",
            centre_note="terlindungi",
        ),
        "map_chart": charts.dot_map(
            list(_dots()),
            title="Peta titik 217 desa menurut perlindungan",
            legend=[("g", "lengkap 183"), ("y", "sebagian 27"), ("r", "belum 7")],
            headers=("", "Desa"),
            rows=[("Lengkap", "183"), ("Sebagian", "27"), ("Belum", "7")],
        ),
    }


def components(request):
    """Every component on one page."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "development/components.html", sample_context())

"""Why a whole file cannot be used, and what to do."""

from django.utils.translation import gettext_lazy as _

from cadres.findings.kind import Words
from core import sheets

REFUSALS: dict[str, Words] = {
    **sheets.REFUSALS,
    "no_table": _(
        "Tabelnya tidak ditemukan. Berkas harus punya baris judul dengan kolom NIK dan Nama."
    ),
    "no_rows": _("Tabelnya kosong. Isi paling sedikit satu orang di bawah baris judul."),
    "no_birth_column": _(
        "Daftar ini tidak punya kolom Tanggal Lahir. Tambahkan kolom itu, isi dari KTP, lalu "
        "unggah lagi."
    ),
    "no_village_column": _(
        "Daftar untuk seluruh kabupaten harus punya kolom Desa/Kelurahan. Tambahkan kolom itu, "
        "atau pilih satu desa saat mengunggah."
    ),
    "nik_column_number": _(
        "Kolom NIK tersimpan sebagai angka di %(rows)s dari %(total)s baris. Excel hanya menyimpan "
        "15 angka, jadi angka terakhir setiap NIK sudah hilang dan tidak dapat dikembalikan. Ubah "
        "format kolom NIK menjadi Teks, isi lagi NIK dari KTP, lalu unggah."
    ),
    "nik_column_zeros": _(
        "NIK di %(rows)s dari %(total)s baris berakhir dengan angka 0. Itu tanda bahwa Excel "
        "pernah menyimpannya sebagai angka dan angka terakhirnya hilang. Ubah format kolom NIK "
        "menjadi Teks, isi lagi NIK dari KTP, lalu unggah."
    ),
    "roster_built_upon": _(
        "Daftar ini tidak dapat dibatalkan karena orangnya sudah diubah, didaftarkan ke BPJS, "
        "atau punya klaim sesudah daftar ini disimpan. Perbaiki orangnya satu per satu."
    ),
    "undo_failed": _(
        "Pembatalan berhenti karena gangguan pada sistem, dan tidak ada yang berubah. Coba "
        "batalkan lagi; bila berulang, hubungi petugas dinas."
    ),
    "internal_error": _(
        "Pemeriksaan berhenti karena gangguan pada sistem. Unggah lagi berkasnya; bila berulang, "
        "hubungi petugas dinas."
    ),
}

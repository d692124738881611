"""What judging a roster finds, beside the people who are there."""

from django.utils.translation import gettext_lazy as _

from cadres.findings.kind import INFO, REJECT, WARNING, Kind

KINDS: dict[str, Kind] = {
    "nik_two_services": Kind(
        INFO,
        _("Satu orang dengan dua tugas"),
        _("Orang ini juga tertulis di baris %(first_row)s. Kedua tugasnya dicatat, satu orang."),
        _("Tidak perlu diubah bila orang ini memang bertugas di dua tempat."),
    ),
    "person_other_village": Kind(
        REJECT,
        _("Orang ini tercatat di desa lain"),
        _("NIK ini sudah tercatat di desa lain di kabupaten ini."),
        _("Minta petugas dinas memindahkannya bila orang ini memang pindah."),
    ),
    "person_died": Kind(
        REJECT,
        _("Tercatat meninggal"),
        _("Menurut catatan, orang ini meninggal pada %(date)s."),
        _("Hapus dari daftar. Bila keliru, hubungi petugas dinas."),
    ),
    "person_moves": Kind(
        WARNING,
        _("Pindah desa"),
        _(
            "Orang ini tercatat di %(old)s. Ia dipindahkan ke %(new)s hanya bila Anda menjawab ya; "
            "tanpa jawaban barisnya dilewati."
        ),
        _("Pastikan orang ini memang pindah, lalu jawab ya atau tidak."),
    ),
    "person_similar": Kind(
        WARNING,
        _("Mungkin orang yang sama dengan NIK lain"),
        _("Mirip dengan %(name)s di %(village)s, lahir %(date)s, yang tercatat dengan NIK lain."),
        _(
            "Bandingkan keduanya dengan KTP. Jawab ya bila orangnya sama dan NIK di daftar ini "
            "yang benar; jawab tidak bila orangnya berbeda."
        ),
    ),
    "person_civil_servant": Kind(
        WARNING,
        _("Tercatat sebagai ASN, TNI, atau Polri"),
        _(
            "Menurut pencocokan data, orang ini ASN, TNI, atau Polri. "
            "Iurannya bukan dari program ini."
        ),
        _("Periksa pekerjaannya. Bila benar, orang ini tidak dapat didaftarkan."),
    ),
    "person_wage_earner": Kind(
        WARNING,
        _("Tercatat sebagai penerima upah"),
        _("Menurut pencocokan data, orang ini sudah menjadi peserta lewat tempat kerjanya."),
        _("Tanyakan ke cabang BPJS apakah orang ini masih dapat didaftarkan."),
    ),
    "covered_elsewhere": Kind(
        WARNING,
        _("Sudah terlindungi di kabupaten lain"),
        _("NIK ini sudah terlindungi %(cover)s (%(segment)s) di kabupaten atau kota lain."),
        _("Tanyakan kepada orangnya. Iuran tidak perlu dibayar dua kali."),
    ),
    "posyandu_new": Kind(
        WARNING,
        _("Posyandu belum dikenal"),
        _("Posyandu “%(name)s” belum ada di desa ini (%(rows)s baris). Akan dibuat saat disimpan."),
        _("Pastikan namanya benar, atau pilih posyandu yang sudah ada."),
    ),
    "posyandu_near": Kind(
        WARNING,
        _("Nama posyandu mirip dengan yang sudah ada"),
        _(
            "Posyandu “%(name)s” belum ada di desa ini (%(rows)s baris), "
            "tetapi ada yang namanya mirip."
        ),
        _("Pilih posyandu yang dimaksud, atau nyatakan bahwa ini posyandu baru."),
    ),
    "posyandu_alike": Kind(
        WARNING,
        _("Dua nama posyandu di daftar ini mirip"),
        _("“%(name)s” dan “%(other)s” di daftar ini mungkin posyandu yang sama."),
        _("Bila sama, tulis dengan satu nama. Bila berbeda, biarkan."),
    ),
    "posyandu_over_seats": Kind(
        WARNING,
        _("Kader lebih banyak daripada kursi posyandu"),
        _(
            "Posyandu “%(name)s” punya %(seats)s kursi, sedangkan "
            "kadernya menjadi %(people)s orang."
        ),
        _("Periksa siapa yang sudah berhenti, atau minta petugas dinas menambah kursi."),
    ),
    "posyandu_over_norm": Kind(
        INFO,
        _("Kader lebih banyak daripada norma"),
        _(
            "Posyandu “%(name)s” akan punya %(people)s kader; norma yang dipakai %(seats)s orang. "
            "Norma ini belum dipastikan dinas."
        ),
        _("Periksa siapa yang sudah berhenti. Bila semua bertugas, biarkan."),
    ),
}

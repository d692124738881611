"""What reading a roster finds, from its cells alone."""

from django.utils.translation import gettext_lazy as _

from cadres.findings.kind import INFO, REJECT, WARNING, Kind

FROM_KTP = _("Ketik ulang 16 angka dari KTP, lalu unggah lagi.")

KINDS: dict[str, Kind] = {
    "nik_missing": Kind(REJECT, _("NIK kosong"), _("NIK belum diisi."), _("Isi NIK dari KTP.")),
    "nik_number": Kind(
        REJECT,
        _("NIK rusak karena kolomnya berupa angka di Excel"),
        _(
            "Excel hanya menyimpan 15 angka pada sel angka, jadi angka terakhir NIK ini "
            "sudah hilang."
        ),
        _("Ubah format kolom NIK menjadi Teks, lalu ketik ulang 16 angka dari KTP."),
    ),
    "nik_letters": Kind(
        REJECT,
        _("NIK berisi huruf atau tanda"),
        _("NIK harus 16 angka, tetapi di sel ini ada “%(marks)s”."),
        FROM_KTP,
    ),
    "nik_length": Kind(
        REJECT,
        _("NIK bukan 16 angka"),
        _("NIK harus 16 angka, tertulis %(found)s angka."),
        FROM_KTP,
    ),
    "nik_province": Kind(
        REJECT,
        _("Kode provinsi pada NIK tidak ada"),
        _("Dua angka pertama NIK adalah kode provinsi. NIK %(found)s memakai kode yang tidak ada."),
        _("Cocokkan dua angka pertama dengan KTP."),
    ),
    "nik_district": Kind(
        WARNING,
        _("Kode kecamatan pada NIK tidak ada di daftar sekarang"),
        _(
            "Enam angka pertama NIK %(found)s adalah kode kecamatan yang tidak ada di daftar "
            "sekarang. Mungkin kode lama, mungkin salah ketik."
        ),
        _("Cocokkan enam angka pertama dengan KTP. Tidak perlu diubah bila KTP-nya begitu."),
    ),
    "nik_date": Kind(
        REJECT,
        _("Tanggal di dalam NIK tidak mungkin"),
        _(
            "Angka ke-7 sampai ke-12 NIK adalah tanggal lahir (perempuan ditambah 40). "
            "Yang tertulis bukan tanggal."
        ),
        _("Cocokkan angka ke-7 sampai ke-12 dengan KTP."),
    ),
    "nik_serial": Kind(
        REJECT,
        _("NIK berakhir 0000"),
        _("Empat angka terakhir NIK tidak pernah 0000. Mungkin angkanya terpotong."),
        FROM_KTP,
    ),
    "nik_twice": Kind(
        REJECT,
        _("NIK sama dengan baris lain"),
        _("NIK ini sudah tertulis di baris %(first_row)s. Baris pertama yang dipakai."),
        _("Hapus salah satu baris, atau perbaiki NIK-nya bila orangnya berbeda."),
    ),
    "nik_region": Kind(
        WARNING,
        _("NIK dari kabupaten lain"),
        _(
            "NIK ini pertama kali terbit di kabupaten atau kota lain. Orang yang pindah "
            "tetap memakainya."
        ),
        _("Tidak perlu diubah bila KTP-nya memang begitu."),
    ),
    "row_shifted": Kind(
        REJECT,
        _("Isi baris bergeser satu kolom"),
        _("Isi kolom ini ada di bawah judul “%(under)s”, jadi baris ini tidak dibaca."),
        _("Geser isi baris ini kembali ke bawah judulnya masing-masing."),
    ),
    "columns_shifted": Kind(
        REJECT,
        _("Isi tabel bergeser satu kolom"),
        _(
            "Pada %(count)s dari %(total)s baris, isi kolom ini ada di bawah judul “%(under)s”. "
            "Baris-baris itu tidak dibaca."
        ),
        _("Di Excel, geser isi tabel atau judulnya sampai cocok, lalu unggah lagi."),
    ),
    "nik_birth_date": Kind(
        WARNING,
        _("Tanggal lahir berbeda dengan NIK"),
        _("Tanggal lahir tertulis %(date)s, berbeda dengan tanggal di dalam NIK."),
        _("Cocokkan keduanya dengan KTP. NIK tidak berubah walau tanggal lahir pernah dibetulkan."),
    ),
    "birth_date_swapped": Kind(
        WARNING,
        _("Tanggal dan bulan lahir tertukar"),
        _("Tanggal lahir tertulis %(date)s. Menurut NIK, tanggal dan bulannya tertukar."),
        _("Tulis tanggal lahir dengan urutan tanggal, bulan, tahun."),
    ),
    "dates_swapped_all": Kind(
        WARNING,
        _("Tanggal dan bulan lahir tertukar di seluruh tabel"),
        _(
            "Menurut NIK, tanggal dan bulan lahir tertukar pada %(count)s dari %(total)s baris. "
            "Contohnya baris %(first_row)s: tertulis %(date)s, menurut NIK %(other_date)s."
        ),
        _(
            "Minta dibaca sebagai bulan, tanggal, tahun di halaman periksa. Atau di Excel, ubah "
            "kolom ini menjadi Teks, lalu tulis tanggal lahir dengan urutan tanggal, bulan, tahun, "
            "misalnya 12-03-1985."
        ),
    ),
    "dates_month_first": Kind(
        INFO,
        _("Tanggal lahir dibaca sebagai bulan, tanggal, tahun"),
        _(
            "Pada %(count)s dari %(total)s baris, tanggal dan bulan lahir dibaca terbalik, sesuai "
            "jawaban untuk berkas seperti ini."
        ),
        _("Periksa beberapa orang. Bila keliru, kembalikan ke tanggal seperti tertulis."),
    ),
    "nik_sex": Kind(
        WARNING,
        _("Jenis kelamin berbeda dengan NIK"),
        _("Tertulis %(found)s, tetapi NIK menunjukkan sebaliknya."),
        _("Cocokkan jenis kelamin dan NIK dengan KTP."),
    ),
    "name_missing": Kind(
        REJECT, _("Nama kosong"), _("Nama belum diisi."), _("Isi nama seperti di KTP.")
    ),
    "birth_date_missing": Kind(
        REJECT,
        _("Tanggal lahir kosong"),
        _("Tanggal lahir belum diisi."),
        _("Isi tanggal lahir dari KTP, misalnya 12-03-1985."),
    ),
    "birth_date_unreadable": Kind(
        REJECT,
        _("Tanggal lahir tidak terbaca"),
        _("Tertulis “%(found)s”, bukan tanggal yang dikenal."),
        _("Tulis tanggal, bulan, tahun, misalnya 12-03-1985 atau 12 Maret 1985."),
    ),
    "birth_date_number": Kind(
        REJECT,
        _("Tanggal lahir tertulis sebagai angka"),
        _("Tertulis angka %(found)s, dan NIK tidak membenarkannya sebagai tanggal."),
        _("Tulis tanggal, bulan, tahun, misalnya 12-03-1985."),
    ),
    "birth_date_future": Kind(
        REJECT,
        _("Tanggal lahir di masa depan"),
        _("Tanggal lahir tertulis %(date)s, padahal hari itu belum tiba."),
        _("Perbaiki tahun lahirnya menurut KTP."),
    ),
    "age_under": Kind(
        WARNING,
        _("Umur di bawah 17 tahun"),
        _("Umurnya %(age)s tahun."),
        _("Periksa tanggal lahirnya. Pendaftaran biasanya mulai umur 17 tahun."),
    ),
    "age_over": Kind(
        WARNING,
        _("Umur 65 tahun atau lebih"),
        _("Umurnya %(age)s tahun. BPJS menolak pendaftaran baru sejak umur 65 tahun."),
        _("Periksa tanggal lahirnya. Bila benar, orang ini tidak dapat didaftarkan."),
    ),
    "sex_unreadable": Kind(
        WARNING,
        _("Jenis kelamin tidak terbaca"),
        _("Tertulis “%(found)s”. Dipakai jenis kelamin menurut NIK."),
        _("Tulis L atau P."),
    ),
    "phone_unreadable": Kind(
        WARNING,
        _("Nomor HP tidak terbaca"),
        _("Nomor HP ini tidak lengkap, jadi tidak disimpan."),
        _("Tulis seperti 0812 3456 7890."),
    ),
    "decree_date_unreadable": Kind(
        WARNING,
        _("Tanggal SK tidak terbaca"),
        _("Tanggal SK tidak terbaca, jadi tidak disimpan."),
        _("Tulis seperti 02-01-2026."),
    ),
    "decree_missing": Kind(
        INFO,
        _("Nomor SK kosong"),
        _("Nomor SK belum diisi."),
        _("Isi nomor SK kepala desa bila sudah ada."),
    ),
    "decree_column_missing": Kind(
        INFO,
        _("Daftar tanpa nomor SK"),
        _("Daftar ini tidak punya kolom nomor SK."),
        _("Tambahkan kolom Nomor SK dan Tanggal SK bila SK kepala desa sudah ada."),
    ),
    "village_missing": Kind(
        REJECT, _("Desa kosong"), _("Desa atau kelurahan belum diisi."), _("Isi nama desanya.")
    ),
    "village_unknown": Kind(
        REJECT,
        _("Desa tidak dikenal"),
        _("“%(found)s” tidak ada di kecamatan dan kabupaten ini."),
        _("Samakan nama desa dan kecamatan dengan daftar resmi, atau tulis kode desanya."),
    ),
    "village_ambiguous": Kind(
        REJECT,
        _("Nama desa ada di beberapa kecamatan"),
        _("“%(found)s” ada di lebih dari satu kecamatan."),
        _("Isi juga kolom Kecamatan."),
    ),
    "village_other": Kind(
        REJECT,
        _("Baris untuk desa lain"),
        _("Baris ini untuk desa “%(found)s”, sedangkan daftar ini untuk desa Anda."),
        _("Hapus baris ini. Desa itu mengunggah daftarnya sendiri."),
    ),
    "title_other_village": Kind(
        WARNING,
        _("Judul tabel menyebut desa lain"),
        _("Judulnya menyebut desa “%(found)s”, sedangkan daftar ini diunggah untuk desa Anda."),
        _("Pastikan berkasnya benar sebelum disimpan."),
    ),
    "posyandu_from_sheet": Kind(
        INFO,
        _("Posyandu diambil dari nama lembar"),
        _(
            "Tabel di lembar ini tidak punya kolom Posyandu, jadi dipakai nama lembarnya, "
            "“%(name)s”."
        ),
        _("Tambahkan kolom Posyandu bila nama lembar bukan nama posyandu."),
    ),
    "sheet_without_table": Kind(
        INFO,
        _("Lembar tanpa daftar orang dilewati"),
        _("Lembar “%(name)s” tidak berisi tabel dengan NIK, jadi tidak dibaca."),
        _("Tidak perlu diubah bila lembar itu memang bukan daftar orang."),
    ),
    "sheet_hidden": Kind(
        INFO,
        _("Lembar tersembunyi dilewati"),
        _("Lembar “%(name)s” tersembunyi, jadi tidak dibaca."),
        _("Tampilkan lembar itu di Excel bila isinya ikut didaftarkan."),
    ),
}

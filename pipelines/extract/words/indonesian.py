"""Indonesian."""

from __future__ import annotations

from pipelines.extract.words.table import Words

INDONESIAN = Words(
    months=(
        "januari|jan", "februari|feb", "maret|mar", "april|apr", "mei", "juni|jun", "juli|jul",
        "agustus|agu|agt", "september|sep|sept", "oktober|okt", "november|nov", "desember|des",
    ),
    weekdays=(
        "senin", "selasa", "rabu", "kamis", "jumat|jum'at", "sabtu", "minggu|ahad",
    ),
    at=(
        "pukul", "jam",
    ),
    today=(
        "hari ini",
    ),
    yesterday=(
        "kemarin",
    ),
    ago=(
        "yang lalu", "lalu",
    ),
    units=(
        "menit", "jam", "hari", "minggu",
    ),
    pages=(
        "berita", "detail berita", "berita terkini", "berita daerah", "kabar", "pengumuman", "beranda",
    ),
    published=(
        "dipublikasikan", "diterbitkan", "tanggal", "tanggal terbit", "diposting pada", "tayang",
        "diunggah", "tanggal publikasi",
    ),
    change_words=("diperbarui", "diubah", "pembaruan", "update", "diupdate"),
    held=(
        "batas waktu", "batas akhir", "tanggal acara", "tanggal kegiatan", "berlaku sampai",
        "tanggal mulai", "tanggal selesai",
    ),
    updated=(
        "diperbarui", "terakhir diperbarui", "diupdate", "pembaruan terakhir", "update",
    ),
    popular=(
        "terpopuler", "berita populer", "populer", "paling banyak dibaca", "berita terpopuler", "sorotan",
    ),
    neighbours=(
        "sebelumnya", "selanjutnya", "berikutnya", "berita sebelumnya", "berita selanjutnya",
        "artikel sebelumnya",
        "artikel selanjutnya", "pos sebelumnya", "pos berikutnya",
    ),
    recent=("berita terbaru", "berita terkini", "terbaru"),
    related_words=(
        "terkait",
    ),
    unrelated_words=(
        "dokumen", "tautan",
    ),
    others=(
        "berita lainnya", "berita lain",
    ),
    related=(
        "berita terkait", "artikel terkait", "baca juga", "berita lainnya", "lihat juga", "berita lain",
        "baca selengkapnya", "terkait",
        "berita serupa", "artikel serupa", "simak juga",
    ),
    headline=(
        "judul",
    ),
    here=(
        "anda di sini", "anda berada di",
    ),
    release=(
        "siaran pers",
    ),
    site=(
        "situs resmi", "website resmi", "portal resmi", "laman resmi",
    ),
    sign_up=(
        "berlangganan", "buletin",
    ),
    end=(
        "bagikan", "komentar", "kontak", "tinggalkan komentar", "lampiran", "berita populer", "terpopuler",
    ),
    over=(
        "komentar", "tinggalkan komentar",
        "tulis komentar", "berikan komentar",
    ),
    furniture=(
        "cetak", "bagikan", "kembali", "dengarkan", "kembali ke atas",
        "iklan",
    ),
    counted=(
        "dilihat", "dibaca", "kali dibaca",
    ),
    boilerplate=(
        "hak cipta", "telepon:", "kebijakan privasi",
    ),
    error=(
        "tidak ditemukan", "halaman tidak ditemukan", "pemeliharaan",
        "dalam pemeliharaan", "masuk ke akun", "akses ditolak",
    ),
    gone=(
        "halaman yang anda cari", "halaman tidak ditemukan", "aktifkan javascript",
        "coba lagi nanti", "sedang dalam pemeliharaan",
    ),
    text_nouns=(
        "teks", "naskah", "berita",
    ),
    photo_nouns=(
        "foto", "gambar", "dokumentasi", "dok",
    ),
    by=(
        "oleh",
    ),
    ands=(
        "dan",
    ),
    writer=(
        "oleh", "ditulis oleh", "penulis:", "reporter:", "pewarta:", "diposting oleh", "kontributor:",
    ),
    editor=(
        "editor:", "penyunting:", "redaktur:", "editor oleh",
    ),
    agencies=(
        "Antara",
    ),
    photographer=(
        "fotografer:", "sumber foto:", "juru foto:",
    ),
    source=(
        "sumber",
    ),
    nobody=(
        "istimewa", "ist", "arsip", "dokumentasi",
    ),
    offices=(
        "humas", "dinas", "pemkot", "pemkab", "pemprov", "pemerintah", "kominfo", "diskominfo",
        "kementerian", "sekretariat", "bagian", "kota", "kabupaten", "provinsi", "bidang", "badan",
        "tim", "redaksi", "liputan",
    ),
    jobs=(
        "wartawan", "jurnalis",
    ),
    section_labels=(
        "kategori", "rubrik",
    ),
    tag_labels=(
        "kata kunci", "tag", "tagar",
    ),
)  # fmt: skip

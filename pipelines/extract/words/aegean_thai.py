"""Greek, Turkish and Thai: dates, and what stands beside them.

Turkish ``ı`` has no form without its diacritic; dates are looked for with ``i`` in its place.
"""

from __future__ import annotations

from pipelines.extract.words.table import Words

GREEK = Words(
    months=(
        "Ιανουαρίου|Ιανουάριος|Ιαν", "Φεβρουαρίου|Φεβρουάριος|Φεβ", "Μαρτίου|Μάρτιος|Μαρ",
        "Απριλίου|Απρίλιος|Απρ",
        "Μαΐου|Μάιος|Μάι", "Ιουνίου|Ιούνιος|Ιουν", "Ιουλίου|Ιούλιος|Ιουλ", "Αυγούστου|Αύγουστος|Αυγ",
        "Σεπτεμβρίου|Σεπτέμβριος|Σεπ|Σεπτ", "Οκτωβρίου|Οκτώβριος|Οκτ", "Νοεμβρίου|Νοέμβριος|Νοε",
        "Δεκεμβρίου|Δεκέμβριος|Δεκ",
    ),
    weekdays=("Δευτέρα", "Τρίτη", "Τετάρτη", "Πέμπτη", "Παρασκευή", "Σάββατο", "Κυριακή"),
    am=("π.μ.", "πμ"),
    pm=("μ.μ.", "μμ"),
    at=("ώρα", "στις"),
    pages=(
        "νέα", "ειδήσεις", "ανακοινώσεις", "δελτία τύπου", "δελτίο τύπου", "αρχική",
    ),
    published=(
        "Δημοσιεύτηκε στις", "Δημοσιεύθηκε στις", "Δημοσιεύτηκε", "Δημοσιεύθηκε", "Δημοσίευση",
        "Ημερομηνία δημοσίευσης", "Αναρτήθηκε", "Αναρτήθηκε στις", "Ημερομηνία ανάρτησης",
    ),
    change_words=("ενημέρωση", "ενημερώθηκε", "τροποποι"),
    updated=("Τελευταία ενημέρωση", "Ενημερώθηκε", "Τελευταία τροποποίηση", "Ενημερώθηκε στις"),
    popular=(
        "Δημοφιλή", "Δημοφιλέστερα",
    ),
    neighbours=(
        "Προηγούμενο", "Επόμενο", "Προηγούμενο άρθρο", "Επόμενο άρθρο",
        "περισσότερα σε αυτή την κατηγορία",
    ),
    related_words=(
        "σχετικά", "σχετικές",
    ),
    related=("Σχετικά άρθρα", "Σχετικά νέα", "Διαβάστε επίσης", "Σχετικές ειδήσεις"),
    recent=("Πρόσφατα άρθρα", "Τελευταία νέα", "Πρόσφατα νέα"),
    end=("Σχόλια", "ετικέτα"),
    over=("Σχόλια", "αφήστε ένα σχόλιο", "προσθήκη σχολίου", "σχολιάστε"),
    furniture=(
        "Εκτύπωση", "Κοινοποίηση", "διαφήμιση", "μέγεθος γραμματοσειράς", "αξιολογήστε αυτό το άρθρο",
        "εκτύπωση", "e-mail",
    ),
    boilerplate=("με επιφύλαξη παντός δικαιώματος",),
    photo_nouns=("Φωτογραφία", "Φωτογραφίες"),
    writer=("Συντάκτης:",),
    source=("Πηγή:",),
    tag_labels=(
        "ετικέτα",
    ),
    sign_up=(
        "ενημερωτικό δελτίο",
    ),
    comments=(
        "σχόλιο",
    ),
)  # fmt: skip

TURKISH = Words(
    months=(
        "ocak", "şubat", "mart", "nisan", "mayıs|mayis", "haziran", "temmuz", "ağustos", "eylül", "ekim",
        "kasım|kasim", "aralık|aralik",
    ),
    weekdays=("pazartesi", "salı|sali", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"),
    at=("saat",),
    pages=(
        "haberler", "haber", "haber detay", "haber detayı", "duyurular", "güncel haberler",
        "basın bültenleri",
    ),
    published=(
        "yayın tarihi", "yayınlanma tarihi", "yayımlanma tarihi", "eklenme tarihi", "yayınlanma",
        "yayımlandı", "yayınlandı", "haber tarihi",
    ),
    change_words=("güncelle", "değişti"),
    updated=("güncelleme", "güncellenme tarihi", "son güncelleme", "güncellendi", "güncelleme tarihi"),
    popular=(
        "çok okunanlar", "en çok okunanlar", "öne çıkanlar",
    ),
    neighbours=(
        "önceki haber", "sonraki haber", "önceki", "sonraki",
    ),
    related_words=(
        "ilgili", "benzer",
    ),
    related=("ilgili haberler", "benzer haberler", "bunlar da ilginizi çekebilir"),
    recent=("son haberler", "güncel haberler", "diğer haberler"),
    end=("yorumlar", "paylaş"),
    over=("yorumlar", "yorum yap", "yorum yaz", "bir yorum yazın"),
    furniture=("yazdır", "paylaş", "reklam"),
    boilerplate=("tüm hakları saklıdır",),
    photo_nouns=("fotoğraf", "fotoğraflar"),
    writer=("yazar:", "haber:"),
    source=("kaynak:",),
    sign_up=(
        "e-bülten", "bültenimize",
    ),
    comments=(
        "yorum",
    ),
)  # fmt: skip

THAI = Words(
    months=(
        "มกราคม|ม.ค", "กุมภาพันธ์|ก.พ", "มีนาคม|มี.ค", "เมษายน|เม.ย", "พฤษภาคม|พ.ค", "มิถุนายน|มิ.ย",
        "กรกฎาคม|ก.ค", "สิงหาคม|ส.ค", "กันยายน|ก.ย", "ตุลาคม|ต.ค", "พฤศจิกายน|พ.ย", "ธันวาคม|ธ.ค",
    ),
    weekdays=(
        "วันจันทร์ที่|วันจันทร์|จันทร์", "วันอังคารที่|วันอังคาร|อังคาร", "วันพุธที่|วันพุธ|พุธ",
        "วันพฤหัสบดีที่|วันพฤหัสบดี|พฤหัสบดี", "วันศุกร์ที่|วันศุกร์|ศุกร์", "วันเสาร์ที่|วันเสาร์|เสาร์",
        "วันอาทิตย์ที่|วันอาทิตย์|อาทิตย์",
    ),
    at=("เวลา",),
    pages=(
        "ข่าว", "ข่าวสาร", "ข่าวประชาสัมพันธ์", "รายละเอียดข่าว", "หน้าแรก",
    ),
    headline=("หัวข้อข่าว", "หัวข้อ", "ชื่อข่าว", "เรื่อง", "ชื่อเรื่อง"),
    published=(
        "วันที่ประกาศ", "วันที่เผยแพร่", "เผยแพร่เมื่อ", "เผยแพร่เมื่อวันที่", "ประกาศเมื่อ", "โพสต์เมื่อ",
        "ลงวันที่", "วันที่ลงข่าว", "เผยแพร่",
    ),
    change_words=("แก้ไข", "ปรับปรุง", "อัปเดต", "อัพเดต", "อัพเดท", "อัปเดท"),
    updated=("แก้ไขล่าสุด", "ปรับปรุงล่าสุด", "อัปเดตล่าสุด", "แก้ไขล่าสุดเมื่อ", "ปรับปรุงเมื่อ"),
    popular=(
        "ข่าวยอดนิยม", "ข่าวเด่น",
    ),
    neighbours=(
        "ข่าวก่อนหน้า", "ข่าวถัดไป",
    ),
    related=("ข่าวที่เกี่ยวข้อง", "ข่าวอื่นๆ", "ข่าวอื่น ๆ"),
    recent=("ข่าวล่าสุด",),
    furniture=("พิมพ์", "แชร์", "โฆษณา"),
    counted=("อ่าน", "เข้าชม", "ครั้ง", "ผู้เข้าชม"),
    boilerplate=("สงวนลิขสิทธิ์",),
    over=(
        "ความคิดเห็น", "แสดงความคิดเห็น",
    ),
    sign_up=(
        "จดหมายข่าว",
    ),
    related_words=(
        "ที่เกี่ยวข้อง",
    ),
    unrelated_words=(
        "เอกสาร", "กฎหมาย", "ลิงก์", "หน่วยงาน", "เว็บไซต์",
    ),
)  # fmt: skip

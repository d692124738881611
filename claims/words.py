"""Claims in words: components, reasons, steps, documents, for people who have no time for rules."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from lokal.terbilang import terbilang

from cadres.models import Heir
from claims.benefits import BRANCH_RULE
from claims.models import Claim, ClaimDocument
from claims.rulebook import death_documents
from claims.steps import Step
from core import formats
from core.sealed import unseal

COMPONENTS: dict[str, str | Promise] = {
    "lump_sum": _("Santunan kematian"),
    "periodic": _("Santunan berkala, dibayar sekaligus"),
    "funeral": _("Biaya pemakaman"),
}
OPTIONS: dict[str, str | Promise] = {
    "full": _("Manfaat penuh"),
    "reduced": _("Manfaat dikurangi"),
    "alternative": _("Manfaat penuh menurut bacaan lain"),
}
HOLDERS: dict[str, str | Promise] = {
    "family": _("keluarga"),
    "village": _("kantor desa"),
    "civil_registry": _("keluarga, lewat Dukcapil atau kantor desa"),
    "district": _("petugas dinas"),
}
REASONS: dict[str, str | Promise] = {
    "not_covered_on_day": _(
        "Pada tanggal meninggal tidak ada kepesertaan yang berlaku, jadi tidak ada santunan "
        "kematian dari program ini."
    ),
    "months_enough": _(
        "Iuran %(months)s bulan penuh sebelum bulan meninggal sudah dibayar tanpa terputus. "
        "Syaratnya paling sedikit %(needed)s bulan."
    ),
    "months_few": _(
        "Sebelum bulan meninggal baru ada %(months)s bulan kepesertaan penuh. Untuk kematian "
        "sejak 24 Februari 2025, kepesertaan di bawah %(needed)s bulan mendapat manfaat yang "
        "dikurangi."
    ),
    "months_unclear": _(
        "Kematian terjadi pada bulan ketiga kepesertaan. Aturannya belum jelas untuk bulan ketiga, "
        "jadi cabang BPJS yang menentukan."
    ),
    "gap": _(
        "Kepesertaan pernah terputus: %(earlier)s bulan sebelum meninggal, tetapi hanya "
        "%(months)s bulan berturut-turut. Belum ada ketentuan apakah masa sebelum terputus "
        "ikut dihitung, jadi cabang BPJS yang menentukan."
    ),
    "arrears": _(
        "Iuran %(months)s belum lunas. Cabang BPJS perlu memastikan bahwa kepesertaan tetap aktif."
    ),
    "unbilled": _(
        "Iuran %(months)s belum ditagihkan. Cabang BPJS perlu memastikan bahwa kepesertaan tetap "
        "aktif."
    ),
    "before_reduction": _(
        "Kematian sebelum 24 Februari 2025: manfaat penuh berlaku sejak hari pertama kepesertaan."
    ),
    "segment_not_reduced": _(
        "Pengurangan untuk kepesertaan baru hanya berlaku bagi peserta Bukan Penerima Upah."
    ),
    "amounts_conflict": _(
        "Untuk kematian sebelum 2 Desember 2019 sumber-sumber berbeda jumlahnya. Cabang BPJS "
        "yang menentukan."
    ),
}
STEPS: dict[str, str | Promise] = {
    "not_covered": _("Periksa kepesertaannya; bila memang tidak ada, tutup laporan ini."),
    "heir": _("Catat siapa ahli warisnya dan rekeningnya."),
    "documents": _("Lengkapi dokumen wajib: masih kurang %(missing)s."),
    "submit": _("Dokumen lengkap. Ajukan klaim ke kantor cabang BPJS."),
    "decide": _("Menunggu keputusan cabang, paling lambat %(due)s (3 hari kerja)."),
    "pay": _("Disetujui. Cabang mentransfer ke rekening ahli waris, paling lambat %(due)s."),
    "hand_over": _("Sudah ditransfer. Catat serah terima kepada keluarga."),
    "rejected": _("Klaim ini sudah ditutup."),
    "done": _("Selesai. Santunan sudah diterima keluarga."),
}
WHO: dict[str, str | Promise] = {
    "claim.prepare": _("petugas dinas"),
    "claim.decide": _("petugas cabang BPJS"),
    "claim.hand_over": _("petugas dinas"),
}
TONES = {
    Claim.Status.REPORTED: "y",
    Claim.Status.SUBMITTED: "y",
    Claim.Status.APPROVED: "b",
    Claim.Status.REJECTED: "r",
    Claim.Status.PAID: "g",
    Claim.Status.HANDED_OVER: "g",
}


def _language() -> str:
    return translation.get_language() or "id"


def in_words(amount: int) -> str:
    """Whole rupiah in Indonesian words, as papers of the state write them."""
    return f"{terbilang(amount)} rupiah"


def parts(benefit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a stored benefit: words, rule and whole rupiah.

    Where only the total is settled, one row says so.
    """
    rows = [
        {
            "label": str(COMPONENTS.get(part["code"], part["code"])),
            "rule": part["rule"],
            "amount": part["amount"],
        }
        for part in benefit.get("components", ())
    ]
    if not rows and benefit.get("total"):
        label = gettext("Santunan dan biaya pemakaman; pembagiannya ditetapkan cabang")
        rows.append({"label": label, "rule": benefit["rule"], "amount": benefit["total"]})
    return rows


def option(stored: Mapping[str, Any]) -> str:
    """One answer that the branch may confirm, with its total."""
    return f"{OPTIONS[stored['code']]}, {formats.rupiah(stored['total'])}"


def rule(benefit: Mapping[str, Any]) -> str:
    """By which rule a stored benefit holds."""
    if benefit.get("rule") == BRANCH_RULE:
        law = benefit["decision"]["law"]
        return gettext("Keputusan cabang menurut %(law)s") % {"law": law}
    return str(benefit.get("rule", ""))


def reasons(benefit: Mapping[str, Any]) -> list[str]:
    """Why the answer is what it is, one sentence each."""
    return [
        str(REASONS[reason["code"]])
        % {name: _fact(value) for name, value in reason["facts"].items()}
        for reason in benefit.get("reasons", ())
        if reason["code"] in REASONS
    ]


def label(document: ClaimDocument) -> str:
    """The document's name in the language of the page."""
    known = death_documents().get(document.code)
    return known.label_en if known and _language().startswith("en") else document.label


def condition(document: ClaimDocument) -> str:
    """When a conditional document is asked for."""
    known = death_documents().get(document.code)
    return known.condition_en if known and _language().startswith("en") else document.condition


def holder(document: ClaimDocument) -> str:
    """Who usually has the document."""
    known = death_documents().get(document.code)
    return str(HOLDERS[known.holder]) if known else ""


def heir_nik(heir: Heir | None) -> str:
    """The heir's NIK, masked; empty when it is not known."""
    return formats.mask_nik(unseal(heir.nik_sealed)) if heir and heir.nik_sealed else ""


def heir_account(heir: Heir | None) -> str:
    """The last four digits of the heir's account; empty when it is not known."""
    number = unseal(heir.account_sealed) if heir and heir.account_sealed else ""
    return f"{formats.BULLET * 4} {number[-4:]}" if number else ""


def step(found: Step, missing: int) -> str:
    """The next step as a sentence."""
    due = formats.day(found.due_on, _language()) if found.due_on else ""
    return str(STEPS[found.code]) % {"missing": missing, "due": due}


def who(found: Step) -> str:
    """Whose turn it is."""
    return str(WHO[found.perm]) if found.perm else ""


def is_late(found: Step) -> bool:
    """Whether the step's last day is over."""
    return found.due_on is not None and found.due_on < timezone.localdate()


def _fact(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(formats.month(dt.date.fromisoformat(each), _language()) for each in value)
    return str(value)

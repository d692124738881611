"""Correcting a person, services, and moving to another village."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import door
from accounts.roles import Perm
from cadres import actions
from cadres.models import Assignment
from cadres.person_forms import (
    CorrectForm,
    DecreeForm,
    MoveForm,
    NikForm,
    ServiceForm,
    StopForm,
)
from cadres.views.person import found
from cadres.views.person_parts import sent, step
from regions.queries import villages_of

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what the KTP says, or how to reach the person."""
    cadre = found(pk)
    names = CorrectForm.base_fields
    form = CorrectForm(sent(request), initial={name: getattr(cadre, name) for name in names})
    return step(
        request,
        cadre,
        form,
        lambda data: actions.correct_person(by=request.actor, cadre=cadre, **data),
        title=_("Perbaiki data diri"),
        button=_("Simpan perbaikan"),
        done=_("Data diri diperbaiki."),
        effects=[
            _("Nilai lama dan baru tersimpan di riwayat."),
            _("Kartu dan tagihan yang sudah terbit tidak berubah."),
        ],
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_MANAGE)
def correct_nik(request: HttpRequest, pk: int) -> HttpResponse:
    """Replace a NIK that was written down wrongly."""
    cadre = found(pk)
    return step(
        request,
        cadre,
        NikForm(sent(request)),
        lambda data: actions.correct_nik(by=request.actor, cadre=cadre, **data),
        title=_("Perbaiki NIK"),
        button=_("Simpan NIK"),
        done=_("NIK diperbaiki. Alasan dan nama Anda dicatat."),
        effects=[
            _("NIK seseorang tidak pernah berubah. Perbaiki hanya bila salah dicatat."),
            _("Alasan dan nama Anda dicatat di jejak audit."),
            _("Beri tahu cabang BPJS bila orang ini sudah didaftarkan."),
        ],
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def service_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Another service of the person."""
    cadre = found(pk)
    return step(
        request,
        cadre,
        ServiceForm(sent(request), village_id=cadre.village_id),
        lambda data: actions.add_service(by=request.actor, cadre=cadre, **data),
        title=_("Tambah tugas"),
        button=_("Simpan tugas"),
        done=_("Tugas ditambahkan."),
        effects=[
            _("Seseorang boleh punya beberapa tugas. Iurannya tetap satu."),
            _("Orang ini dapat ikut didaftarkan untuk jenis tugas ini."),
        ],
    )


def _service(pk: int, service_id: int) -> Assignment:
    return get_object_or_404(
        Assignment.objects.select_related("posyandu", "village"), pk=service_id, cadre_id=pk
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def service(request: HttpRequest, pk: int, service_id: int) -> HttpResponse:
    """The decree of a service, and its posyandu where none is known."""
    cadre, chosen = found(pk), _service(pk, service_id)
    initial = {"decree_number": chosen.decree_number, "decree_date": chosen.decree_date}
    return step(
        request,
        cadre,
        DecreeForm(sent(request), initial=initial, service=chosen),
        lambda data: actions.change_service(by=request.actor, service=chosen, **data),
        title=_("SK tugas"),
        button=_("Simpan SK"),
        done=_("Tugas diperbarui."),
        service=chosen,
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_EDIT)
def service_stop(request: HttpRequest, pk: int, service_id: int) -> HttpResponse:
    """End a service on a day, for a reason."""
    cadre, chosen = found(pk), _service(pk, service_id)
    return step(
        request,
        cadre,
        StopForm(sent(request), initial={"on": timezone.localdate()}),
        lambda data: actions.stop_service(by=request.actor, service=chosen, **data),
        title=_("Akhiri tugas"),
        button=_("Akhiri tugas"),
        done=_("Tugas diakhiri. Riwayatnya tetap tersimpan."),
        service=chosen,
        effects=[
            _("Riwayat tugas tetap tersimpan; tidak ada yang dihapus."),
            _("Bila tidak ada tugas lain, orang ini tidak ikut pendaftaran berikutnya."),
            _("Kepesertaan yang berjalan tidak ikut berakhir. Petugas dinas yang mengakhirinya."),
        ],
    )


@require_http_methods(METHODS)
@door(Perm.PEOPLE_MANAGE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the person to another village of the regency."""
    cadre = found(pk)
    villages = villages_of(request.regency).exclude(pk=cadre.village_id)
    return step(
        request,
        cadre,
        MoveForm(sent(request), villages=villages, initial={"on": timezone.localdate()}),
        lambda data: actions.move_person(by=request.actor, cadre=cadre, **data),
        title=_("Pindah desa"),
        button=_("Pindahkan"),
        done=_("Orang ini sudah pindah. Lengkapi posyandu dan SK di desa baru."),
        effects=[
            _("Tugas di desa lama berakhir sehari sebelumnya, dengan alasan pindah."),
            _("Jenis tugas yang sama dimulai di desa baru, menunggu SK desa itu."),
            _("Kepesertaan yang berjalan tidak berubah sampai petugas mengubahnya."),
        ],
    )

"""Objects in the states in which an address shows its page instead of leading elsewhere."""

from datetime import date

from django.utils import timezone

from accounts.roles import Role
from cadres.models import ImportRow, RosterImport
from core import private_files
from enrollment.models import BatchRow, EnrollmentBatch, Reconciliation
from tests import factories

ODD = b"A;B;C\n3510014503850001;SITI;16800\n3510014503850002;SRI;16800\n"


def in_other_states(
    world: factories.World, mark: str, counts: dict[str, int], sent: BatchRow, month: date
) -> dict[str, int]:
    """Ids by argument: a roster and a list whose columns are asked for, a saved roster, and the
    batch of `sent`, which waits at the branch from now on.
    """
    clerk, village, now = world[Role.DISTRICT_OFFICER], world.villages[0], timezone.now()
    told = {"village": village, "size": 1, "uploaded_by_id": clerk.id, "checked_at": now}
    asking, saved = RosterImport.objects.bulk_create(
        [
            RosterImport(
                status=RosterImport.Status.MAPPING,
                file=private_files.save([ODD], ".roster")[0],
                file_name=f"{mark}-kolom.csv",
                sha256="1" * 64,
                **told,
            ),
            RosterImport(
                status=RosterImport.Status.APPLIED,
                file=private_files.save([ODD], ".roster")[0],
                file_name=f"{mark}-tersimpan.csv",
                sha256="2" * 64,
                number=f"{mark}/DK",
                counts=counts,
                applied_at=now,
                applied_by_id=clerk.id,
                **told,
            ),
        ]
    )
    ImportRow.objects.create(
        roster=saved,
        number=2,
        name=sent.cadre.name,
        village=village,
        effect="new",
        cadre=sent.cadre,
    )
    listed = Reconciliation.objects.create(
        number=f"{mark}/KOLOM",
        month=month,
        kind=Reconciliation.Kind.ACTIVE,
        status=Reconciliation.Status.MAPPING,
        file=private_files.save([ODD], ".bpjs")[0],
        file_name=f"{mark}-aktif.csv",
        file_sha256="3" * 64,
        uploaded_by_id=clerk.id,
    )
    EnrollmentBatch.objects.filter(pk=sent.batch_id).update(
        status=EnrollmentBatch.Status.SUBMITTED,
        submitted_by_id=world[Role.DISTRICT_APPROVER].id,
        submitted_at=now,
    )
    return {
        "asking_roster_id": asking.pk,
        "saved_roster_id": saved.pk,
        "asking_list_id": listed.pk,
        "sent_batch_id": sent.batch_id,
        "sent_row_id": sent.pk,
    }


# By a part of the address, as in `objects.BY_PART`.
BY_PART = (
    ("unggah/<int:pk>/cocokkan/", "pk", "asking_roster_id"),
    ("unggah/<int:pk>/keluarga/", "pk", "saved_roster_id"),
    ("unggah/<int:pk>/batalkan/", "pk", "saved_roster_id"),
    ("rekonsiliasi/<int:reconciliation_id>/kolom/", "reconciliation_id", "asking_list_id"),
    ("pendaftaran/<int:batch_id>/tinjau/", "batch_id", "sent_batch_id"),
    ("pendaftaran/<int:batch_id>/tinjau/orang/", "row_id", "sent_row_id"),
    ("klaim/lapor/<int:cadre_id>/", "cadre_id", "waiting_cadre_id"),
)

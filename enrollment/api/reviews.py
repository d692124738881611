"""The API of the branch's answers to a batch."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY
from accounts.roles import Perm
from core.errors import DomainError
from enrollment import actions
from enrollment.api.common import EnrollmentView
from enrollment.decisions import Decision, Problem
from enrollment.models import EnrollmentBatch
from enrollment.queries.branches import columns_of
from enrollment.review_lists import own_headings, read_upload
from enrollment.serializers import ReviewedSerializer, ReviewSerializer, RowCountsSerializer

YES = {"true", "1", "yes", "ya", "on"}


class BatchReview(EnrollmentView):
    """The branch's answers."""

    perms = {"POST": Perm.BATCH_REVIEW}
    parser_classes = [JSONParser, MultiPartParser, FormParser]

    @extend_schema(
        operation_id="enrollment_batches_review",
        parameters=[KEY],
        request={"application/json": ReviewSerializer, "multipart/form-data": ReviewSerializer},
        responses=ReviewedSerializer,
    )
    def post(self, request: Request, regency: str, batch_id: int) -> Response:
        """Accept or return rows, accept all clean remaining rows, finish the review."""
        batch = self.batch(batch_id)
        return self.once(request, lambda: self._review(batch))

    def _review(self, batch: EnrollmentBatch) -> tuple[int, dict]:
        data = self.request.data
        upload = data.get("file")
        decisions, unread = self._read(data, upload)
        accept_rest, finish_now = _yes(data.get("accept_rest")), _yes(data.get("finish"))
        if unread and (accept_rest or finish_now or upload is None):
            raise actions.invalid(unread)
        report = actions.review(
            by=self.actor,
            batch=batch,
            decisions=decisions,
            accept_rest=accept_rest,
            finish_now=finish_now,
            partial=upload is not None,
        )
        report.problems = sorted(unread + report.problems, key=lambda each: each.line)
        shown = self.batch(batch.pk)
        return 200, {
            "id": shown.pk,
            "status": shown.status,
            "accepted": report.accepted,
            "returned": report.returned,
            "problems": [
                {"line": each.line, "code": each.code, "message": str(each.message)}
                for each in report.problems
            ],
            "counts": RowCountsSerializer(shown).data,
        }

    def _read(self, data: Any, upload: Any) -> tuple[list[Decision], list[Problem]]:
        """The decisions of the file, or of the body."""
        if upload is not None:
            if not hasattr(upload, "chunks"):
                raise DomainError("file_missing", _("Kirim daftar sebagai berkas."), {"file": ""})
            own = own_headings(columns_of(self.actor.membership.branch_id))
            return read_upload(upload.chunks(), own)
        told = data.get("decisions") or []
        if not isinstance(told, list):
            message = _("Keputusan ditulis sebagai daftar.")
            raise DomainError("decisions_invalid", message, {"decisions": message})
        decisions: list[Decision] = []
        problems: list[Problem] = []
        for line, each in enumerate(told, 1):
            read = _decision(each, line)
            decisions.append(read) if isinstance(read, Decision) else problems.append(read)
        return decisions, problems


def _yes(value: Any) -> bool:
    return value is True or str(value or "").lower() in YES


def _decision(told: Any, line: int) -> Decision | Problem:
    """One decision of a body; hand-read, since there may be tens of thousands."""
    if not isinstance(told, dict) or told.get("decision") not in ("accept", "return"):
        return Problem(line, "decision_unknown", _("Keputusan harus accept atau return."))
    row = told.get("row")
    if row is not None and (isinstance(row, bool) or not isinstance(row, int)):
        return Problem(line, "row_invalid", _("Nomor baris harus bilangan."))
    words = {
        name: str(told.get(name) or "") for name in ("nik", "member_no", "reason", "reason_text")
    }
    return Decision(accept=told["decision"] == "accept", row=row, line=line, **words)

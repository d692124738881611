"""The API of the correction file: at once, or asked for and made by a worker when it is long."""

import io
from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, RegencyView
from accounts.roles import Perm
from audit import exporting
from cadres import actions, corrections, queries
from cadres.models import RosterImport
from cadres.roster_files import download
from core import private_files, sheets_out
from core.errors import DomainError
from core.models import Run

LATER = 5  # seconds until asking again is worth it


class CorrectionFileState(serializers.Serializer):
    """How far the file is: lines written of all lines, and the address that answers the file."""

    status = serializers.ChoiceField(choices=Run.Status.choices)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    address = serializers.CharField()


class RosterCorrectionFile(RegencyView):
    """The correction file."""

    perms = {"GET": Perm.ROSTER_UPLOAD, "POST": Perm.ROSTER_UPLOAD}

    @extend_schema(
        operation_id="roster_imports_correction_file",
        responses={
            (200, sheets_out.TYPE): OpenApiTypes.BINARY,
            202: CorrectionFileState,
            409: OpenApiResponse(description="`correction_file_not_asked`: ask by POST first."),
        },
    )
    def get(self, request: Request, regency: str, pk: int) -> HttpResponseBase:
        """The sent file back, with what is wrong beside each bad line.

        Of an import of more than 2,000 rows it is answered once it was asked for by POST and is
        made; until then the answer is 202.
        """
        found = get_object_or_404(RosterImport, pk=pk)
        if not corrections.is_long(found):
            out = io.BytesIO()
            corrections.write(out, found)
            return download(out.getvalue(), _name(found))
        run = queries.correction_run(self.actor, found)
        if run is not None and run.is_open:
            later = {"Retry-After": str(LATER)}
            return Response(self._state(found, run), status=202, headers=later)
        file = exporting.file_of(run) if run else None
        if file is None:
            raise DomainError(
                "correction_file_not_asked",
                _("Daftar ini panjang. Minta dulu berkasnya dengan POST ke alamat yang sama."),
            )
        answer = FileResponse(
            private_files.path_of(file).open("rb"),
            as_attachment=True,
            filename=_name(found),
            content_type=sheets_out.TYPE,
        )
        answer["Cache-Control"] = "no-store"
        return answer

    @extend_schema(
        operation_id="roster_imports_correction_file_ask",
        request=None,
        responses={200: CorrectionFileState, 202: CorrectionFileState},
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Ask for the file; 202 while it is made, 200 when GET answers it at once."""
        found = get_object_or_404(RosterImport, pk=pk)

        def work() -> tuple[int, dict[str, Any]]:
            if not corrections.is_long(found):
                corrections.need_checked(found)
                return 200, self._state(found, None)
            run = actions.ask_correction_file(by=self.actor, roster=found)
            return 202 if run.is_open else 200, self._state(found, run)

        answer = self.once(request, work)
        answer["Location"] = answer.data["address"]
        return answer

    def _state(self, roster: RosterImport, run: Run | None) -> dict[str, Any]:
        rows = roster.counts["rows"]
        address = reverse("roster_correction_file", args=[self.regency.slug, roster.pk])
        told = {"status": Run.Status.DONE, "done": rows, "total": rows, "address": address}
        if run is not None:
            told |= {"status": run.status, "done": exporting.done_of(run), "total": run.total}
        return dict(CorrectionFileState(told).data)


def _name(roster: RosterImport) -> str:
    return f"perbaikan-{roster.pk}.xlsx"

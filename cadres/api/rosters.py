"""The API of rosters."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import Actor
from accounts.rest import KEY, PAGING, RegencyView
from accounts.roles import Perm
from cadres import actions, findings, queries
from cadres.models import RosterImport
from core.errors import DomainError
from core.tenancy import current_regency_id
from regions.models import Village
from regions.queries import village_by_code

Status = RosterImport.Status
REFUSED = (Status.REFUSED, Status.FAILED, Status.APPLIED)
COUNTS = ("rows", "new", "changed", "unchanged", "skipped", "warnings", "rejected", "missing")


class RosterUpload(serializers.Serializer):
    """What an upload carries."""

    file = serializers.FileField()
    village = serializers.CharField(
        required=False, allow_blank=True, max_length=13, help_text="Code with or without dots."
    )


class RosterReceipt(serializers.Serializer):
    """What an upload is answered with."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=Status.choices)


class RosterCounts(serializers.Serializer):
    """Rows of the list by what applying would do, and people missing from it."""

    rows = serializers.IntegerField()
    new = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    skipped = serializers.IntegerField()
    warnings = serializers.IntegerField()
    rejected = serializers.IntegerField()
    missing = serializers.IntegerField()


class Refusal(serializers.Serializer):
    """Why a whole file cannot be used."""

    code = serializers.CharField()
    message = serializers.CharField()


class FindingLine(serializers.Serializer):
    """One problem of one line."""

    row = serializers.IntegerField()
    sheet = serializers.CharField(allow_blank=True)
    column = serializers.CharField(allow_blank=True)
    level = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()
    fix = serializers.CharField()


class RosterSummary(serializers.ModelSerializer):
    """A roster in a list."""

    village = serializers.CharField(source="village.code", default=None, allow_null=True)
    counts = serializers.SerializerMethodField()
    refusal = serializers.SerializerMethodField()

    class Meta:
        model = RosterImport
        fields = (
            "id",
            "status",
            "number",
            "file_name",
            "village",
            "counts",
            "refusal",
            "created_at",
            "checked_at",
            "applied_at",
        )

    @extend_schema_field(RosterCounts)
    def get_counts(self, roster: RosterImport) -> dict[str, int]:
        """All zero until the check is done."""
        return {name: roster.counts.get(name, 0) for name in COUNTS}

    @extend_schema_field(Refusal(allow_null=True))
    def get_refusal(self, roster: RosterImport) -> dict[str, str] | None:
        """Of a refused or failed roster, and of a saved one that could not be taken back."""
        if roster.status not in REFUSED or not roster.refusal_code:
            return None
        return {
            "code": roster.refusal_code,
            "message": findings.refusal(roster.refusal_code, roster.refusal_facts),
        }


class RosterDetail(RosterSummary):
    """A roster with everything that its check found."""

    findings = serializers.SerializerMethodField()

    class Meta(RosterSummary.Meta):
        fields = (*RosterSummary.Meta.fields, "findings")

    @extend_schema_field(FindingLine(many=True))
    def get_findings(self, roster: RosterImport) -> list[dict[str, Any]]:
        """Findings in the order of the file, in the language of the request."""
        return [
            {
                "row": each.number,
                "sheet": each.sheet,
                "column": each.column,
                "level": each.level,
                "code": each.code,
                "message": findings.message(each.code, each.facts),
                "fix": findings.fix(each.code, each.facts),
            }
            for each in queries.findings_of(roster)
        ]


def _village(actor: Actor, code: str) -> Village | None:
    """The village that an upload is for: the own one, or the one that was named."""
    own = actor.membership.village
    found = village_by_code(code) if code else None
    if own is not None:
        if code and (found is None or found.pk != own.pk):
            raise Http404
        return own
    if code and (found is None or found.regency_id != current_regency_id()):
        message = _("Kode desa ini tidak ada di kabupaten ini.")
        raise DomainError("village_unknown", message, {"village": message})
    return found


class Rosters(RegencyView):
    """Rosters, newest first; an upload starts a check."""

    perms = {"GET": Perm.ROSTER_VIEW, "POST": Perm.ROSTER_UPLOAD}
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="roster_imports_list", responses=RosterSummary(many=True), parameters=PAGING
    )
    def get(self, request: Request, regency: str) -> Response:
        """List rosters."""
        found = RosterImport.objects.select_related("village").order_by("-id")
        return self.page(found, RosterSummary)

    @extend_schema(
        operation_id="roster_imports_create",
        request={"multipart/form-data": RosterUpload},
        responses={201: RosterReceipt},
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str) -> Response:
        """Upload a roster; the same file for the same place gives the earlier import."""
        sent = RosterUpload(data=request.data)
        sent.is_valid(raise_exception=True)
        file = sent.validated_data["file"]
        village = _village(self.actor, sent.validated_data.get("village", ""))

        def work() -> tuple[int, dict[str, Any]]:
            upload = actions.upload_roster(
                by=self.actor, chunks=file.chunks(), file_name=file.name, village=village
            )
            return 201, dict(RosterReceipt(upload.roster).data)

        return self.once(request, work)


class RosterView(RegencyView):
    """One roster."""

    perms = {"GET": Perm.ROSTER_VIEW}

    @extend_schema(operation_id="roster_imports_retrieve", responses=RosterDetail)
    def get(self, request: Request, regency: str, pk: int) -> Response:
        """Status, counts, refusal and findings."""
        found = get_object_or_404(RosterImport.objects.select_related("village"), pk=pk)
        return Response(RosterDetail(found).data)


class RosterApply(RegencyView):
    """Confirming a checked roster."""

    perms = {"POST": Perm.ROSTER_UPLOAD}

    @extend_schema(
        operation_id="roster_imports_apply",
        request=None,
        responses={200: RosterReceipt},
        parameters=[KEY],
    )
    def post(self, request: Request, regency: str, pk: int) -> Response:
        """Apply; a second time changes nothing."""
        found = get_object_or_404(RosterImport, pk=pk)

        def work() -> tuple[int, dict[str, Any]]:
            return 200, dict(RosterReceipt(actions.apply_roster(by=self.actor, roster=found)).data)

        return self.once(request, work)

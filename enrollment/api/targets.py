"""The API of targets: list what was set, set a new number."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rest import KEY, PAGING
from accounts.roles import Perm
from enrollment.actions.targets import set_target
from enrollment.api.common import EnrollmentView
from enrollment.models import Target
from enrollment.queries import targets as questions
from enrollment.serializers.targets import TargetInput, TargetSerializer


class Targets(EnrollmentView):
    """How many people the regency means to cover, and how many are."""

    perms = {"GET": Perm.BATCH_VIEW, "POST": Perm.BUDGET_EDIT}

    @extend_schema(
        operation_id="targets_list", parameters=PAGING, responses=TargetSerializer(many=True)
    )
    def get(self, request: Request, regency: str) -> Response:
        """List every number that was set, the newest first."""
        return self.page(questions.targets(), TargetSerializer, change=_with_covered)

    @extend_schema(
        operation_id="targets_create",
        parameters=[KEY],
        request=TargetInput,
        responses={201: TargetSerializer},
    )
    def post(self, request: Request, regency: str) -> Response:
        """Set a new number; the earlier ones stay."""

        def work() -> tuple[int, dict]:
            target = set_target(by=self.actor, **self.heard(TargetInput))
            return 201, dict(TargetSerializer(_with_covered([target])[0]).data)

        return self.once(request, work)


def _with_covered(shown: list[Target]) -> list[Target]:
    """People covered today at each target that holds."""
    covered = {each.target.pk: each.far.covered for each in questions.current(timezone.localdate())}
    for each in shown:
        each.covered = covered.get(each.pk)
    return shown

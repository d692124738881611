"""What the API views of enrollment share."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accounts.rest import RegencyView
from accounts.roles import Role
from enrollment.models import EnrollmentBatch


class EnrollmentView(RegencyView):
    """What these views share: the batches of a role."""

    def batches(self) -> QuerySet[EnrollmentBatch]:
        """The batches that this role sees: the branch sees no drafts."""
        found = EnrollmentBatch.objects.all()
        return found.submitted_or_later() if self.actor.role == Role.BRANCH_OFFICER else found

    def batch(self, batch_id: int) -> EnrollmentBatch:
        """One batch with its counts, or 404."""
        return get_object_or_404(
            self.batches().with_counts().select_related("fund_source", "agreement"), pk=batch_id
        )

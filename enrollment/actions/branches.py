"""What a branch sets for itself."""

from collections.abc import Sequence

from accounts.models import User
from enrollment import branch_columns
from enrollment.branch_columns import Column
from enrollment.models import BranchColumns
from regions.models import Branch


def set_columns(*, by: User, branch: Branch, chosen: Sequence[tuple[str, str]]) -> list[Column]:
    """Keep the order and the headings of a branch's lists; raises what `checked` raises.

    Belongs to no regency, so it is no event of one; the row says who set it last.
    """
    columns = branch_columns.checked(chosen)
    BranchColumns.objects.update_or_create(
        branch=branch,
        defaults={"columns": [each.kept() for each in columns], "updated_by_id": by.pk},
    )
    return columns

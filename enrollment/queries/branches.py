"""What a branch has set for itself."""

from enrollment import branch_columns
from enrollment.branch_columns import Column
from enrollment.models import BranchColumns


def columns_of(branch_id: int | None) -> list[Column]:
    """The columns of a branch's lists; the usual ones where it has set none."""
    kept = BranchColumns.objects.filter(branch_id=branch_id).first() if branch_id else None
    return branch_columns.stored(kept.columns) if kept else branch_columns.usual()

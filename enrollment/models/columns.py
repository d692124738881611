"""The column order that a branch wants in its lists."""

from django.db import models

from regions.models import Branch


class BranchColumns(models.Model):
    """A branch's own columns, in order: `[{"field": "nik", "heading": "NIK"}, ...]`.

    Belongs to the branch, not to a regency, and holds no personal data.
    """

    branch = models.OneToOneField(Branch, models.CASCADE, related_name="columns")
    columns = models.JSONField(default=list)
    updated_by_id = models.IntegerField()
    updated_at = models.DateTimeField(auto_now=True)

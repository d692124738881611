"""Handing workbooks with personal data to people."""

from django.http import HttpResponse

from core import sheets_out


def download(content: bytes, name: str) -> HttpResponse:
    """A workbook as an attachment, which nothing on the way may keep."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(content, content_type=sheets_out.TYPE, headers=headers)

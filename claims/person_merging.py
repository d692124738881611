"""Claims follow a person whose two records become one."""

from django.utils.translation import gettext_lazy as _

from cadres import values
from cadres.models import Cadre, Heir
from claims.models import Claim
from core.errors import DomainError


def claims_follow(kept: Cadre, other: Cadre) -> None:
    """Claims follow, with the heir that the kept record has by the same name and relation.

    Raises DomainError where both have a claim that was not rejected: one death, one claim.
    """
    claims = Claim.objects.select_for_update().filter(cadre__in=(kept, other))
    standing = [each for each in claims if each.status != Claim.Status.REJECTED]
    if len(standing) > 1:
        raise DomainError(
            "merge_two_claims",
            _(
                "Kedua catatan punya klaim kematian (%(first)s dan %(second)s). Tutup salah satu "
                "laporan dahulu."
            )
            % {"first": standing[0].number, "second": standing[1].number},
        )
    heirs = {_key(heir): heir for heir in Heir.objects.filter(cadre=kept)}
    for claim in Claim.objects.filter(cadre=other).select_related("heir"):
        claim.cadre = kept
        if claim.heir is not None:
            claim.heir = heirs.get(_key(claim.heir), claim.heir)
        claim.save(update_fields=["cadre", "heir"])


def _key(heir: Heir) -> tuple[str, str]:
    return heir.relation, values.name_key(heir.name)


MERGERS = (claims_follow,)

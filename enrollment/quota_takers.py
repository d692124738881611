"""Who takes a place of a village's quota without being inside: who is covered or put forward."""

from cadres.quota_takers import Takers
from enrollment.queries.quota_places import outside_of, outside_people

TAKERS = (Takers(counted=outside_of, people=outside_people),)

"""What the check of a roster may ask about cover."""

COVERED_ELSEWHERE = "enrollment_covered_elsewhere_among"

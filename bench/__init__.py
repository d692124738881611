"""Figures of the product, each as a ratio against a baseline measured in the same run.

A module of this package has `rows() -> list[dict]`; a row is
`{"what": str, "ours": seconds, "baseline": seconds, "ratio": baseline / ours, "peak_memory": MB}`
with optional `unit` (other than seconds), `goal` and `note` in words.
"""

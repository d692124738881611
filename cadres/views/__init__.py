"""Pages of people and rosters."""

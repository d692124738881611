"""Pages of rosters: sending one, matching its columns, checking, fixing, deciding."""

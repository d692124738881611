"""Only the owner's connection migrates; the application's role owns nothing."""


class OwnerMigrates:
    """Lets `migrate --database=owner` run and nothing else."""

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Whether a migration may touch this connection."""
        return db == "owner"

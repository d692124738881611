"""Audit listens to the apps below it."""

from typing import Any

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Connects the signal of accounts."""

    name = "audit"

    def ready(self) -> None:
        """Record what accounts reports."""
        from accounts.signals import happened
        from audit.actions import record_in

        def listen(sender: Any, **said: Any) -> None:
            said.pop("signal")
            record_in(**said)

        happened.connect(listen, weak=False, dispatch_uid="audit")

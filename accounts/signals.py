"""What `audit` listens to: accounts stand below it and cannot record events themselves."""

from django.dispatch import Signal

# Sent with kind, subject, by, regency_ids and facts, in the transaction of the deed.
happened = Signal()

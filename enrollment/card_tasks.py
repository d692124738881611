"""Long work on cards: two drivers share the parts of an order."""

from core import runs
from enrollment import card_actions

runs.register(
    runs.Kind(
        card_actions.PRINT,
        card_actions.print_part,
        finish=card_actions.bind_order,
        drivers=2,
        queue="papers",
    )
)

"""What the turn page shows at the moment; none of it belongs to the game."""

from dataclasses import dataclass, field

TALK, FILE, FIRM, NEWS = "talk", "file", "firm", "news"


@dataclass
class Shown:
    """What the player is looking at.

    Attributes:
        kind: `talk` (a conversation), `file` (a customer), `firm` (actions for the whole firm) or
            `news`.
        id: Of the conversation or customer.
        board: `list`, `pyramid`, `funnel` or `matrix`.
        file: `actions`, `people`, `history` or `signs`.
        part: What a narrow window shows: `inbox`, `board`, `detail` or `plan`.
        action: The action that is unfolded.
        tones: Tone picked for an action that is not chosen yet.
        persons: The same for who is addressed.
        forecast: Whom a forecast would be about.
        sure: How sure it would be.
    """

    kind: str = NEWS
    id: str = ""
    board: str = "list"
    file: str = "actions"
    part: str = "detail"
    action: str = ""
    tones: dict[str, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    forecast: str = ""
    sure: float = 0.6

    def talk(self, encounter: str) -> None:
        """Shows a conversation."""
        self.kind, self.id, self.part = TALK, encounter, "detail"

    def customer(self, customer: str) -> None:
        """Shows a customer's file."""
        if self.kind != FILE or self.id != customer:
            self.action = ""
        self.kind, self.id, self.part = FILE, customer, "detail"

    def firm(self) -> None:
        """Shows what can be done for the firm."""
        self.kind, self.id, self.action, self.part = FIRM, "", "", "detail"

    def news(self) -> None:
        """Shows what is new."""
        self.kind, self.id, self.part = NEWS, "", "detail"

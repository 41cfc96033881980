"""The game review: how good each decision was, luck apart, what would have been better, why."""

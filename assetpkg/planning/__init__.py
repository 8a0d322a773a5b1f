"""The plan: one question per module. `context` holds what is asked about, `judge` and `plan` answer."""

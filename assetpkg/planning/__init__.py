"""The plan: one question per module. `context` holds what is asked about, `decision` and `plan` answer."""

"""The plan: one question per module. `setting` holds what is asked about, `judgement` and `plan` answer."""

"""Fuzzing: archives that are changed field by field and read by everybody, and targets guided by coverage."""

"""What an import leaves: the target afterwards, the way back, and the checklist for people."""

"""What an import leaves to people: what to prepare before it, and what to do after it."""

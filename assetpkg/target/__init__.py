"""The instance that an import goes into, as far as it is known: from a snapshot, or from another package."""

"""How work is run: over an executor's workers, over processes of our own, and watched by who wants to see it."""

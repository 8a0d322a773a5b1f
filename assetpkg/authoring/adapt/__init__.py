"""A package made ready for another environment, by one reviewed file: what it says, how it is read, what it does."""

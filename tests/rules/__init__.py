"""The tables of the rules: each row is one edit to something valid, and everything that is said about it."""

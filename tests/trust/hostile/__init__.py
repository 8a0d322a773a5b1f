"""What is done to packages on purpose: a set of hostile archives and documents, and what each of them may cost."""

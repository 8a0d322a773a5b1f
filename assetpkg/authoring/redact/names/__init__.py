"""Copies without names: every word that is not of the format has a stand-in, the same one everywhere.

A text is words and what is between them. What is between them stays, and each word gets a stand-in of the same length
and the same sorts of characters; two words never have the same one. So everything that is compared, joined or looked up
by whole words is equal, or not, as it was: names, references, paths, addresses, copies of names in scripts.
"""

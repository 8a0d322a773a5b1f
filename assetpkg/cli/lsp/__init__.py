"""The language server: what an editor asks of a document while it is written, answered from the package around it.

The middle is made of functions that know no protocol: a document with a position becomes a `Cursor`, that becomes a
`Point` in a class of the vocabulary, and what is asked is answered from a `Project`. Only `server` speaks the protocol.
"""

"""OpenAPI files with the platform's extensions, read as API groups, APIs and custom backends.

The pages "Extended Swagger Definition of APIs" and "Swagger Extended Definitions for Custom Backends" say what the
extensions mean.
"""

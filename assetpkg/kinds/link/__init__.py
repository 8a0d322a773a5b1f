"""Kinds of LINK, the device integration: products, their templates, and what is known of devices."""

"""Reports as text for people: one module for each report, and the parts that several share."""

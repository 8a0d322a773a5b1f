"""The public pages that several kinds come from."""

MIGRATION_PAGE = "User guide, Restoring/Migrating Integration Assets"
IMPORT_PAGE = "User guide, Importing and Exporting Assets"
QUOTA_PAGE = "Service overview, Quotas"

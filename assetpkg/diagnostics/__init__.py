"""What assetpkg reports: severities, faults, rules, the catalogue of faults, and the pages that they cite."""

"""What assetpkg reports: severities, faults, rules, and the catalogue of faults with their pages."""

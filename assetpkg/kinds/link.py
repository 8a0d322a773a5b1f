"""Device integration (LINK): no kind yet; products and their templates will be declared here."""

"""Reports from the data sets of others: ACLED, UCDP GED, status tables, dated polygons, event feeds."""

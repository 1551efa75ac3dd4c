"""Reports from other data sets: ACLED, UCDP GED, status tables, dated polygons, event feeds."""

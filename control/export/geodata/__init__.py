"""Files for GIS and the web: GeoJSON, GeoPackage, GeoParquet, KML, Linked Places."""

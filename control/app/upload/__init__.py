"""A visitor's own reports: from the file to the map."""

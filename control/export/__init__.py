"""Files for other programs: one module a format, in `geodata`, `tables` and `pictures`."""

"""Parts of a page that know nothing of maps: keys, buttons, date fields, safe HTML."""

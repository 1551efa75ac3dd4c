"""The panel beside the map: a module a tab, and the downloads below."""

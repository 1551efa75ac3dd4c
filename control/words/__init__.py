"""Sentences about assessments, reasons and places, as plain text."""

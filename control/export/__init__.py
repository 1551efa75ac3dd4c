"""Snapshots as files. One format a module."""

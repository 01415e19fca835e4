"""Namespaces without a daemon."""

"""Places where candidate code runs, behind the protocol in base.py."""

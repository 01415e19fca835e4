"""Proving a bank: that right solutions pass, wrong ones are caught, and nothing hidden leaks."""

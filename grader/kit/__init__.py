"""Solving a challenge on one's own machine: the workspace, and what is known without grading."""

"""Containers of an engine: Docker, Podman, gVisor."""

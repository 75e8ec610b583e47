"""Exports over simulated archives."""

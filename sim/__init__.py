"""Rapport: a turn-based simulator that teaches managing a portfolio of customers."""

__version__ = "0.1.0"

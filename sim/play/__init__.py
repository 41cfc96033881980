"""Playing: one game of one person, where games are kept, and what the front ends ask for."""

"""The rules of the game: pure functions from arrays to arrays, with no idea of files or screens."""

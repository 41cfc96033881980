"""What each command does; every one imports what it needs when it runs."""

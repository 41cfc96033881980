"""What is shown, as plain data in the reader's language; not how it is drawn."""

"""The debrief as one HTML file: no script, no network, fonts and charts inside."""

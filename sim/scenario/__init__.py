"""The scenario language: from YAML text to checked, compiled rules."""

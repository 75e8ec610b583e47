"""One module per verb of the command, imported when the verb is called; each holds a click command named `command`."""

"""The bulk question: who of any list of people was covered on a day."""

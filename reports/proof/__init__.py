"""Whether a person was covered on a day, and the chain of facts behind the answer."""

/// What is written while it is read comes as lines of JSON, and as nothing else. Its last line tells that it is whole.
enum LinesOnly: String, NegotiatedType { case jsonl = "application/jsonl" }

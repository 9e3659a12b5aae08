// Pulumi takes a stack trace of every promise, and Jest makes each of a hundred lines with source maps. This is what Node has by default.
Error.stackTraceLimit = 10;

"""Commands of the office: each has `main(arguments) -> int`, is imported only when called."""

"""The command line of the law; it reads arguments and prints answers, and decides nothing."""

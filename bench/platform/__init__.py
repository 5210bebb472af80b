# noqa: A005  read as bench.platform, and never alone

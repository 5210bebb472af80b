# noqa: A005  read as bench.platform, never alone

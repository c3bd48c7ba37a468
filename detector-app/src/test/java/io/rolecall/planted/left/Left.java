package io.rolecall.planted.left;

import io.rolecall.planted.right.Right;

/** One half of a cycle. */
public record Left(Right right) {}

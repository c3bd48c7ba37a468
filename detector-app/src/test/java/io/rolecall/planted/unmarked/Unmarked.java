package io.rolecall.planted.unmarked;

/** Lives in a package that says nothing of null. */
record Unmarked(String text) {}

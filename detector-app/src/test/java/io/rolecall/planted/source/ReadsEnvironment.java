package io.rolecall.planted.source;

final class ReadsEnvironment {

    static String home() {
        return String.valueOf(System.getenv("HOME"));
    }
}

package io.rolecall.planted.source;

final class CountsInStaticField {

    private static int count;

    static int next() {
        return ++count;
    }
}

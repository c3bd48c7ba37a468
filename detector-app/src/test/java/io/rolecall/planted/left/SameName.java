package io.rolecall.planted.left;

final class SameName {

    public static String name() {
        return "left";
    }
}

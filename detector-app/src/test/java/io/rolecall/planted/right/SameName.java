package io.rolecall.planted.right;

final class SameName {

    public static String name() {
        return "right";
    }
}

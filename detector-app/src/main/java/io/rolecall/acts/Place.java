package io.rolecall.acts;

/**
 * Where an address is, as sign-in logs tell it.
 *
 * @param asn number of the autonomous system
 */
public record Place(String city, String state, String country, double latitude, double longitude, int asn) {

    public static final Place HEADQUARTERS = new Place("Munich", "Bavaria", "DE", 48.137, 11.575, 64500);
    static final Place BRANCH = new Place("Salzburg", "Salzburg", "AT", 47.809, 13.055, 64501);
    static final Place HOME = new Place("Rosenheim", "Bavaria", "DE", 47.856, 12.129, 64510);
    public static final Place HOTEL = new Place("Lisbon", "Lisboa", "PT", 38.722, -9.139, 64511);
    public static final Place CLOUD = new Place("Amsterdam", "Noord-Holland", "NL", 52.367, 4.904, 64520);
    public static final Place FAR = new Place("Lagos", "Lagos", "NG", 6.524, 3.379, 64530);
    public static final Place FARTHER = new Place("Panama City", "Panama", "PA", 8.983, -79.519, 64531);

    /** The place of an address of the tenant's people. */
    public static Place of(String ip) {
        if (ip.startsWith("203.0.113.")) {
            return HEADQUARTERS;
        }
        return ip.startsWith("198.51.100.") ? BRANCH : HOME;
    }
}

package io.rolecall.service;

/** The records of a story, produced in portions: two a kill, and one for the end. */
final class Portions {

    private final Site site;
    private final StoryRecords records;
    private final int size;
    private int produced;

    Portions(Site site, StoryRecords records, int kills) {
        this.site = site;
        this.records = records;
        this.size = records.records().size() / (2 * kills + 1);
    }

    /** Records of one portion. */
    int size() {
        return size;
    }

    /** Records produced so far. */
    int produced() {
        return produced;
    }

    void next() {
        produce(size);
    }

    void produce(int count) {
        site.client().produce(records.records().subList(produced, produced + count));
        produced += count;
    }

    /** Produces what is left, and says how many records that was. */
    int rest() {
        int rest = records.records().size() - produced;
        produce(rest);
        return rest;
    }
}

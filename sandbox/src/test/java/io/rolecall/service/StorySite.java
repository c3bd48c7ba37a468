package io.rolecall.service;

import static org.awaitility.Awaitility.await;

import io.rolecall.sandbox.story.Story;
import io.rolecall.sandbox.story.StoryOptions;
import java.nio.file.Path;

/** Two instances of a service that have read the quiet story together: either holds a part of it. */
final class StorySite implements AutoCloseable {

    private final Story story;
    private final Site site;
    private final DetectorService first;
    private final DetectorService second;

    private StorySite(Story story, Site site, DetectorService first, DetectorService second) {
        this.story = story;
        this.site = site;
        this.first = first;
        this.second = second;
    }

    /**
     * Starts both, and waits until the alerts of the story stand.
     *
     * @param folder for state and configuration files
     * @param id application id and prefix of the topics
     */
    static StorySite open(String bootstrapServers, Path folder, String id) throws Exception {
        Story story = Story.generate(StoryOptions.defaults().withNoisePerDay(0));
        Site site = new Site.Draft(bootstrapServers, folder, id)
                .partitions(3)
                .with("streams: { num.stream.threads: 1, acceptable.recovery.lag: 1000000 }")
                .create();
        site.networks(story);
        StorySite opened = new StorySite(story, site, site.start("a"), site.start("b"));
        await("both have partitions").atMost(Site.PATIENCE).until(site::isShared);
        site.client()
                .produce(
                        StoryRecords.of(story, site.topics(), site.partitions()).records());
        Verdicts.of(story).awaitIn(site, Site.PATIENCE);
        return opened;
    }

    Story story() {
        return story;
    }

    Site site() {
        return site;
    }

    DetectorService first() {
        return first;
    }

    DetectorService second() {
        return second;
    }

    /** Where an instance in this JVM answers. */
    static String address(DetectorService service) {
        return "http://127.0.0.1:" + service.httpPort();
    }

    @Override
    public void close() {
        second.close();
        first.close();
        site.close();
    }
}

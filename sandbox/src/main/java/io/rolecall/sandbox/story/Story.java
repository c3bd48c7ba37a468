package io.rolecall.sandbox.story;

import io.rolecall.acts.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A month of a small tenant: the records of all four logs in the order of their delivery, and the alerts that must come of them. A
 * pure function of its options.
 */
public final class Story {

    /** Numbers of the background's deliveries begin here, after all of the script's. */
    private static final long FIRST_BACKGROUND = 1L << 32;

    private final StoryOptions options;
    private final Tenant tenant;
    private final StoryPeople people;
    private final Stage stage;

    private Story(StoryOptions options, Predicate<String> plays) {
        this.options = options;
        this.tenant = new Tenant(options.seed());
        this.people = new StoryPeople(tenant);
        this.stage = new Stage(tenant, people, options);
        scenes(options).stream().filter(scene -> plays.test(scene.name())).forEach(stage::play);
    }

    /** The story of some options. The script is played at once; the background is made as {@link #events} is read. */
    public static Story generate(StoryOptions options) {
        return new Story(options, name -> true);
    }

    /**
     * The story with only some of its scenes, each as it is in the whole story.
     *
     * @param plays which scenes of {@link #sceneNames} to play
     */
    public static Story generate(StoryOptions options, Predicate<String> plays) {
        return new Story(options, plays);
    }

    /** The tenant's id. */
    public String tenantId() {
        return tenant.id();
    }

    /** The records in the order of delivery; lazily made, so that memory does not grow with the length. */
    public Stream<StoryEvent> events() {
        Spliterator<StoryEvent> events =
                Spliterators.spliteratorUnknownSize(new Deliveries(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(events, false);
    }

    /** The alerts that must come, and no others; in the order of the script. */
    public List<ExpectedAlert> truth() {
        return stage.truth();
    }

    /** The organisation's networks. */
    public List<StoryNetwork> networks() {
        return StoryNetwork.of(options);
    }

    /** The policy in force, as a policy file; empty where the story needs none. */
    public Optional<String> policy() {
        return options.all() ? Optional.of(CatalogueScenes.policy()) : Optional.empty();
    }

    /** Names of the scenes that it plays, in the order of the script. */
    public List<String> scenes() {
        return stage.scenes();
    }

    /** Names of the script's scenes: three attacks and the near misses, and those of the whole catalogue where it is played. */
    public static List<String> sceneNames(StoryOptions options) {
        return scenes(options).stream().map(Scene::name).toList();
    }

    /** Whether a scene is one of the attacks, of which an incident must come; the others are harmless, whatever is told of them. */
    public static boolean isAttack(String sceneName) {
        return sceneName.startsWith("attack-");
    }

    private static List<Scene> scenes(StoryOptions options) {
        List<Scene> scenes = new ArrayList<>();
        scenes.add(new PlantedApplication());
        scenes.add(new ConsentWave());
        scenes.add(new AddedCredential());
        scenes.addAll(NearMissGrants.scenes());
        scenes.addAll(NearMissConsents.scenes());
        if (options.all()) {
            scenes.addAll(CatalogueScenes.scenes());
        }
        return List.copyOf(scenes);
    }

    /** Merges the script's deliveries with the background; what is late waits in a queue of bounded length. */
    private final class Deliveries implements Iterator<StoryEvent> {

        private final Background background = new Background(tenant, people, options);
        private final PriorityQueue<SentRecord> waiting = new PriorityQueue<>(stage.deliveries());
        private Instant reached = Instant.MIN;
        private long number;
        private long order;

        @Override
        public boolean hasNext() {
            return background.hasNext() || !waiting.isEmpty();
        }

        @Override
        public StoryEvent next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            while (background.hasNext() && mayPrecedeAllWaiting()) {
                SentRecord made = background.next();
                reached = made.time();
                waiting.add(made.numbered(FIRST_BACKGROUND + number++));
            }
            return event(waiting.remove());
        }

        private StoryEvent event(SentRecord delivery) {
            return new StoryEvent(delivery.envelope(), delivery.json(), delivery.time(), order++);
        }

        /** Background comes in the order of event time and is never delivered before it. */
        private boolean mayPrecedeAllWaiting() {
            return waiting.isEmpty() || waiting.peek().delivered().isAfter(reached);
        }
    }
}

package io.rolecall;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.NullMarked;

/** The rules of the house that the compiler cannot see. Each is a function of the root package, so that it can be tried. */
enum ArchitectureRule {
    PURE_CODE_CANNOT_SEE_KAFKA {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideInAnyPackage(below(root, PURE))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka..");
        }
    },
    ONLY_TOPOLOGY_BUILDS_TOPOLOGIES {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".topology..")
                    .should()
                    .dependOnClassesThat(belongToAnyOf(Topology.class, StreamsBuilder.class));
        }
    },
    ONLY_CONFIG_AND_THE_CONSOLE_READ_THE_ENVIRONMENT {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".config..")
                    .and()
                    .doNotHaveFullyQualifiedName(root + CONSOLE)
                    .should()
                    .accessTargetWhere(
                            calls(System.class, Set.of("getenv", "getProperty", "getProperties", "setProperty")));
        }
    },
    ONLY_CONFIG_AND_POLICY_PARSE_YAML {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(below(root, List.of("config", "policy")))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml.jackson.dataformat.yaml..", "org.yaml..");
        }
    },
    PACKAGES_FORM_NO_CYCLE {
        @Override
        ArchRule in(String root) {
            return slices().matching(root + ".(*)..").should().beFreeOfCycles();
        }
    },
    ONLY_MAIN_ENDS_THE_PROCESS {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName(root + MAIN)
                    .should()
                    .accessTargetWhere(
                            calls(System.class, Set.of("exit")).or(calls(Runtime.class, Set.of("exit", "halt"))));
        }
    },
    ONLY_COMMANDS_AND_OPERATIONS_READ_THE_WALL_CLOCK {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(below(root, List.of("cli", "ops")))
                    .should()
                    .accessTargetWhere(readsTheWallClock());
        }
    },
    NO_STATIC_FIELD_CAN_CHANGE {
        @Override
        ArchRule in(String root) {
            return fields().that()
                    .areStatic()
                    .and(describe("are no part of an enum or a switch", ArchitectureRule::isHandWritten))
                    .should(beConstant());
        }
    },
    THE_PRODUCT_KNOWS_NO_SANDBOX {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".sandbox..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + ".sandbox..");
        }
    },
    EVERY_PACKAGE_IS_NULL_MARKED {
        @Override
        ArchRule in(String root) {
            return classes().should(liveInANullMarkedPackage());
        }
    },
    DECODERS_KNOW_NO_FILES {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideInAnyPackage(root + ".source", root + ".source.split..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + ".source.file..");
        }
    },
    THE_SPLITTER_KNOWS_NO_EVENT {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideInAPackage(root + ".source.split..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(root + ".source", SCHEMA);
        }
    },
    WHAT_IS_STORED_KNOWS_NO_STEP {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideInAPackage(root + ".state..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + ".topology..");
        }
    },
    ONLY_IN_PROCESS_DRIVES_A_TOPOLOGY {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".inprocess..")
                    .should()
                    .dependOnClassesThat(
                            belongToAnyOf(TopologyTestDriver.class, TestInputTopic.class, TestOutputTopic.class)
                                    .or(resideInAPackage("org.apache.kafka.streams.test..")));
        }
    },
    ONLY_THE_CATALOGUE_KNOWS_RULES {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackage(root + ".detection.rule..")
                    .and()
                    .doNotHaveFullyQualifiedName(root + CATALOGUE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(root + ".detection.rule..");
        }
    },
    READING_FACTS_KNOWS_NO_RULE {
        @Override
        ArchRule in(String root) {
            return noClasses()
                    .that()
                    .resideInAPackage(root + ".detection.read..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName(root + CATALOGUE);
        }
    },
    MAKERS_OF_EVENTS_KNOW_NO_READER {
        @Override
        ArchRule in(String root) {
            return classes()
                    .that()
                    .resideInAPackage(root + ".acts..")
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(below(root, List.of("acts", "config", "policy")))
                            .or(resideInAnyPackage(LIBRARIES_OF_MAKERS)))
                    .allowEmptyShould(true);
        }
    },
    NAMES_OF_CLASSES_ARE_UNIQUE {
        @Override
        ArchRule in(String root) {
            return classes().that().areTopLevelClasses().should(haveNamesOfTheirOwn());
        }
    },
    TESTS_ARE_NAMED_AS_SENTENCES {
        @Override
        ArchRule in(String root) {
            return methods()
                    .that()
                    .areDeclaredInClassesThat()
                    .resideInAPackage(root + "..")
                    .and()
                    .areMetaAnnotatedWith(TESTABLE)
                    .should()
                    .haveNameMatching(SENTENCE);
        }

        @Override
        boolean isOfTests() {
            return true;
        }
    };

    /** Packages that must stay free of Kafka. */
    static final List<String> PURE =
            List.of("source", "event", "identity", "detection", "policy", "alert", "incident", "network", "replay");

    /** What every annotation of a test carries, JUnit's and jqwik's. */
    private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";

    /** Three words and more, in lower case, with underscores between them. */
    private static final String SENTENCE = "[a-z0-9]+(_[a-z0-9]+){2,}";

    private static final String MAIN = ".cli.Main";

    /** Gathers what the process was started with and hands it on, so that commands can be tried without a process. */
    private static final String CONSOLE = ".cli.Console";

    /** The one list of detections, by which everybody else gets them: with it a class reaches every rule. */
    private static final String CATALOGUE = ".detection.Catalogue";

    private static final String SCHEMA = "io.rolecall.schema..";

    /** The room takes permissions and roles from the tables of {@code policy}, and proposes names as {@code config} does. */
    private static final String[] LIBRARIES_OF_MAKERS = {
        "", "java..", "com.fasterxml.jackson..", "inet.ipaddr..", "org.jspecify.."
    };

    private static final Set<String> CHANGEABLE = Set.of(
            "java.util.ArrayList",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal");

    /** The rule for the classes under {@code root}. */
    abstract ArchRule in(String root);

    /** Whether it is a rule of the tests and not of the product. */
    boolean isOfTests() {
        return false;
    }

    private static String[] below(String root, List<String> packages) {
        return packages.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, Set<String> names) {
        return describe(
                owner.getSimpleName() + "." + names,
                access -> access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
        DescribedPredicate<JavaAccess<?>> now = describe(
                "java.time now()",
                access -> access.getTargetOwner().getPackageName().equals("java.time")
                        && access.getName().equals("now")
                        && access.getTarget().getDescription().endsWith("now()>"));
        DescribedPredicate<JavaAccess<?>> systemClock = describe(
                "Clock.system* and tick*",
                access -> access.getTargetOwner().isEquivalentTo(Clock.class)
                        && (access.getName().startsWith("system")
                                || access.getName().startsWith("tick")));
        return calls(System.class, Set.of("currentTimeMillis", "nanoTime"))
                .or(calls(Date.class, Set.of("<init>")))
                .or(now)
                .or(systemClock);
    }

    /** Enum switches and enum values are kept by the compiler in static arrays. */
    private static boolean isHandWritten(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static ArchCondition<JavaField> beConstant() {
        return new ArchCondition<>("be final, of a type that does not change by design") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                JavaClass type = field.getRawType();
                boolean sharedArray = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                boolean constant = field.getModifiers().contains(JavaModifier.FINAL)
                        && !sharedArray
                        && !CHANGEABLE.contains(type.getName())
                        && !type.getPackageName().startsWith("java.util.concurrent");
                events.add(new SimpleConditionEvent(field, constant, field.getDescription() + " can change"));
            }
        };
    }

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getName() + " lives in a package without @NullMarked"));
            }
        };
    }

    /** A name that stands twice is read wrongly, and imported wrongly; the room of a class is no part of how people speak of it. */
    private static ArchCondition<JavaClass> haveNamesOfTheirOwn() {
        return new ArchCondition<>("have names of their own") {

            private final Map<String, List<String>> packages = new TreeMap<>();

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getSimpleName().equals("package-info")) {
                    packages.computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
                            .add(type.getPackageName());
                }
            }

            @Override
            public void finish(ConditionEvents events) {
                packages.forEach((name, homes) -> events.add(
                        new SimpleConditionEvent(name, homes.size() == 1, name + " is a class of each of " + homes)));
            }
        };
    }
}

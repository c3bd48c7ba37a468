package io.rolecall.detection;

import io.rolecall.policy.Policy;
import io.rolecall.schema.AppEvent;
import java.util.function.BiPredicate;

/**
 * That a detection asks a question, and which acts of its subjects do.
 *
 * @param kind the question
 * @param acts whether an act asks: a pure function of the act, which may be any copy of it, and of the policy. Acts of single users
 *     and what is rolled up can be millions and should not
 */
public record Asking(QuestionKind kind, BiPredicate<AppEvent, Policy> acts) {}

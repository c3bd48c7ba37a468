/** Scenario files: events and the alerts that must come of them, however they are delivered. */
@NullMarked
package io.rolecall.scenario;

import org.jspecify.annotations.NullMarked;

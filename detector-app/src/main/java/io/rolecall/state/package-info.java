/** What is kept of every subject: stores, keys, compact coding, histories, profiles, roll-ups, retention and the clock. How facts flow is not its business. */
@NullMarked
package io.rolecall.state;

import org.jspecify.annotations.NullMarked;

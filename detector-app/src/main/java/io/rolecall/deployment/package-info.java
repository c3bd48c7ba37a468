/** What a deployment needs of a broker: its topics and access rights, printed, created and checked. */
@NullMarked
package io.rolecall.deployment;

import org.jspecify.annotations.NullMarked;

/** Reads history from the topics with plain consumers: no group, no transaction, and nothing is ever written. */
@NullMarked
package io.rolecall.gather;

import org.jspecify.annotations.NullMarked;

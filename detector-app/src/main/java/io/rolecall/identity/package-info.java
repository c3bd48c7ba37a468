/** The three identifiers of an application. */
@NullMarked
package io.rolecall.identity;

import org.jspecify.annotations.NullMarked;

/** From findings to alerts, and their rendering. */
@NullMarked
package io.rolecall.alert;

import org.jspecify.annotations.NullMarked;

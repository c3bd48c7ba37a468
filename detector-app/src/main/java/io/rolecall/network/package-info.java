/** Address parsing and the table of the organisation's networks with validity in event time. */
@NullMarked
package io.rolecall.network;

import org.jspecify.annotations.NullMarked;

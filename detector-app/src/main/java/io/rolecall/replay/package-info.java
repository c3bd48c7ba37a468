/** What a replay gathers and how it is kept, ordered and compared: the plan, the files of a directory, the order in which facts are decided, the differences from live. */
@NullMarked
package io.rolecall.replay;

import org.jspecify.annotations.NullMarked;

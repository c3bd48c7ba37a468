/** The policy file: parameters, permission sets, exceptions. */
@NullMarked
package io.rolecall.policy;

import org.jspecify.annotations.NullMarked;

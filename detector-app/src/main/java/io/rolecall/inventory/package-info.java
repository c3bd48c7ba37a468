/** Inventory exports: what Microsoft Graph tells of a tenant's applications, as facts. */
@NullMarked
package io.rolecall.inventory;

import org.jspecify.annotations.NullMarked;

package io.rolecall.inventory;

import org.jspecify.annotations.Nullable;

/**
 * An object of the directory as it lay in a tool's output.
 *
 * @param object the object
 * @param ownedId for an owner, the id of what it owns: an application's App ID or object id, or a service principal id
 */
record ExportedObject(GraphObject object, @Nullable String ownedId) {}

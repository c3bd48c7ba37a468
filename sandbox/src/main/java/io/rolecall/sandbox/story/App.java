package io.rolecall.sandbox.story;

/**
 * An application.
 *
 * @param name display name
 * @param appId App ID
 * @param objectId object id of the application; of its home tenant when it is somebody else's
 * @param servicePrincipalId its service principal in our tenant
 */
record App(String name, String appId, String objectId, String servicePrincipalId) {}

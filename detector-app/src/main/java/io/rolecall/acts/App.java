package io.rolecall.acts;

/**
 * An application.
 *
 * @param name display name
 * @param appId App ID
 * @param objectId object id of the application; of its home tenant when it is somebody else's
 * @param servicePrincipalId its service principal in our tenant
 */
public record App(String name, String appId, String objectId, String servicePrincipalId) {}

package io.rolecall.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rolecall.acts.App;
import io.rolecall.acts.ExchangeShape;
import io.rolecall.acts.Json;
import io.rolecall.acts.OfficeShape;
import io.rolecall.acts.Place;
import io.rolecall.acts.PlainAct;
import io.rolecall.acts.PlainAct.How;
import io.rolecall.acts.SignInShape;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Events of acts at exact times, with ids made of names, one event an act; the makers of acts write them. */
public final class RawEvents {

    public static final String TENANT = PlainAct.TENANT.id();
    static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    static final String MAIL_READ_WRITE = "e2a3a72e-5f79-4c64-b1b1-878b674786c9";
    static final String ADMIN_ID = "aead923d-498b-4f64-a66c-2af91447a8b6";
    static final String ADMIN = "Admin@contoso.com";

    private RawEvents() {}

    /** An id made from a name, the same in every run. */
    public static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    public static String appId(String app) {
        return id("app " + app);
    }

    public static String objectId(String app) {
        return id("object " + app);
    }

    public static String spId(String app) {
        return id("service principal " + app);
    }

    public static String addApplication(String app, String time, String ip) {
        return PlainAct.registration(by(time, "register " + app, ip), app(app)).entra();
    }

    public static String addServicePrincipal(String app, String time, String ip) {
        return PlainAct.servicePrincipal(by(time, "principal " + app, ip), app(app))
                .entra();
    }

    /** The client's App ID is in ServicePrincipal.AppId; additionalDetails and the first target are the API's. */
    static String addAppRole(String app, String roleId, String role, String time, String ip) {
        return PlainAct.appRole(by(time, "grant " + app + role, ip), app(app), roleId, role)
                .entra();
    }

    /** A secret on the registration: no App ID anywhere. */
    public static String addSecret(String app, String keyId, String time, String ip) {
        return PlainAct.secret(by(time, "secret " + keyId, ip), app(app), keyId).entra();
    }

    /** A delegated grant for all principals: a service principal id and no App ID. */
    static String addDelegatedGrant(String app, String scopes, String time, String ip) {
        return PlainAct.grantForAll(by(time, "delegated " + app, ip), app(app), scopes)
                .entra();
    }

    public static String consent(String app, String user, String scopes, String time) {
        How how = new How(time, id("consent " + app + user + time), id("user " + user), user, "");
        return PlainAct.consent(how, app(app), scopes).entra();
    }

    static String signIn(String userId, String upn, String time, String ip) {
        return signIn(userId, upn, time, ip, "SignInLogs", 0);
    }

    /** A sign-in that ended with an error code; 0 is a success. */
    static String signIn(String userId, String upn, String time, String ip, String category, int code) {
        return Json.text(new SignInShape(PlainAct.TENANT)
                .user(
                        Instant.parse(time),
                        PlainAct.person(userId, upn),
                        ip,
                        Place.of(ip),
                        SignInShape.Client.PORTAL,
                        category.equals("SignInLogs"),
                        code,
                        PlainAct.TENANT.ids().random("signin" + upn + time)));
    }

    /** Mail of a user, read by an application under the user's name. */
    static String mailRead(String userId, String upn, String app, String time, String ip) {
        ObjectNode read = new OfficeShape(PlainAct.TENANT)
                .mailRead(
                        Instant.parse(time),
                        PlainAct.person(userId, upn),
                        ip,
                        Optional.of(app(app)),
                        PlainAct.TENANT.ids().random("mail" + upn + time));
        return Json.text(read.put("UserType", 0));
    }

    /** A change of mail flow by an application on its own behalf: the caller is in {@code UserId} alone, the App ID is Exchange's. */
    static String connector(String userId, String time, String ip) {
        ObjectNode change = new ExchangeShape(PlainAct.TENANT)
                .byApplication(
                        Instant.parse(time),
                        "New-InboundConnector",
                        app("relay"),
                        ip,
                        Map.of("Name", "Partner relay", "SenderDomains", "smtp:*;1"),
                        PlainAct.TENANT.ids().random("connector" + userId + time));
        return Json.text(change.put("UserId", userId).put("UserKey", userId));
    }

    /** An act on a registration or a service principal, of any name, with the properties it changed. */
    static String act(String operation, String time, String ip, String target, String type, String properties) {
        return PlainAct.of(by(time, operation + target + time, ip), operation, target, type, properties)
                .entra();
    }

    static App app(String app) {
        return new App(app, appId(app), objectId(app), spId(app));
    }

    /** By the administrator, in a transaction of its own. */
    static How by(String time, String correlation, String ip) {
        return new How(time, id(correlation), ADMIN_ID, ADMIN, ip);
    }
}

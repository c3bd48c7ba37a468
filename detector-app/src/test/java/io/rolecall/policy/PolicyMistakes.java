package io.rolecall.policy;

import java.util.List;

/** Policy files with a mistake each: text, line, field, and a part of the message. */
final class PolicyMistakes {

    private PolicyMistakes() {}

    static List<List<String>> mistakes() {
        return List.of(
                List.of("detection: {}", "1", "detection", "did you mean 'detections'?"),
                List.of(
                        "detections: { consent-brust: {} }",
                        "1",
                        "detections.consent-brust",
                        "did you mean 'consent-burst'?"),
                List.of(
                        "detections:\n  consent-burst:\n    usrs: 4",
                        "3",
                        "detections.consent-burst.usrs",
                        "did you mean 'users'?"),
                List.of(
                        "detections: { consent-burst: { users: many } }",
                        "1",
                        "detections.consent-burst.users",
                        "a whole number from 2 to 1000"),
                List.of(
                        "detections: { consent-burst: { users: 1001 } }",
                        "1",
                        "detections.consent-burst.users",
                        "not '1001'"),
                List.of(
                        "detections: { consent-burst: { users: 3.5 } }",
                        "1",
                        "detections.consent-burst.users",
                        "not '3.5'"),
                List.of(
                        "detections: { consent-burst: { users: [3] } }",
                        "1",
                        "detections.consent-burst.users",
                        "not a list"),
                List.of(
                        "detections:\n  consent-burst:\n    roles: [Ownr]",
                        "3",
                        "detections.consent-burst.roles",
                        "'Ownr' is not allowed; did you mean 'Owner'?; an id is taken too"),
                List.of(
                        "detections: { consent-burst: { roles: [Backup Operator] } }",
                        "1",
                        "detections.consent-burst.roles",
                        "allowed: Owner, Reader; an id is taken too"),
                List.of(
                        "detections: { consent-burst: { roles: [] } }",
                        "1",
                        "detections.consent-burst.roles",
                        "at least one of"),
                List.of(
                        "detections: { consent-burst: 3 }",
                        "1",
                        "detections.consent-burst",
                        "must be a mapping, not '3'"),
                List.of(
                        "detections: { consent-burst: { enabled: maybe } }",
                        "1",
                        "detections.consent-burst.enabled",
                        "true or false"),
                List.of(
                        "detections: { consent-burst: { severity: hgih } }",
                        "1",
                        "detections.consent-burst.severity",
                        "did you mean 'high'?"),
                List.of(
                        "detections: { single-tenant-app-abuse: { window: 45 } }",
                        "1",
                        "detections.single-tenant-app-abuse.window",
                        "from 1h to 90d"),
                List.of(
                        "detections: { single-tenant-app-abuse: { window: 91d } }",
                        "1",
                        "detections.single-tenant-app-abuse.window",
                        "not '91d'"),
                List.of(
                        "detections: { single-tenant-app-abuse: { window: 1 week } }",
                        "1",
                        "detections.single-tenant-app-abuse.window",
                        "such as 45d"),
                List.of(
                        "detections: { single-tenant-app-abuse: { window: -1d } }",
                        "1",
                        "detections.single-tenant-app-abuse.window",
                        "not '-1d'"),
                List.of(
                        "detections: { single-tenant-app-abuse: { tenancy: multi } }",
                        "1",
                        "detections.single-tenant-app-abuse.tenancy",
                        "allowed: single, any"),
                List.of(
                        "detections: { single-tenant-app-abuse: { permission-set: permisive } }",
                        "1",
                        "detections.single-tenant-app-abuse.permission-set",
                        "did you mean 'permissive'?"),
                List.of(
                        "detections: { single-tenant-app-abuse: { permission-sets: [permissive, tier0] } }",
                        "1",
                        "detections.single-tenant-app-abuse.permission-sets",
                        "did you mean 'tier-0'?"),
                List.of(
                        "detections: { single-tenant-app-abuse: { permission-sets: [] } }",
                        "1",
                        "detections.single-tenant-app-abuse.permission-sets",
                        "at least one"),
                List.of(
                        "detections: { single-tenant-app-abuse: { permission-sets: permissive } }",
                        "1",
                        "detections.single-tenant-app-abuse.permission-sets",
                        "must be a list"),
                List.of(
                        "detections:\n  single-tenant-app-abuse:\n    permission-sets: [tier-0]\n    permission-set: permissive",
                        "4",
                        "detections.single-tenant-app-abuse.permission-set",
                        "only one of the two"),
                List.of(
                        "detections: { single-tenant-app-abuse: { permission-types: [delegate] } }",
                        "1",
                        "detections.single-tenant-app-abuse.permission-types",
                        "did you mean 'delegated'?"),
                List.of(
                        "detections: { single-tenant-app-abuse: { permission-types: [] } }",
                        "1",
                        "detections.single-tenant-app-abuse.permission-types",
                        "at least one"),
                List.of(
                        "permission-sets: { permisive: {} }",
                        "1",
                        "permission-sets.permisive",
                        "did you mean 'permissive'?"),
                List.of(
                        "permission-sets: { permissive: { add: [ { resource: microsoft-graph, value: Mail.ReadWrit } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].value",
                        "did you mean 'Mail.ReadWrite'?"),
                List.of(
                        "permission-sets: { permissive: { add: [ { resource: microsoft-graph, value: mail.reed } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].value",
                        "did you mean 'Mail.Read'?"),
                List.of(
                        "permission-sets: { permissive: { add: [ { resource: microsoft-graph, value: 'Mail.*' } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].value",
                        "is a wildcard"),
                List.of(
                        "permission-sets: { permissive: { add: [ { resource: 99999999-2222-3333-4444-555555555555, value: '*' } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].value",
                        "is a wildcard"),
                List.of(
                        "permission-sets: { permissive: { add: [ { resource: ms-graph, value: Mail.Read } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].resource",
                        "is no known API"),
                List.of(
                        "permission-sets: { permissive: { add: [ { value: Mail.Read } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].resource",
                        "is missing"),
                List.of(
                        "permission-sets: { permissive: { add: [ { resource: microsoft-graph, value: Mail.Read, type: app } ] } }",
                        "1",
                        "permission-sets.permissive.add[0].type",
                        "allowed"),
                List.of(
                        "trusted-automation: [ { servicePrincipalId: 22222222-2222-3333-4444-555555555555, may: [create-application] } ]",
                        "1",
                        "trusted-automation[0].networks",
                        "at least one"),
                List.of(
                        "trusted-automation: [ { servicePrincipalId: 22222222-2222-3333-4444-555555555555, networks: [a], may: [everything] } ]",
                        "1",
                        "trusted-automation[0].may",
                        "not allowed"),
                List.of(
                        "trusted-automation:\n- servicePrincipalId: pipeline\n  networks: [a]\n  may: [create-application]",
                        "2",
                        "trusted-automation[0].servicePrincipalId",
                        "is no object id"),
                List.of("federation: { trust: [] }", "1", "federation.trust", "did you mean 'trusted'?"),
                List.of(
                        "federation:\n  trusted:\n  - { subject-prefix: 'repo:contoso/' }",
                        "3",
                        "federation.trusted[0].issuer",
                        "is missing"),
                List.of(
                        "federation:\n  trusted:\n  - { issuer: token.actions.githubusercontent.com }",
                        "3",
                        "federation.trusted[0].issuer",
                        "is no issuer; an address such as https://"),
                List.of(
                        "federation: { trusted: [ { issuer: 'https://a.example', network: [x] } ] }",
                        "1",
                        "federation.trusted[0].network",
                        "did you mean 'networks'?"),
                List.of(
                        "federation: { trusted: [ { issuer: 'https://a.example' }, { issuer: 'https://A.example/' } ] }",
                        "1",
                        "federation.trusted[1].issuer",
                        "twice"),
                List.of("applications: { approved: [x], banned: [X] }", "1", "applications.banned", "also approved"),
                List.of("organization: { domain: [a] }", "1", "organization.domain", "did you mean 'domains'?"),
                List.of("organization: { domains: contoso.com }", "1", "organization.domains", "must be a list"),
                List.of("output: { minimum-severity: all }", "1", "output.minimum-severity", "not allowed"),
                List.of(
                        "detections: { consent-burst: { severity: } }",
                        "1",
                        "detections.consent-burst.severity",
                        "not nothing"),
                List.of("exceptions: [ {} ]", "1", "exceptions[0].expires", "is missing"),
                List.of("[]", "1", "", "must be a mapping, not a list"),
                List.of("detections: {}\ndetections: {}", "2", "detections", "twice"),
                List.of("a: &x 1\noutput: *x", "2", "output", "anchors"),
                List.of("detections: {}\n---\noutput: {}", "3", "", "second document"),
                List.of("detections: {", "1", "", "cannot be parsed"));
    }
}

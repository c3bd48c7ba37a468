package io.rolecall.policy;

import java.util.List;
import java.util.Map;

/** A policy with some of its parts replaced; it keeps the version of the one that it was copied from. */
final class PolicyCopy {

    private final Policy original;
    private Map<String, Settings> detections;
    private Policy.Organization organization;
    private Policy.Applications applications;
    private List<Policy.TrustedAutomation> trustedAutomation;
    private Policy.Federation federation;
    private PermissionSets permissionSets;
    private List<PolicyException> exceptions;

    PolicyCopy(Policy original) {
        this.original = original;
        this.detections = original.detections();
        this.organization = original.organization();
        this.applications = original.applications();
        this.trustedAutomation = original.trustedAutomation();
        this.federation = original.federation();
        this.permissionSets = original.permissionSets();
        this.exceptions = original.exceptions();
    }

    PolicyCopy detections(Map<String, Settings> others) {
        detections = others;
        return this;
    }

    PolicyCopy organization(Policy.Organization other) {
        organization = other;
        return this;
    }

    PolicyCopy applications(Policy.Applications others) {
        applications = others;
        return this;
    }

    PolicyCopy trustedAutomation(List<Policy.TrustedAutomation> others) {
        trustedAutomation = others;
        return this;
    }

    PolicyCopy federation(Policy.Federation other) {
        federation = other;
        return this;
    }

    PolicyCopy permissionSets(PermissionSets others) {
        permissionSets = others;
        return this;
    }

    PolicyCopy exceptions(List<PolicyException> others) {
        exceptions = others;
        return this;
    }

    Policy copy() {
        return new Policy(
                detections,
                organization,
                applications,
                trustedAutomation,
                federation,
                permissionSets,
                exceptions,
                original.minimumSeverity(),
                original.version());
    }
}

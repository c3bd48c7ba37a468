package io.rolecall.detection;

/** The history of a whole tenant: changes of what holds for all of it, as far as a detection of tenants reads them. */
public interface TenantHistory extends SubjectHistory {}

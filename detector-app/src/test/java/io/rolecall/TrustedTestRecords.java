package io.rolecall;

import io.rolecall.schema.TrustedRecords;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Tests copy records before any class of the product has asked Avro to trust them. */
public final class TrustedTestRecords implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        TrustedRecords.trust();
    }
}

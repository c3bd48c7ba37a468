package io.rolecall.alert;

import io.rolecall.event.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ids of alerts (contract section 5): the same finding has the same id in every run, whatever the order of its events. */
public final class AlertIds {

    private static final String PREFIX = "rc-";
    private static final int HEX_DIGITS = 40;

    private AlertIds() {}

    /**
     * The id: {@code rc-} and the first 40 hex digits of SHA-256 over the UTF-8 text
     * {@code detection \n tenant \n subject}, followed by {@code \n part} for each part of the anchor, all in lower case. Without
     * an anchor the text ends with the subject.
     *
     * @param detection id of the detection
     * @param tenantId tenant; blank is written as {@code -}
     * @param subjectId App ID (or what stands for it while it is not known), actor key or tenant id
     * @param anchor what the finding hangs on besides the subject; a part made of two ids is one part, joined by {@code /}
     */
    public static String of(String detection, String tenantId, String subjectId, List<String> anchor) {
        List<String> parts = new ArrayList<>();
        parts.add(detection);
        parts.add(tenantId.isBlank() ? "-" : tenantId);
        parts.add(subjectId);
        parts.addAll(anchor);
        String text = String.join("\n", parts).toLowerCase(Locale.ROOT);
        return PREFIX + Hashes.sha256(text).substring(0, HEX_DIGITS);
    }
}

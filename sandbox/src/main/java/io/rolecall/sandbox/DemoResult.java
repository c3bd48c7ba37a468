package io.rolecall.sandbox;

import io.rolecall.schema.Alert;
import java.util.List;

/**
 * What came of a demo.
 *
 * @param verdict how the alerts compare with the story's truth
 * @param alerts last revision of every alert, withdrawn ones included
 */
record DemoResult(StoryVerdict verdict, List<Alert> alerts) {

    DemoResult {
        alerts = List.copyOf(alerts);
    }
}

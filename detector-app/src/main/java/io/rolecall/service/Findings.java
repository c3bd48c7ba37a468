package io.rolecall.service;

import io.rolecall.deployment.Finding;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a check of the broker found: warnings are logged, errors end the start, all of them at once. */
final class Findings {

    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    private Findings() {}

    /** @throws ServiceFailedException naming every error, when there is one */
    static void require(List<Finding> findings) {
        findings.stream().filter(finding -> !finding.isError()).forEach(finding -> LOG.warn("{}", finding));
        String errors = findings.stream()
                .filter(Finding::isError)
                .map(Finding::toString)
                .collect(Collectors.joining(System.lineSeparator()));
        if (!errors.isEmpty()) {
            throw new ServiceFailedException(errors, null);
        }
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.metrics;

import io.smallrye.metrics.MetricsRequestHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;

/** All metrics of this node in the text form that Prometheus reads. */
public final class MetricsPage {

    /** What {@link #text} is. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PATH = "/metrics";
    private static final int OK = 200;

    private final MetricsRequestHandler handler;

    public MetricsPage(MetricsRequestHandler handler) {
        this.handler = handler;
    }

    /** The page as of now. */
    public String text() {
        StringBuilder page = new StringBuilder();
        try {
            handler.handleRequest(PATH, "GET", Stream.of("text/plain"), Map.of(), (status, text, headers) -> {
                if (status != OK) {
                    throw new IOException("the metrics cannot be shown: " + status + " " + text);
                }
                page.append(text);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }
}

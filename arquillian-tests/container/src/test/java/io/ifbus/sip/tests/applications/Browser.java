// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.tests.server.ArquillianServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the server that Arquillian runs, and keeps its cookies. */
final class Browser {
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** The page, which must be there. */
    String reads(String path) {
        URI uri = path.startsWith("http:")
                ? URI.create(path)
                : URI.create("http://127.0.0.1:" + ArquillianServer.ports().http() + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + uri, e);
        }
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ifbus.sip.cli.api.Answer;
import io.ifbus.sip.cli.api.Api;
import io.ifbus.sip.cli.api.Calls;
import io.ifbus.sip.cli.api.EventStream;
import io.ifbus.sip.cli.api.ExitCode;
import io.ifbus.sip.cli.api.Failure;
import io.ifbus.sip.cli.api.Token;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** One run of the program: the general options, and through them the API and the output. Not thread-safe. */
final class Session {

    static final String DEFAULT_URL = "http://127.0.0.1:8080";
    static final String DEFAULT_TOKEN_FILE = "target/run/token";

    private final Environment environment;
    private final GeneralOptions options;
    private Api api;
    private Calls calls;
    private volatile boolean following;

    Session(Environment environment, GeneralOptions options) {
        this.environment = environment;
        this.options = options;
    }

    /** @throws Failure (usage) if the address or the token file cannot be used */
    Api api() {
        if (api == null) {
            api = new Api(url(), Token.in(tokenFile()));
        }
        return api;
    }

    Calls calls() {
        if (calls == null) {
            calls = new Calls(api());
        }
        return calls;
    }

    Console console() {
        return environment.console();
    }

    boolean json() {
        return options.json;
    }

    Instant now() {
        return environment.clock().instant();
    }

    void pause(Duration duration) {
        try {
            environment.pause().of(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.TROUBLE, "interrupted", e);
        }
    }

    /** Shows an answer: as it came with --json, else as {@code text} says it. */
    void show(Answer answer, Function<JsonNode, String> text) {
        console().print(options.json ? answer.body() : text.apply(answer.json()));
    }

    EventStream events() {
        return new EventStream(api(), environment.pause(), environment.silence(), console()::complain);
    }

    /** Says whether events are being followed; that is ended by Ctrl-C, and well. */
    void follows(boolean now) {
        following = now;
    }

    boolean isFollowing() {
        return following;
    }

    private URI url() {
        String text =
                options.url != null ? options.url : environment.variables().getOrDefault("IFBUS_URL", DEFAULT_URL);
        try {
            URI url = URI.create(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && bare(url)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrongUrl(text, e);
        }
        throw wrongUrl(text, null);
    }

    private static boolean bare(URI url) {
        return url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
    }

    private static Failure wrongUrl(String text, Exception cause) {
        return new Failure(ExitCode.USAGE, "'" + text + "' is no address of a server, such as " + DEFAULT_URL, cause);
    }

    private Path tokenFile() {
        if (options.tokenFile != null) {
            return options.tokenFile;
        }
        String named = environment.variables().getOrDefault("IFBUS_TOKEN_FILE", "");
        return named.isEmpty() ? environment.home().resolve(DEFAULT_TOKEN_FILE) : Path.of(named);
    }
}

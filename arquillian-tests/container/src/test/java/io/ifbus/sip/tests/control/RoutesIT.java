// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes that are made, changed and deleted while calls come in. */
class RoutesIT {

    @RegisterExtension
    final Story story = new Story();

    private final Phone alice = story.phone("alice", 440);
    private final Phone bob = story.phone("bob", 660);

    @AfterEach
    void forgets() {
        for (String name : new String[] {"desk", "vip"}) story.api().delete("/v1/routes/" + name);
    }

    @Test
    void takeCallsFromTheNextOneOn() {
        alice.calls(story.server().sipUri("desk"));
        alice.hears(404);
        ApiAnswer made = story.api().post("/v1/routes", route("to", "desk@*", bob.uri()));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        assertThat(made.location()).endsWith("/v1/routes/desk");
        assertThat(made.header("ETag")).isNotEmpty();
        ApiCall first = reaches(bob, "desk");

        Phone carol = story.phone("carol", 880);
        assertThat(story.api()
                        .put("/v1/routes/desk", route("to", "desk@*", carol.uri()))
                        .status())
                .isEqualTo(200);
        first.becomes("connected");
        bob.hangsUp();
        first.ends("completed", 200, "callee");
        ApiCall second = reaches(carol, "desk");

        assertThat(story.api().delete("/v1/routes/desk").status()).isEqualTo(204);
        second.becomes("connected").hangUp().ends("completed", 200, "api");
        alice.calls(story.server().sipUri("desk"));
        alice.hears(404).isIdle();
    }

    @Test
    void lookAtWhoCalls() {
        story.api().post("/v1/routes", route("from", "alice@127.0.0.1", bob.uri()));
        reaches(bob, "whoever").hangUp().ends("completed", 200, "api");
        Phone carol = story.phone("carol", 880);
        carol.calls(story.server().sipUri("whoever"));
        carol.hears(404).isIdle();
    }

    @Test
    void lookAtHeaders() {
        Map<String, Object> vip = route("to", "desk@*", bob.uri());
        vip.put("name", "vip");
        vip.put("headers", Map.of("X-IF-Hazard", "saf*"));
        vip.put("position", 0);
        assertThat(story.api().post("/v1/routes", vip).status()).isEqualTo(201);
        alice.calls(story.server().sipUri("desk"));
        alice.hears(404);
        alice.adds("X-IF-Hazard", "privacy").calls(story.server().sipUri("desk"));
        alice.hears(404);
        alice.adds("x-if-hazard", "safety");
        alice.adds("X-IF-Hazard", "safety");
        reaches(bob, "desk").hangUp().ends("completed", 200, "api");
    }

    @Test
    void areTriedBeforeAnyCall() {
        story.api().post("/v1/routes", route("to", "desk@*", "sip:{user}@127.0.0.1:" + bob.port()));
        ApiAnswer trial = story.api().post("/v1/routes/test", Map.of("to", "sip:desk@127.0.0.1"));
        assertThat(trial.text("matched")).isEqualTo("true");
        assertThat(trial.text("uri")).isEqualTo("sip:desk@127.0.0.1:" + bob.port());
        assertThat(bob.trace()).isEmpty();
    }

    @Test
    void ofTheSettingsStandBehindAndStay() {
        ApiAnswer refused = story.api().delete("/v1/routes/echo");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("type")).isEqualTo("if://problem/route-is-configured");
        story.api().post("/v1/routes", route("to", "echo@*", bob.uri()));
        reaches(bob, "echo").hangUp().ends("completed", 200, "api");
    }

    private ApiCall reaches(Phone callee, String user) {
        alice.calls(story.server().sipUri(user));
        callee.rings().answers();
        alice.talks();
        return story.inbound().becomes("connected");
    }

    private static Map<String, Object> route(String condition, String glob, String target) {
        return new HashMap<>(Map.of("name", "desk", condition, glob, "target", target));
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.RawPeer;
import io.ifbus.sip.tests.server.Api;
import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives a server that is killed, and a guard that gives a target another chance soon. */
class RestartIT {

    private static final Duration WITHIN = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    @Test
    void routesAndRecordsSurviveTheServer() throws Exception {
        String call;
        String record;
        try (ServerProcess server = start();
                Phone alice = Phone.named("alice").switchedOn()) {
            server.api().put("/v1/routes/desk", Map.of("to", "desk@*", "target", "echo", "position", 0));
            server.api().post("/v1/routes", Map.of("name", "shop", "to", "shop@*", "target", "offer"));
            call = talks(alice, server, "desk");
            guardGivesAnotherChance(server.api(), alice);
            await().atMost(WITHIN).until(() -> records(server).contains(call));
            record = server.api().get("/v1/calls/" + call + "/cdr").body().toString();
            ProcessHandle java = ProcessHandle.of(server.pid()).orElseThrow();
            java.destroyForcibly();
            java.onExit().join();
        }
        try (ServerProcess server = start();
                Phone alice = Phone.named("alice").switchedOn()) {
            assertThat(server.api().get("/v1/routes").list("routes").subList(0, 2))
                    .extracting(route -> route.get("name"))
                    .containsExactly("desk", "shop");
            assertThat(records(server)).contains(call);
            assertThat(server.api().get("/v1/calls/" + call + "/cdr").body().toString())
                    .isEqualTo(record);
            alice.calls(server.sipUri("shop"));
            alice.hears(480).isIdle(); // nobody decided in time
            String next = talks(alice, server, "desk");
            await().atMost(WITHIN).until(() -> records(server).containsAll(List.of(next, call)));
        }
    }

    private ServerProcess start() {
        return SharedServer.routed(ServerProcess.named("restarted"))
                .property("ifbus.cdr.directory", directory.resolve("cdr").toString())
                .property("ifbus.routes.file", directory.resolve("routes.json").toString())
                .property("ifbus.guard.cool-down", "PT1S")
                .property("ifbus.offer.timeout", "PT0.5S")
                .start();
    }

    private static List<String> records(ServerProcess server) {
        return server.api().get("/v1/cdrs").list("cdrs").stream()
                .map(record -> record.get("call_id").toString().replace("if://call/", ""))
                .toList();
    }

    private static String talks(Phone alice, ServerProcess server, String user) {
        alice.calls(server.sipUri(user));
        alice.talks().hangsUp();
        alice.hears(200, "BYE").isIdle();
        String id = server.api()
                .get("/v1/calls?limit=1")
                .list("calls")
                .get(0)
                .get("call_id")
                .toString();
        return server.api().call(id).ends("completed", 200, "caller").id();
    }

    /** After the cool-down three probes pass, and when all have gone well the guard is closed. */
    private static void guardGivesAnotherChance(Api api, Phone alice) throws IOException {
        try (RawPeer target = new RawPeer("target")) {
            for (int i = 0; i < 3; i++) refuses(api, alice, target, 503, "failed");
            assertThat(state(api, target)).isIn("open", "half_open");
            Map<String, Object> order = Map.of("from", alice.uri(), "to", target.uri(), "mode", "leg");
            await().atMost(WITHIN).until(() -> {
                var answer = api.post("/v1/calls", order);
                if (answer.status() != 202) return false;
                target.hears("INVITE").answers(486, "Busy Here").hears("ACK");
                api.call(answer.text("call_id")).ends("busy", 486, "callee");
                return true;
            });
            for (int i = 0; i < 2; i++) refuses(api, alice, target, 486, "busy");
            await().atMost(WITHIN).until(() -> state(api, target).equals("closed"));
        }
    }

    private static void refuses(Api api, Phone alice, RawPeer target, int status, String result) {
        var call = api.connect(alice.uri(), target.uri(), Map.of("mode", "leg"));
        target.hears("INVITE").answers(status, "No").hears("ACK");
        call.ends(result, status, "callee");
    }

    private static String state(Api api, RawPeer target) {
        return api.get("/v1/guards").list("guards").stream()
                .filter(guard -> guard.get("host").equals("127.0.0.1:" + target.port()))
                .map(guard -> guard.get("state").toString())
                .findFirst()
                .orElse("closed");
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fake API, an operator, and two calls to speak about. */
abstract class Scene {

    static final String UUID = "3f1c2a9e-0000-4000-8000-000000000001";
    static final String OTHER = "77aa01ff-0000-4000-8000-000000000002";
    static final String PATH = "/v1/calls/" + UUID;
    static final String TRANSFER = "aaaabbbb-0000-4000-8000-000000000003";

    FakeApi api;
    Operator operator;

    @BeforeEach
    void begin(@TempDir Path home) throws Exception {
        api = new FakeApi();
        operator = new Operator(home, api);
    }

    @AfterEach
    void end() {
        api.close();
    }

    /** A call as the API shows it, in this state, with more fields. */
    static String call(String uuid, String state, String more) {
        return "{\"call_id\":\"if://call/" + uuid + "\",\"trace_id\":\"if://call/" + uuid + "\",\"state\":\"" + state
                + "\",\"direction\":\"outbound\",\"from\":\"sip:alice@example.com\",\"to\":\"sip:bob@example.com\","
                + "\"created_at\":\"2026-01-02T03:04:05.678Z\",\"duration\":0" + more + "}";
    }

    static String call(String state) {
        return call(UUID, state, "");
    }

    static String calls(int total, String... calls) {
        return "{\"calls\":[" + String.join(",", calls) + "],\"total\":" + total + ",\"offset\":0,\"limit\":100}";
    }

    static String transfer(String state, String more) {
        return "{\"transfer_id\":\"" + TRANSFER + "\",\"call_id\":\"if://call/" + UUID
                + "\",\"kind\":\"blind\",\"method\":\"refer\",\"transferor\":\"callee\","
                + "\"target\":\"sip:carol@example.com\",\"state\":\"" + state + "\"" + more + "}";
    }

    static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}

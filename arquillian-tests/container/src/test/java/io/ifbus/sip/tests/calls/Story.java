// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.PhoneBuilder;
import io.ifbus.sip.tests.races.WireLaws;
import io.ifbus.sip.tests.server.Api;
import io.ifbus.sip.tests.server.ApiCall;
import io.ifbus.sip.tests.server.ServerProcess;
import io.ifbus.sip.tests.server.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A telephone story on the shared server: its phones, its calls, and at its end the proof that none is still on.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Story story = new Story();
 * }</pre>
 */
final class Story implements BeforeEachCallback, AfterEachCallback {

    private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

    private final List<Phone> phones = new ArrayList<>();
    private ServerProcess server;

    @Override
    public void beforeEach(ExtensionContext context) {
        server = SharedServer.of(context);
    }

    Phone phone(String name, double toneHz) {
        return phone(Phone.named(name).tone(toneHz));
    }

    Phone phone(PhoneBuilder wanted) {
        Phone phone = wanted.switchedOn();
        phones.add(phone);
        return phone;
    }

    ServerProcess server() {
        return server;
    }

    Api api() {
        return server.api();
    }

    /** Has the API connect two phones. */
    ApiCall connects(Phone from, Phone to) {
        return api().connect(from.uri(), to.uri());
    }

    ApiCall connects(Phone from, Phone to, Map<String, ?> options) {
        return api().connect(from.uri(), to.uri(), options);
    }

    /** The same, until they talk. */
    ApiCall talking(Phone from, Phone to) {
        ApiCall call = connects(from, to);
        from.rings().answers();
        to.rings().answers();
        from.talks();
        to.talks();
        return call.becomes("connected");
    }

    /** What a caller dials to be connected with a phone by the route table. */
    String numberOf(Phone phone) {
        return server.sipUri(Integer.toString(phone.port()));
    }

    /** The newest call that came in. */
    ApiCall inbound() {
        return api().call(api().get("/v1/calls?limit=1")
                .list("calls")
                .get(0)
                .get("call_id")
                .toString());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        boolean told = context.getExecutionException().isEmpty();
        try {
            if (told) isOver();
            else endsAll(); // or the next stories would fail, too
        } finally {
            phones.forEach(Phone::close);
        }
    }

    private void endsAll() {
        for (Map<String, Object> call : api().get("/v1/calls").list("calls"))
            api().delete("/v1/calls/"
                    + api().call(call.get("call_id").toString()).id());
    }

    private void isOver() {
        for (Phone phone : phones) {
            phone.isIdle();
            assertThat(phone.failures()).as("failures of %s", phone.name()).isEmpty();
            await().atMost(ENDS_WITHIN)
                    .untilAsserted(() -> assertThat(WireLaws.of(phone).offences())
                            .as("what was done to %s against the laws of the wire", phone.name())
                            .isEmpty());
            assertThat(phone.inviteRetransmissions())
                    .as("INVITEs again at %s", phone.name())
                    .isZero();
            assertThat(phone.duplicateOks())
                    .as("200s again at %s", phone.name())
                    .isZero();
        }
        await().atMost(ENDS_WITHIN)
                .untilAsserted(() -> assertThat(server.metrics().sum("ifbus_calls_active"))
                        .as("active calls")
                        .isZero());
    }
}

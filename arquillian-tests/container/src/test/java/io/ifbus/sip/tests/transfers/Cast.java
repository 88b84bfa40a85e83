// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.phones.Audio;
import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.phones.PhoneBuilder;
import io.ifbus.sip.phones.PhoneCall;
import io.ifbus.sip.phones.Progress;
import io.ifbus.sip.phones.Replaced;
import io.ifbus.sip.phones.Traced;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiAnswer;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who takes part in a transfer: Alice is handed over by Bob to Carol. */
abstract class Cast {

    /** Names no dialog of anybody. */
    static final Replaced UNKNOWN = new Replaced("nobody@127.0.0.1", "a", "b", false);

    private static final int PACKETS = 5;
    private static final double ALICES_TONE = 440;
    private static final double BOBS_TONE = 660;
    private static final double CAROLS_TONE = 880;
    private static final double DAVES_TONE = 1100;

    @RegisterExtension
    final Story story = new Story();

    private final Map<Phone, Double> tones = new LinkedHashMap<>();
    private final List<ApiCall> calls = new ArrayList<>();

    final Phone alice = phone(alice(Phone.named("alice")), ALICES_TONE);
    final Phone bob = phone(Phone.named("bob").transfers(), BOBS_TONE);
    final Phone carol = phone(carol(Phone.named("carol")), CAROLS_TONE);

    /** What Alice's phone can do: as little as possible unless told. */
    PhoneBuilder alice(PhoneBuilder plain) {
        return plain;
    }

    PhoneBuilder carol(PhoneBuilder plain) {
        return plain;
    }

    Phone dave() {
        return phone(Phone.named("dave"), DAVES_TONE);
    }

    private Phone phone(PhoneBuilder wanted, double tone) {
        Phone phone = story.phone(wanted.tone(tone));
        tones.put(phone, tone);
        return phone;
    }

    ApiCall talking(Phone from, Phone to) {
        return talking(from, to, Map.of());
    }

    ApiCall talking(Phone from, Phone to, Map<String, ?> options) {
        return watched(story.talking(from, to, options));
    }

    ApiCall watched(ApiCall call) {
        calls.add(call);
        return call;
    }

    /** From now on, not only before: a few packets are enough to tell who it is. */
    void hearEachOther(Phone one, Phone other) {
        Audio atOne = one.call().audio().orElseThrow();
        Audio atOther = other.call().audio().orElseThrow();
        atOne.forget();
        atOther.forget();
        one.waits("hear " + other.name(), () -> atOne.packetsWith(tones.get(other)) >= PACKETS);
        other.waits("hear " + one.name(), () -> atOther.packetsWith(tones.get(one)) >= PACKETS);
    }

    /** As it was before: both talk, and the call can be ended as ever. */
    void isRestored(ApiCall call, Phone one, Phone other) {
        call.becomes("connected");
        hearEachOther(one, other);
        one.hangsUp();
        other.hears("BYE").isIdle();
        call.becomes("terminated");
        assertThat(call.look().text("result")).isEqualTo("completed");
    }

    /** What a transfer has brought together: both talk, and the second hangs up as the callee. */
    void areJoined(ApiCall call, Phone one, Phone other) {
        hearEachOther(one, other);
        other.hangsUp();
        one.hears("BYE").isIdle();
        call.ends("completed", 200, "callee");
    }

    /** What the transferor was told of its REFER, from first to last. */
    static void assertTold(PhoneCall transferor, Integer... statuses) {
        List<Progress> told = transferor.notified();
        assertThat(told).extracting(Progress::status).containsExactly(statuses);
        for (int i = 0; i < told.size(); i++)
            assertThat(told.get(i).isLast()).as("end of %s", told).isEqualTo(i == told.size() - 1);
    }

    /** The first message of this kind that came. */
    static Traced first(Phone phone, String kind) {
        return phone.trace().stream()
                .filter(line -> line.way() == Traced.Way.RECEIVED && line.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** The record of a call that has ended. */
    ApiAnswer record(ApiCall call) {
        return story.api().get("/v1/calls/" + call.id() + "/cdr");
    }

    @AfterEach
    void everyHistoryFollowsTheTable() {
        calls.forEach(call -> StateTable.assertFollowedBy(call.states()));
    }
}

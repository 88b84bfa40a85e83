// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(value = "io.ifbus.sip.phones.Sipp#isAvailable", disabledReason = "needs sipp (package sip-tester)")
class SippTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsSipp(boolean tcp) {
        Sipp callee = Sipp.scenario("uas-basic").calls(50);
        try (SippRun uas = (tcp ? callee.overTcp() : callee).start()) {
            Sipp caller = Sipp.scenario("uac-basic")
                    .calling("bob", "127.0.0.1", uas.port())
                    .calls(50)
                    .callsPerSecond(50)
                    .pause(Duration.ofMillis(200));
            SippReport called = (tcp ? caller.overTcp() : caller).run();
            SippReport answered = uas.finish();
            for (SippReport report : new SippReport[] {called, answered}) {
                assertThat(report.exitCode()).as(report.toString()).isZero();
                assertThat(report.successful()).isEqualTo(50);
                assertThat(report.failed()).isZero();
                assertThat(report.inviteRetransmissions()).isZero();
                assertThat(report.duplicateOks()).isZero();
                assertThat(report.callsWithRinging()).isEqualTo(50);
                assertThat(report.setupMillis()).hasSize(50);
                assertThat(report.setupMillis(99)).isBetween(0.0, 1000.0);
            }
            assertThat(called.count("180", "Recv")).isEqualTo(50);
            assertThat(answered.count("BYE", "Recv")).isEqualTo(50);
        }
    }

    @Test
    void callsAPhone() {
        try (Phone bob = Phone.named("bob").withoutAudio().switchedOn()) {
            bob.automatically(new Autopilot.Answers(Duration.ofMillis(20)));
            SippReport report = Sipp.scenario("uac-basic")
                    .calling("bob", "127.0.0.1", bob.port())
                    .calls(20)
                    .callsPerSecond(50)
                    .pause(Duration.ofMillis(100))
                    .run();
            bob.isIdle();
            assertThat(report.successful()).as(report.toString()).isEqualTo(20);
            assertThat(report.callsWithRinging()).isEqualTo(20);
            // sipp's own clock may start late on a busy machine, so not the fastest call but the middle one
            assertThat(report.setupMillis(50)).isGreaterThanOrEqualTo(15);
            assertThat(report.duplicateOks()).isZero();
            assertThat(bob.allCalls()).hasSize(20);
            assertThat(bob.failures()).isEmpty();
        }
    }

    @Test
    void givesUpCallingAPhone() {
        try (Phone bob = Phone.named("bob").withoutAudio().switchedOn()) {
            bob.automatically(new Autopilot.Rings());
            SippReport report = Sipp.scenario("uac-cancel")
                    .calling("bob", "127.0.0.1", bob.port())
                    .calls(5)
                    .pause(Duration.ofMillis(50))
                    .run();
            bob.isIdle();
            assertThat(report.successful()).as(report.toString()).isEqualTo(5);
            assertThat(bob.received("CANCEL")).isEqualTo(5);
            assertThat(bob.received("ACK")).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isCalledAsByThirdPartyCallControl(boolean withOffer) {
        try (SippRun sipp = Sipp.scenario("uas-3pcc").calls(1).start();
                Phone alice = Phone.named("alice").switchedOn()) {
            if (withOffer) alice.calls(sipp.uri("bob"));
            else alice.callsWithoutOffer(sipp.uri("bob"));
            alice.hears(180).talks();
            alice.holds();
            assertThat(lastOk(alice).body()).contains("a=recvonly");
            alice.resumes();
            assertThat(lastOk(alice).body()).contains("a=sendrecv");
            alice.reinvitesWithoutOffer();
            alice.hangsUp();
            alice.hears(200, "BYE").isIdle();
            SippReport report = sipp.finish();
            assertThat(report.successful()).as(report.toString()).isEqualTo(1);
            assertThat(report.count("INVITE", "Recv")).isEqualTo(4);
            assertThat(report.errors()).isEmpty();
        }
    }

    @Test
    void isStoppedWhenItCannotKnowHowManyCallsCome() {
        try (SippRun sipp = Sipp.scenario("uas-3pcc").calls(1000).start();
                Phone alice = Phone.named("alice").switchedOn()) {
            alice.calls(sipp.uri("bob")).talks().hangsUp().isIdle();
            SippReport report = sipp.stop();
            assertThat(report.successful()).as(report.toString()).isEqualTo(1);
        }
    }

    @Test
    void saysWhyItCannotStart() {
        assertThatThrownBy(
                        () -> Sipp.scenario("uas-basic").with("-no-such-option").start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-option");
    }

    private static Traced lastOk(Phone phone) {
        return phone.trace().stream()
                .filter(line -> line.kind().equals("200 INVITE"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LadderTest {

    private final Phone alice = Phone.named("alice").withoutAudio().transfers().switchedOn();
    private final Phone bob = Phone.named("bob").withoutAudio().transfers().switchedOn();

    @AfterEach
    void switchOff() {
        alice.close();
        bob.close();
    }

    @Test
    void tellsACallWithAHoldAndATransfer() {
        talkHoldAndRefer();
        assertThat(Ladder.of("Alice", alice).and("Bob", bob).mermaid()).isEqualTo("""
                        sequenceDiagram
                            participant Alice as Alice
                            participant Bob as Bob
                            Alice->>Bob: INVITE (sdp sendrecv)
                            Bob-->>Alice: 180 Ringing
                            Bob-->>Alice: 200 OK (sdp sendrecv)
                            Alice->>Bob: ACK
                            Alice->>Bob: INVITE (sdp sendonly)
                            Bob-->>Alice: 200 OK (sdp recvonly)
                            Alice->>Bob: ACK
                            Alice->>Bob: REFER (to carol)
                            Bob-->>Alice: 202 Accepted REFER
                            Bob->>Alice: NOTIFY (603 Decline)
                            Alice-->>Bob: 200 OK NOTIFY
                            Alice->>Bob: INFO (key #35;)
                            Bob-->>Alice: 200 OK INFO
                            Alice->>Bob: BYE (reason 200)
                            Bob-->>Alice: 200 OK BYE
                        """);
    }

    @Test
    void whoHasNoPhoneStandsForEverybodyElse() {
        talkHoldAndRefer();
        assertThat(Ladder.of("Alice", alice)
                        .and("IF.bus")
                        .mermaid()
                        .lines()
                        .skip(1)
                        .limit(4))
                .containsExactly(
                        "    participant Alice as Alice",
                        "    participant IFbus as IF.bus",
                        "    Alice->>IFbus: INVITE (sdp sendrecv)",
                        "    IFbus-->>Alice: 180 Ringing");
        assertThat(Ladder.of("IF", new Nobody()).and("Rest").mermaid().lines()).hasSize(3);
    }

    @Test
    void equalTracesGiveEqualText() {
        talkHoldAndRefer();
        Ladder ladder = Ladder.of("Alice", alice).and("Bob", bob);
        assertThat(ladder.mermaid()).isEqualTo(ladder.mermaid());
        String turned = Ladder.of("Bob", bob).and("Alice", alice).mermaid();
        assertThat(turned.lines().skip(3))
                .containsExactlyElementsOf(ladder.mermaid().lines().skip(3).toList());
    }

    @Test
    void whatGetsLostEndsInACross() throws IOException {
        try (RawPeer peer = new RawPeer()) {
            RawMessage invite = peer.inviteTo(bob.uri());
            peer.sendsTo(bob.port(), invite).expects("100 INVITE");
            bob.rejects(486);
            RawMessage refusal = peer.expects("486 INVITE");
            int port = bob.port();
            bob.close();
            peer.sendsTo(port, peer.ackOf(invite, refusal));
            Ladder ladder = Ladder.of("Peer", peer).and("Bob", bob);
            assertThat(ladder.mermaid().lines().skip(3))
                    .containsExactly(
                            "    Peer->>Bob: INVITE (sdp sendrecv)",
                            "    Bob-->>Peer: 486 Busy here",
                            "    Peer-xBob: ACK");
            assertThat(ladder.withEverything().mermaid()).contains("Bob-->>Peer: 100 Trying");
        }
    }

    @Test
    void everyMessageNeedsAColumn() {
        talkHoldAndRefer();
        assertThatThrownBy(() -> Ladder.of("Alice", alice).mermaid()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ladder.of("Alice", alice).and("Alice", bob))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Ladder.of("Alice", alice).and("A").and("B"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final class Nobody implements OnTheWire {
        @Override
        public String name() {
            return "nobody";
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public List<Traced> trace() {
            return List.of();
        }
    }

    private void talkHoldAndRefer() {
        alice.calls(bob.uri());
        bob.rings();
        alice.hears(180);
        bob.answers().talks();
        alice.talks().holds();
        bob.hears("ACK").hears("ACK");
        alice.refersTo("sip:carol@127.0.0.1");
        bob.answersRefer(202);
        alice.hears(202, "REFER");
        bob.notifies(603).hears(200, "NOTIFY");
        alice.presses("#").hears(200, "INFO");
        alice.addsTo("BYE", "Reason", "SIP;cause=200").hangsUp().hears(200, "BYE");
    }
}

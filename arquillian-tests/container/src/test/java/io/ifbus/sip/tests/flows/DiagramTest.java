// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiagramTest {

    private static final String SEEN = """
            sequenceDiagram
                participant Bob as Bob
                IFbus->>Bob: NOTIFY (180 Ringing)
                IFbus->>Bob: NOTIFY (200 OK)
                IFbus->>Alice: INVITE (sdp sendrecv)
                IFbus->>Bob: BYE (reason 200)
                Bob-->>IFbus: 200 OK NOTIFY
                Alice-->>IFbus: 200 OK (sdp sendrecv)
                Bob-->>IFbus: 200 OK NOTIFY
                Bob-->>IFbus: 200 OK BYE
            """;

    private static final List<String> BOBS = List.of(
            "IFbus->>Bob: NOTIFY (180 Ringing)",
            "Bob-->>IFbus: 200 OK NOTIFY",
            "IFbus->>Bob: NOTIFY (200 OK)",
            "Bob-->>IFbus: 200 OK NOTIFY",
            "IFbus->>Bob: BYE (reason 200)",
            "Bob-->>IFbus: 200 OK BYE");

    @Test
    void eachAnswerFollowsWhatItAnswers() {
        assertThat(Diagram.of(SEEN).talks()).containsEntry("Bob and IFbus", BOBS);
        assertThat(Diagram.of(SEEN).toString()).startsWith("sequenceDiagram\n    participant Bob as Bob\n");
    }

    @Test
    void answersToAnInviteStayWhereTheyWere() {
        assertThat(Diagram.of(SEEN).talks())
                .containsEntry(
                        "Alice and IFbus",
                        List.of("IFbus->>Alice: INVITE (sdp sendrecv)", "Alice-->>IFbus: 200 OK (sdp sendrecv)"));
    }

    @Test
    void whatAnotherSawMeanwhileMakesNoDifference() {
        String other = SEEN.replace("    IFbus->>Alice: INVITE (sdp sendrecv)\n", "")
                .replace(
                        "    Alice-->>IFbus: 200", "    IFbus->>Alice: INVITE (sdp sendrecv)\n    Alice-->>IFbus: 200");
        assertThat(Diagram.of(other)).isNotEqualTo(Diagram.of(SEEN));
        assertThat(Diagram.of(other).talks()).isEqualTo(Diagram.of(SEEN).talks());
    }

    @Test
    void anotherOrderOfOnePhoneMakesADifference() {
        String other = SEEN.replace("    IFbus->>Bob: NOTIFY (180 Ringing)\n", "")
                .replace("    IFbus->>Bob: BYE", "    IFbus->>Bob: NOTIFY (180 Ringing)\n    IFbus->>Bob: BYE");
        assertThat(Diagram.of(other).talks()).isNotEqualTo(Diagram.of(SEEN).talks());
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import io.ifbus.sip.phones.Ladder;
import io.ifbus.sip.phones.Phone;
import io.ifbus.sip.tests.calls.Story;
import io.ifbus.sip.tests.server.ApiCall;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A flow is made once, and compared with its diagram in docs/call-flows.md. */
abstract class FlowScene {

    @RegisterExtension
    final Story story = new Story();

    final Phone alice = story.phone(Phone.named("alice").withoutAudio().transfers());
    final Phone bob = story.phone(Phone.named("bob").withoutAudio().transfers());
    final Phone carol = story.phone(Phone.named("carol").withoutAudio().transfers());

    private String title;
    private List<Since> seen;

    @BeforeEach
    void begin(TestInfo test) {
        title = test.getTestMethod()
                .map(method -> method.getAnnotation(Flow.class))
                .map(Flow::value)
                .orElse("");
        fromNowOn();
    }

    /** What has been, up to now, is not in the diagram. */
    void fromNowOn() {
        seen = List.of(new Since(alice), new Since(bob), new Since(carol));
    }

    void isAsShown() {
        CallFlows.assertShows(title, () -> Diagram.of(ladder().mermaid()));
    }

    /** @param crossing lines that may be seen besides: messages that crossed others on the way */
    void isAsShownBut(String... crossing) {
        CallFlows.assertShows(
                title,
                () -> Diagram.of(ladder().mermaid()
                        .lines()
                        .filter(line -> !List.of(crossing).contains(line.strip()))
                        .collect(Collectors.joining("\n", "", "\n"))));
    }

    /** The server stands between the parties of the call, and Carol at the end if she takes part. */
    private Ladder ladder() {
        Ladder ladder = Ladder.of("Alice", seen.get(0)).and("IF.bus").and("Bob", seen.get(1));
        return seen.get(2).trace().isEmpty() ? ladder : ladder.and("Carol", seen.get(2));
    }

    ApiCall talking() {
        ApiCall call = story.talking(alice, bob);
        fromNowOn();
        return call;
    }

    void ends(ApiCall call) {
        isAsShown();
        call.hangUp().ends("completed", 200, "api");
    }
}

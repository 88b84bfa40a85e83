// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each kind of transfer in each case is what docs/transfers.md says. A is handed over, B leaves. */
class TransferOutcomesTest {
    private static final Path TABLE = Path.of("../../docs/transfers.md");
    private static final Peer KNOWS_REFER = new Peer(Set.of("REFER"), Set.of(), Optional.empty(), Optional.empty());

    enum Way {
        BLIND_BY_US,
        ATTENDED_BY_US,
        BY_THE_PHONE,
        ASKED_BY_A_PHONE
    }

    enum Case {
        THE_TARGET_ANSWERS,
        THE_TARGET_IS_BUSY,
        THE_TARGET_DECLINES,
        THE_TARGET_DOES_NOT_ANSWER,
        THE_TRANSFEROR_HANGS_UP_AND_THE_TARGET_ANSWERS,
        THE_TRANSFEROR_HANGS_UP_AND_THE_TARGET_IS_BUSY,
        THE_TARGET_HANGS_UP_AS_SOON_AS_IT_HAS_ANSWERED,
        THE_TRANSFEREE_HANGS_UP,
        THE_CLIENT_CANCELS,
        THE_CLIENT_HANGS_UP,
        NO_NOTIFY_COMES,
        REFER_IS_UNKNOWN_TO_THE_PHONE,
        REFER_IS_UNKNOWN_AND_NOTHING_ELSE_IS_WANTED,
        REFER_IS_DECLINED
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> cells() {
        return Arrays.stream(Case.values()).flatMap(c -> Arrays.stream(Way.values())
                .map(way -> org.junit.jupiter.params.provider.Arguments.of(c, way)));
    }

    @ParameterizedTest(name = "{0} - {1}")
    @MethodSource("cells")
    void the_table_tells_what_happens(Case happening, Way way) throws IOException {
        String told = table().get(words(happening)).get(way.ordinal());
        assertThat(told).isEqualTo(outcome(happening, way));
    }

    @Test
    void the_table_has_just_these_rows() throws IOException {
        Set<String> rows =
                Arrays.stream(Case.values()).map(TransferOutcomesTest::words).collect(Collectors.toSet());
        assertThat(table().keySet()).isEqualTo(rows);
    }

    private static String words(Case happening) {
        return happening.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, List<String>> table() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        List<String> lines = Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("| the ") || line.startsWith("| no ") || line.startsWith("| refer "))
                .toList();
        for (String line : lines) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            rows.put(cells.get(1), cells.subList(2, cells.size()));
        }
        return rows;
    }

    // ---- the cells ----

    private final Story story = Story.connected(KNOWS_REFER, Peer.UNKNOWN);

    private String outcome(Case happening, Way way) {
        boolean ofRefer = happening.ordinal() >= Case.NO_NOTIFY_COMES.ordinal();
        boolean targetIsOurs = happening == Case.THE_TARGET_HANGS_UP_AS_SOON_AS_IT_HAS_ANSWERED;
        boolean clientKnowsIt = happening == Case.THE_CLIENT_CANCELS;
        if (ofRefer && way != Way.BY_THE_PHONE
                || targetIsOurs && way == Way.BY_THE_PHONE
                || clientKnowsIt && way == Way.ASKED_BY_A_PHONE) {
            return "-";
        }
        begins(happening, way);
        List<CallAction> before = new ArrayList<>(story.actions());
        goesOn(happening, way);
        story.allAgree();
        List<CallAction> all =
                story.actions().subList(before.size(), story.actions().size());
        Transfer transfer = story.call().transfers().get(0);
        return story.call().state().word() + ", " + transfer.state().word() + " " + transfer.code() + ", " + heard(all);
    }

    private void begins(Case happening, Way way) {
        boolean forced = happening == Case.REFER_IS_UNKNOWN_AND_NOTHING_ELSE_IS_WANTED;
        switch (way) {
            case BLIND_BY_US -> story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, Transfer.Method.B2BUA);
            case ATTENDED_BY_US -> story.weTransfer(Transfer.Kind.ATTENDED, Side.CALLEE, Transfer.Method.B2BUA);
            case ASKED_BY_A_PHONE -> story.b.refers(1, false);
            case BY_THE_PHONE -> {
                Transfer.Method method = forced ? Transfer.Method.REFER : Transfer.Method.AUTO;
                story.weTransfer(Transfer.Kind.BLIND, Side.CALLEE, method);
                if (happening.ordinal() <= Case.NO_NOTIFY_COMES.ordinal()) {
                    story.a.answersRefer(202);
                }
            }
        }
    }

    private void goesOn(Case happening, Way way) {
        switch (happening) {
            case THE_TARGET_ANSWERS -> targetAnswers(way);
            case THE_TARGET_IS_BUSY -> targetRefuses(way, 486);
            case THE_TARGET_DECLINES -> targetRefuses(way, 603);
            case THE_TARGET_DOES_NOT_ANSWER, NO_NOTIFY_COMES -> story.runsOut(TimerName.TRANSFER);
            case THE_TRANSFEROR_HANGS_UP_AND_THE_TARGET_ANSWERS -> {
                story.b.hangsUp();
                targetAnswers(way);
            }
            case THE_TRANSFEROR_HANGS_UP_AND_THE_TARGET_IS_BUSY -> {
                story.b.hangsUp();
                targetRefuses(way, 486);
            }
            case THE_TARGET_HANGS_UP_AS_SOON_AS_IT_HAS_ANSWERED -> {
                story.c.answers(Sdps.audio("c", 1));
                story.c.hangsUp();
            }
            case THE_TRANSFEREE_HANGS_UP -> story.a.hangsUp();
            case THE_CLIENT_CANCELS -> story.on(new CallEvent.TransferCancelRequested(Story.TRANSFER));
            case THE_CLIENT_HANGS_UP -> story.weHangUp();
            case REFER_IS_UNKNOWN_TO_THE_PHONE -> {
                story.a.answersRefer(405);
                story.c.answers(Sdps.audio("c", 1));
            }
            case REFER_IS_UNKNOWN_AND_NOTHING_ELSE_IS_WANTED -> story.a.answersRefer(405);
            case REFER_IS_DECLINED -> story.a.answersRefer(603);
        }
    }

    private void targetAnswers(Way way) {
        if (way == Way.BY_THE_PHONE) {
            story.a.notifies(200, true);
            return;
        }
        story.c.answers(Sdps.audio("c", 1));
        story.allAgree();
        if (story.call().transfers().get(0).state() == Transfer.State.CONSULTING) {
            story.on(new CallEvent.TransferCompletionRequested(Story.TRANSFER));
        }
    }

    private void targetRefuses(Way way, int status) {
        if (way == Way.BY_THE_PHONE) {
            story.a.notifies(status, true);
        } else {
            story.c.refuses(status, "No");
        }
    }

    /** What B is told, but for what belongs to its session. */
    private static String heard(List<CallAction> all) {
        String words = all.stream()
                .filter(a -> a instanceof SipAction.Notify || a instanceof SipAction.Bye)
                .map(a -> Story.word((SipAction) a))
                .filter(word -> word.startsWith("B "))
                .map(word -> word.substring(2))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "nothing" : words;
    }
}

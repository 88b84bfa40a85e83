// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest extends Scene {

    private static final String TRANSFERS = PATH + "/transfers";
    private static final String CAROL = "sip:carol@example.com";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sip:carol@example.com                                      | {"target":"sip:carol@example.com"}
                    sip:carol@example.com --consult                            | {"target":"sip:carol@example.com","consult":true}
                    sip:carol@example.com --transferor caller --method b2bua   | {"target":"sip:carol@example.com","transferor":"caller","method":"b2bua"}
                    sip:carol@example.com --method AUTO                        | {"target":"sip:carol@example.com","method":"auto"}
                    --replaces 77aa01ff-0000-4000-8000-000000000002            | {"replaces":"if://call/77aa01ff-0000-4000-8000-000000000002"}
                    """)
    void says_what_was_said(String arguments, String body) {
        api.answers("POST " + TRANSFERS, 202, transfer("requested", ""));

        assertThat(operator.types(("transfer " + UUID + " " + arguments).split(" +")))
                .isZero();

        assertThat(api.request().line()).isEqualTo("POST " + TRANSFERS);
        assertThat(json(api.request().body())).isEqualTo(json(body));
        assertThat(operator.out()).isEqualTo(TRANSFER + "  requested\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " sip:c@d --replaces 77aa01",
                " --replaces 77aa01 --consult",
                " sip:c@d --method magic",
                " sip:c@d --transferor bob"
            })
    void that_makes_no_sense_asks_nothing(String arguments) {
        assertThat(operator.types(("transfer " + UUID + arguments).split(" "))).isEqualTo(2);

        assertThat(operator.err()).contains("see ifbus transfer --help");
        assertThat(api.requests()).isEmpty();
    }

    @Nested
    class waiting {

        @Test
        void ends_well_when_it_is_completed() {
            api.answers("POST " + TRANSFERS, 202, transfer("requested", ""))
                    .answers("GET " + TRANSFERS + "/" + TRANSFER, 200, transfer("referring", ""))
                    .answers("GET " + TRANSFERS + "/" + TRANSFER, 200, transfer("completed", ""));

            assertThat(operator.types("transfer", UUID, CAROL, "--wait")).isZero();

            assertThat(operator.out().lines())
                    .containsExactly(TRANSFER + "  requested", TRANSFER + "  referring", TRANSFER + "  completed");
        }

        @Test
        void fails_when_it_has_failed() {
            api.answers("POST " + TRANSFERS, 202, transfer("requested", ""))
                    .answers(
                            "GET " + TRANSFERS + "/" + TRANSFER,
                            200,
                            transfer("failed", ",\"code\":603,\"reason\":\"Decline\""));

            assertThat(operator.types("transfer", UUID, CAROL, "--wait")).isEqualTo(1);

            assertThat(operator.out()).endsWith("  failed  603 Decline\n");
        }

        @Test
        void ends_well_when_the_consultation_has_begun() {
            api.answers("POST " + TRANSFERS, 202, transfer("requested", ""))
                    .answers("GET " + TRANSFERS + "/" + TRANSFER, 200, transfer("consulting", ""));

            assertThat(operator.types("transfer", UUID, CAROL, "--wait", "--consult", "--json"))
                    .isZero();

            assertThat(operator.out()).isEqualTo(transfer("consulting", "") + "\n");
        }
    }

    @Nested
    class under_way {

        private static final String LISTED = "GET " + TRANSFERS;

        private String list(String... transfers) {
            return "{\"transfers\":[" + String.join(",", transfers) + "]}";
        }

        @Test
        void is_listed() {
            api.answers(LISTED, 200, list(transfer("failed", ",\"code\":603,\"reason\":\"Decline\"")));

            assertThat(operator.types("transfers", UUID)).isZero();

            assertThat(operator.out().lines())
                    .containsExactly(
                            "TRANSFER                              KIND   METHOD  TRANSFEROR  TARGET                 STATE   CODE  REASON",
                            TRANSFER + "  blind  refer   callee      sip:carol@example.com  failed  603   Decline");
        }

        @Test
        void is_completed_without_being_named_if_it_is_the_only_one() {
            String old = transfer("failed", "").replace("aaaabbbb", "ccccdddd");
            api.answers(LISTED, 200, list(old, transfer("consulting", "")))
                    .answers("POST " + TRANSFERS + "/" + TRANSFER + "/complete", 202, "");

            assertThat(operator.types("transfer-complete", UUID)).isZero();

            assertThat(operator.out()).isEqualTo(TRANSFER + "  completing\n");
        }

        @Test
        void is_cancelled_by_how_its_id_begins() {
            api.answers(LISTED, 200, list(transfer("consulting", "")))
                    .answers("DELETE " + TRANSFERS + "/" + TRANSFER, 202, "");

            assertThat(operator.types("transfer-cancel", UUID, "if://transfer/AAAA"))
                    .isZero();

            assertThat(operator.out()).isEqualTo(TRANSFER + "  cancelling\n");
        }

        @Test
        void must_be_named_among_several() {
            String other = transfer("ringing", "").replace("aaaabbbb", "ccccdddd");
            api.answers(LISTED, 200, list(other, transfer("consulting", "")));

            assertThat(operator.types("transfer-complete", UUID)).isEqualTo(2);

            assertThat(operator.err()).contains("2 transfers are under way: ccccdddd");
        }

        @Test
        void must_be_there() {
            api.answers(LISTED, 200, list(transfer("completed", "")));

            assertThat(operator.types("transfer-cancel", UUID)).isEqualTo(3);

            assertThat(operator.err()).isEqualTo("ifbus: no transfers of this call are under way\n");
        }
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.races;

import io.ifbus.sip.phones.Traced.Way;
import org.junit.jupiter.api.Test;

/** Each law sees its own offence, and none in a call as it should be. */
class WireLawsTest {

    private final HandMadeTrace phone = new HandMadeTrace();

    // ---- lawful ----

    @Test
    void callsAreLawful() {
        phone.weCallAndTalk().weHangUp().isLawful();
    }

    @Test
    void callsOfThePhoneAreLawful() {
        phone.itCallsAndTalks().itHangsUp().isLawful();
    }

    @Test
    void retransmissionsAreLawful() {
        phone.hears("INVITE", "i", 1, false)
                .hears("INVITE", "i", 1, false)
                .answers(200, "INVITE", "i", 1)
                .answers(200, "INVITE", "i", 1)
                .hears("ACK", "a", 1, true)
                .hears("ACK", "a", 1, true)
                .hears("BYE", "b", 2, true)
                .hears("BYE", "b", 2, true)
                .answers(200, "BYE", "b", 2)
                .isLawful();
    }

    @Test
    void byesThatCrossAreLawful() {
        phone.weCallAndTalk()
                .says("BYE", "pb", 2, true)
                .hears("BYE", "b", 2, true)
                .answers(200, "BYE", "b", 2)
                .isAnswered(200, "BYE", "pb", 2)
                .isLawful();
    }

    @Test
    void aCancelledCallIsLawful() {
        phone.hears("INVITE", "i", 1, false)
                .answers(180, "INVITE", "i", 1)
                .hears("CANCEL", "i", 1, false)
                .answers(200, "CANCEL", "i", 1)
                .answers(487, "INVITE", "i", 1)
                .hears("ACK", "i", 1, true)
                .isLawful();
    }

    @Test
    void anAckOfALateAnswerIsLawfulBehindTheBye() {
        phone.weCallAndTalk()
                .hears("INVITE", "r", 2, true)
                .hears("BYE", "b", 3, true)
                .answers(200, "BYE", "b", 3)
                .answers(200, "INVITE", "r", 2)
                .hears("ACK", "ra", 2, true)
                .isLawful();
    }

    // ---- unlawful ----

    @Test
    void aRequestOfThePhoneThatIsNotAnswered() {
        phone.weCallAndTalk().says("INFO", "pi", 2, true).weHangUp().breaks(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST);
    }

    @Test
    void aRequestOfOursThatIsNotAnswered() {
        phone.weCallAndTalk().hears("INFO", "x", 2, true).breaks(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST);
    }

    @Test
    void aProvisionalResponseIsNoAnswer() {
        phone.says("INVITE", "i", 1, false)
                .isAnswered(180, "INVITE", "i", 1)
                .breaks(Law.A_FINAL_RESPONSE_TO_EACH_REQUEST);
    }

    @Test
    void aSecondFinalResponse() {
        phone.says("INVITE", "i", 1, false)
                .isAnswered(486, "INVITE", "i", 1)
                .isAnswered(487, "INVITE", "i", 1)
                .breaks(Law.ONE_FINAL_RESPONSE);
    }

    @Test
    void aProvisionalResponseBehindTheFinalOne() {
        phone.says("INVITE", "i", 1, false)
                .isAnswered(486, "INVITE", "i", 1)
                .isAnswered(180, "INVITE", "i", 1)
                .breaks(Law.ONE_FINAL_RESPONSE);
    }

    @Test
    void anAnswerWithoutAck() {
        phone.hears("INVITE", "i", 1, false)
                .answers(200, "INVITE", "i", 1)
                .weHangUp()
                .breaks(Law.AN_ACK_FOR_EACH_FINAL_RESPONSE);
    }

    @Test
    void anAnswerWhoseAckIsInTheInvitesTransaction() {
        phone.hears("INVITE", "i", 1, false)
                .answers(200, "INVITE", "i", 1)
                .hears("ACK", "i", 1, true)
                .weHangUp()
                .breaks(Law.AN_ACK_FOR_EACH_FINAL_RESPONSE);
    }

    @Test
    void aRefusalWithoutAck() {
        phone.hears("INVITE", "i", 1, false).answers(486, "INVITE", "i", 1).breaks(Law.AN_ACK_FOR_EACH_FINAL_RESPONSE);
    }

    @Test
    void twoForksAndOneAck() {
        phone.hears("INVITE", "i", 1, false)
                .answers(200, "INVITE", "i", 1)
                .note(Way.SENT, "200 INVITE", "i", 1, HandMadeTrace.US, "fork")
                .hears("ACK", "a", 1, true)
                .weHangUp()
                .breaks(Law.AN_ACK_FOR_EACH_FINAL_RESPONSE);
    }

    @Test
    void twoByes() {
        phone.weCallAndTalk()
                .weHangUp()
                .hears("BYE", "bb", 3, true)
                .answers(481, "BYE", "bb", 3)
                .breaks(Law.ONE_BYE_PER_DIALOG);
    }

    @Test
    void aCancelBeforeAProvisionalResponse() {
        phone.hears("INVITE", "i", 1, false)
                .hears("CANCEL", "i", 1, false)
                .answers(200, "CANCEL", "i", 1)
                .answers(487, "INVITE", "i", 1)
                .hears("ACK", "i", 1, true)
                .breaks(Law.NO_CANCEL_BEFORE_A_PROVISIONAL_RESPONSE);
    }

    @Test
    void aRequestBehindOurBye() {
        phone.weCallAndTalk()
                .weHangUp()
                .hears("INFO", "x", 3, true)
                .answers(481, "INFO", "x", 3)
                .breaks(Law.NOTHING_AFTER_THE_END);
    }

    @Test
    void aByeBehindTheOneThatWeAnswered() {
        phone.weCallAndTalk().itHangsUp().weHangUp().breaks(Law.NOTHING_AFTER_THE_END);
    }

    @Test
    void anAgreementBehindTheEnd() {
        phone.weCallAndTalk()
                .says("INVITE", "r", 2, true)
                .weHangUp()
                .isAnswered(200, "INVITE", "r", 2)
                .breaks(Law.NOTHING_AFTER_THE_END);
    }

    @Test
    void aCseqThatFalls() {
        phone.weCallAndTalk()
                .hears("INFO", "x", 3, true)
                .answers(200, "INFO", "x", 3)
                .weHangUp()
                .breaks(Law.CSEQ_GROWS);
    }

    @Test
    void aByeBeforeTheAckOfOurAnswer() {
        phone.says("INVITE", "i", 1, false)
                .isAnswered(200, "INVITE", "i", 1)
                .weHangUp()
                .says("ACK", "a", 1, true)
                .breaks(Law.NO_BYE_BEFORE_THE_ACK);
    }

    @Test
    void twoInvitesAtATime() {
        phone.weCallAndTalk()
                .hears("INVITE", "r", 2, true)
                .hears("INVITE", "s", 3, true)
                .answers(200, "INVITE", "r", 2)
                .answers(200, "INVITE", "s", 3)
                .hears("ACK", "ra", 2, true)
                .hears("ACK", "sa", 3, true)
                .itHangsUp()
                .breaks(Law.ONE_INVITE_AT_A_TIME);
    }

    @Test
    void anInviteWhileWeThinkAboutThePhones() {
        phone.weCallAndTalk()
                .says("INVITE", "p", 2, true)
                .isAnswered(100, "INVITE", "p", 2)
                .hears("INVITE", "r", 2, true)
                .answers(491, "INVITE", "r", 2)
                .hears("ACK", "r", 2, true)
                .isAnswered(200, "INVITE", "p", 2)
                .itHangsUp()
                .breaks(Law.ONE_INVITE_AT_A_TIME);
    }
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.call;

import io.ifbus.sip.sdp.Sdp;
import java.util.Optional;

/** What a leg tells its call, once the leg's own protocol duties are done. */
sealed interface LegNews {
    /** The peer's phone rings, or early media come. */
    record Rang(int status, Optional<Sdp> sdp) implements LegNews {}

    /** The peer answered our INVITE; the call orders the ACK. */
    record Accepted(Optional<Sdp> sdp) implements LegNews {}

    /**
     * The peer did not answer our INVITE, and will not: the leg has ended.
     *
     * @param reached the peer had been heard of, so that it was there and did not answer
     * @param barred nothing was sent: its host is in trouble
     */
    record Failed(int status, String phrase, boolean reached, Hints hints, boolean barred) implements LegNews {}

    /** The peer, or the loss of it, ended a leg of ours. */
    record Over(int status, String phrase, Optional<String> reason) implements LegNews {
        Over(int status, String phrase) {
            this(status, phrase, Optional.empty());
        }
    }

    /** The ACK to our 2xx came: the leg is up and free. */
    record Acked(Optional<Sdp> sdp) implements LegNews {}

    /** The peer wants to change the session; the call accepts or refuses. */
    record Offer(Optional<Sdp> sdp) implements LegNews {}

    /** The peer cancelled what it wanted to change. */
    record Withdrawn() implements LegNews {}

    /** The peer accepted our change; the call orders the ACK. */
    record Agreed(Optional<Sdp> sdp) implements LegNews {}

    /** The peer refused our change; the session is as it was. After a 491 the leg is not free for a while. */
    record Refused(int status, String phrase) implements LegNews {}
}

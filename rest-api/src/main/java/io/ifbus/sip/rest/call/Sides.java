// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.call;

import io.ifbus.sip.call.Side;
import io.ifbus.sip.control.InvalidRequest;
import java.util.Optional;
import java.util.stream.Stream;

/** The two sides of a call as JSON names them. */
final class Sides {

    private Sides() {}

    /** @throws InvalidRequest if {@code word} is neither of them */
    static Optional<Side> parse(String field, String word) {
        if (word == null) {
            return Optional.empty();
        }
        Optional<Side> side =
                Stream.of(Side.values()).filter(s -> s.word().equals(word)).findFirst();
        if (side.isEmpty()) {
            throw new InvalidRequest(field, "'" + field + "' is 'caller' or 'callee'");
        }
        return side;
    }
}

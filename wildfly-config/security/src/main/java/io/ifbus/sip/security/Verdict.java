// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

/** What became of credentials. */
public sealed interface Verdict {
    /** They are right: it is this user. */
    record Accepted(User user) implements Verdict {}

    /**
     * They are not; the caller may try again.
     *
     * @param stale whether only the nonce was at fault, so that the same password will do
     */
    record Challenged(boolean stale) implements Verdict {}

    /** They are no credentials that RFC 7616 allows: 400. */
    record Malformed(String reason) implements Verdict {}
}

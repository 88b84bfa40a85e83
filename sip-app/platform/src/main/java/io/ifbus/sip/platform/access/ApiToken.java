// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.access;

/** The bearer token of the REST API. Safe for any thread; never shows the token. */
public interface ApiToken {

    /** What an offered token is worth. */
    enum Verdict {
        /** It is the token. */
        ACCEPTED,
        /** It is another one. */
        REFUSED,
        /** There is no token to compare with: the node is not configured, nobody may enter. */
        NOT_CONFIGURED
    }

    /** Compares {@code offered} with the token in a time that does not depend on where they differ. */
    Verdict judge(String offered);

    /** Whether there is a token at all. */
    boolean configured();
}

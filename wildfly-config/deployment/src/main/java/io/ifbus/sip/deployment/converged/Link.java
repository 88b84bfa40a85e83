// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.converged;

import java.util.Optional;

/** What is known of one HTTP session. Its monitor is held while it joins an application session. */
final class Link {
    private volatile String applicationSession;
    private volatile Origin origin;

    /** Of the application session; that session may have ended. */
    Optional<String> id() {
        return Optional.ofNullable(applicationSession);
    }

    void join(String id) {
        applicationSession = id;
    }

    Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    void reachedAt(Origin latest) {
        origin = latest;
    }
}

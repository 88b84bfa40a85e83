// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest.event;

import java.io.IOException;

/** The connection of one stream. No method waits for the client. */
interface Outlet {

    /**
     * Opens it.
     *
     * @param writable run when it is ready, at first and again; on any thread
     * @param gone run when it has ended, whoever ended it; on any thread, perhaps more than once
     */
    void begin(Runnable writable, Runnable gone);

    /** Whether it takes a write now. If not, it will be said when. */
    boolean isReady();

    /**
     * Sends all of {@code bytes}. To be called when it is ready; it is not again before the connection has taken them.
     *
     * @throws IOException if the client is known to be gone; that may also be told later
     */
    void write(byte[] bytes) throws IOException;

    /** Ends the answer as is proper; the connection may serve another request. May be repeated. */
    void end();

    /** Cuts the connection, whatever it still holds. May be repeated. */
    void cut();
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.spi;

/**
 * The taps on the server's sockets. Obtained like {@link SerialExecution}. Safe for use by any thread.
 *
 * <p>A tap sees every message of the server, also those of other applications, from the moment it is added. The taps of
 * an application are removed when it is undeployed.
 */
public interface MessageTaps {
    /**
     * Adds {@code tap}; adding it again makes no difference.
     *
     * @throws IllegalStateException if the application is not in service
     */
    void add(MessageTap tap);

    /** Removes {@code tap}; it may see messages that are at a socket at this moment. Unknown taps are ignored. */
    void remove(MessageTap tap);
}

// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.incontainer.common;

import io.ifbus.sip.signal.SignalingSlot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one slot of the application. */
@ApplicationScoped
public class Seam {

    @Produces
    @Singleton
    SignalingSlot slot() {
        return new SignalingSlot();
    }
}

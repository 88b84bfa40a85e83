// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import org.jboss.as.controller.CapabilityServiceBuilder;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.capability.RuntimeCapability;

/** A service that is called by its capability's name in the log, too, when it does not start. */
final class NamedService {
    private NamedService() {}

    /** The newer way to add a service leaves it without a name there: "Failed to start null". */
    @SuppressWarnings("deprecation")
    static CapabilityServiceBuilder<?> add(OperationContext context, RuntimeCapability<?> capability) {
        return context.getCapabilityServiceTarget()
                .addService(
                        capability.isDynamicallyNamed()
                                ? capability.getCapabilityServiceName(context.getCurrentAddress())
                                : capability.getCapabilityServiceName());
    }
}
